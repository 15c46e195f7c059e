"""The numbers behind the figures: tallies added up by the places directly below, and what depends on today."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, DateField, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Substr
from django.utils import timezone

from clubs.models import ClubTally, PersonKind, Suspension
from meetings.models import Meeting, MeetingForm, MeetingState, MeetingTally, Opinion
from meetings.tallies import OWING
from reports.rules import COLUMNS
from steering.models import Unit
from steering.models.units import PATH_STEP
from steering.periods import Period, PeriodKind, ReportingCalendar
from steering.querysets import path_query

CADENCES = (PeriodKind.MONTH, PeriodKind.QUARTER)
Table = Mapping[str, "Counter[str]"]


@dataclass
class Sums:
    """Tallies added up: of all months before a period, and of each month of it, by its last day."""

    before: Counter[str] = field(default_factory=Counter)
    months: dict[date, Counter[str]] = field(default_factory=dict)

    @property
    def within(self) -> Counter[str]:
        return add_up(self.months.values())

    def up_to(self, day: date) -> Counter[str]:
        """Of all months that end by `day`, a day of the period."""
        return add_up([self.before, *(numbers for last_day, numbers in self.months.items() if last_day <= day)])


def add_up(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for numbers in counters:
        total.update(numbers)
    return total


def sums_by_part(model: Any, unit: Unit, period: Period) -> dict[str, Sums]:
    """By the path of the unit directly below; clubs and whatever else lies right here under the path of `unit` itself. One
    query."""
    found: defaultdict[str, Sums] = defaultdict(Sums)
    for path, month, numbers in model.objects.monthly("above", unit.path, period.first_day, period.last_day):
        put(found[path if path.isdigit() else unit.path], month, numbers)
    return found


def sums_at(model: Any, unit: Unit, period: Period) -> Sums:
    """Of `unit` and everything below it. One query."""
    found = Sums()
    for _path, month, numbers in model.objects.monthly("path", unit.path, period.first_day, period.last_day):
        put(found, month, numbers)
    return found


def put(sums: Sums, month: date | None, numbers: Counter[str]) -> None:
    if month is None:
        sums.before.update(numbers)
    else:
        sums.months.setdefault(month, Counter()).update(numbers)


# Clubs and members


def club_tables(unit: Unit, period: Period) -> dict[str, Table]:
    """Both "clubs" and "members". One query."""
    found = sums_by_part(ClubTally, unit, period)
    return {
        "clubs": {path: club_numbers(sums) for path, sums in found.items()},
        "members": {path: member_numbers(sums) for path, sums in found.items()},
    }


def club_numbers(sums: Sums) -> Counter[str]:
    within, start = sums.within, left_over(sums.before, "founded", "ended", COLUMNS)
    end = start + left_over(within, "founded", "ended", COLUMNS)
    return Counter(
        {
            **{column: end[column] for column in COLUMNS},
            "total": end.total(),
            "at_start": start.total(),
            "founded": of_all(within, "founded", COLUMNS),
            "dissolved": of_all(within, "ended", COLUMNS),
        }
    )


def member_numbers(sums: Sums) -> Counter[str]:
    within, start = sums.within, left_over(sums.before, "joined", "left", PersonKind.values)
    end = start + left_over(within, "joined", "left", PersonKind.values)
    return Counter(
        {
            "total": end.total(),
            "individuals": end[PersonKind.INDIVIDUAL],
            "collectives": end[PersonKind.COLLECTIVE],
            "at_start": start.total(),
            "joined": of_all(within, "joined", PersonKind.values),
            "left": of_all(within, "left", PersonKind.values),
        }
    )


def left_over(numbers: Counter[str], came: str, went: str, names: Iterable[str]) -> Counter[str]:
    """By name, how many came and did not go."""
    return Counter({name: numbers[f"{came}_{name}"] - numbers[f"{went}_{name}"] for name in names})


def of_all(numbers: Counter[str], what: str, names: Iterable[str]) -> int:
    return sum(numbers[f"{what}_{name}"] for name in names)


# Meetings


def cadence_periods(calendar: ReportingCalendar, period: Period) -> list[Period]:
    """Months and quarters that end within `period`: a meeting is owed for each by the clubs of that cadence."""
    found = (p for kind in CADENCES for p in calendar.between(kind, period.first_day, period.last_day))
    return [p for p in found if p.last_day in period]


def meeting_table(unit: Unit, period: Period, owed: list[Period]) -> Table:
    """What was owed, what became of it, who was there, subjects, opinions and models. One query, two while the period
    runs."""
    found = sums_by_part(MeetingTally, unit, period)
    open_now = of_today(unit, period, owed) if is_open(period) else {}
    return {
        path: meeting_numbers(found.get(path, Sums()), period, owed, open_now.get(path, Counter()))
        for path in found.keys() | open_now.keys()
    }


def meeting_numbers(sums: Sums, period: Period, owed: Iterable[Period], open_now: Counter[str]) -> Counter[str]:
    """ "due" in all the periods `owed` and "open" in those not over; "settled" are those of periods not over for which
    nothing is to come: held, declared not to be held, or planned for a day that has passed."""
    numbers = sums.within
    due = {p: sums.up_to(p.last_day)[OWING[p.kind]] for p in owed}
    running = add_up(month for last_day, month in sums.months.items() if last_day >= timezone.localdate())
    numbers["due"] = sum(due.values())
    numbers["open"] = sum(n for p, n in due.items() if is_open(p))
    numbers["settled"] = running["held"] + running["did_not_meet"] + open_now["silent"]
    numbers["overdue"] = sums.up_to(period.last_day)["overdue"] - open_now["not_yet_overdue"]
    return numbers


def of_today(unit: Unit, period: Period, owed: Iterable[Period]) -> Table:
    """What depends on the day: meetings of periods not over that have passed without a record, and opinions that will be
    overdue at the end of the period but are not yet. One query."""
    nothing, today = Value(0, output_field=IntegerField()), timezone.localdate()
    silent = grouped(silent_meetings(period, [p for p in owed if is_open(p)]), unit, Meeting.SCOPE)
    ahead = Opinion.objects.filter(due_on__range=(today, period.last_day), answered_on=None, closed_on=None)
    rows = silent.annotate(silent=Count("pk"), not_yet_overdue=nothing).union(
        grouped(ahead, unit, Opinion.SCOPE).annotate(silent=nothing, not_yet_overdue=Count("pk")), all=True
    )
    return table(rows, unit)


def silent_meetings(period: Period, owed: Iterable[Period]) -> Any:
    """Regular meetings that would fulfil what is owed for one of the periods, still planned though their day has passed."""
    first_day = Case(*[When(period_key=p.key, then=Value(p.first_day)) for p in owed], output_field=DateField())
    is_quarter = Q(period_key__contains="Q")
    cadence = Q(is_quarter, club__cadence="quarter") | Q(~is_quarter, club__cadence="month")
    rows = Meeting.objects.filter(
        form=MeetingForm.REGULAR,
        state__in=[MeetingState.PLANNED, MeetingState.INVITED],
        starts_at__lt=midnight(),
        period_last_day__range=(timezone.localdate(), period.last_day),
    )
    return rows.annotate(first_day=first_day).filter(cadence, owes(F("first_day"), F("period_last_day"), "club__"))


def owes(first_day: F, last_day: F, club: str) -> Q:
    """Rows whose club owes a meeting for the time from one column to the other: in being all along, at no time suspended.

    `club` is the way to the club, "club__"; `meetings.duty.Life.owes` says the same of values.
    """
    first, last = OuterRef(first_day.name), OuterRef(last_day.name)  # type: ignore[attr-defined]  # hidden by the stubs
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


def midnight() -> datetime:
    """The beginning of today, aware: a meeting before it has passed."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def is_open(period: Period) -> bool:
    return period.last_day >= timezone.localdate()


# Counted from the rows themselves


def grouped(rows: Any, unit: Unit, path: str) -> Any:
    """`rows` at and below `unit`, grouped by `part`, the path of the unit directly below or of a club right here."""
    below = rows.filter(path_query(path, [unit.path])).order_by()
    return below.annotate(part=Substr(path, 1, len(unit.path) + PATH_STEP)).values("part")


def table(rows: Iterable[dict[str, Any]], unit: Unit) -> Table:
    """Rows of `grouped` by path; clubs right here add up under the path of `unit` itself."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        part = row.pop("part")
        found[unit.path if "c" in part else part].update(row)
    return found
