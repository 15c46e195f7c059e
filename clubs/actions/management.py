"""Which steering committee manages a club (R9)."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from clubs.models import Club
from steering.actions import save_checked
from steering.models import SteeringCommittee, User
from steering.regime import regime_on


def take_over_clubs(*, committee: SteeringCommittee, by: User | None, **_signal: Any) -> None:
    """A new committee manages the clubs that have none, and those of the one before it at the same unit."""
    unit = committee.unit
    waiting = Club.objects.under(unit).not_ended().filter(Q(manager=None) | Q(manager__unit=unit))
    for club in waiting.select_for_update(of=("self",)).order_by("pk"):
        rules = regime_on(club.founded_on or timezone.localdate()).get(club.level)
        if rules is not None and rules.manager_kind == unit.kind:
            club.manager = committee
            save_checked(club, by=by)
