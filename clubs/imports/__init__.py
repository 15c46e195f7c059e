"""Excel in and out: what a file's columns mean, and which action writes a row.

The library reads the file, shows the preview and rolls back; a row goes through a form and then through the same
actions as the pages. Column names are part of the file's format, hence fixed and not translated.
"""

from clubs.imports.cells import neutral
from clubs.imports.places import unit_words
from clubs.imports.resources import ClubResource, MemberResource, SheetResource, column
from clubs.imports.rows import DayField, LabelField, MemberRow, RowForm

__all__ = [
    "ClubResource",
    "DayField",
    "LabelField",
    "MemberResource",
    "MemberRow",
    "RowForm",
    "SheetResource",
    "column",
    "neutral",
    "unit_words",
]
