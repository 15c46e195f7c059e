"""The list of decisions, a decision with all that it is about, and its signed paper."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import F, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clubs.models import Club, Office
from steering.decision_filter import DecisionFilter
from steering.files import serve
from steering.filters import units_to_choose
from steering.models import Decision, SteeringCommittee, Succession
from steering.pages import chips, page_of, unit_crumbs, visible_or_404


@require_safe
@permission_required("steering.view_decision", raise_exception=True)
def decisions(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    rows = Decision.objects.visible_to(user).select_related("issuer_unit__parent")
    found = DecisionFilter(request.GET, queryset=rows, units=units_to_choose(request), years=years_of(rows))
    page = page_of(request, found.qs.order_by(F("issued_on").desc(nulls_first=True), "-pk"))
    context = {"filter": found, "page": page, "chips": chips(request, found.form)}
    return render(request, "steering/decisions.html", context)


def years_of(rows: Any) -> list[int]:
    """The years in which decisions were signed, the latest first."""
    years = rows.filter(year__isnull=False).order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Decision.objects.select_related("issuer_unit__parent__parent__parent")
    found: Decision = visible_or_404(rows, request.user, pk=pk)
    context = {
        "decision": found,
        "crumbs": [*unit_crumbs(request.user, found.issuer_unit), (_("Quyết định"), reverse("decisions"))],
        "clubs": Club.objects.filter(Q(founding_decision=found) | Q(ending_decision=found)).with_place(),
        "offices": Office.objects.filter(decision=found).select_related("club", "membership__person"),
        "committees": SteeringCommittee.objects.filter(decision=found).select_related("unit"),
        "successions": Succession.objects.filter(decision=found).select_related("predecessor", "successor"),
    }
    return render(request, "steering/decision.html", context)


@require_safe
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """The signed paper, for whoever may see the decision or a club that it founded, ended or gave officers."""
    user: Any = request.user
    clubs = Club.objects.visible_to(user).filter(Q(founding_decision=pk) | Q(ending_decision=pk))
    may_see = Decision.objects.visible_to(user).filter(pk=pk).exists() or clubs.exists()
    found = Decision.objects.filter(pk=pk).first()
    if found is None or not (may_see or Office.objects.visible_to(user).filter(decision=pk).exists()):
        raise Http404(_("Không có trang này trong phạm vi của anh, chị."))
    return serve(found.file, f"quyet-dinh-{found}")
