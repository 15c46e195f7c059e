"""Clubs, people, members and offices, for commune staff."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import clubs.people_admin
import clubs.regulation_admin  # noqa: F401 - registers its pages
from clubs.actions import change_club, found_club, save_person
from clubs.admin_imports import ScopedImportExportMixin
from clubs.admin_inlines import CoverageInline, MembershipInline, OfficeInline, write_membership
from clubs.imports import ClubResource, MemberResource
from clubs.member_forms import PhoneForm
from clubs.models import SEATS, Club, ClubStatus, Membership, Office, OfficeRole, Person, PersonKind
from clubs.state_changes import CLUB_CHANGES
from steering.access import own_unit
from steering.admin_filters import ALL, FirstChoiceFilter, UnitFilter
from steering.regime import regime_on
from steering.scoped_admin import ActionForm, FoldedSearch, ScopedAdmin, ScopedInline, SideLink
from steering.state_admin import StateAdmin


class ClubStatusFilter(FirstChoiceFilter):
    title = _("tình trạng")
    parameter_name = "status"
    words = (("live", _("Chưa kết thúc")), *ClubStatus.choices, ALL)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == ALL[0]:
            return queryset
        return queryset.filter(ended_on=None) if self.value() == "live" else queryset.filter(status=self.value())


@admin.register(Club)
class ClubAdmin(ScopedImportExportMixin, FoldedSearch, StateAdmin):
    hint = _("Lập câu lạc bộ, kết nạp thành viên, cử ban chủ nhiệm. Mở một câu lạc bộ để làm các việc của nó.")
    resource_classes = [ClubResource]
    state_changes = CLUB_CHANGES
    choice_related = ("unit__parent__parent__parent__parent",)
    list_display = ("name", "place", "level", "chair", "members", "status_word")
    list_filter = (UnitFilter, "level", "kind", ClubStatusFilter)
    own_place = "unit"
    autocomplete_fields = ("unit", "founding_decision")
    add_in_passing = ("founding_decision",)
    help_texts = {
        "name": _("Tên như trong quyết định thành lập."),
        "unit": _("Huyện, xã hoặc ấp mà câu lạc bộ thuộc về, đúng với cấp đã chọn."),
        "founded_on": _("Để trống nếu câu lạc bộ mới là dự kiến."),
        "founding_decision": _("Của UBND cùng cấp; câu lạc bộ cấp ấp: của UBND xã. Chưa có thì bổ sung sau."),
        "week": _("Tuần 1 bắt đầu từ ngày đầu kỳ báo cáo."),
        "starts_at": _("Cấp xã, cấp huyện thường họp 07:30 hoặc 13:30."),
    }
    fieldsets = (
        (None, {"fields": ("name", "level", "unit", "kind")}),
        (_("Thành lập"), {"fields": ("founded_on", "founding_decision", "founder", "manager", "status_word")}),
        (_("Lịch sinh hoạt"), {"fields": ("cadence", "week", "weekday", "starts_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        chairs = Office.objects.held().filter(role=OfficeRole.CHAIR).select_related("membership__person")
        clubs = super().get_queryset(request).prefetch_related(Prefetch("offices", chairs, to_attr="chairs"))
        return clubs.annotate(sitting=Count("memberships", filter=Q(memberships__left_on=None)))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        clubs, _is_plural = super().get_search_results(request, queryset, search_term)
        return (clubs.filter(ended_on=None) if self.is_choosing(request) else clubs), False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The level of one's own unit, where there are clubs of it."""
        place = own_unit(request.user)  # type: ignore[arg-type]  # a login is required
        level = {"level": place.kind} if place and place.kind in regime_on(timezone.localdate()) else {}
        return {**level, **super().get_changeform_initial_data(request)}

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
        inlines: list[type[ScopedInline]] = [OfficeInline, MembershipInline]
        return [*inlines, CoverageInline] if obj.district_slot else inlines

    def side_links(self, request: HttpRequest, obj: Club) -> list[SideLink]:
        """What also touches meetings and opinions is done on the website."""
        links = super().side_links(request, obj)
        if obj.status == ClubStatus.ACTIVE:
            links.append(SideLink(pgettext_lazy("verb", "Tạm ngừng"), reverse("club_pause", args=[obj.pk])))
        if obj.founded_on and not obj.is_ended:
            links.append(SideLink(pgettext_lazy("verb", "Sáp nhập"), reverse("club_end", args=[obj.pk, "sap-nhap"])))
            links.append(SideLink(pgettext_lazy("verb", "Giải thể"), reverse("club_end", args=[obj.pk, "giai-the"])))
        return links

    @admin.display(description=_("đơn vị"), ordering="unit__sort_key")
    def place(self, club: Club) -> str:
        return club.unit.full_name

    @admin.display(description=_("chủ nhiệm"))
    def chair(self, club: Any) -> str:
        if club.chairs:
            return club.chairs[0].membership.person.full_name
        return "" if club.is_ended else format_html('<span class="warn">{}</span>', _("Khuyết"))

    @admin.display(description=_("tình trạng"), ordering="status")
    def status_word(self, club: Club) -> str:
        return club.get_status_display()

    @admin.display(description=_("thành viên"), ordering="sitting")
    def members(self, club: Any) -> str:
        return f"{club.sitting}/{SEATS}"

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


class PersonActionForm(PhoneForm, ActionForm):
    pass


@admin.register(Person)
class PersonAdmin(FoldedSearch, ScopedAdmin):
    form = PersonActionForm
    hint = _("Hồ sơ từng người, từng tập thể, ghi một lần. Một người có thể là thành viên của nhiều câu lạc bộ.")
    choice_related = ("unit__parent__parent__parent__parent",)
    list_display = ("full_name", "born", "work", "place", "clubs")
    list_filter = (UnitFilter, "kind")
    own_place = "unit"
    autocomplete_fields = ("unit",)
    fields = ("kind", "full_name", "representative", "unit", "sex", "birth_year", "phone", "job")
    help_texts = {
        "representative": _("Chỉ ghi cho tập thể: ai thay mặt tập thể sinh hoạt."),
        "unit": _("Nơi người này ở hoặc làm việc."),
        "birth_year": _("Bốn chữ số, ví dụ 1975."),
        "phone": _("Mười chữ số, ví dụ 0912 345 678."),
    }

    def get_queryset(self, request: HttpRequest) -> Any:
        sitting = Membership.objects.sitting().select_related("club")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", sitting, to_attr="sitting"))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """A record that was merged into another leads to that one."""
        kept = Person.objects.filter(pk=object_id, merged_into__isnull=False).first() if object_id.isdigit() else None
        if kept is not None:
            return redirect("admin:clubs_person_change", kept.merged_into_id)
        return super().change_view(request, object_id, *args, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Person | None = None) -> Any:
        """The telephone is not shown of somebody who took back that one may call."""
        if obj is None or not Person.objects.not_called().filter(pk=obj.pk).exists():
            return self.fields
        return tuple(name for name in self.fields if name != "phone")

    def choice_label(self, obj: Person) -> str:
        """Namesakes are told apart by their year of birth and their place."""
        return ", ".join(str(part) for part in (obj, obj.birth_year, obj.unit.full_name) if part)

    @admin.display(description=_("nghề nghiệp, chức vụ"), ordering="job")
    def work(self, person: Person) -> str:
        if person.kind == PersonKind.COLLECTIVE:
            return _("Tập thể, đại diện: %(name)s") % {"name": person.representative}
        return person.job

    @admin.display(description=_("năm sinh"), ordering="birth_year")
    def born(self, person: Person) -> str:
        return str(person.birth_year or "")

    @admin.display(description=_("đơn vị"), ordering="unit__sort_key")
    def place(self, person: Person) -> str:
        return person.unit.full_name

    @admin.display(description=_("câu lạc bộ"))
    def clubs(self, person: Any) -> str:
        return "; ".join(str(row.club) for row in person.sitting)

    def perform(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> Person:
        return save_person(person=obj, by=request.user)  # type: ignore[arg-type]


class SittingFilter(FirstChoiceFilter):
    title = _("tình trạng")
    parameter_name = "sitting"
    words = (("yes", _("Đang là thành viên")), ("no", _("Đã rời")), ALL)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset if self.value() == ALL[0] else queryset.filter(left_on__isnull=self.value() == "yes")


@admin.register(Membership)
class MembershipAdmin(ScopedImportExportMixin, FoldedSearch, ScopedAdmin):
    hint = _("Ai là thành viên của câu lạc bộ nào, từ ngày nào. Mở một dòng để ghi người đó rời câu lạc bộ.")
    resource_classes = [MemberResource]
    folded = ("person__search", "club__search")
    search_help_text = _("Gõ tên người hoặc tên câu lạc bộ, không cần dấu.")
    choice_related = ("club", "person")
    list_display = ("person", "club", "seat", "office", "sector", "joined_on")
    list_filter = (UnitFilter, SittingFilter, "sector")
    ordering = ("club__sort_key", "seat", "-joined_on")
    autocomplete_fields = ("club", "person")
    add_in_passing = ("person",)
    starts_today = ("joined_on",)
    fields = ("club", "person", "sector", "joined_on", "left_on", "leaving_reason")
    help_texts = {
        "left_on": _("Ngày đầu tiên không còn là thành viên. Chức danh đang giữ kết thúc cùng ngày, ghế trống lại."),
        "leaving_reason": _("Ví dụ: chuyển nơi ở, xin thôi, qua đời."),
    }

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super().get_queryset(request).prefetch_related(Prefetch("offices", Office.objects.held(), to_attr="held"))
        )

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        left = ("left_on",) if SittingFilter.parameter_name in request.GET else ()
        return (*self.list_display, *left)

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> Any:
        return self.fields if obj else self.fields[:4]

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        return ("club", "person") if obj else ()

    @admin.display(description=_("chức danh"))
    def office(self, seat: Any) -> str:
        return seat.held[0].get_role_display() if seat.held else ""

    def perform(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> Membership:
        return write_membership(obj, by=request.user)
