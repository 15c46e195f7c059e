"""Reading lists of units: the official one, or a workbook with a sheet per level. Nothing is written half-way."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from vietnam_provinces import NESTED_DIVISIONS_JSON_PATH

from steering.actions.units import KINDS_ABOVE, bulk_create_units, create_unit, kind_of_type, rename_unit
from steering.models import Unit, UnitKind, UnitType, User
from steering.text import clean, fold, natural_sort_key

PROVINCE, DISTRICT, COMMUNE, HAMLET, GROUP = UnitKind
SHEETS = {"tinh": PROVINCE, "huyen": DISTRICT, "xa": COMMUNE, "ap": HAMLET, "to": GROUP}
LABELS = {"code": "Mã", "type": "Loại", "name": "Tên", "parent": "Trực thuộc"}
COLUMNS = {fold(label): column for column, label in LABELS.items()}
CODE_DIGITS = {PROVINCE: 2, DISTRICT: 3, COMMUNE: 5}
SHOWN_ERRORS = 50
NAME_LENGTH, CODE_LENGTH = 80, 10  # as the columns of Unit


@dataclass(frozen=True)
class BadCell:
    sheet: str
    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return _("Trang “%(sheet)s”, dòng %(row)d, cột “%(column)s”, giá trị “%(value)s”: %(reason)s") % vars(self)


class BadWorkbook(Exception):
    """The list cannot be taken over; `cells` says where, `str()` why in one sentence."""

    def __init__(self, sentence: str, cells: Iterable[BadCell] = ()) -> None:
        super().__init__(sentence)
        self.cells = list(cells)


@dataclass(frozen=True)
class UnitRow:
    """One unit of a list. `parent` is a code, or names from the top ("Huyện Ba Tri / Xã An Hiệp"); "" for a province."""

    sheet: str
    row: int
    type: str
    name: str
    code: str
    parent: str

    @property
    def kind(self) -> UnitKind:
        return kind_of_type(self.type)

    def bad(self, column: str, value: str, reason: str) -> BadCell:
        return BadCell(self.sheet, self.row, LABELS[column], value, reason)


@dataclass
class Outcome:
    """How many units of each level were new, changed and as they were."""

    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)


def split_type(full_name: str, kinds: Iterable[UnitKind]) -> tuple[str, str] | None:
    """ "Phường 8" → ("phuong", "8"), for the types of `kinds`."""
    for unit_type in UnitType:
        if kind_of_type(unit_type) in kinds and full_name.lower().startswith(f"{unit_type.prefix.lower()} "):
            return unit_type.value, full_name[len(unit_type.prefix) + 1 :]
    return None


def official_units(province_code: str) -> list[UnitRow]:
    """The official province with its districts and communes. Raises BadWorkbook for an unknown code."""
    provinces = json.loads(Path(NESTED_DIVISIONS_JSON_PATH).read_text(encoding="utf-8"))
    province = next((p for p in provinces if f"{p['code']:02d}" == province_code), None)
    if province is None:
        raise BadWorkbook(_("Không có tỉnh mã “%(code)s” trong danh mục. Kiểm tra lại mã.") % {"code": province_code})
    rows = [official_row(PROVINCE, province, f"{province['code']:02d}", "")]
    for district in province["districts"]:
        code = f"{district['code']:03d}"
        rows.append(official_row(DISTRICT, district, code, province_code))
        rows += [official_row(COMMUNE, ward, f"{ward['code']:05d}", code) for ward in district["wards"]]
    return rows


def official_row(kind: UnitKind, unit: dict[str, Any], code: str, parent: str) -> UnitRow:
    """The type is the prefix of the name: the list itself calls every commune "xã"."""
    found = split_type(clean(unit["name"]), [kind])
    if found is None:
        raise BadWorkbook(_("Không rõ loại của “%(name)s” trong danh mục.") % {"name": unit["name"]})
    return UnitRow(str(kind.label), unit["code"], found[0], found[1], code, parent)


def workbook_units(path: Path) -> list[UnitRow]:
    """The rows of a workbook with sheets Tỉnh, Huyện, Xã, Ấp, Tổ; any may be missing. Raises BadWorkbook."""
    sheets = read_workbook(path)
    wanted = [(kind, title) for key, kind in SHEETS.items() for title in sheets if sheet_key(title) == key]
    if not wanted:
        raise BadWorkbook(_("Tệp không có trang nào tên Tỉnh, Huyện, Xã, Ấp hay Tổ. Đặt lại tên trang."))
    rows: list[UnitRow] = []
    errors: list[BadCell] = []
    for kind, title in wanted:
        read_sheet(title, sheets[title], kind, rows, errors)
    refuse_if(errors)
    return rows


def refuse_if(errors: list[BadCell]) -> None:
    if errors:
        raise BadWorkbook(_("Có %(n)d ô sai, chưa ghi gì.") % {"n": len(errors)}, errors[:SHOWN_ERRORS])


def read_workbook(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The cells of every sheet of a known name. Raises BadWorkbook unless the file can be read to its end."""
    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as workbook:
            return {s.title: read_cells(s) for s in workbook.worksheets if sheet_key(s.title) in SHEETS}
    except FileNotFoundError as error:
        raise BadWorkbook(_("Không tìm thấy tệp “%(path)s”.") % {"path": path}) from error
    except Exception as error:  # whatever a broken file makes the reader raise
        sentence = _("“%(path)s” không phải tệp Excel .xlsx. Mở bằng Excel rồi lưu lại dạng .xlsx.")
        raise BadWorkbook(sentence % {"path": path}) from error


def sheet_key(title: str) -> str:
    return fold(title).replace(" ndtq", "")


def read_cells(sheet: Any) -> list[tuple[Any, ...]]:
    sheet.reset_dimensions()  # some programs write a size that is too small
    return list(sheet.iter_rows(values_only=True))


def read_sheet(
    title: str, lines: list[tuple[Any, ...]], kind: UnitKind, rows: list[UnitRow], errors: list[BadCell]
) -> None:
    header = [COLUMNS.get(fold(str(cell or ""))) for cell in (lines[0] if lines else ())]
    for column, label in LABELS.items():
        if column not in header and column != "code" and (column, kind) != ("parent", PROVINCE):
            sentence = _("Trang “%(sheet)s” thiếu cột “%(column)s”. Thêm cột này ở dòng đầu.")
            raise BadWorkbook(sentence % {"sheet": title, "column": label})
    for number, line in enumerate(lines[1:], 2):
        cells = {name: cell for name, cell in zip(header, line, strict=False) if name}
        if any(text_of(cell) for cell in cells.values()):
            read_row(title, number, kind, cells, rows, errors)


def text_of(cell: Any) -> str:
    """A cell as text; Excel's 829.0 is the code 829."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return clean(str(cell)) if cell is not None else ""


def unreadable(cell: Any) -> str:
    """Why the cell holds no text the clerk wrote, or ""; Excel takes "1/2" for a date."""
    if isinstance(cell, date | time | timedelta):
        return _("Excel hiểu thành ngày giờ; định dạng ô là Văn bản (Text) rồi gõ lại")
    if isinstance(cell, bool) or cell in ERROR_CODES:
        return _("ô chứa công thức lỗi; gõ lại giá trị")
    return ""


def padded(code: str, kind: UnitKind) -> str:
    """The code with the zeros Excel dropped: the district 1 is "001"."""
    return code.zfill(CODE_DIGITS.get(kind, 0)) if code.isdigit() else code


def read_row(
    sheet: str, number: int, kind: UnitKind, cells: dict[str, Any], rows: list[UnitRow], errors: list[BadCell]
) -> None:
    text = {column: text_of(cells.get(column)) for column in LABELS}
    text["code"] = padded(text["code"], kind)
    full_name = full_name_of(text["type"], text["name"])
    found = split_type(full_name, [kind])
    reasons = {column: unreadable(cell) for column, cell in cells.items()} | cell_reasons(text, found)
    bad = [BadCell(sheet, number, LABELS[column], text[column], reason) for column, reason in reasons.items() if reason]
    errors.extend(bad)
    if not bad and found:
        rows.append(UnitRow(sheet, number, *found, text["code"], text["parent"]))


def full_name_of(type_name: str, name: str) -> str:
    """The name behind its type, once; "Tổ" and "Tổ nhân dân tự quản" are the "Tổ NDTQ" of the records."""
    full_name = name if not type_name or fold(name).startswith(f"{fold(type_name)} ") else f"{type_name} {name}"
    for words in ("tổ ndtq ", "tổ nhân dân tự quản ", "tổ "):
        if full_name.lower().startswith(words):
            return f"{UnitType.GROUP.prefix} {full_name[len(words) :]}"
    return full_name


def cell_reasons(text: dict[str, str], found: tuple[str, str] | None) -> dict[str, str]:
    """What is wrong with the row's texts, by column."""
    if not text["name"]:
        return {"name": _("còn trống; ghi tên đơn vị")}
    if found is None:
        return {"type": _("không rõ loại đơn vị; ghi loại như Huyện, Xã, Ấp, Tổ NDTQ ở cột “Loại”")}
    reasons = {}
    if len(found[1]) > NAME_LENGTH:
        reasons["name"] = _("dài quá 80 chữ; rút ngắn lại")
    if len(text["code"]) > CODE_LENGTH:
        reasons["code"] = _("dài quá 10 chữ; kiểm tra lại mã")
    return reasons


class Present:
    """The units in force: by code within a level, by name below a parent and, once settled, by names from the top.

    Names are compared by spelling: hòa is hoà and "số 07" is "số 7", but Hội is not Hồi.
    """

    def __init__(self) -> None:
        self.by_pk: dict[int, Unit] = {}
        self.by_code: dict[tuple[str, str], Unit] = {}
        self.by_name: dict[tuple[int | None, str, str], Unit] = {}
        self.by_words: defaultdict[tuple[str, ...], set[Unit]] = defaultdict(set)
        self.chains: dict[int | None, tuple[str, ...]] = {}
        for unit in Unit.objects.filter(valid_until=None).order_by("path"):
            self.add(unit)

    def add(self, unit: Unit) -> None:
        self.by_pk[unit.pk] = unit
        self.by_name[name_key(unit.parent_id, unit.type, unit.name)] = unit
        if unit.code:
            self.by_code[unit.kind, unit.code] = unit

    def forget(self, unit: Unit) -> None:
        """Undo `add`, before the unit is called otherwise."""
        self.by_name.pop(name_key(unit.parent_id, unit.type, unit.name), None)
        self.by_code.pop((unit.kind, unit.code), None)

    def settle(self, kind: UnitKind) -> None:
        """Make a level findable as a parent, by the names it has now."""
        for unit in self.by_pk.values():
            if unit.kind == kind:
                chain = self.chains[unit.pk] = (*self.chains.get(unit.parent_id, ()), str(unit))
                for start in range(len(chain)):
                    for form in (natural_sort_key, fold):
                        self.by_words[tuple(form(name) for name in chain[start:])].add(unit)

    def parents(self, row: UnitRow) -> set[Unit]:
        """The units that `row.parent` may mean: a code of the nearest level, or names, exact ones first."""
        above = KINDS_ABOVE[row.kind]
        for code in (lambda kind: row.parent, lambda kind: padded(row.parent, kind)):
            for kind in above:
                if unit := self.by_code.get((kind, code(kind))):
                    return {unit}
        for form in (natural_sort_key, fold):
            words = tuple(form(clean(name)) for name in row.parent.split("/"))
            if found := {unit for unit in self.by_words.get(words, ()) if unit.kind in above}:
                return found
        return set()


def name_key(parent_pk: int | None, unit_type: str, name: str) -> tuple[int | None, str, str]:
    return parent_pk, unit_type, natural_sort_key(name)


@transaction.atomic
def apply_units(rows: list[UnitRow], *, by: User | None, step: Callable[[int], object] = lambda n: None) -> Outcome:
    """Create what is new and rename what is called otherwise, all or nothing; `step(n)` is told of progress.

    A unit is the one of its level with the row's code, else the one of that type and name below the row's parent.
    Raises BadWorkbook with the cells at fault.
    """
    intake = Intake(by, step)
    for kind in UnitKind:
        intake.take(kind, [row for row in rows if row.kind == kind])
    refuse_if(intake.errors)
    return intake.outcome


class Intake:
    """One run of `apply_units`, level after level, so that a parent is there before its children."""

    def __init__(self, by: User | None, step: Callable[[int], object]) -> None:
        self.by, self.step = by, step
        self.outcome, self.present = Outcome(), Present()
        self.errors: list[BadCell] = []
        self.seen: set[Any] = set()

    def take(self, kind: UnitKind, rows: list[UnitRow]) -> None:
        """Those known by their code first: what they are called no more is free for others."""
        before = len(self.errors)
        new: defaultdict[Unit | None, list[UnitRow]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row.kind, row.code) not in self.present.by_code):
            self.place(row, new)
        for parent, below in new.items():
            self.create(parent, below)
        self.errors[before:] = sorted(self.errors[before:], key=lambda cell: (cell.sheet, cell.row))
        if kind != GROUP:
            self.present.settle(kind)

    def place(self, row: UnitRow, new: defaultdict[Unit | None, list[UnitRow]]) -> None:
        parents: set[Unit | None] = {None} if row.kind == PROVINCE else {*self.present.parents(row)}
        if len(parents) != 1:
            self.errors.append(row.bad("parent", row.parent, parent_reason(row, len(parents))))
            return
        (parent,) = parents
        if self.is_repeated(row, parent):
            return
        key = name_key(parent.pk if parent else None, row.type, row.name)
        unit = self.present.by_code.get((row.kind, row.code)) or self.present.by_name.get(key)
        if unit is None:
            new[parent].append(row)
            return
        self.update(unit, row, parent)
        self.step(1)

    def is_repeated(self, row: UnitRow, parent: Unit | None) -> bool:
        keys = {"name": name_key(parent.pk if parent else None, row.type, row.name)}
        if row.code:
            keys["code"] = (None, row.kind, row.code)
        repeated = [column for column, key in keys.items() if (column, key) in self.seen]
        self.seen.update(keys.items())
        for column in repeated:
            reason = _("trùng với một dòng khác trong danh sách; sửa hoặc bỏ một dòng")
            self.errors.append(row.bad(column, getattr(row, column), reason))
        return bool(repeated)

    def update(self, unit: Unit, row: UnitRow, parent: Unit | None) -> None:
        code = row.code or unit.code
        if unit.parent_id != (parent.pk if parent else None):
            here = self.present.by_pk.get(unit.parent_id or 0)
            reason = _("mã này đang là của %(unit)s, thuộc %(here)s; kiểm tra lại mã và đơn vị cấp trên")
            self.errors.append(row.bad("code", row.code, reason % {"unit": unit, "here": here}))
        elif (unit.type, unit.name, unit.code) == (row.type, row.name, code):
            self.outcome.unchanged[row.kind] += 1
        else:
            self.present.forget(unit)
            self.rename(unit, row, code)
            self.present.add(unit)

    def rename(self, unit: Unit, row: UnitRow, code: str) -> None:
        try:
            rename_unit(unit=unit, type=row.type, name=row.name, code=code, by=self.by)
            self.outcome.changed[row.kind] += 1
        except ValidationError as error:
            self.errors.append(row.bad("name", row.name, " ".join(error.messages)))

    def create(self, parent: Unit | None, rows: list[UnitRow]) -> None:
        for unit in create_below(parent, rows, self.by):
            self.present.add(unit)
            self.outcome.new[unit.kind] += 1
        self.step(len(rows))


def parent_reason(row: UnitRow, found: int) -> str:
    if not row.parent:
        return _("còn trống; ghi mã hoặc tên đầy đủ của đơn vị cấp trên")
    if found:
        return _("có nhiều đơn vị cùng tên; ghi cả đơn vị cấp trên, như “Huyện Ba Tri / Xã An Hiệp”")
    return _("không tìm thấy đơn vị cấp trên này; ghi mã hoặc tên đầy đủ")


def create_below(parent: Unit | None, rows: list[UnitRow], by: User | None) -> list[Unit]:
    if parent is None:
        return [create_unit(parent=None, type=row.type, name=row.name, code=row.code, by=by) for row in rows]
    return bulk_create_units(parent=parent, rows=[(row.type, row.name, row.code) for row in rows], by=by)
