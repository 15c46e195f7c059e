"""What is counted of meetings by month, from the rows themselves; see `clubs.tallies`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count

from clubs.models import Club
from clubs.tallies import Book, Counts, Found, own_path
from meetings.duty import Life
from meetings.lives import lives_of
from meetings.models import (
    AgendaItem,
    Meeting,
    MeetingForm,
    MeetingState,
    MeetingTally,
    Opinion,
    ProductionModel,
    Replication,
)
from steering.models import Unit
from steering.periods import PeriodKind, ReportingCalendar

OWING = {PeriodKind.MONTH: "owing_months", PeriodKind.QUARTER: "owing_quarters"}
CALLED = {
    **{name: f"{name}_count" for name in ("present", "late", "excused", "absent", "invited")},
    "guests": "guest_count",
}


def count_meetings(clubs: Sequence[Club], calendar: ReportingCalendar, month: date | None = None) -> Counts:
    """What `MeetingTally` holds, by path of the club. At most six queries."""
    found = Found(Counter)
    by_id = lives_of(clubs)
    lives = {club.path: by_id[club.pk] for club in clubs}
    for path, life in lives.items():
        for kind, owing in OWING.items():
            for last_day, change in life.changes(calendar, kind):
                found[path, last_day][owing] += change
    in_month: dict[str, Any] = {"period_last_day": month} if month else {}
    met = Meeting.objects.filter(club__in=clubs, form=MeetingForm.REGULAR, **in_month)
    count_outcomes(found, lives, met.order_by(), calendar)
    count_subjects(found, met.filter(state=MeetingState.HELD))
    count_opinions(found, clubs, calendar)
    return found


def count_outcomes(found: Found, lives: dict[str, Life], met: Any, calendar: ReportingCalendar) -> None:
    """Attendance of all that were held; held and not held where one was owed."""
    rows = met.filter(state__in=[MeetingState.HELD, MeetingState.DID_NOT_MEET])
    for path, key, last_day, state, *called in rows.values_list(
        "path", "period_key", "period_last_day", "state", *CALLED.values()
    ):
        numbers, period, life = found[path, last_day], calendar.parse(key), lives[path]
        if life.owes(period):
            numbers[state] += 1
        if state == MeetingState.HELD:
            numbers.update(dict(zip(CALLED, called, strict=True)))


def count_subjects(found: Found, held: Any) -> None:
    rows = AgendaItem.objects.filter(meeting__in=held).exclude(area="").order_by()
    by_area = rows.values_list("meeting__path", "meeting__period_last_day", "area").annotate(n=Count("pk"))
    for path, last_day, area, n in by_area:
        found[path, last_day][area] += n


def count_opinions(found: Found, clubs: Sequence[Club], calendar: ReportingCalendar) -> None:
    """Raised in the month of the meeting, whatever its form; answered, settled and overdue by their own days."""
    rows = Opinion.objects.filter(meeting__club__in=clubs).order_by()
    for path, state, last_day, due_on, answered_on, closed_on in rows.values_list(
        "path", "meeting__state", "meeting__period_last_day", "due_on", "answered_on", "closed_on"
    ):
        if state == MeetingState.HELD:
            found[path, last_day]["raised"] += 1
        if answered_on:
            found[path, calendar.month_end(answered_on)]["answered"] += 1
        if closed_on:
            found[path, calendar.month_end(closed_on)]["closed"] += 1
        over, done = calendar.month_end(due_on), min(filter(None, (answered_on, closed_on)), default=None)
        if done is None or done > over:
            found[path, over]["overdue"] += 1
        if done is not None and done > over:
            found[path, calendar.month_end(done)]["overdue"] -= 1


def count_models(units: Sequence[Unit], calendar: ReportingCalendar, month: date | None = None) -> Counts:
    """Production models where they are made, replications where a place took one over. Two queries."""
    found = Found(Counter)
    models = ProductionModel.objects.filter(unit__in=units).order_by()
    for path, day in models.values_list("unit__path", "introduced_on"):
        found[own_path(path), calendar.month_end(day)]["introduced"] += 1
    replications = Replication.objects.filter(unit__in=units).order_by()
    for path, day, households in replications.values_list("unit__path", "started_on", "households"):
        found[own_path(path), calendar.month_end(day)].update(replicated=1, households=households)
    return found


MEETINGS = Book(MeetingTally, count_meetings)  # a meeting is asked about before it changes; what was owed is kept
MODELS = Book(MeetingTally, count_models, of=Unit, closes=True)
