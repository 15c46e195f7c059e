"""Charts as SVG, without a viewBox: widths in percent and heights in pixels, so that words keep their size on a phone.

The style sheet says what a block looks like; each drawing carries its own hatch and needs nothing of its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

import svg
from django.utils.html import escape
from django.utils.safestring import SafeString

HELD, NONE, SOFT, DUE = "bar-held", "bar-none", "bar-soft", "bar-due"  # classes of the style sheet
HATCH = "hatch"  # a pattern of the drawing

BASE = 170.0  # of the columns
ROOM = 142.0  # for the tallest
UNIT = 48.0  # at most, for one meeting
SHARE = 0.67  # of a column's place that the column takes
ABOVE = 6.0  # between a column and its number

ROW = 46  # from one row to the next
NAME = 15  # baseline of the words over a bar
TOP, THICK = 23, 14  # of a bar
FULL = 84.0  # percent of the width; the number at the end has the rest
LETTERS = 40  # over a bar, on the narrowest screen

Blocks = Sequence[tuple[str, float]]  # how each looks and how much it is, from the foot or from the left


@dataclass(frozen=True)
class Column:
    """`above` is its number, `label` and then `below` stand under it."""

    label: str
    blocks: Blocks
    above: str = ""
    below: str = ""


@dataclass(frozen=True)
class Row:
    """`blocks` are shares of the longest bar; `end` stands behind it, `over` and then `bad` on the line of the name."""

    name: str
    blocks: Blocks
    end: str
    over: str = ""
    bad: str = ""


@dataclass(frozen=True)
class Picture:
    """`nothing` is what to say where there is no drawing; `keys` explain the blocks, `note` what is left out."""

    nothing: str
    drawings: Sequence[SafeString] = ()
    keys: Sequence[tuple[SafeString, str]] = ()
    note: str = ""


def columns(name: str, said: str, found: Sequence[Column]) -> SafeString:
    """Columns of blocks on one another, on a line. `said` is what they show, in words; `name` is unique on the page."""
    tallest = max((sum(size for _look, size in column.blocks) for column in found), default=0)
    scale = min(UNIT, ROOM / tallest) if tallest else 0.0
    place = 100 / max(len(found), 1)
    line = svg.Line(class_=["axis"], x1=0, x2=percent(100), y1=BASE + 0.5, y2=BASE + 0.5)
    parts = [column(name, one, (n + 0.5) * place, place * SHARE, scale) for n, one in enumerate(found)]
    return drawing(name, said, 214, looks_of(found), [line, *(part for some in parts for part in some)])


def looks_of(found: Sequence[Column] | Sequence[Row]) -> list[str]:
    return [look for one in found for look, size in one.blocks if size]


def column(name: str, found: Column, middle: float, width: float, scale: float) -> list[svg.Element]:
    parts, y = [], BASE
    for look, size in found.blocks:
        if size:
            y -= size * scale
            parts.append(block(name, look, middle - width / 2, y, width, size * scale))
    return [
        *parts,
        *words(found.above, middle, y - ABOVE, "value"),
        *words(found.label, middle, 189),
        *words(found.below, middle, 208, "value-bad"),
    ]


def rows(name: str, said: str, found: Sequence[Row]) -> SafeString:
    """Bars below one another, each under its name. `said` is what they show, in words; `name` is unique on the page."""
    parts = [part for n, one in enumerate(found) for part in row(name, one, n * ROW)]
    return drawing(name, said, len(found) * ROW, looks_of(found), parts)


def row(name: str, found: Row, y: int) -> list[svg.Element]:
    track = svg.Rect(class_=["track"], x=0, y=y + TOP, width=percent(FULL), height=THICK)
    parts, x = [], 0.0
    for look, share in found.blocks:
        if share:
            parts.append(block(name, look, x, y + TOP, share * FULL, THICK))
            x += share * FULL
    return [
        *words(shorten(found.name, LETTERS - len(found.over + found.bad), placeholder="…"), 0, y + NAME, "name"),
        *over(found, y + NAME),
        track,
        *parts,
        *words(found.end, 100, y + TOP + THICK - 2, "end value"),
    ]


def over(found: Row, y: int) -> list[svg.Element]:
    parts: list[svg.Element] = [svg.TSpan(text=escape(found.over))] if found.over else []
    if found.bad:
        parts.append(svg.TSpan(class_=["value-bad"], text=escape(found.bad), dx=8 if parts else None))
    return [svg.Text(class_=["end"], x=percent(100), y=y, elements=parts)] if parts else []


def key(name: str, look: str) -> SafeString:
    """A block by itself, for a legend."""
    parts = [*hatches(name, [look]), block(name, look, 6.25, 1, 87.5, 14)]  # with room for a line around it
    return SafeString(svg.SVG(xmlns=None, width=16, height=16, extra={"aria-hidden": "true"}, elements=parts))


def drawing(name: str, said: str, height: int, looks: Sequence[str], parts: Sequence[svg.Element]) -> SafeString:
    """The whole, which assistive technology reads as one picture."""
    return SafeString(
        svg.SVG(
            xmlns=None,
            class_=["chart"],
            width=percent(100),
            height=height,
            extra={"role": "img", "aria-label": escape(said)},
            elements=[*hatches(name, looks), *parts],
        )
    )


def hatches(name: str, looks: Sequence[str]) -> list[svg.Element]:
    """The pattern of what is hatched, where anything is."""
    if HATCH not in looks:
        return []
    ground = svg.Rect(class_=["hatch-ground"], width=6, height=6)
    line = svg.Line(class_=["hatch-line"], x1=0, y1=0, x2=0, y2=6)
    return [
        svg.Pattern(
            id=f"{name}-hatch",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform=[svg.Rotate(45)],
            elements=[ground, line],
        )
    ]


def block(name: str, look: str, x: float, y: float, width: float, height: float) -> svg.Rect:
    """A rectangle of one look; `x` and `width` in percent."""
    frame = svg.Rect(x=percent(x), y=round(y, 1), width=percent(width), height=round(height, 1))
    if look == HATCH:
        frame.fill = f"url(#{name}-hatch)"
    else:
        frame.class_ = [look]
    return frame


def words(text: str, x: float, y: float, look: str = "") -> list[svg.Element]:
    """A line of text, or nothing."""
    return [svg.Text(text=escape(text), class_=[look] if look else None, x=percent(x), y=round(y, 1))] if text else []


def percent(value: float) -> svg.Length:
    return svg.Length(round(value, 2), "%")
