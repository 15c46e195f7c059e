"""Excel in and out: what a file's columns mean, and which action writes a row.

The library reads the file, shows the preview and rolls back; a row goes through a form and then through the same
actions as the pages. Column names are part of the file's format, hence fixed and not translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.exceptions import FieldError
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Error, Result, RowResult
from phonenumber_field.formfields import PhoneNumberField

from clubs.actions import admit_member, found_club, leave_club, save_person
from clubs.models import Cadence, Club, ClubKind, Membership, Person, PersonKind, Sector
from clubs.models.members import Sex
from steering.access import granted_paths
from steering.actions import require
from steering.language import on_record
from steering.models import Unit, UnitType, User
from steering.regime import ClubLevel
from steering.text import clean, fold, name_sort_key, natural_sort_key

FORMULA_STARTS = ("=", "+", "-", "@")
SEPARATOR = " / "
UNIT_CHAIN = "parent__parent__parent__parent"


# Cells


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


# Places: a row names them in words


def chain(unit: Unit) -> list[Unit]:
    """The unit and those above it, the province left out: lowest first."""
    units = [unit]
    while units[-1].parent is not None:
        units.append(units[-1].parent)
    return units[:-1] or units


def unit_words(unit: Unit) -> str:
    """ "Huyện Châu Thành / Xã Tân Phú"."""
    return SEPARATOR.join(str(step) for step in reversed(chain(unit)))


def club_words(club: Club) -> str:
    return f"{unit_words(club.unit)}{SEPARATOR}{club.name}"


def is_named(unit: Unit, words: str) -> bool:
    return fold(words) in (unit.search, fold(unit.name))


def lies_in(units: list[Unit], steps: list[str]) -> bool:
    """Whether `steps`, highest first, name some of `units`, lowest first, in this order."""
    rising = iter(units)
    return all(any(is_named(unit, step) for unit in rising) for step in reversed(steps))


def the_only(found: list[Any], words: str) -> Any:
    if not found:
        raise ValidationError(_("“%(words)s”: không tìm thấy trong phạm vi của anh, chị.") % {"words": words})
    if len(found) > 1:
        raise ValidationError(
            _("“%(words)s”: có %(n)d nơi cùng tên. Ghi cả đơn vị cấp trên, ví dụ “Huyện Châu Thành / Xã Tân Phú”.")
            % {"words": words, "n": len(found)}
        )
    return found[0]


class Scope:
    """The units and clubs that a row may name: those where the user holds `permission`. Remembers what it found."""

    def __init__(self, user: User, permission: str) -> None:
        self.paths = granted_paths(user, permission)
        self.unit = cache(self._unit)
        self.club = cache(self._club)

    def _unit(self, words: str) -> Unit:
        """A unit in force by code, by name, or by a path of names. Raises ValidationError."""
        units = Unit.objects.in_paths(self.paths).active_on(timezone.localdate()).select_related(UNIT_CHAIN)
        if words.isdigit():
            found = list(units.filter(code__in={words, words.zfill(3), words.zfill(5)}))
            if found:
                return the_only(found, words)
        *above, name = re.split(r"\s*/\s*", words)
        names = {fold(name), *(fold(f"{kind.prefix} {name}") for kind in UnitType)}
        return the_only([u for u in units.filter(search__in=names) if lies_in(chain(u)[1:], above)], words)

    def _club(self, words: str) -> Club:
        """A club by name, or by its unit's path and its name; one still in being goes before one that ended."""
        clubs = Club.objects.in_paths(self.paths).select_related(f"unit__{UNIT_CHAIN}")
        found = list(clubs.filter(search=fold(words)))
        if not found:
            *above, name = re.split(r"\s+/\s+", words)
            found = [c for c in clubs.filter(search=fold(name)) if lies_in(chain(c.unit), above)]
        return the_only([c for c in found if not c.is_ended] or found, words)


# Rows: one form a sheet, each label is a column


class LabelField(forms.Field):
    """A choice by its label, with or without diacritics; `aliases` are further words people write (folded)."""

    def __init__(
        self, *, choices: type[models.TextChoices], aliases: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        with on_record():  # part of the file's format, like the names of its columns
            self.labels = [str(label) for label in choices.labels]
        self.values = dict(zip(map(fold, self.labels), choices.values, strict=True)) | (aliases or {})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        if fold(str(value)) not in self.values:
            raise ValidationError(
                _("Không có “%(value)s”. Ghi một trong: %(labels)s.")
                % {"value": value, "labels": ", ".join(self.labels)}
            )
        return self.values[fold(str(value))]


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        wrong = gettext_lazy("Không phải ngày. Ghi dạng ngày/tháng/năm, ví dụ 15/01/2025.")
        super().__init__(input_formats=["%d/%m/%Y"], error_messages={"invalid": wrong}, **kwargs)


class RowForm(forms.Form):
    """One row of a sheet. `scope` finds the places it names."""

    def __init__(self, row: dict[str, Any], scope: Scope) -> None:
        self.scope = scope
        cells = {name: plain(row.get(str(field.label))) for name, field in self.base_fields.items()}
        super().__init__({name: value for name, value in cells.items() if value is not None})
        for field in self.fields.values():
            field.error_messages["required"] = _("Ô này để trống. Ghi thêm rồi nhập lại.")

    def checked(self) -> dict[str, Any]:
        """The row's values. Raises ValidationError."""
        if not self.is_valid():
            raise ValidationError(self.errors.as_data())
        return self.cleaned_data

    @classmethod
    def columns(cls) -> list[str]:
        return [str(field.label) for field in cls.base_fields.values()]

    @classmethod
    def by_column(cls, error: ValidationError) -> ValidationError:
        """The same error with columns in the place of fields; what concerns no column concerns the row."""
        columns: dict[str, list[str]] = {}
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, sentences in by_field.items():
            column = str(cls.base_fields[name].label) if name in cls.base_fields else NON_FIELD_ERRORS
            columns.setdefault(column, []).extend(sentences)
        return ValidationError(columns)


class ClubRow(RowForm):
    name = forms.CharField(label="Tên câu lạc bộ", max_length=160)
    level = LabelField(
        label="Cấp",
        choices=ClubLevel,
        aliases={"huyen": ClubLevel.DISTRICT, "xa": ClubLevel.COMMUNE, "ap": ClubLevel.HAMLET},
    )
    kind = LabelField(label="Loại", choices=ClubKind, required=False)
    unit = forms.CharField(label="Đơn vị")
    founded_on = DayField(label="Ngày thành lập", required=False)
    cadence = LabelField(
        label="Kỳ sinh hoạt", choices=Cadence, required=False, aliases={"thang": Cadence.MONTH, "quy": Cadence.QUARTER}
    )

    def clean_unit(self) -> Unit:
        return self.scope.unit(self.cleaned_data["unit"])

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or ClubKind.WORK

    def clean_cadence(self) -> str:
        return self.cleaned_data["cadence"] or Cadence.MONTH


class MemberRow(RowForm):
    club = forms.CharField(label="Câu lạc bộ")
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    kind = LabelField(label="Loại", choices=PersonKind, required=False)
    representative = forms.CharField(label="Người đại diện", max_length=120, required=False)
    unit = forms.CharField(label="Đơn vị", required=False)
    birth_year = forms.IntegerField(
        label="Năm sinh", required=False, error_messages={"invalid": gettext_lazy("Năm sinh là một số có bốn chữ số.")}
    )
    sex = LabelField(label="Giới tính", choices=Sex, required=False)
    phone = PhoneNumberField(
        label="Điện thoại",
        region="VN",
        required=False,
        error_messages={"invalid": gettext_lazy("Không phải số điện thoại. Ghi đủ 10 chữ số, ví dụ 0912345678.")},
    )
    sector = LabelField(label="Thành phần", choices=Sector, required=False)
    joined_on = DayField(label="Ngày kết nạp")
    left_on = DayField(label="Ngày rời", required=False)

    def __init__(self, row: dict[str, Any], scope: Scope) -> None:
        phone = row.get("Điện thoại")
        if isinstance(phone, int | float):  # Excel took the text for a number and dropped its zero
            row = {**row, "Điện thoại": f"0{phone:.0f}"}
        super().__init__(row, scope)

    def clean_club(self) -> Club:
        return self.scope.club(self.cleaned_data["club"])

    def clean_unit(self) -> Unit | None:
        """Empty: the club's own unit."""
        words, club = self.cleaned_data["unit"], self.cleaned_data.get("club")
        return self.scope.unit(words) if words else club and club.unit

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or PersonKind.INDIVIDUAL

    def clean_sector(self) -> str:
        return self.cleaned_data["sector"] or Sector.OTHER


# Sheets


def column(name: str, value: Callable[[Any], Any]) -> Field:
    return Field(column_name=name, dehydrate_method=value, readonly=True)


class SheetResult(Result):
    """Counts rows as Excel does: the first one holds the column names."""

    def append_invalid_row(self, number: int, row: dict[str, Any], validation_error: ValidationError) -> None:
        cells = {name: shown(value) for name, value in row.items()}
        super().append_invalid_row(number + 1, cells, validation_error)


class SheetResource(Resource):
    """Imports all rows or none, exports what `user` may see."""

    model: type[models.Model]
    row_form: type[RowForm]
    permission: str  # to be held where a row's unit or club is

    class Meta:
        instance_loader_class = BaseInstanceLoader  # never asked: `import_row` finds what a row stands for

    def __init__(self, *, user: User) -> None:
        super().__init__()
        self.user = user
        self.scope = Scope(user, self.permission)

    @classmethod
    def get_display_name(cls) -> str:
        return str(cls.model._meta.verbose_name_plural)

    @classmethod
    def get_result_class(cls) -> type[Result]:
        return SheetResult

    def get_diff_headers(self) -> list[str]:
        return self.row_form.columns()

    def missing_columns(self, headers: list[str]) -> list[str]:
        required = [str(field.label) for field in self.row_form.base_fields.values() if field.required]
        return [name for name in required if name not in headers]

    # in

    def import_data(self, dataset: Any, dry_run: bool = False, raise_errors: bool = False, **kwargs: Any) -> Result:
        known = {fold(name): name for name in self.get_diff_headers()}
        dataset.headers = [known.get(fold(str(name or "")), str(name or "")) for name in dataset.headers or []]
        missing = self.missing_columns(dataset.headers)
        if missing:
            result = self.get_result_class()()
            sentence = _("Tệp thiếu cột: %(names)s. Dòng đầu tiên của tệp phải ghi tên các cột.")
            result.append_base_error(Error(FieldError(sentence % {"names": ", ".join(missing)})))
            return result
        together = {"use_transactions": True, "rollback_on_validation_errors": True}
        return super().import_data(dataset, dry_run, raise_errors, **{**kwargs, **together})

    def import_row(self, row: dict[str, Any], instance_loader: Any, **kwargs: Any) -> RowResult:
        result = self.get_row_result_class()()
        result.diff = [shown(row.get(name)) for name in self.get_diff_headers()]
        result.import_type = RowResult.IMPORT_TYPE_SKIP
        if not any(result.diff):
            return result
        try:
            with transaction.atomic():
                result.instance, is_new = self.write(self.row_form(row, self.scope).checked())
        except PermissionDenied as error:
            result.import_type, result.validation_error = RowResult.IMPORT_TYPE_INVALID, ValidationError(str(error))
        except ValidationError as error:
            result.import_type = RowResult.IMPORT_TYPE_INVALID
            result.validation_error = self.row_form.by_column(error)
        else:
            result.add_instance_info(result.instance)
            if is_new:
                result.import_type = RowResult.IMPORT_TYPE_NEW
        return result

    def write(self, row: dict[str, Any]) -> tuple[models.Model, bool]:
        """What the row stands for, and whether it was written now. Raises ValidationError, PermissionDenied."""
        raise NotImplementedError

    # out

    def get_queryset(self) -> Any:
        return self.model._default_manager.all()

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.visible_to(self.user)

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[Any]:
        with on_record():
            return [neutral(value) for value in super().export_resource(instance, selected_fields, **kwargs)]


class ClubResource(SheetResource):
    model = Club
    row_form = ClubRow
    permission = "clubs.add_club"

    name = column("Tên câu lạc bộ", lambda club: club.name)
    level = column("Cấp", lambda club: club.get_level_display())
    kind = column("Loại", lambda club: club.get_kind_display())
    unit = column("Đơn vị", lambda club: unit_words(club.unit))
    founded_on = column("Ngày thành lập", lambda club: club.founded_on)
    cadence = column("Kỳ sinh hoạt", lambda club: club.get_cadence_display())
    status = column("Tình trạng", lambda club: club.get_status_display())
    manager = column("Ban chỉ đạo quản lý", lambda club: str(club.manager or ""))
    members = column("Số thành viên", lambda club: club.member_count)

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        clubs = super().filter_export(queryset, **kwargs).select_related(f"unit__{UNIT_CHAIN}", "manager__unit")
        return clubs.annotate(member_count=Count("memberships", filter=Q(memberships__left_on=None), distinct=True))

    def write(self, row: dict[str, Any]) -> tuple[Club, bool]:
        same = Club.objects.filter(unit=row["unit"], sort_key=natural_sort_key(row["name"]))
        known = same.filter(Q(ended_on=None) | Q(founded_on=row["founded_on"], founded_on__isnull=False)).first()
        if known is not None:
            return known, False
        club = Club(**row)
        require(self.user, "add", club)
        return found_club(club=club, by=self.user), True


class MemberResource(SheetResource):
    model = Membership
    row_form = MemberRow
    permission = "clubs.add_membership"

    club = column("Câu lạc bộ", lambda seat: club_words(seat.club))
    full_name = column("Họ và tên", lambda seat: seat.person.full_name)
    kind = column("Loại", lambda seat: seat.person.get_kind_display())
    representative = column("Người đại diện", lambda seat: seat.person.representative)
    unit = column("Đơn vị", lambda seat: unit_words(seat.person.unit))
    birth_year = column("Năm sinh", lambda seat: seat.person.birth_year)
    sex = column("Giới tính", lambda seat: seat.person.get_sex_display())
    phone = column("Điện thoại", lambda seat: "" if seat.is_not_called else str(seat.person.phone or ""))
    sector = column("Thành phần", lambda seat: seat.get_sector_display())
    joined_on = column("Ngày kết nạp", lambda seat: seat.joined_on)
    seat = column("Ghế", lambda seat: seat.seat)
    left_on = column("Ngày rời", lambda seat: seat.left_on)
    leaving_reason = column("Lý do rời", lambda seat: seat.leaving_reason)

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        seats = super().filter_export(queryset, **kwargs).with_consents()
        return seats.select_related(f"club__unit__{UNIT_CHAIN}", f"person__unit__{UNIT_CHAIN}")

    def write(self, row: dict[str, Any]) -> tuple[Membership, bool]:
        club, sector, joined_on, left_on = (row.pop(name) for name in ("club", "sector", "joined_on", "left_on"))
        namesakes = Person.objects.unmerged().filter(
            unit=row["unit"], birth_year=row["birth_year"], sort_key=name_sort_key(row["full_name"])
        )
        sat = Q(joined_on=joined_on) if left_on else Q(joined_on=joined_on) | Q(left_on=None)
        known = Membership.objects.filter(sat, club=club, person__in=namesakes).first()
        if known is not None:
            return known, False
        require(self.user, "add", Membership(club=club))
        person = namesakes.first() or self.new_person(row)
        seat = admit_member(club=club, person=person, joined_on=joined_on, sector=sector, by=self.user)
        return (leave_club(membership=seat, on=left_on, reason="", by=self.user) if left_on else seat), True

    def new_person(self, row: dict[str, Any]) -> Person:
        person = Person(**row)
        require(self.user, "add", person)
        return save_person(person=person, by=self.user)
