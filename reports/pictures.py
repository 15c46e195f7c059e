"""The pictures of the home page and of the report: which numbers, and the sentence that says them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from reports.chart import DUE, HATCH, HELD, NONE, SOFT, Blocks, Column, Picture, Row, columns, key, rows
from reports.columns import OPINIONS, cells, topics
from reports.figures import Figures, MeetingFigures, UnitFigures
from reports.output import part_name
from reports.rules import percent
from steering.periods import Period

OUTCOMES = (
    ("held", HELD, gettext_lazy("đã họp")),
    ("did_not_meet", NONE, gettext_lazy("không họp, có lý do")),
    ("missing", HATCH, gettext_lazy("thiếu (số đỏ có dấu trừ)")),
    ("pending", DUE, gettext_lazy("chưa đến ngày")),
)
OF_OPINIONS = (NONE, SOFT, HELD, HATCH)  # in step with `OPINIONS`


def trend_picture(months: Sequence[tuple[Period, MeetingFigures]]) -> Picture:
    """Meetings owed and held, month by month."""
    facts: dict[str, Any] = {"first": months[0][0].label, "last": months[-1][0].label}
    for name in ("due", "held", "missing"):
        facts[name] = localize(sum(getattr(numbers, name) for _month, numbers in months))
    if not any(numbers.due for _month, numbers in months):
        return Picture(_("Từ %(first)s đến %(last)s không có kỳ sinh hoạt nào phải họp.") % facts)
    said = _(
        "Đã họp %(held)s trên %(due)s kỳ sinh hoạt phải họp, thiếu %(missing)s,"
        " từ %(first)s đến %(last)s; số liệu ở bảng bên dưới"
    )
    found = [
        Column(
            label=str(month.index),
            blocks=outcomes(numbers),
            above=localize(numbers.held) if numbers.due else "",
            below=less(numbers.missing),
        )
        for month, numbers in months
    ]
    return Picture("", [columns("trend", said % facts, found)], keys("trend", OUTCOMES))


def outcomes(numbers: MeetingFigures) -> Blocks:
    return [(look, getattr(numbers, name)) for name, look, _words in OUTCOMES]


def less(missing: int) -> str:
    return f"−{localize(missing)}" if missing else ""


def keys(name: str, kinds: Sequence[tuple[str, str, Any]]) -> list[tuple[SafeString, str]]:
    return [(key(f"{name}-{kind}", look), words) for kind, look, words in kinds]


def units_picture(figures: Figures) -> Picture:
    """Of the meetings each part owed, the share that was held; parts that owed none are only counted."""
    owing = [part for part in figures.by_unit if part.meetings.due]
    if not owing:
        return Picture(_("Trong kỳ này không có đơn vị nào phải họp."))
    middle = (len(owing) + 1) // 2
    halves = [half for half in (owing[:middle], owing[middle:]) if half]  # side by side where there is room
    kinds = [kind for kind in OUTCOMES if getattr(figures.meetings, kind[0])]
    idle = len(figures.by_unit) - len(owing)
    note = ngettext(
        "Không vẽ %(n)d đơn vị không phải họp trong kỳ này.",
        "Không vẽ %(n)d đơn vị không phải họp trong kỳ này.",
        idle,
    )
    return Picture(
        nothing="",
        drawings=[half_of_units(f"units-{n}", figures, half) for n, half in enumerate(halves, start=1)],
        keys=keys("units", kinds),
        note=note % {"n": idle} if idle else "",
    )


def half_of_units(name: str, figures: Figures, parts: Sequence[UnitFigures]) -> SafeString:
    found, said = [], []
    for part in parts:
        numbers, unit = part.meetings, part_name(figures, part)
        facts = {"unit": unit, **{name: localize(n) for name, n in vars(numbers).items()}}
        blocks = [(look, size / numbers.due) for look, size in outcomes(numbers)]
        held = f"{facts['held']}/{facts['due']}"
        found.append(Row(unit, blocks, f"{percent(numbers.held, numbers.due)} %", held, less(numbers.missing)))
        if numbers.missing:
            said.append(_("%(unit)s họp %(held)s trên %(due)s, thiếu %(missing)s") % facts)
        else:
            said.append(_("%(unit)s họp %(held)s trên %(due)s") % facts)
    return rows(name, sentence(_("Tỷ lệ sinh hoạt theo địa bàn"), said), found)


def sentence(title: str, said: Sequence[str]) -> str:
    return f"{title}: {'; '.join(said)}."


def topics_picture(figures: UnitFigures) -> Picture:
    """How often each policy area was a topic."""
    numbers = [(HELD, str(label), n) for label, n in topics(figures)]
    return counted("topics", _("Nội dung sinh hoạt, số lần"), numbers, _("Kỳ này chưa ghi nội dung sinh hoạt nào."))


def opinions_picture(figures: UnitFigures) -> Picture:
    """Opinions raised and what became of them."""
    found = zip(OF_OPINIONS, cells(figures, OPINIONS), strict=True)
    numbers = [(look, str(column.label), n) for look, (column, n) in found]
    return counted("opinions", pgettext("plural", "Kiến nghị"), numbers, _("Kỳ này không có kiến nghị nào."))


def counted(name: str, title: str, numbers: Sequence[tuple[str, str, int]], nothing: str) -> Picture:
    """A bar for each number, the longest for the largest."""
    most = max(n for _look, _label, n in numbers)
    if not most:
        return Picture(nothing)
    found = [Row(label, [(look, n / most)], localize(n)) for look, label, n in numbers]
    said = sentence(title, [f"{label} {localize(n)}" for _look, label, n in numbers])
    return Picture("", [rows(name, said, found)])
