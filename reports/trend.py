"""What the home page counts: clubs against this year's plan, and meetings month by month."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from clubs.models import Club
from meetings.models import Meeting
from reports.figures import MeetingFigures, meeting_figures
from reports.models import ExpansionPlan
from reports.rules import COLUMNS, Standing, last_months
from reports.standing import standing_counts, standings
from reports.tables import OUTCOME, cadence_periods, due_counts, outcome, with_outcomes, with_sums
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
    """Three queries, the figures of a month the same as `reports.figures.figures` gives."""
    months, year = last_months(calendar, today, MONTHS), calendar.containing(PeriodKind.YEAR, today)
    owed = {month: cadence_periods(calendar, month) for month in months}
    every = [period for periods in owed.values() for period in periods]
    plan = ExpansionPlan.objects.filter(unit=unit, year=year.year).first()
    clubs = Club.objects.under(unit).filter(founded_on__isnull=False)
    counted = clubs.aggregate(**standing_counts(year), **due_counts(every))
    met = outcomes(unit, months, every)
    return Overview(
        year=year,
        plan=plan,
        clubs=standings(counted, plan.numbers if plan else dict.fromkeys(COLUMNS, 0)),
        months=[(month, meeting_figures(with_sums(dict(counted), owed[month]), met[month])) for month in months],
    )


def outcomes(unit: Unit, months: list[Period], owed: list[Period]) -> dict[Period, Counter[str]]:
    """What became of the meetings, by month: what fulfils a month or a quarter ends on the last day of a month."""
    spans = (months[0].last_day, months[-1].last_day)
    meetings = with_outcomes(Meeting.objects.under(unit).filter(form="regular", period_last_day__range=spans), owed)
    rows = meetings.order_by().values("period_last_day", *OUTCOME).annotate(n=Count("pk"))
    found: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row["period_last_day"]].update(outcome(row))
    return {month: found[month.last_day] for month in months}
