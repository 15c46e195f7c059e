"""Decisions about plans, periods and steps on plain values, without a query."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from steering.periods import Period, PeriodKind, ReportingCalendar

COLUMNS = ("district", "commune", "hamlet", "poor_people")  # of clubs; they never overlap (R3)
LEVELS = COLUMNS[:3]
FIRST_YEAR = 2001  # of the first club (R17)
LAST_YEAR = 2100


@dataclass(frozen=True)
class Standing:
    """Clubs of one column in the year of a plan (R14); `planned` are those to be founded in it."""

    at_start: int
    planned: int
    founded: int
    ended: int

    @property
    def now(self) -> int:
        """In being on the year's last day, as far as is known."""
        return self.at_start + self.founded - self.ended

    @property
    def target(self) -> int:
        return self.at_start + self.planned

    @property
    def gap(self) -> int:
        """Clubs still to found; below zero when there are more than planned."""
        return self.target - self.now


def total_standing(standings: Iterable[Standing]) -> Standing:
    found = list(standings)
    names = ("at_start", "planned", "founded", "ended")
    return Standing(**{name: sum(getattr(one, name) for one in found) for name in names})


def open_columns(unit_kind: str, levels: Collection[str]) -> tuple[str, ...]:
    """Columns in which a unit can have clubs at or below it, given the `levels` of the regime; poor people's clubs always."""
    below = LEVELS[LEVELS.index(unit_kind) :] if unit_kind in LEVELS else LEVELS
    return (*(level for level in below if level in levels), "poor_people")


def percent(part: int, whole: int) -> int | None:
    """None of nothing."""
    return round(100 * part / whole) if whole else None


def reported_period(calendar: ReportingCalendar, key: str, today: date) -> Period | None:
    """The period of a key such as "2026-Q4"; None for nonsense, for one not begun and for one before the first club."""
    try:
        period = calendar.parse(key)
    except ValueError:
        return None
    return period if period.first_day <= today and period.year >= FIRST_YEAR else None


def begun_periods(calendar: ReportingCalendar, year: int, today: date) -> dict[PeriodKind, list[Period]]:
    """What can be reported of `year`, by kind; of years, also the one before and the one after."""
    found = {}
    for kind in PeriodKind:
        years = range(year - 1, year + 2) if kind == PeriodKind.YEAR else (year,)
        every = [calendar.period(kind, y, index) for y in years for index in range(1, 12 // kind.months + 1)]
        found[kind] = [p for p in every if p.first_day <= today and p.year >= FIRST_YEAR]
    return {kind: periods for kind, periods in found.items() if periods}


def last_months(calendar: ReportingCalendar, day: date, n: int) -> list[Period]:
    """The `n` months up to the one with `day`, the oldest first."""
    periods = [calendar.containing(PeriodKind.MONTH, day)]
    while len(periods) < n:
        periods.insert(0, calendar.previous(periods[0]))
    return periods
