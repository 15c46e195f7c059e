"""Rows inside a club's page: who sits, who holds office, what a district club covers."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clubs.actions import (
    admit_member,
    appoint_officer,
    change_membership,
    cover_communes,
    end_office,
    leave_club,
)
from clubs.models import SEATS, Club, Coverage, Membership, Office
from steering.actions import save_checked
from steering.models import Unit, UnitKind
from steering.scoped_admin import ScopedInline


class MembershipInline(ScopedInline):
    """Those who sit, each with a page of their own, and new ones to admit."""

    model = Membership
    fields = ("seat", "person", "sector", "joined_on", "open")
    readonly_fields = ("seat", "open")
    autocomplete_fields = ("person",)
    add_in_passing = ("person",)
    starts_today = ("joined_on",)
    max_num = SEATS
    verbose_name_plural = _("thành viên đang sinh hoạt, nhiều nhất 25")

    @admin.display(description="")
    def open(self, row: Membership) -> str:
        if row.pk is None:
            return ""
        address = reverse("admin:clubs_membership_change", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, _("Sửa, ghi rời"))

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.sitting().select_related("person").order_by("seat")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def perform(self, request: HttpRequest, row: Membership) -> None:
        write_membership(row, by=request.user)


def write_membership(row: Membership, by: Any) -> Membership:
    """Admit a new row, let go one that has a leaving day, save any other change."""
    if row.pk is None:
        return admit_member(club=row.club, person=row.person, joined_on=row.joined_on, sector=row.sector, by=by)
    if row.left_on is not None:
        return leave_club(membership=row, on=row.left_on, reason=row.leaving_reason, by=by)
    return change_membership(membership=row, joined_on=row.joined_on, sector=row.sector, by=by)


class OfficeRow(ModelForm):
    """Of a term in office only the end is still to be written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("role", "membership", "started_on"):
                self.fields[name].disabled = True


class OfficeInline(ScopedInline):
    model = Office
    form = OfficeRow
    fields = ("role", "membership", "started_on", "ended_on")
    starts_today = ("started_on",)
    max_num = 3
    verbose_name_plural = _("ban chủ nhiệm: 1 chủ nhiệm, 2 phó chủ nhiệm")
    help_texts = {"membership": _("Chọn trong các thành viên đang sinh hoạt.")}

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.held().select_related("membership__person")

    def get_formset(self, request: HttpRequest, obj: Club | None = None, **kwargs: Any) -> Any:
        self.club = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "membership":
            sitting = self.club.memberships.sitting() if self.club else Membership.objects.none()
            kwargs["queryset"] = sitting.select_related("person")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def perform(self, request: HttpRequest, row: Office) -> None:
        by: Any = request.user
        if row.pk is None:
            appoint_officer(membership=row.membership, role=row.role, started_on=row.started_on, by=by)
        elif row.ended_on is not None:
            end_office(office=row, on=row.ended_on, by=by)
        else:
            save_checked(row, by=by)


class CoverageInline(ScopedInline):
    model = Coverage
    fields = ("unit", "valid_from", "valid_until")
    verbose_name_plural = _("địa bàn, khi huyện có hai câu lạc bộ")

    def get_formset(self, request: HttpRequest, obj: Club | None = None, **kwargs: Any) -> Any:
        self.club = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "unit":
            communes = Unit.objects.filter(kind=UnitKind.COMMUNE, valid_until=None)
            kwargs["queryset"] = communes.under(self.club.unit) if self.club else communes.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def perform(self, request: HttpRequest, row: Coverage) -> None:
        by: Any = request.user
        if row.pk is None:
            cover_communes(club=row.club, units=[row.unit], by=by)
        else:
            save_checked(row, by=by)
