"""What a club owes (R10): a regular meeting for each period of its cadence. Decided on values, without a query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from steering.periods import Period, PeriodKind, ReportingCalendar

Spans = tuple[tuple[date | None, date | None], ...]


@dataclass(frozen=True)
class Life:
    """A club's cadence ("month" or "quarter"), its first day and the first one it is no more (None while it is), and the
    times in which it was suspended: first day inclusive, last exclusive, None for open.

    `closed` tells of the months that were closed, by their last days, what stays: of which cadence a meeting was owed
    with that day, None for none.
    """

    cadence: str
    founded_on: date | None
    ended_on: date | None
    suspended: Spans = ()
    closed: Mapping[date, str | None] = field(default_factory=dict)

    def owes(self, period: Period) -> bool:
        """A period of its cadence, in being from the first day of it to the last, at no time suspended."""
        if period.last_day in self.closed:
            return self.closed[period.last_day] == period.kind
        if period.kind != self.cadence or self.founded_on is None or self.founded_on > period.first_day:
            return False
        if self.ended_on is not None and self.ended_on <= period.last_day:
            return False
        return not any(overlaps(first, until, period) for first, until in self.suspended)

    def owed_with(self, calendar: ReportingCalendar, month: Period) -> Period | None:
        """The month, or the quarter that ends with it, where a meeting was or is owed for it."""
        for period in (month, calendar.containing(PeriodKind.QUARTER, month.last_day)):
            if period.last_day == month.last_day and self.owes(period):
                return period
        return None

    def changes(self, calendar: ReportingCalendar, kind: PeriodKind) -> Iterator[tuple[date, int]]:
        """The last day of each month or quarter with which the club begins (1) or stops (-1) to owe, in their order."""
        days = [self.founded_on, self.ended_on, *(day for span in self.suspended for day in span), *self.closed]
        periods = {calendar.containing(kind, day) for day in days if day is not None}
        owed = 0
        for period in sorted({*periods, *map(calendar.next, periods)}, key=lambda period: period.first_day):
            now = int(self.owes(period))
            if now != owed:
                yield period.last_day, now - owed
            owed = now


def life_of(club: Any, closed: Mapping[date, str | None] | None = None) -> Life:
    """`club` with its suspensions at hand."""
    spans = tuple((one.valid_from, one.valid_until) for one in club.suspensions.all())
    return Life(club.cadence, club.founded_on, club.ended_on, spans, closed or {})


def overlaps(first: date | None, until: date | None, period: Period) -> bool:
    begins, ends = first or date.min, until or date.max
    return begins < ends and begins <= period.last_day and period.first_day < ends
