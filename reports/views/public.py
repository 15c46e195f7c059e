"""What everybody may read without a login (R7): clubs, their regulations, office-holders and meetings, the statistics.

Nothing here knows who reads: pages are made without the request, so that they are the same for all and may be cached.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from clubs.models import Club, Regulation
from meetings.ics import calendar_of
from reports.public import club_facts, coming, published, statistics, year_of
from steering.language import on_record
from steering.models import Unit, UnitKind
from steering.pages import page_of

FRESH = 300  # seconds that a copy may be kept

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Read by anybody, always in Vietnamese; not found where the province has switched the public pages off."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.PUBLIC_PAGES:
            raise Http404
        with on_record():
            return view(request, *args, **kwargs)

    cached = cache_control(public=True, max_age=FRESH)(require_safe(shown))
    return login_not_required(cached)


def page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """`site` and the rest of the address make links that can be shared."""
    address = request.build_absolute_uri(request.path)
    return HttpResponse(render_to_string(template, {"address": address, **context}))


@public
def clubs(request: HttpRequest) -> HttpResponse:
    """Clubs in being, of all units or of one and those below it; those above first."""
    words, unit = request.GET.get("q", "").strip(), unit_asked(request)
    rows = published().search(words) if words else published()
    rows = rows.under(unit) if unit else rows
    context = {
        "words": words,
        "unit": unit,
        "page": page_of(request, rows.with_place().order_by("unit__path", "sort_key", "pk")),
        "places": places_below(unit),
        "query": request.GET,
    }
    return page(request, "public/clubs.html", **context)


def unit_asked(request: HttpRequest) -> Unit | None:
    asked = request.GET.get("unit", "")
    if not (asked.isascii() and asked.isdigit()):
        return None
    unit: Unit | None = Unit.objects.filter(pk=asked).with_parents().first()
    if unit is None:
        raise Http404
    return unit


def places_below(unit: Unit | None) -> list[Unit]:
    """The units directly below `unit`, or below the province, in which one may look on; hamlets and groups are no places."""
    kinds = (UnitKind.DISTRICT, UnitKind.COMMUNE)
    rows = Unit.objects.filter(valid_until=None, kind__in=kinds)
    above = rows.filter(parent=unit) if unit else rows.filter(parent__kind=UnitKind.PROVINCE)
    return list(above.order_by("sort_key", "pk"))


def club_or_404(pk: int) -> Club:
    found: Club | None = (
        published().with_place().select_related("founding_decision__issuer_unit", "manager__unit").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


@public
def club(request: HttpRequest, pk: int) -> HttpResponse:
    found = club_or_404(pk)
    return page(request, "public/club.html", club=found, **club_facts(found))


@public
def regulation(request: HttpRequest, pk: int) -> HttpResponse:
    found = club_or_404(pk)
    rows = Regulation.objects.filter(club=found, adopted_on__lte=timezone.localdate())
    newest = rows.order_by("-version").first()
    if newest is None:
        raise Http404
    return page(request, "public/regulation.html", club=found, regulation=newest)


@public
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The club's meetings as a calendar to subscribe to: when and where, nothing else."""
    found = club_or_404(pk)
    rows = coming(found).with_changes().select_related("club", "host__parent__parent__parent")
    content = calendar_of(rows, request.build_absolute_uri("/"), str(found), is_public=True)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@public
def numbers(request: HttpRequest) -> HttpResponse:
    """The programme's statistics (R14): clubs by unit and column, members, meetings of this year."""
    year = year_of(timezone.localdate())
    province = Unit.objects.filter(kind=UnitKind.PROVINCE, code=settings.PROVINCE_CODE).first()
    if province is None:
        raise Http404
    return page(request, "public/statistics.html", province=province, year=year, **statistics(province, year))
