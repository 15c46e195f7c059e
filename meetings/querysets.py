"""How meetings are picked."""

from __future__ import annotations

from datetime import date
from typing import Self

from steering.periods import Period
from steering.querysets import ScopedQuerySet


class MeetingQuerySet(ScopedQuerySet):
    def turns(self) -> Self:
        """Meetings that use up their host's turn: regular, not overridden, held or still to be held (R11)."""
        return self.filter(form="regular", is_override=False, state__in=["planned", "invited", "held"])

    def in_period(self, period: Period) -> Self:
        """Regular meetings that fulfil a period ending within `period`: its own months and quarters."""
        return self.filter(period_last_day__range=(period.first_day, period.last_day))

    def upcoming(self, day: date) -> Self:
        return self.filter(starts_at__date__gte=day, state__in=["planned", "invited"])
