"""A chart of meetings by month, as numbers for an SVG: x and widths in percent, y and heights in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BASE = 170.0  # of the bars
ROOM = 142.0  # for the tallest
UNIT = 48.0  # at most, for one meeting
BAR = 0.67  # of a month's share of the width
ABOVE = 6.0  # between a bar and its number
PARTS = ("held", "did_not_meet", "missing", "pending")  # from the base up


@dataclass(frozen=True)
class Part:
    """One block of a bar; `kind` is one of `PARTS`."""

    kind: str
    y: str
    height: str


@dataclass(frozen=True)
class Bar:
    x: str
    middle: str
    width: str
    parts: list[Part]
    top: str  # baseline of the number above


def bars(columns: Sequence[dict[str, int]]) -> list[Bar]:
    """A stacked bar for each column of the numbers of `PARTS`; what is zero takes no block."""
    tallest = max((sum(column[kind] for kind in PARTS) for column in columns), default=0)
    scale = min(UNIT, ROOM / tallest) if tallest else 0.0
    share = 100 / len(columns) if columns else 0.0
    return [bar(column, place * share, share, scale) for place, column in enumerate(columns)]


def bar(column: dict[str, int], left: float, share: float, scale: float) -> Bar:
    parts, y = [], BASE
    for kind in PARTS:
        if column[kind]:
            height = column[kind] * scale
            y -= height
            parts.append(Part(kind, f"{y:.1f}", f"{height:.1f}"))
    middle, width = left + share / 2, share * BAR
    return Bar(
        x=f"{middle - width / 2:.2f}%",
        middle=f"{middle:.2f}%",
        width=f"{width:.2f}%",
        parts=parts,
        top=f"{y - ABOVE:.1f}",
    )
