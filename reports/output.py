"""Figures as a file: JSON for programs, CSV and XLSX for people."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from meetings.models import PolicyArea
from reports.figures import Figures, UnitFigures
from steering.models import UnitKind

Cell = str | int
FORMULA_STARTS = ("=", "+", "-", "@")
TEXT_COLUMNS = 3
HEADER_ROW = 4


def to_json(figures: Figures) -> bytes:
    """The keys of docs/monthly-report.md; days as YYYY-MM-DD."""
    return (json.dumps(figures.as_dict(), ensure_ascii=False, indent=2, default=iso) + "\n").encode()


def iso(value: date) -> str:
    return value.isoformat()


def to_csv(figures: Figures) -> bytes:
    """A line for each unit, without a total; with a BOM, by which Excel knows Vietnamese letters."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headers())
    writer.writerows(unit_rows(figures))
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(figures: Figures) -> bytes:
    """One sheet: title, period, header that stays in sight, a row for each unit, the total."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Số liệu")
    period = figures.period
    sheet.append(
        [
            neutral(
                _("Câu lạc bộ giảm nghèo: %(unit)s, %(period)s") % {"unit": figures.unit.name, "period": period.label}
            )
        ]
    )
    sheet.append(
        [
            _("Từ %(first)s đến %(last)s, hạn nộp %(due)s")
            % {
                "first": f"{period.first_day:%d/%m/%Y}",
                "last": f"{period.last_day:%d/%m/%Y}",
                "due": f"{period.due_on:%d/%m/%Y}",
            }
        ]
    )
    sheet.append([])
    for row in (headers(), *unit_rows(figures), ["", _("Cộng"), "", *numbers(figures)]):
        sheet.append(row)
    dress(sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def dress(sheet: Any) -> None:
    """Bold title, header and total; header frozen; columns as wide as their words."""
    sheet["A1"].font = Font(bold=True, size=14)
    for row in (sheet[HEADER_ROW], sheet[sheet.max_row]):
        for cell in row:
            cell.font = Font(bold=True)
    for column, cell in enumerate(sheet[HEADER_ROW], start=1):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        words = [str(row[column - 1].value or "") for row in sheet.iter_rows(min_row=HEADER_ROW + 1)]
        width = max([8, *map(len, words)]) if column <= TEXT_COLUMNS else 12
        sheet.column_dimensions[get_column_letter(column)].width = min(width + 2, 50)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, TEXT_COLUMNS)


FORMATS: dict[str, Callable[[Figures], bytes]] = {"json": to_json, "csv": to_csv, "xlsx": to_xlsx}


def headers() -> list[str]:
    return [
        *(_("Mã"), _("Đơn vị"), _("Cấp")),
        *(_("Số câu lạc bộ"), _("CLB cấp huyện"), _("CLB cấp xã"), _("CLB cấp ấp"), _("CLB người nghèo")),
        *(_("CLB mới thành lập"), _("CLB kết thúc")),
        *(_("Thành viên"), _("Cá nhân"), _("Tập thể"), _("Kết nạp"), _("Rời câu lạc bộ")),
        *(_("Phải họp"), _("Đã họp"), _("Không họp, có lý do"), _("Thiếu"), _("Chưa đến ngày")),
        *(_("Có mặt"), _("Đến muộn"), _("Vắng có phép"), _("Vắng không phép"), _("Khách mời")),
        *(_("Nội dung: %(area)s") % {"area": area.label} for area in PolicyArea),
        *(_("Kiến nghị đã nêu"), _("Kiến nghị đã trả lời"), _("Kiến nghị đã xong"), _("Kiến nghị quá hạn")),
        *(_("Mô hình đã giới thiệu"), _("Nơi nhân rộng mô hình"), _("Hộ làm theo mô hình")),
    ]


def unit_rows(figures: Figures) -> Iterator[list[Cell]]:
    for part in figures.by_unit:
        texts = [part.unit.code, part_name(figures, part), str(UnitKind(part.unit.kind).label)]
        yield [*map(neutral, texts), *numbers(part)]


def part_name(figures: Figures, part: UnitFigures) -> str:
    """The unit's name; for what sits at the reporting unit itself, a name that says so."""
    return _("%(unit)s (trực tiếp)") % {"unit": part.unit.name} if part.unit == figures.unit else part.unit.name


def numbers(part: UnitFigures) -> list[int]:
    groups = (part.clubs, part.members, part.meetings, part.attendance)
    counted = [number for group in groups for number in vars(group).values()]
    return [*counted, *part.topics.values(), *vars(part.opinions).values(), *vars(part.models).values()]


def neutral(text: str) -> str:
    """Text that a spreadsheet takes for text: with an apostrophe before what would begin a formula."""
    return f"'{text}" if text.lstrip().startswith(FORMULA_STARTS) else text
