"""Sheets that the library reads and writes, row by row through the actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from import_export.exceptions import FieldError
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Error, Result, RowResult

from clubs.actions import admit_member, found_club, leave_club, save_person
from clubs.imports.cells import neutral, shown
from clubs.imports.places import UNIT_CHAIN, Scope, club_words, unit_words
from clubs.imports.rows import ClubRow, MemberRow, RowForm
from clubs.models import Club, Membership, Person
from steering.actions import require
from steering.language import on_record
from steering.models import User
from steering.text import fold, name_sort_key, natural_sort_key


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
        namesakes = Person.objects.unmerged().filter(unit=row["unit"], sort_key=name_sort_key(row["full_name"]))
        year = row["birth_year"]
        perhaps = namesakes.filter(Q(birth_year=year) | Q(birth_year=None)) if year else namesakes
        sat = Q(joined_on=joined_on) if left_on else Q(joined_on=joined_on) | Q(left_on=None)
        known = Membership.objects.filter(sat, club=club, person__in=perhaps).first()
        if known is not None:  # in one club, a namesake whose year is not told is the same person
            return known, False
        require(self.user, "add", Membership(club=club))
        person = namesakes.filter(birth_year=year).first() or self.new_person(row)
        seat = admit_member(club=club, person=person, joined_on=joined_on, sector=sector, by=self.user)
        return (leave_club(membership=seat, on=left_on, reason="", by=self.user) if left_on else seat), True

    def new_person(self, row: dict[str, Any]) -> Person:
        person = Person(**row)
        require(self.user, "add", person)
        return save_person(person=person, by=self.user)
