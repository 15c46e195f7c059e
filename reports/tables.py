"""The counts behind the figures: one GROUP BY a table, whatever the number of clubs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Substr
from django.utils import timezone

from clubs.models import Club, Membership, Suspension
from meetings.models import Meeting, MeetingState, Topic
from steering.models import Unit
from steering.models.units import PATH_STEP
from steering.periods import Period, PeriodKind, ReportingCalendar
from steering.querysets import path_query

CADENCES = (PeriodKind.MONTH, PeriodKind.QUARTER)
ATTENDANCE = ("present", "late", "excused", "absent", "invited")
Table = Mapping[str, "Counter[str]"]


def cadence_periods(calendar: ReportingCalendar, period: Period) -> list[Period]:
    """Months and quarters that end within `period`: a meeting is owed for each by the clubs of that cadence."""
    found = (p for kind in CADENCES for p in calendar.between(kind, period.first_day, period.last_day))
    return [p for p in found if p.last_day in period]


def owes(period: Period, club: str = "") -> Q:
    """Clubs that owe a meeting for `period`: in being from its first day to its last, at no time suspended.

    `club` is the way to the club from the rows that are filtered, "club__" from a meeting.
    """
    suspensions = Suspension.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=period.last_day),
        Q(valid_until__isnull=True) | Q(valid_until__gt=period.first_day),
        Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
        club=OuterRef(f"{club}pk"),
    )
    in_being = Q(
        Q(**{f"{club}ended_on__isnull": True}) | Q(**{f"{club}ended_on__gt": period.last_day}),
        **{f"{club}cadence": period.kind.value, f"{club}founded_on__lte": period.first_day},
    )
    return in_being & Q(~Exists(suspensions))


def on_day(day: date, first: str, until: str) -> Q:
    """Rows that hold on `day`: from `first`, inclusive, to `until`, exclusive."""
    return Q(**{f"{first}__lte": day}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": day}))


def by_column(clubs: Q, prefix: str = "") -> dict[str, Count]:
    """Counts of `clubs` in the four columns that never overlap (R3), named "district", … after `prefix`."""
    work = clubs & ~Q(kind="poor_people")
    columns = {level: work & Q(level=level) for level in ("district", "commune", "hamlet")}
    columns["poor_people"] = clubs & Q(kind="poor_people")
    return {prefix + name: Count("pk", filter=condition) for name, condition in columns.items()}


def due_counts(owed: Iterable[Period]) -> dict[str, Count]:
    """How many clubs owe a meeting for each period, under "due_" and its key."""
    return {f"due_{p.key}": Count("pk", filter=owes(p)) for p in owed}


def outcome_counts(owed: Iterable[Period]) -> dict[str, Count]:
    """What became of the meetings that fulfil what is owed.

    `settled` are those of periods not yet over for which nothing is to come: held, declared not to be held, or planned
    for a day that has passed.
    """
    owed = list(owed)
    fulfils = reduce(or_, (Q(period_key=p.key) & owes(p, "club__") for p in owed))
    held, declared = Q(state=MeetingState.HELD), Q(state=MeetingState.DID_NOT_MEET)
    overdue = Q(state__in=[MeetingState.PLANNED, MeetingState.INVITED], starts_at__lt=midnight())
    still_open = Q(period_key__in=[p.key for p in owed if is_open(p)])
    return {
        "held": Count("pk", filter=held & fulfils),
        "did_not_meet": Count("pk", filter=declared & fulfils),
        "settled": Count("pk", filter=(held | declared | overdue) & still_open & fulfils),
    }


def midnight() -> datetime:
    """The beginning of today, aware: a meeting before it has passed."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def is_open(period: Period) -> bool:
    return period.last_day >= timezone.localdate()


def grouped(rows: Any, unit: Unit, path: str) -> Any:
    """`rows` at and below `unit`, grouped by `part`: the path of the unit directly below, or of a club right here."""
    below = rows.filter(path_query(path, [unit.path])).order_by()
    return below.annotate(part=Substr(path, 1, len(unit.path) + PATH_STEP)).values("part")


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
        joined=Count("pk", filter=Q(joined_on__range=span)),
        left=Count("pk", filter=Q(left_on__range=span)),
    )
    return table(rows, unit)


def meeting_table(unit: Unit, period: Period, owed: list[Period]) -> Table:
    """Meetings that fulfil what is owed; attendance and guests of all that were held."""
    held = Q(state=MeetingState.HELD)
    rows = grouped(Meeting.objects.filter(form="regular").in_period(period), unit, "club__path").annotate(
        **outcome_counts(owed), **{name: Sum(f"{name}_count", filter=held, default=0) for name in ATTENDANCE}
    )
    return table(rows, unit)


def topic_table(unit: Unit, period: Period) -> Table:
    held = Topic.objects.filter(
        meeting__form="regular",
        meeting__state=MeetingState.HELD,
        meeting__period_last_day__range=(period.first_day, period.last_day),
    )
    counted = grouped(held, unit, Topic.SCOPE).values("part", "area").annotate(n=Count("pk"))
    return table(({"part": row["part"], row["area"]: row["n"]} for row in counted), unit)
