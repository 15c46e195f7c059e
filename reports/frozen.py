"""Figures that were kept as they were: read back, added up, and compared with those of today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, get_type_hints

from meetings.models import PolicyArea
from reports.figures import Figures, PeriodFacts, UnitFacts, UnitFigures
from reports.output import labels, numbers


def figures_from(kept: Mapping[str, Any]) -> Figures:
    """The figures that `Figures.as_dict` gave, from JSON; a count that was not known then is 0. `units` stays empty."""
    period = kept["period"]
    days = {name: date.fromisoformat(period[name]) for name in ("first_day", "last_day", "due_on")}
    return Figures(
        **vars(unit_figures_from(kept)),
        period=PeriodFacts(kind=period["kind"], label=period["label"], **days),
        by_unit=tuple(unit_figures_from(part) for part in kept["by_unit"]),
        units=(),
    )


def unit_figures_from(kept: Mapping[str, Any]) -> UnitFigures:
    groups = {name: group_from(kind, kept.get(name, {})) for name, kind in group_kinds().items()}
    return UnitFigures(unit=UnitFacts(**kept["unit"]), **groups)


def group_kinds() -> dict[str, Any]:
    """The groups of counts: "clubs" → ClubFigures, …; topics are a dict."""
    hints = get_type_hints(UnitFigures)
    return {name: kind for name, kind in hints.items() if name != "unit"}


def group_from(kind: Any, kept: Mapping[str, int]) -> Any:
    if is_dataclass(kind):
        return kind(**{field.name: kept.get(field.name, 0) for field in fields(kind)})  # type: ignore[operator]
    return {area: kept.get(area, 0) for area in PolicyArea.values}


def add_up(unit: UnitFacts, parts: Iterable[UnitFigures]) -> UnitFigures:
    """The sum of every count of `parts`, under the name of `unit`."""
    parts = list(parts)
    groups = {name: group_from(kind, summed(parts, name)) for name, kind in group_kinds().items()}
    return UnitFigures(unit=unit, **groups)


def summed(parts: Iterable[UnitFigures], name: str) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        group = getattr(part, name)
        for key, number in (vars(group) if is_dataclass(group) else group).items():
            total[key] = total.get(key, 0) + number
    return total


def with_parts(whole: Figures, parts: Iterable[UnitFigures]) -> Figures:
    """`whole` with other entries, in step with its units, and their sum."""
    parts = tuple(parts)
    summed_up = vars(add_up(whole.unit, parts))
    return replace(whole, **summed_up, by_unit=parts)


@dataclass(frozen=True)
class Difference:
    """A count of the whole unit that is not what was sent."""

    label: str
    sent: int
    now: int

    @property
    def by(self) -> str:
        """ "+2" or "−1"."""
        change = self.now - self.sent
        return f"+{change}" if change > 0 else f"−{-change}"


def differences(sent: UnitFigures, now: UnitFigures) -> list[Difference]:
    rows = zip(labels(), numbers(sent), numbers(now), strict=True)
    return [Difference(label, old, new) for label, old, new in rows if old != new]
