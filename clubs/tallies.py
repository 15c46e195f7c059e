"""What is counted of clubs by month, from the rows themselves. Apps above add what they count to `BOOKS`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clubs.models import Club, ClubKind, ClubTally, Membership
from steering.models import Unit
from steering.models.units import PATH_STEP
from steering.periods import ReportingCalendar

Key = tuple[str, date]  # a path, the last day of a month
Counts = Mapping[Key, "Counter[str]"]
Found = defaultdict[Key, "Counter[str]"]  # while it is counted


@dataclass(frozen=True)
class Book:
    """A table of tallies, and how its numbers are counted for clubs, or for units where `of` says so; with a month's last
    day, at least those of that month. Rows of a unit stand at its `own_path`. Where it `closes`, nothing that it counts in
    a closed month may change."""

    model: Any
    count: Callable[[Sequence[Any], ReportingCalendar, date | None], Counts]
    of: type[Club] | type[Unit] = Club
    closes: bool = False

    def paths(self, owners: Iterable[Any]) -> list[str]:
        return [owner.path if self.of is Club else own_path(owner.path) for owner in owners]


def own_path(unit_path: str) -> str:
    """Of what lies at a unit itself and in none of its clubs: "0000100002u"."""
    return f"{unit_path}u"


def column(club: Club) -> str:
    """The one of the four columns that a club is counted in (R3)."""
    return ClubKind.POOR_PEOPLE.value if club.kind == ClubKind.POOR_PEOPLE else club.level


def count_clubs(clubs: Sequence[Club], calendar: ReportingCalendar, month: date | None = None) -> Counts:
    """What `ClubTally` holds, by path of the club. One query."""
    found = Found(Counter)
    for club in clubs:
        if club.founded_on:  # a withdrawn proposal never was a club
            found[club.path, calendar.month_end(club.founded_on)][f"founded_{column(club)}"] += 1
            if club.ended_on:
                found[club.path, calendar.month_end(club.ended_on)][f"ended_{column(club)}"] += 1
    rows = Membership.objects.filter(club__in=clubs).order_by()
    for path, joined_on, left_on, kind in rows.values_list("club__path", "joined_on", "left_on", "person__kind"):
        found[path, calendar.month_end(joined_on)][f"joined_{kind}"] += 1
        if left_on:
            found[path, calendar.month_end(left_on)][f"left_{kind}"] += 1
    return found


CLUBS = Book(ClubTally, count_clubs, closes=True)
BOOKS = [CLUBS]


def units_over(path: str) -> str:
    """The path of the unit that a club's path, or an `own_path`, begins with; of a unit, its own."""
    return path.rstrip("u").partition("c")[0]


def places(path: str) -> list[str]:
    """`path` after those of the units above it: "00001", "0000100002", "0000100002c0001"."""
    unit = units_over(path)
    units = [unit[:end] for end in range(PATH_STEP, len(unit) + 1, PATH_STEP)]
    return units if path == unit else [*units, path]


def above(path: str) -> str:
    """The path of the unit directly above, "" above a province."""
    unit = units_over(path)
    return unit[:-PATH_STEP] if path == unit else unit
