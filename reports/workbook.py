"""Figures as a workbook: a sheet for each group of counts, ready to print."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from reports.figures import Figures
from reports.output import GROUPS, Group, neutral, unit_heads, unit_rows

TEXT_COLUMNS = 3
HEADER_ROW = 4
WIDEST = 50  # letters


def to_xlsx(figures: Figures) -> bytes:
    """Each sheet: title, period, header that stays in sight, a row for each unit, the total."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for group in GROUPS:
        fill(book.create_sheet(str(group.title)), figures, group)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def fill(sheet: Any, figures: Figures, group: Group) -> None:
    rows = [[*texts, *group.numbers(part)] for texts, part in unit_rows(figures)]
    heads = [*unit_heads(), *map(str, group.labels.values())]
    for row in (*title(figures, group), heads, *rows, ["", _("Cộng"), "", *group.numbers(figures)]):
        sheet.append(row)
    dress(sheet)
    set_up_print(sheet)


def title(figures: Figures, group: Group) -> list[list[str]]:
    """Three rows, the last one empty."""
    period = figures.period
    words = {"what": group.title, "unit": figures.unit.name, "period": period.label}
    days = {
        "first": f"{period.first_day:%d/%m/%Y}",
        "last": f"{period.last_day:%d/%m/%Y}",
        "due": f"{period.due_on:%d/%m/%Y}",
    }
    return [
        [neutral(_("Câu lạc bộ giảm nghèo: %(what)s, %(unit)s, %(period)s") % words)],
        [_("Từ %(first)s đến %(last)s, hạn nộp %(due)s") % days],
        [],
    ]


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
        sheet.column_dimensions[get_column_letter(column)].width = min(width + 2, WIDEST)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, TEXT_COLUMNS)


def set_up_print(sheet: Any) -> None:
    """A4 across, all columns on one page, the header on each."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
