"""Timing side by side: rounds in turn, medians, ratios, one table with the goals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

Work = Callable[[], Any]


@dataclass(frozen=True)
class Line:
    """A row of the table. `goal` is the most that is wanted, None for what has no goal."""

    what: str
    found: float
    goal: float | None = None
    unit: str = ""
    detail: str = ""

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return "met" if self.found <= self.goal else "NOT MET"


def seconds(works: Mapping[str, Work], rounds: int, repeats: int = 1) -> dict[str, float]:
    """The median over the rounds of what each work takes; in a round each has its turn, `repeats` times on end.

    Before the first round each is done once untimed.
    """
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            begun = perf_counter()
            for _ in range(repeats):
                work()
            taken[name].append((perf_counter() - begun) / repeats)
    return {name: median(times) for name, times in taken.items()}


def ratio(what: str, ours: float, theirs: float, goal: float | None) -> Line:
    return Line(what, ours / theirs, goal, detail=f"{in_ms(ours)} against {in_ms(theirs)}")


def in_ms(seconds: float) -> str:
    return f"{1000 * seconds:,.1f} ms" if seconds < 1 else f"{seconds:,.2f} s"


def print_table(lines: list[Line]) -> None:
    rows = [("what", "found", "goal", "", "medians")]
    for line in lines:
        goal = "" if line.goal is None else f"{line.goal:g}"
        rows.append((line.what, f"{line.found:,.3g} {line.unit}".strip(), goal, line.verdict, line.detail))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
