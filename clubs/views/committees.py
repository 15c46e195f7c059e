"""Steering committees with the clubs they manage (R2, R9)."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Case, OuterRef, Value, When
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clubs.models import SEATS, Club
from steering.filters import units_to_choose
from steering.forms import CommitteeFilter
from steering.models import SeatRole, SteeringCommittee
from steering.pages import chips, page_of, unit_crumbs, visible_or_404
from steering.querysets import how_many

BY_ROLE = Case(*[When(role=role, then=Value(n)) for n, role in enumerate(SeatRole.values)])


@require_safe
@permission_required("steering.view_steeringcommittee", raise_exception=True)
def committees(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    managed = how_many(Club.objects.not_ended().filter(manager=OuterRef("pk")))
    rows = SteeringCommittee.objects.visible_to(user).select_related("unit__parent").with_leaders()
    rows = rows.annotate(managed=managed).order_by(Length("unit__path"), "unit__sort_key", "pk")
    found = CommitteeFilter(request.GET, queryset=rows, units=units_to_choose(request))
    context = {"filter": found, "page": page_of(request, found.qs), "chips": chips(request, found.form)}
    return render(request, "steering/committees.html", context)


@require_safe
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    """Seats and standing agencies, now and before, and the clubs managed."""
    rows = SteeringCommittee.objects.select_related("decision", "unit__parent__parent__parent")
    found: SteeringCommittee = visible_or_404(rows, request.user, pk=pk)
    seats: list[Any] = list(found.seats.order_by(BY_ROLE, "pk"))
    former = sorted((seat for seat in seats if not is_held(seat)), key=lambda seat: seat.valid_until, reverse=True)
    agencies = list(found.agencies.order_by("-valid_from", "-pk"))
    clubs = Club.objects.filter(manager=found).not_ended().select_related("unit__parent__parent").with_numbers()
    context = {
        "committee": found,
        "crumbs": [*unit_crumbs(request.user, found.unit), (_("Ban chỉ đạo"), reverse("committees"))],
        "sitting": [seat for seat in seats if is_held(seat)],
        "former": former,
        "has_head": any(seat.role == SeatRole.HEAD and is_held(seat) for seat in seats),
        "agency": next((agency for agency in agencies if is_held(agency)), None),
        "former_agencies": [agency for agency in agencies if not is_held(agency)],
        "page": page_of(request, clubs.order_by(Length("path"), "sort_key", "pk")),
        "seats": SEATS,
    }
    return render(request, "steering/committee.html", context)


def is_held(row: Any) -> bool:
    """Whether a dated row is in force or still to begin."""
    return row.valid_until is None or row.valid_until > timezone.localdate()
