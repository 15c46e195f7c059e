"""What somebody new in the job reads first: papers, then what matters for the own place, and whom to ask (R13)."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clubs.models import Club, Regulation
from meetings.models import Material, Meeting
from meetings.querysets import with_next_meeting
from steering.access import own_unit
from steering.models import SteeringCommittee, Unit

MATERIALS = 20
COMING = 5
OWN_CLUBS = 10


@require_safe
@permission_required("meetings.view_material", raise_exception=True)
def first_reading(request: HttpRequest) -> HttpResponse:
    """Of a unit for an officer, of the own clubs for a secretary; papers alone for whoever works nowhere."""
    user: Any = request.user
    unit = own_unit(user)
    context: dict[str, Any] = {
        "crumbs": [(_("Thư viện"), reverse("library"))],
        "unit": unit,
        "today": timezone.localdate(),
    }
    if unit is not None:
        context["materials"] = Material.objects.first_reading(unit, timezone.localdate()).select_related("unit")[
            :MATERIALS
        ]
        context |= whom_to_ask(unit)
        is_officer = user.has_perm("steering.view_unit", unit)
        context |= of_unit(unit) if is_officer else {"clubs": own_clubs(user)}
    return render(request, "library/first_reading.html", context)


def whom_to_ask(unit: Unit) -> dict[str, Any]:
    """`committee`, that of the unit or, where it has none, the next above it; `above`, those further up, the nearest
    first. In one query."""
    paths = [unit.path, *unit.ancestor_paths]
    rows = SteeringCommittee.objects.filter(unit__path__in=paths, valid_until=None)
    found: Sequence[Any] = list(rows.with_leaders().select_related("unit").order_by("-unit__path"))
    return {"committee": found[0] if found else None, "above": found[1:]}


def of_unit(unit: Unit) -> dict[str, Any]:
    """`numbers` of the clubs in being at and below the unit, and the next meetings there."""
    clubs = Club.objects.under(unit)
    vacant = Q(pk__in=clubs.without_chair().values("pk"))
    return {
        "numbers": clubs.live().aggregate(total=Count("pk"), without_chair=Count("pk", filter=vacant)),
        "coming": Meeting.objects.under(unit)
        .upcoming(timezone.localdate())
        .with_place()
        .order_by("starts_at", "pk")[:COMING],
    }


def own_clubs(user: Any) -> Any:
    """Each with `next_at`, and `regulation_on`, when it adopted the regulation in force (R7); None without one."""
    adopted = Regulation.objects.filter(club=OuterRef("pk"), adopted_on__lte=timezone.localdate())
    latest = Subquery(adopted.order_by("-adopted_on").values("adopted_on")[:1])
    clubs = Club.objects.live().visible_to(user).with_place().annotate(regulation_on=latest)
    return with_next_meeting(clubs, timezone.now())[:OWN_CLUBS]
