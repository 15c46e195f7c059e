"""What a unit reports of a period: counted by the database, one GROUP BY on the path a table, whatever the number of clubs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import reduce
from operator import add, or_
from typing import Any, TypeVar

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Substr
from django.utils import timezone

from clubs.models import Club, Membership, Suspension
from meetings.models import Invitation, Meeting, MeetingState, PolicyArea, Topic
from steering.calendar import reporting_calendar
from steering.models import Unit
from steering.models.units import PATH_STEP
from steering.periods import Period, PeriodKind
from steering.querysets import path_query

CADENCES = (PeriodKind.MONTH, PeriodKind.QUARTER)
ATTENDANCE = ("present", "late", "excused", "absent")
T = TypeVar("T")
Table = Mapping[str, "Counter[str]"]


@dataclass(frozen=True)
class UnitFacts:
    """`code` is empty for hamlets and groups, `name` carries the type ("Huyện Ba Tri")."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class PeriodFacts:
    """`first_day` and `last_day` are inclusive."""

    kind: str
    label: str
    first_day: date
    last_day: date
    due_on: date


@dataclass(frozen=True)
class ClubFigures:
    """Clubs in being on the last day: four columns that never overlap (R3); founded and ended within the period."""

    total: int
    district: int
    commune: int
    hamlet: int
    poor_people: int
    founded: int
    dissolved: int


@dataclass(frozen=True)
class MemberFigures:
    """Members on the last day; joined and left within the period."""

    total: int
    individuals: int
    collectives: int
    joined: int
    left: int


@dataclass(frozen=True)
class MeetingFigures:
    """Regular meetings owed in the period: due = held + did_not_meet + missing + pending (R10)."""

    due: int
    held: int
    did_not_meet: int
    missing: int
    pending: int


@dataclass(frozen=True)
class AttendanceFigures:
    """Of the regular meetings held: what became of each member, and people invited besides (R12)."""

    present: int
    late: int
    excused: int
    absent: int
    invited: int


@dataclass(frozen=True)
class UnitFigures:
    unit: UnitFacts
    clubs: ClubFigures
    members: MemberFigures
    meetings: MeetingFigures
    attendance: AttendanceFigures
    topics: dict[str, int]  # every `PolicyArea`, R13


@dataclass(frozen=True)
class Figures(UnitFigures):
    """The figures of `unit`, and in `by_unit` the same for each unit directly below, in natural order.

    What sits at the unit itself (a district's own clubs) belongs to none of these; it is an entry with the unit itself,
    the first, so that the entries always add up to the unit's figures.
    """

    period: PeriodFacts
    by_unit: tuple[UnitFigures, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values under the stable keys of docs/monthly-report.md, in their order."""
        keys = ("unit", "period", "clubs", "members", "meetings", "attendance", "topics", "by_unit")
        values = asdict(self)
        return {key: list(values[key]) if key == "by_unit" else values[key] for key in keys}


def figures(unit: Unit, period: Period) -> Figures:
    """The figures of `unit` and of everything below it for `period`, in seven queries."""
    owed = cadence_periods(period)
    tables: dict[str, Table] = {
        "clubs": club_table(unit, period, owed),
        "members": member_table(unit, period),
        "meetings": meeting_table(unit, period, owed),
        "invited": invitation_table(unit, period),
        "topics": topic_table(unit, period),
    }
    by_unit = tuple(figures_of(part, tables, [part.path]) for part in parts(unit, period, tables))
    whole = figures_of(unit, tables, set().union(*tables.values()))
    facts = PeriodFacts(period.kind.value, period.label, period.first_day, period.last_day, period.due_on)
    return Figures(**vars(whole), period=facts, by_unit=by_unit)


def cadence_periods(period: Period) -> list[Period]:
    """Months and quarters that end within `period`: a meeting is owed for each by the clubs of that cadence."""
    calendar = reporting_calendar()
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
    work = here & ~Q(kind="poor_people")
    rows = grouped(Club.objects.filter(founded_on__isnull=False), unit, "path").annotate(
        total=Count("pk", filter=here),
        district=Count("pk", filter=work & Q(level="district")),
        commune=Count("pk", filter=work & Q(level="commune")),
        hamlet=Count("pk", filter=work & Q(level="hamlet")),
        poor_people=Count("pk", filter=here & Q(kind="poor_people")),
        founded=Count("pk", filter=Q(founded_on__range=span)),
        dissolved=Count("pk", filter=Q(ended_on__range=span)),
        **{f"due_{p.key}": Count("pk", filter=owes(p)) for p in owed},
    )
    return table((with_sums(row, owed) for row in rows), unit)


def with_sums(row: dict[str, Any], owed: list[Period]) -> dict[str, Any]:
    """Add up what is due in all the periods, and in those that are not over."""
    due = {p: row.pop(f"due_{p.key}") for p in owed}
    today = timezone.localdate()
    return {**row, "due": sum(due.values()), "open": sum(n for p, n in due.items() if p.last_day >= today)}


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
    """Meetings that fulfil what is owed, attendance of all that were held.

    `settled` are those of periods not yet over for which nothing is to come: held, declared not to be held, or planned
    for a day that has passed.
    """
    fulfils = reduce(or_, (Q(period_key=p.key) & owes(p, "club__") for p in owed))
    held, declared = Q(state=MeetingState.HELD), Q(state=MeetingState.DID_NOT_MEET)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    overdue = Q(state__in=[MeetingState.PLANNED, MeetingState.INVITED], starts_at__lt=midnight)
    still_open = Q(period_key__in=[p.key for p in owed if p.last_day >= timezone.localdate()])
    rows = grouped(Meeting.objects.filter(form="regular").in_period(period), unit, "club__path").annotate(
        held=Count("pk", filter=held & fulfils),
        did_not_meet=Count("pk", filter=declared & fulfils),
        settled=Count("pk", filter=(held | declared | overdue) & still_open & fulfils),
        **{name: Sum(f"{name}_count", filter=held, default=0) for name in ATTENDANCE},
    )
    return table(rows, unit)


def of_held_meetings(rows: Any, period: Period) -> Any:
    return rows.filter(
        meeting__form="regular",
        meeting__state=MeetingState.HELD,
        meeting__period_last_day__range=(period.first_day, period.last_day),
    )


def invitation_table(unit: Unit, period: Period) -> Table:
    rows = grouped(of_held_meetings(Invitation.objects, period), unit, Invitation.SCOPE)
    return table(rows.annotate(invited=Count("pk")), unit)


def topic_table(unit: Unit, period: Period) -> Table:
    rows = grouped(of_held_meetings(Topic.objects, period), unit, Topic.SCOPE)
    counted = rows.values("part", "area").annotate(n=Count("pk"))
    return table(({"part": row["part"], row["area"]: row["n"]} for row in counted), unit)


def parts(unit: Unit, period: Period, tables: Mapping[str, Table]) -> list[Unit]:
    """`unit` where something sits at it, then the units directly below in force during `period`.

    A unit closed before that still shows while it has figures: its clubs are not lost from the sum.
    """
    counted = {path for found in tables.values() for path, numbers in found.items() if any(numbers.values())}
    children = Unit.objects.filter(parent=unit).order_by("sort_key", "pk")
    shown = [child for child in children if in_force_during(child, period) or child.path in counted]
    return [unit, *shown] if unit.path in counted else shown


def in_force_during(unit: Unit, period: Period) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= period.last_day
    return begun and (unit.valid_until is None or unit.valid_until > period.first_day)


def figures_of(unit: Unit, tables: Mapping[str, Table], paths: Iterable[str]) -> UnitFigures:
    """What `tables` hold at `paths`, added up under the name of `unit`."""
    paths = list(paths)
    n: dict[str, Counter[str]] = {
        name: reduce(add, (found.get(path, Counter()) for path in paths), Counter()) for name, found in tables.items()
    }
    clubs, meetings = n["clubs"], n["meetings"]
    pending = clubs["open"] - meetings["settled"]
    missing = clubs["due"] - meetings["held"] - meetings["did_not_meet"] - pending
    return UnitFigures(
        unit=UnitFacts(unit.code, str(unit), unit.kind),
        clubs=pick(ClubFigures, clubs),
        members=pick(MemberFigures, n["members"]),
        meetings=MeetingFigures(clubs["due"], meetings["held"], meetings["did_not_meet"], missing, pending),
        attendance=pick(AttendanceFigures, meetings + n["invited"]),
        topics={area: n["topics"][area] for area in PolicyArea.values},
    )


def pick(kind: type[T], numbers: Counter[str]) -> T:
    return kind(**{field.name: numbers[field.name] for field in fields(kind)})  # type: ignore[arg-type]
