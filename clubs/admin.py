"""Clubs, people, members and offices, for commune staff."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clubs.actions import (
    admit_member,
    appoint_officer,
    change_club,
    cover_communes,
    dissolve_club,
    end_office,
    found_club,
    leave_club,
    resume_club,
    save_person,
    suspend_club,
)
from clubs.admin_imports import ScopedImportExportMixin
from clubs.imports import ClubResource, MemberResource
from clubs.models import SEATS, Club, ClubStatus, Coverage, Membership, Office, Person
from steering.actions import save_checked
from steering.admin import FoldedSearch
from steering.models import Unit, UnitKind
from steering.scoped_admin import ScopedAdmin, ScopedInline
from steering.state_admin import StateAdmin, StateChange


class MembershipInline(ScopedInline):
    model = Membership
    fields = ("seat", "person", "sector", "joined_on", "left_on", "leaving_reason")
    readonly_fields = ("seat",)
    autocomplete_fields = ("person",)
    max_num = SEATS
    verbose_name_plural = _("thành viên đang sinh hoạt")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.sitting().select_related("person").order_by("seat")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "person":  # a new person can be added in passing, an old one has a page
            field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def perform(self, request: HttpRequest, row: Membership) -> None:
        write_membership(row, by=request.user)


def write_membership(row: Membership, by: Any) -> Membership:
    """Admit a new row, let go one that has a leaving day, save any other change."""
    if row.pk is None:
        return admit_member(club=row.club, person=row.person, joined_on=row.joined_on, sector=row.sector, by=by)
    if row.left_on is not None:
        return leave_club(membership=row, on=row.left_on, reason=row.leaving_reason, by=by)
    return save_checked(row, by=by)


class OfficeInline(ScopedInline):
    model = Office
    fields = ("role", "membership", "started_on", "ended_on")
    max_num = 3
    verbose_name_plural = _("ban chủ nhiệm: 1 chủ nhiệm, 2 phó chủ nhiệm")

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


STATE_CHANGES = (
    StateChange(
        "suspend",
        _("Tạm ngừng"),
        _("Câu lạc bộ không phải họp cho đến khi mở lại. Thành viên và chức danh giữ nguyên."),
        (ClubStatus.ACTIVE,),
        suspend_club,
    ),
    StateChange(
        "resume",
        _("Mở lại"),
        _("Câu lạc bộ lại phải họp theo kỳ từ ngày này."),
        (ClubStatus.SUSPENDED,),
        resume_club,
        asks=("on",),
    ),
    StateChange(
        "dissolve",
        _("Giải thể"),
        _("Mọi thành viên rời câu lạc bộ, chức danh và địa bàn kết thúc cùng ngày. Lịch sử được giữ lại."),
        (ClubStatus.ACTIVE, ClubStatus.SUSPENDED),
        dissolve_club,
    ),
)


@admin.register(Club)
class ClubAdmin(ScopedImportExportMixin, FoldedSearch, StateAdmin):
    resource_classes = [ClubResource]
    state_changes = STATE_CHANGES
    list_display = ("name", "level", "unit", "status_word", "members")
    list_filter = ("level", "kind", "status", "cadence")
    list_select_related = ("unit",)
    autocomplete_fields = ("unit", "founding_decision")
    fieldsets = (
        (None, {"fields": ("name", "level", "kind", "unit")}),
        (_("Thành lập"), {"fields": ("founded_on", "founding_decision", "founder", "manager", "status_word")}),
        (_("Lịch sinh hoạt"), {"fields": ("cadence", "week", "weekday", "starts_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        sitting = Count("memberships", filter=Q(memberships__left_on=None))
        return super().get_queryset(request).annotate(sitting=sitting)

    def get_readonly_fields(self, request: HttpRequest, obj: Club | None = None) -> tuple[str, ...]:
        derived = ("founder", "manager", "status_word")
        return ("level", "unit", *derived) if obj else derived

    def get_fieldsets(self, request: HttpRequest, obj: Club | None = None) -> Any:
        if obj:
            return self.fieldsets
        return (
            self.fieldsets[0],
            (_("Thành lập"), {"fields": ("founded_on", "founding_decision")}),
            self.fieldsets[2],
        )

    def get_inlines(self, request: HttpRequest, obj: Club | None) -> list[type[ScopedInline]]:
        if obj is None:
            return []
        inlines: list[type[ScopedInline]] = [MembershipInline, OfficeInline]
        return [*inlines, CoverageInline] if obj.district_slot else inlines

    @admin.display(description=_("tình trạng"), ordering="status")
    def status_word(self, club: Club) -> str:
        return club.get_status_display()

    @admin.display(description=_("thành viên"), ordering="sitting")
    def members(self, club: Any) -> str:
        return format_html("{}/{}", club.sitting, SEATS)

    def perform(self, request: HttpRequest, obj: Club, form: Any, change: bool) -> Club:
        by: Any = request.user
        return change_club(club=obj, by=by) if change else found_club(club=obj, by=by)

    def response_add(self, request: HttpRequest, obj: Club, post_url_continue: str | None = None) -> HttpResponse:
        """A new club is opened at once: its members come next."""
        if "_addanother" not in request.POST and "_popup" not in request.POST:
            post = request.POST.copy()
            post["_continue"] = "1"
            request.POST = post  # type: ignore[assignment]
        return super().response_add(request, obj, post_url_continue)


@admin.register(Person)
class PersonAdmin(FoldedSearch, ScopedAdmin):
    list_display = ("full_name", "kind", "birth_year", "job", "unit")
    list_filter = ("kind",)
    list_select_related = ("unit",)
    autocomplete_fields = ("unit",)
    fields = ("kind", "full_name", "representative", "unit", "sex", "birth_year", "phone", "job")

    def perform(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> Person:
        return save_person(person=obj, by=request.user)  # type: ignore[arg-type]


@admin.register(Membership)
class MembershipAdmin(ScopedImportExportMixin, ScopedAdmin):
    resource_classes = [MemberResource]
    list_display = ("person", "club", "seat", "sector", "joined_on", "left_on")
    list_filter = ("sector", ("left_on", admin.EmptyFieldListFilter))
    list_select_related = ("person", "club")
    search_fields = ("person__search", "club__search")
    autocomplete_fields = ("club", "person")
    fields = ("club", "person", "sector", "joined_on", "left_on", "leaving_reason")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("club", "person")

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> Any:
        return self.fields if obj else self.fields[:4]

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        return ("club", "person") if obj else ()

    def perform(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> Membership:
        return write_membership(obj, by=request.user)
