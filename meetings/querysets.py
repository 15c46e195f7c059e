"""How meetings are picked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Subquery

from steering.periods import Period
from steering.querysets import ScopedQuerySet


def with_next_meeting(clubs: Any, now: datetime) -> Any:
    """Adds to clubs `next_at` of the meeting to come, or None, and `is_silent`: one has passed without a record."""
    meetings = apps.get_model("meetings.Meeting").objects.filter(club=OuterRef("pk"), state__in=["planned", "invited"])
    coming = meetings.filter(starts_at__gte=now).order_by("starts_at").values("starts_at")[:1]
    return clubs.annotate(next_at=Subquery(coming), is_silent=Exists(meetings.filter(starts_at__lt=now)))


class MeetingQuerySet(ScopedQuerySet):
    def turns(self) -> Self:
        """Meetings that use up their host's turn: regular, not overridden, held or still to be held (R11)."""
        return self.filter(form="regular", is_override=False, state__in=["planned", "invited", "held"])

    def in_period(self, period: Period) -> Self:
        """Regular meetings that fulfil a period ending within `period`: its own months and quarters."""
        return self.filter(period_last_day__range=(period.first_day, period.last_day))

    def upcoming(self, day: date) -> Self:
        return self.filter(starts_at__date__gte=day, state__in=["planned", "invited"])
