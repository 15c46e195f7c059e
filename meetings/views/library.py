"""The library: production models, their replications, and a model's page. Everybody who works here reads all of it."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.library_forms import ModelFilter
from meetings.library_journal import model_journal
from meetings.models import ProductionModel
from steering.models import Unit
from steering.pages import chips, page_of, visible_or_404

ENTRIES = 6


@require_safe
@permission_required("meetings.view_productionmodel", raise_exception=True)
def library(request: HttpRequest) -> HttpResponse:
    rows = ProductionModel.objects.visible_to(request.user).with_place().with_replications()  # type: ignore[arg-type]
    found = ModelFilter(request.GET, queryset=rows, units=units_of_the_province(request))
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "chips": chips(request, found.form),
        "default_sort": "-day",
    }
    return render(request, "library/models.html", context)


def units_of_the_province(request: HttpRequest) -> Any:
    """What the list can be narrowed to, wherever the reader works: the units directly below the province, and any unit
    the address names."""
    asked = request.GET.get("unit", "")
    named = Q(pk=asked) if asked.isascii() and asked.isdigit() else Q()
    below = Q(parent__isnull=False, parent__parent=None, valid_until=None)
    return Unit.objects.filter(below | named).order_by("sort_key", "pk")


@require_safe
def model(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    rows = ProductionModel.objects.with_place().select_related("meeting__club")
    found: ProductionModel = visible_or_404(rows, user, pk=pk)
    replications = list(found.replications.select_related("unit__parent__parent__parent__parent"))
    context = {
        "model": found,
        "crumbs": [(_("Thư viện"), reverse("library"))],
        "replications": replications,
        "places": len({replication.unit_id for replication in replications}),
        "households": sum(replication.households for replication in replications),
        "may_open": found.meeting is not None and user.has_perm("meetings.view_meeting", found.meeting),
        "entries": model_journal(found, ENTRIES),
    }
    return render(request, "library/model.html", context)
