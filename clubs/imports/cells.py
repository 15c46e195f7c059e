"""Cells of a sheet: formulas neutralised, values as they are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from steering.text import clean

FORMULA_STARTS = ("=", "+", "-", "@")


def neutral(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front; `plain` takes it off again."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def plain(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = clean(value)
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def shown(value: Any) -> str:
    """A cell as the preview prints it: dates as dd/mm/yyyy, an empty cell as nothing."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else clean(str(value))
