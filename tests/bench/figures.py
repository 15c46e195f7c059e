"""The month's figures of the country and of one province against SQL: over the rows, and over the summary tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection

from reports.figures import Figures, figures
from steering.access import own_unit
from steering.calendar import reporting_calendar
from steering.models import Unit, UnitKind, User
from steering.models.units import PATH_STEP
from steering.periods import Period
from tests.bench import best, plain
from tests.bench.compare import Line, ratio, seconds

MONTH = "2026-10"  # the last one that is over
GROUPS = ("clubs", "members", "meetings", "attendance", "topics", "opinions")
DERIVED = ("meetings_missing", "meetings_pending")  # what is due but for the other numbers; none is to come any more
GOAL, GOAL_OF_BEST = 0.1, 2
Numbers = dict[str, dict[str, int]]  # by the path of the part, then by name; without zeros


def compare(officer: User, rounds: int) -> list[Line]:
    period = reporting_calendar().parse(MONTH)
    province = own_unit(officer)
    assert province is not None
    country = Unit(kind=UnitKind.PROVINCE, type="tinh", path="")
    return [
        *compare_unit("the country", country, period, rounds),
        *compare_unit("a province", province, period, rounds),
    ]


def compare_unit(title: str, unit: Unit, period: Period, rounds: int) -> list[Line]:
    """Raises SystemExit where any two ways find different numbers."""
    found = numbers_of(figures_of(unit, period))
    check(title, found, read(plain.EVERYTHING, unit, period))
    check(title, found, read(best.EVERYTHING, unit, period))
    attended = {name for numbers in read([plain.ATTENDANCE], unit, period).values() for name in numbers}
    check(title, only(found, attended), read([plain.ATTENDANCE], unit, period))
    taken = seconds(
        {
            "figures": lambda: figures_of(unit, period),
            "attendance": lambda: read([plain.ATTENDANCE], unit, period),
            "everything": lambda: read(plain.EVERYTHING, unit, period),
            "best": lambda: read(best.EVERYTHING, unit, period),
        },
        rounds,
    )
    return [
        ratio(f"figures of {title} / SQL that counts attendance", taken["figures"], taken["attendance"], GOAL),
        ratio(f"figures of {title} / SQL that counts everything", taken["figures"], taken["everything"], None),
        ratio(f"figures of {title} / best SQL over the summary tables", taken["figures"], taken["best"], GOAL_OF_BEST),
    ]


def figures_of(unit: Unit, period: Period) -> Figures:
    children = None if unit.path else list(Unit.objects.filter(parent=None).order_by("sort_key", "pk"))
    return figures(unit, period, children=children)


def numbers_of(found: Figures) -> Numbers:
    return {
        unit.path: {
            name: n for group in GROUPS for name, n in named(group, getattr(part, group)) if n and name not in DERIVED
        }
        for unit, part in zip(found.units, found.by_unit, strict=True)
    }


def named(group: str, values: Any) -> Iterable[tuple[str, int]]:
    numbers = values if isinstance(values, dict) else vars(values)
    return ((f"{group}_{name}", n) for name, n in numbers.items())


def only(found: Numbers, names: set[str]) -> Numbers:
    return {part: {name: n for name, n in numbers.items() if name in names} for part, numbers in found.items()}


def read(statements: Iterable[str], unit: Unit, period: Period) -> Numbers:
    """What statements of `tests.bench.plain` or `tests.bench.best` find for the parts of `unit`."""
    day = connection.ops.adapt_datefield_value
    params = {
        "path": unit.path,
        "beyond": unit.path + "z",
        "length": len(unit.path) + PATH_STEP,
        "first": day(period.first_day),
        "last": day(period.last_day),
    }
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, params)
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                values = dict(zip(names, row, strict=True))
                part = values.pop("part")
                if "name" in values:
                    values = {values["name"]: values["n"]}
                found[part].update({name: int(n) for name, n in values.items() if n})
    return dict(found)


def check(title: str, found: Numbers, counted: Numbers) -> None:
    found = {part: numbers for part, numbers in found.items() if numbers}
    if found != {part: numbers for part, numbers in counted.items() if numbers}:
        parts = [part for part in {*found, *counted} if found.get(part) != counted.get(part)]
        raise SystemExit(
            f"The figures of {title} are not those that were counted: {found_beside(found, counted, parts)}"
        )


def found_beside(found: Numbers, counted: Numbers, parts: list[str]) -> list[tuple[str, str, int, int]]:
    """Path, name and the two numbers of what differs."""
    return [
        (part, name, found.get(part, {}).get(name, 0), counted.get(part, {}).get(name, 0))
        for part in sorted(parts)
        for name in sorted({*found.get(part, {}), *counted.get(part, {})})
        if found.get(part, {}).get(name, 0) != counted.get(part, {}).get(name, 0)
    ]
