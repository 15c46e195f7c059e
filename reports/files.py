"""A report as a file, in every form there is."""

from __future__ import annotations

from reports.figures import Figures
from reports.letters import to_docx
from reports.models import Edition
from reports.output import to_csv, to_json
from reports.workbook import to_xlsx
from steering.models import Unit
from steering.periods import Period
from steering.text import fold

CONTENT_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FIGURES_ONLY = {"json": to_json, "csv": to_csv, "xlsx": to_xlsx}


def report_file(kind: str, unit: Unit, period: Period, figures: Figures, edition: Edition | None = None) -> bytes:
    """The file of `kind`, a key of `CONTENT_TYPES`; the written words of `edition` stand in the document."""
    if kind in FIGURES_ONLY:
        return FIGURES_ONLY[kind](figures)
    return to_docx(unit, period, figures, edition)


def file_name(unit: Unit, period: Period, kind: str) -> str:
    """ "bao-cao-huyen-ba-tri-2026-10.xlsx"."""
    return f"bao-cao-{fold(str(unit)).replace(' ', '-')}-{period.key}.{kind}"
