"""Figures as a file: JSON for programs, CSV for both; the groups of counts and their words, which every table has."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from meetings.models import PolicyArea
from reports.figures import Figures, UnitFigures
from steering.models import UnitKind

Cell = str | int
FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Group:
    """Counts that belong together: `name` is their key in the figures, `labels` the words of each by its key."""

    title: Any
    name: str
    labels: Mapping[str, Any]

    def numbers(self, part: UnitFigures) -> list[int]:
        found: Any = getattr(part, self.name)
        values = found if isinstance(found, dict) else vars(found)
        return [values[key] for key in self.labels]


GROUPS = (
    Group(
        pgettext_lazy("plural", "Câu lạc bộ"),
        "clubs",
        {
            "total": _lazy("Số câu lạc bộ"),
            "district": _lazy("CLB cấp huyện"),
            "commune": _lazy("CLB cấp xã"),
            "hamlet": _lazy("CLB cấp ấp"),
            "poor_people": _lazy("CLB người nghèo"),
            "at_start": _lazy("CLB đầu kỳ"),
            "founded": _lazy("CLB mới thành lập"),
            "dissolved": _lazy("CLB kết thúc"),
        },
    ),
    Group(
        pgettext_lazy("plural", "Thành viên"),
        "members",
        {
            "total": _lazy("Thành viên"),
            "individuals": _lazy("Cá nhân"),
            "collectives": _lazy("Tập thể"),
            "at_start": _lazy("Thành viên đầu kỳ"),
            "joined": _lazy("Kết nạp"),
            "left": _lazy("Rời câu lạc bộ"),
        },
    ),
    Group(
        _lazy("Sinh hoạt"),
        "meetings",
        {
            "due": _lazy("Phải họp"),
            "held": _lazy("Đã họp"),
            "did_not_meet": _lazy("Không họp, có lý do"),
            "missing": _lazy("Thiếu"),
            "pending": _lazy("Chưa đến ngày"),
        },
    ),
    Group(
        _lazy("Điểm danh"),
        "attendance",
        {
            "present": _lazy("Có mặt"),
            "late": _lazy("Đến muộn"),
            "excused": _lazy("Vắng có phép"),
            "absent": _lazy("Vắng không phép"),
            "invited": _lazy("Khách mời"),
            "guests": _lazy("Khách đã đến"),
        },
    ),
    Group(
        _lazy("Nội dung sinh hoạt"),
        "topics",
        {str(area): area.label for area in PolicyArea},
    ),
    Group(
        pgettext_lazy("plural", "Kiến nghị"),
        "opinions",
        {
            "raised": _lazy("Kiến nghị đã nêu"),
            "answered": _lazy("Kiến nghị đã trả lời"),
            "closed": _lazy("Kiến nghị đã xong"),
            "overdue": _lazy("Kiến nghị quá hạn"),
        },
    ),
    Group(
        pgettext_lazy("plural", "Mô hình"),
        "models",
        {
            "introduced": _lazy("Mô hình đã giới thiệu"),
            "replicated": _lazy("Nơi nhân rộng mô hình"),
            "households": _lazy("Hộ làm theo mô hình"),
        },
    ),
)


def labels() -> list[str]:
    """The words of every count, in the order of `numbers`."""
    return [str(label) for group in GROUPS for label in group.labels.values()]


def numbers(part: UnitFigures) -> list[int]:
    return [number for group in GROUPS for number in group.numbers(part)]


def to_json(figures: Figures) -> bytes:
    """The keys of docs/monthly-report.md; days as YYYY-MM-DD."""
    return (json.dumps(figures.as_dict(), ensure_ascii=False, indent=2, default=iso) + "\n").encode()


def iso(value: date) -> str:
    return value.isoformat()


def to_csv(figures: Figures) -> bytes:
    """A line for each unit, without a total; with a BOM, by which Excel knows Vietnamese letters."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*unit_heads(), *labels()])
    writer.writerows([*texts, *numbers(part)] for texts, part in unit_rows(figures))
    return text.getvalue().encode("utf-8-sig")


def unit_heads() -> list[str]:
    return [_("Mã"), _("Đơn vị"), _("Cấp")]


def unit_rows(figures: Figures) -> Iterator[tuple[list[str], UnitFigures]]:
    """Code, name and kind of each entry, with its figures."""
    for part in figures.by_unit:
        texts = [part.unit.code, part_name(figures, part), str(UnitKind(part.unit.kind).label)]
        yield [neutral(text) for text in texts], part


def part_name(figures: Figures, part: UnitFigures) -> str:
    """The unit's name; for what sits at the reporting unit itself, a name that says so."""
    return _("%(unit)s (trực tiếp)") % {"unit": part.unit.name} if part.unit == figures.unit else part.unit.name


def neutral(text: str) -> str:
    """Text that a spreadsheet takes for text: with an apostrophe before what would begin a formula."""
    return f"'{text}" if text.lstrip().startswith(FORMULA_STARTS) else text
