"""What the home page counts: clubs against this year's plan, and meetings month by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from meetings.models import MeetingTally
from reports.figures import MeetingFigures, meeting_figures
from reports.models import ExpansionPlan
from reports.rules import COLUMNS, Standing, last_months
from reports.standing import year_standings
from reports.tables import Sums, cadence_periods, meeting_numbers, of_today, sums_at
from steering.models import Unit
from steering.periods import Period, PeriodKind, ReportingCalendar

MONTHS = 12


@dataclass(frozen=True)
class Overview:
    """`months` end with the one that runs; `plan` is None where the unit has none for this year."""

    year: Period
    plan: ExpansionPlan | None
    clubs: dict[str, Standing]
    months: list[tuple[Period, MeetingFigures]]


def overview(unit: Unit, calendar: ReportingCalendar, today: date) -> Overview:
    """Four queries, the figures of a month the same as `reports.figures.figures` gives."""
    year = calendar.containing(PeriodKind.YEAR, today)
    plan = ExpansionPlan.objects.filter(unit=unit, year=year.year).first()
    planned = plan.numbers if plan else dict.fromkeys(COLUMNS, 0)
    return Overview(year, plan, year_standings(unit, year, planned), month_figures(unit, calendar, today))


def month_figures(unit: Unit, calendar: ReportingCalendar, today: date) -> list[tuple[Period, MeetingFigures]]:
    """The last months, the one that runs among them; only this one depends on the day."""
    months = last_months(calendar, today, MONTHS)
    span = replace(months[-1], first_day=months[0].first_day)
    sums = sums_at(MeetingTally, unit, span)
    found = []
    for month in months:
        owed, open_now = cadence_periods(calendar, month), Counter[str]()
        if month == months[-1]:
            for numbers in of_today(unit, month, owed).values():
                open_now.update(numbers)
        found.append((month, meeting_figures(meeting_numbers(of_month(sums, month), month, owed, open_now))))
    return found


def of_month(sums: Sums, month: Period) -> Sums:
    """`month` alone, and before it all that is before it."""
    before = sums.up_to(month.first_day)
    return Sums(before, {month.last_day: sums.months[month.last_day]} if month.last_day in sums.months else {})
