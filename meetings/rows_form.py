"""A list written down as a table: rows that are there, each with a box to take it off, then empty ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext

from meetings.actions import Revision
from steering.pages import words_of
from steering.picker import FIND

MOST_NEW = 40
Make = Callable[[], forms.Field]


def box(**kwargs: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}), **kwargs)


def number_box(**kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(widget=forms.NumberInput(attrs={"class": "form-control"}), **kwargs)


@dataclass(frozen=True)
class Cell:
    """A bound field under its column's head."""

    head: Any
    field: Any

    @property
    def words(self) -> str:
        return words_of(self.field.field, self.field.value())


@dataclass(frozen=True)
class Row:
    """A row's cells by column; `off` takes it from the list, None for a new one; `words` say it folded."""

    cells: dict[str, Cell]
    off: Any
    words: str

    @property
    def is_wrong(self) -> bool:
        return any(cell.field.errors for cell in self.cells.values())


class RowsForm(forms.Form):
    """A list shown whole, a column for each of `names`; a row needs one of its columns `needed` to be filled.

    Rows that somebody else added since the page was opened come in as they are, so that saving again keeps them.
    """

    data: Any  # a QueryDict of one's own
    names: tuple[str, ...]
    needed: tuple[str, ...]
    blank = 3
    incomplete: Any

    def makers(self) -> tuple[Make, ...]:
        """How each column's field is made; its label is the column's head."""
        raise NotImplementedError

    def __init__(self, data: Any = None, *, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(data.copy() if data else None, **kwargs)
        self.keys: list[tuple[str, bool]] = []
        self.heads = [make().label for make in self.makers()]
        for number, row in enumerate(rows, 1):
            self.add_row(str(row.pk), number, row)
        for new in range(self.new_count):
            self.add_row(f"new{new}", len(rows) + new + 1)

    @property
    def new_count(self) -> int:
        asked = str(self.data.get(f"rows{FIND}") or self.data.get("rows") or "")
        return min(int(asked), MOST_NEW) if asked.isascii() and asked.isdigit() else self.blank

    @property
    def more(self) -> int:
        return min(self.new_count + self.blank, MOST_NEW)

    def add_row(self, key: str, number: int, row: Any = None) -> None:
        for name, make in zip(self.names, self.makers(), strict=True):
            made = make()
            made.required = False
            made.initial = getattr(row, name, "")
            made.label = gettext("%(what)s, dòng %(n)d") % {"what": made.label, "n": number}
            self.fields[f"{name}-{key}"] = made
            if row and self.is_bound:
                self.data.setdefault(f"{name}-{key}", "" if made.initial is None else made.initial)
        if row:
            label = gettext("Bỏ %(what)s") % {"what": row}
            self.fields[f"off-{key}"] = forms.BooleanField(
                label=label, required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
            )
        self.keys.append((key, row is not None))

    def row(self, key: str, is_old: bool) -> Row:
        columns = zip(self.names, self.heads, strict=True)
        cells = {name: Cell(head, self[f"{name}-{key}"]) for name, head in columns}
        return Row(cells, self[f"off-{key}"] if is_old else None, self.words(cells))

    def words(self, cells: dict[str, Cell]) -> str:
        """ "Nguyễn Văn Tấn, Ngân hàng CSXH huyện"."""
        said = [cell.words for cell in cells.values()]
        return ", ".join(part for part in said if part)

    def old_rows(self) -> list[Row]:
        return [self.row(key, is_old) for key, is_old in self.keys if is_old]

    def new_rows(self) -> list[Row]:
        return [self.row(key, is_old) for key, is_old in self.keys if not is_old]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for key, is_old in self.keys:
            if (is_old or any(self.values(key))) and not self.is_named(key) and not self.is_off(key):
                self.add_error(f"{self.needed[0]}-{key}", self.incomplete)
        return data

    def values(self, key: str) -> tuple[Any, ...]:
        return tuple(self.cleaned_data.get(f"{name}-{key}", "") for name in self.names)

    def is_named(self, key: str) -> bool:
        return any(self.cleaned_data.get(f"{name}-{key}") for name in self.needed)

    def is_off(self, key: str) -> bool:
        return bool(self.cleaned_data.get(f"off-{key}"))

    def revision(self) -> Revision:
        old = [key for key, is_old in self.keys if is_old]
        new = [key for key, is_old in self.keys if not is_old]
        return Revision(
            changed={int(key): self.values(key) for key in old if not self.is_off(key)},
            removed=[int(key) for key in old if self.is_off(key)],
            added=[self.values(key) for key in new if self.is_named(key)],
        )
