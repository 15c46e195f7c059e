"""Rows of a sheet: one form a sheet, each label is a column."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from clubs.imports.cells import plain
from clubs.imports.places import Scope
from clubs.models import Cadence, Club, ClubKind, PersonKind, Sector
from clubs.models.members import Sex
from steering.language import on_record
from steering.models import Unit
from steering.regime import ClubLevel
from steering.text import fold


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
