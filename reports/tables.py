"""The counts behind the figures: one GROUP BY a table, whatever the number of clubs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Substr
from django.utils import timezone

from clubs.models import Club, Membership, Suspension
from meetings.models import AgendaItem, Meeting, MeetingState, Opinion, ProductionModel, Replication
from steering.models import Unit
from steering.models.units import PATH_STEP
from steering.periods import Period, PeriodKind, ReportingCalendar
from steering.querysets import path_query

CADENCES = (PeriodKind.MONTH, PeriodKind.QUARTER)
ATTENDANCE = {
    **{name: f"{name}_count" for name in ("present", "late", "excused", "absent", "invited")},
    "guests": "guest_count",
}
Table = Mapping[str, "Counter[str]"]


def cadence_periods(calendar: ReportingCalendar, period: Period) -> list[Period]:
    """Months and quarters that end within `period`: a meeting is owed for each by the clubs of that cadence."""
    found = (p for kind in CADENCES for p in calendar.between(kind, period.first_day, period.last_day))
    return [p for p in found if p.last_day in period]


def owes(first_day: Any, last_day: Any, club: str = "") -> Q:
    """Clubs that owe a meeting for the time from `first_day` to `last_day`: in being all along, at no time suspended.

    Both are dates, or columns of the rows that are filtered (F); `club` is the way from these to the club, "club__" from
    a meeting. Whether the time is of the club's cadence is another question.
    """
    first, last = outer(first_day), outer(last_day)
    suspensions = Suspension.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=last),
        Q(valid_until__isnull=True) | Q(valid_until__gt=first),
        Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
        club=OuterRef(f"{club}pk"),
    )
    in_being = Q(
        Q(**{f"{club}ended_on__isnull": True}) | Q(**{f"{club}ended_on__gt": last_day}),
        **{f"{club}founded_on__lte": first_day},
    )
    return in_being & Q(~Exists(suspensions))


def outer(day: Any) -> Any:
    """A date, or a column of the rows around a subquery, as seen from inside it."""
    return OuterRef(day.name) if isinstance(day, F) else day  # type: ignore[attr-defined]  # the stubs hide the name


def on_day(day: date, first: str, until: str) -> Q:
    """Rows that hold on `day`: from `first`, inclusive, to `until`, exclusive."""
    return Q(**{f"{first}__lte": day}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": day}))


def day_before(period: Period) -> date:
    return period.first_day - timedelta(days=1)


def by_column(clubs: Q, prefix: str = "") -> dict[str, Count]:
    """Counts of `clubs` in the four columns that never overlap (R3), named "district", … after `prefix`."""
    work = clubs & ~Q(kind="poor_people")
    columns = {level: work & Q(level=level) for level in ("district", "commune", "hamlet")}
    columns["poor_people"] = clubs & Q(kind="poor_people")
    return {prefix + name: Count("pk", filter=condition) for name, condition in columns.items()}


def due_counts(owed: Iterable[Period]) -> dict[str, Count]:
    """How many clubs owe a meeting for each period, under "due_" and its key."""
    return {f"due_{p.key}": Count("pk", filter=Q(cadence=p.kind.value) & owes(p.first_day, p.last_day)) for p in owed}


def midnight() -> datetime:
    """The beginning of today, aware: a meeting before it has passed."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def is_open(period: Period) -> bool:
    return period.last_day >= timezone.localdate()


def grouped(rows: Any, unit: Unit, path: str, *more: str) -> Any:
    """`rows` at and below `unit`, grouped by `part`, the path of the unit directly below or of a club right here, and by
    `more`."""
    below = rows.filter(path_query(path, [unit.path])).order_by()
    return below.annotate(part=Substr(path, 1, len(unit.path) + PATH_STEP)).values("part", *more)


def table(rows: Iterable[dict[str, Any]], unit: Unit) -> Table:
    """Rows of `grouped` by path; clubs right here add up under the path of `unit` itself."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        part = row.pop("part")
        found[unit.path if "c" in part else part].update(row)
    return found


def club_table(unit: Unit, period: Period, owed: list[Period]) -> Table:
    here = on_day(period.last_day, "founded_on", "ended_on")
    span = (period.first_day, period.last_day)
    rows = grouped(Club.objects.filter(founded_on__isnull=False), unit, "path").annotate(
        total=Count("pk", filter=here),
        **by_column(here),
        at_start=Count("pk", filter=on_day(day_before(period), "founded_on", "ended_on")),
        founded=Count("pk", filter=Q(founded_on__range=span)),
        dissolved=Count("pk", filter=Q(ended_on__range=span)),
        **due_counts(owed),
    )
    return table((with_sums(row, owed) for row in rows), unit)


def with_sums(row: dict[str, Any], owed: Iterable[Period]) -> dict[str, Any]:
    """Add up what is due in all the periods, and in those that are not over."""
    due = {p: row.pop(f"due_{p.key}") for p in owed}
    return {**row, "due": sum(due.values()), "open": sum(n for p, n in due.items() if is_open(p))}


def member_table(unit: Unit, period: Period) -> Table:
    here = on_day(period.last_day, "joined_on", "left_on")
    span = (period.first_day, period.last_day)
    rows = grouped(Membership.objects.all(), unit, "club__path").annotate(
        total=Count("pk", filter=here),
        individuals=Count("pk", filter=here & Q(person__kind="individual")),
        collectives=Count("pk", filter=here & Q(person__kind="collective")),
        at_start=Count("pk", filter=on_day(day_before(period), "joined_on", "left_on")),
        joined=Count("pk", filter=Q(joined_on__range=span)),
        left=Count("pk", filter=Q(left_on__range=span)),
    )
    return table(rows, unit)


OUTCOME = ("fulfils", "state", "is_settled")  # what `with_outcomes` and a meeting itself tell of it


def with_outcomes(meetings: Any, owed: Iterable[Period]) -> Any:
    """Adds to meetings whether they fulfil what is owed in one of the periods, and whether they are settled.

    Settled are those of periods not yet over for which nothing is to come: held, declared not to be held, or planned for
    a day that has passed.
    """
    first_day = Case(*[When(period_key=p.key, then=Value(p.first_day)) for p in owed], output_field=DateField())
    cadence = Q(club__cadence="quarter", period_key__contains="Q") | (
        Q(club__cadence="month") & ~Q(period_key__contains="Q")
    )
    over = Q(state__in=[MeetingState.HELD, MeetingState.DID_NOT_MEET])
    overdue = Q(state__in=[MeetingState.PLANNED, MeetingState.INVITED], starts_at__lt=midnight())
    return meetings.annotate(first_day=first_day).annotate(
        fulfils=truth(cadence & owes(F("first_day"), F("period_last_day"), "club__")),
        is_settled=truth(Q(period_last_day__gte=timezone.localdate()) & (over | overdue)),
    )


def truth(condition: Q) -> Any:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def outcome(row: dict[str, Any]) -> dict[str, int]:
    """What `n` meetings of one `OUTCOME` add to the counts; attendance, where it is counted, is that of those held."""
    n = row["n"] if row["fulfils"] else 0
    is_held = row["state"] == MeetingState.HELD
    return {
        "held": n if is_held else 0,
        "did_not_meet": n if row["state"] == MeetingState.DID_NOT_MEET else 0,
        "settled": n if row["is_settled"] else 0,
        **{name: row[name] for name in ATTENDANCE if name in row and is_held},
    }


def meeting_table(unit: Unit, period: Period, owed: list[Period]) -> Table:
    """Meetings that fulfil what is owed; attendance and guests of all that were held."""
    meetings = with_outcomes(Meeting.objects.filter(form="regular").in_period(period), owed)
    rows = grouped(meetings, unit, "club__path", *OUTCOME)
    counted = rows.annotate(n=Count("pk"), **{name: Sum(column) for name, column in ATTENDANCE.items()})
    return table(({"part": row["part"], **outcome(row)} for row in counted), unit)


def topic_table(unit: Unit, period: Period) -> Table:
    held = AgendaItem.objects.filter(
        meeting__form="regular",
        meeting__state=MeetingState.HELD,
        meeting__period_last_day__range=(period.first_day, period.last_day),
    )
    counted = grouped(held, unit, AgendaItem.SCOPE, "area").annotate(n=Count("pk"))
    return table(({"part": row["part"], row["area"]: row["n"]} for row in counted), unit)


def opinion_table(unit: Unit, period: Period) -> Table:
    """Opinions raised at the meetings held of the period, whatever their form; answered and settled by their days."""
    span = (period.first_day, period.last_day)
    rows = grouped(Opinion.objects.all(), unit, Opinion.SCOPE).annotate(
        raised=Count("pk", filter=Q(meeting__state=MeetingState.HELD, meeting__period_last_day__range=span)),
        answered=Count("pk", filter=Q(answered_on__range=span)),
        closed=Count("pk", filter=Q(closed_on__range=span)),
        overdue=Count("pk", filter=overdue_at_end(period)),
    )
    return table(rows, unit)


def overdue_at_end(period: Period) -> Q:
    """Opinions due by the last day (by yesterday, while the period runs) that had no answer by then.

    From dates alone: an answer given later leaves the figures of a period that is over as they were.
    """
    day = min(period.last_day, timezone.localdate() - timedelta(days=1))
    unanswered = Q(answered_on__isnull=True) | Q(answered_on__gt=period.last_day)
    unsettled = Q(closed_on__isnull=True) | Q(closed_on__gt=period.last_day)
    return Q(due_on__lte=day) & unanswered & unsettled


def model_table(unit: Unit, period: Period) -> Table:
    """Production models by the place where they are made, replications by the place that took one over, in one query."""
    span, nothing = (period.first_day, period.last_day), Value(0, output_field=IntegerField())
    models = grouped(ProductionModel.objects.filter(introduced_on__range=span), unit, ProductionModel.SCOPE)
    replications = grouped(Replication.objects.filter(started_on__range=span), unit, Replication.SCOPE)
    introduced = models.annotate(introduced=Count("pk"), replicated=nothing, n=nothing)
    taken_over = replications.annotate(introduced=nothing, replicated=Count("pk"), n=Sum("households"))
    rows = introduced.union(taken_over, all=True)
    return table(({"households": row.pop("n"), **row} for row in rows), unit)
