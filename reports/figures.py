"""What a unit reports of a period, by the units directly below; the counting is in `reports.tables`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from meetings.models import PolicyArea
from reports.tables import Table, add_up, cadence_periods, club_tables, meeting_table
from steering.calendar import reporting_calendar
from steering.models import Unit
from steering.periods import Period, ReportingCalendar

T = TypeVar("T")


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
    """Clubs in being on the last day: four columns that never overlap (R3); those in being on the day before the period, founded and
    ended within it."""

    total: int
    district: int
    commune: int
    hamlet: int
    poor_people: int
    at_start: int
    founded: int
    dissolved: int

    @property
    def is_balanced(self) -> bool:
        """At the start + founded - dissolved = at the end; each of the four is counted by itself."""
        return self.at_start + self.founded - self.dissolved == self.total


@dataclass(frozen=True)
class MemberFigures:
    """Members on the last day, and on the day before the period; joined and left within it."""

    total: int
    individuals: int
    collectives: int
    at_start: int
    joined: int
    left: int

    @property
    def is_balanced(self) -> bool:
        """At the start + joined - left = at the end."""
        return self.at_start + self.joined - self.left == self.total


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
    """Of the regular meetings held: what became of each member; people invited besides, and guests who came (R12)."""

    present: int
    late: int
    excused: int
    absent: int
    invited: int
    guests: int


@dataclass(frozen=True)
class OpinionFigures:
    """Opinions raised at the meetings held of the period; answered and settled within it; overdue at its end (R13)."""

    raised: int
    answered: int
    closed: int
    overdue: int


@dataclass(frozen=True)
class ModelFigures:
    """Production models introduced, places that took one over and their households, within the period (R13)."""

    introduced: int
    replicated: int
    households: int


@dataclass(frozen=True)
class UnitFigures:
    unit: UnitFacts
    clubs: ClubFigures
    members: MemberFigures
    meetings: MeetingFigures
    attendance: AttendanceFigures
    topics: dict[str, int]  # every `PolicyArea`, R13
    opinions: OpinionFigures
    models: ModelFigures


@dataclass(frozen=True)
class Figures(UnitFigures):
    """The figures of `unit`, and in `by_unit` the same for each unit directly below, in natural order.

    What sits at the unit itself (a district's own clubs) belongs to none of these; it is an entry with the unit itself,
    the first, so that the entries always add up to the unit's figures.
    """

    period: PeriodFacts
    by_unit: tuple[UnitFigures, ...]
    units: tuple[Unit, ...]  # those of `by_unit`, in step

    def as_dict(self) -> dict[str, Any]:
        """Plain values under the stable keys of docs/monthly-report.md, in their order."""
        keys = (
            "unit",
            "period",
            "clubs",
            "members",
            "meetings",
            "attendance",
            "topics",
            "opinions",
            "models",
            "by_unit",
        )
        values = asdict(replace(self, units=()))
        return {key: list(values[key]) if key == "by_unit" else values[key] for key in keys}


def figures(
    unit: Unit,
    period: Period,
    *,
    calendar: ReportingCalendar | None = None,
    children: Sequence[Unit] | None = None,
) -> Figures:
    """The figures of `unit` and of everything below it for `period`.

    Four queries, one more while the period runs; two of them are for the reporting calendar and for the units directly
    below, in order, and are saved by whoever has these at hand. A unit without a path is the whole country.
    """
    owed = cadence_periods(calendar or reporting_calendar(), period)
    tables: dict[str, Table] = {
        **club_tables(unit, period),
        "meetings": meeting_table(unit, period, owed),
    }
    if children is None:
        children = list(Unit.objects.filter(parent=unit).order_by("sort_key", "pk"))
    units = parts(unit, children, period, tables)
    by_unit = tuple(figures_of(part, tables, [part.path]) for part in units)
    whole = figures_of(unit, tables, set().union(*tables.values()))
    facts = PeriodFacts(period.kind.value, period.label, period.first_day, period.last_day, period.due_on)
    return Figures(**vars(whole), period=facts, by_unit=by_unit, units=tuple(units))


def parts(unit: Unit, children: Iterable[Unit], period: Period, tables: Mapping[str, Table]) -> list[Unit]:
    """`unit` where something sits at it, then its `children` in force during `period`.

    A unit closed before that still shows while it has figures: its clubs are not lost from the sum.
    """
    counted = {path for found in tables.values() for path, numbers in found.items() if any(numbers.values())}
    shown = [child for child in children if in_force_during(child, period) or child.path in counted]
    return [unit, *shown] if unit.path in counted else shown


def in_force_during(unit: Unit, period: Period) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= period.last_day
    return begun and (unit.valid_until is None or unit.valid_until > period.first_day)


def figures_of(unit: Unit, tables: Mapping[str, Table], paths: Iterable[str]) -> UnitFigures:
    """What `tables` hold at `paths`, added up under the name of `unit`."""
    paths = list(paths)
    n: dict[str, Counter[str]] = {
        name: add_up(found.get(path, Counter()) for path in paths) for name, found in tables.items()
    }
    return UnitFigures(
        unit=UnitFacts(unit.code, str(unit), unit.kind),
        clubs=pick(ClubFigures, n["clubs"]),
        members=pick(MemberFigures, n["members"]),
        meetings=meeting_figures(n["meetings"]),
        attendance=pick(AttendanceFigures, n["meetings"]),
        topics={area: n["meetings"][area] for area in PolicyArea.values},
        opinions=pick(OpinionFigures, n["meetings"]),
        models=pick(ModelFigures, n["meetings"]),
    )


def meeting_figures(numbers: Mapping[str, int]) -> MeetingFigures:
    """From the numbers of `reports.tables.meeting_numbers`."""
    due, held, did_not_meet = numbers["due"], numbers["held"], numbers["did_not_meet"]
    pending = numbers["open"] - numbers["settled"]
    return MeetingFigures(due, held, did_not_meet, due - held - did_not_meet - pending, pending)


def pick(kind: type[T], numbers: Counter[str]) -> T:
    return kind(**{field.name: numbers[field.name] for field in fields(kind)})  # type: ignore[arg-type]
