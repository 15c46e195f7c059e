"""Where a call is needed: the units below and their reports, the clubs and their last twelve months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone

from clubs.models import Club
from meetings.lives import lives_of
from meetings.models import Meeting, MeetingState
from meetings.querysets import midnight
from reports.figures import Figures
from reports.models import FROZEN, REPORTING_KINDS, Edition, UnitReminder
from reports.obligations import WORDS, Duty, Outcome, Words, duty
from reports.rules import percent
from reports.tables import grouped
from steering.models import Unit
from steering.periods import Period, ReportingCalendar


@dataclass(frozen=True)
class Row:
    """A unit below: its meetings of the period, the last month it reported, how late its report of the period before is."""

    unit: Unit
    due: int
    held: int
    late: int
    did_not_meet: int
    missing: int
    last_reported: str
    days_late: int
    reminded_at: Any

    @property
    def last_reported_label(self) -> str:
        """ "tháng 10/2026"; the label depends on no cut-off."""
        return ReportingCalendar().parse(self.last_reported).label if self.last_reported else ""

    @property
    def share(self) -> int | None:
        return percent(self.held, self.due)

    @property
    def share_on_time(self) -> int | None:
        return percent(self.held - self.late, self.due)

    @property
    def reports(self) -> bool:
        return self.unit.kind in REPORTING_KINDS

    @property
    def needs_call(self) -> bool:
        return bool(self.missing or self.days_late)


def unit_rows(found: Figures, unit: Unit, period: Period, before: Period, today: date) -> list[Row]:
    """One for each entry of `found`, in its order. Three queries."""
    late = late_counts(unit, period)
    reported = last_reported(found.units)
    reminded = dict(
        UnitReminder.objects.filter(unit__in=[one.pk for one in found.units])
        .order_by()
        .values_list("unit")
        .annotate(at=Max("sent_at"))
    )
    return [
        Row(
            unit=one,
            due=part.meetings.due,
            held=part.meetings.held,
            late=late.get(one.path, 0),
            did_not_meet=part.meetings.did_not_meet,
            missing=part.meetings.missing,
            last_reported=reported.get(one.pk, ""),
            days_late=days_late(reported.get(one.pk, ""), before, today) if is_to_report(one, unit) else 0,
            reminded_at=reminded.get(one.pk),
        )
        for one, part in zip(found.units, found.by_unit, strict=True)
    ]


def is_to_report(one: Unit, unit: Unit) -> bool:
    """Whether `one`, an entry of the figures of `unit`, sends reports to it."""
    return one.pk != unit.pk and one.kind in REPORTING_KINDS


def late_counts(unit: Unit, period: Period) -> dict[str, int]:
    """Regular meetings of the period that were written down after the report was due, by the path of the part."""
    due = midnight(period.due_on + timedelta(days=1))
    rows = Meeting.objects.filter(form="regular", state=MeetingState.HELD, held_recorded_at__gte=due).in_period(period)
    counted: defaultdict[str, int] = defaultdict(int)
    for row in grouped(rows, unit, Meeting.SCOPE).annotate(n=Count("pk")):
        counted[unit.path if "c" in row["part"] else row["part"]] += row["n"]
    return counted


def last_reported(units: Iterable[Unit]) -> dict[int, str]:
    """The key of the last month that each unit sent a report of."""
    sent = Edition.objects.filter(
        unit__in=[one.pk for one in units], state__in=FROZEN, period_key__regex=r"^\d{4}-\d{2}$"
    )
    return dict(sent.order_by().values_list("unit").annotate(key=Max("period_key")))


def days_late(reported: str, before: Period, today: date) -> int:
    """How many days the report of the period before is overdue; 0 when it was sent or is not due."""
    return 0 if reported >= before.key else max((today - before.due_on).days, 0)


@dataclass(frozen=True)
class ClubRow:
    club: Club
    cells: list[tuple[Duty, Words]]


def club_rows(
    clubs: Sequence[Club], months: Sequence[Period], calendar: ReportingCalendar, today: date
) -> list[ClubRow]:
    """Each club with its duty in each month. Four queries at most."""
    outcomes, lives = outcomes_of(clubs, months), lives_of(clubs)
    rows = []
    for club in clubs:
        owed = [lives[club.pk].owed_with(calendar, month) for month in months]
        duties = [duty(one, outcomes.get((club.pk, one.key)) if one else None, today) for one in owed]
        rows.append(ClubRow(club, [(one, WORDS[one]) for one in duties]))
    return rows


def outcomes_of(clubs: Iterable[Club], months: Sequence[Period]) -> dict[tuple[int, str], Outcome]:
    """By club and key of its period."""
    rows = Meeting.objects.filter(
        club__in=[club.pk for club in clubs],
        form="regular",
        period_last_day__range=(months[0].last_day, months[-1].last_day),
    ).exclude(state=MeetingState.CANCELLED)
    return {
        (club, key): Outcome(state, timezone.localdate(at), recorded and timezone.localdate(recorded))
        for club, key, state, at, recorded in rows.values_list(
            "club", "period_key", "state", "starts_at", "held_recorded_at"
        )
    }
