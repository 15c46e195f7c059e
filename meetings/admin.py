"""Meetings, for commune staff: the day, the host, who was invited, who came, what it was about."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

import meetings.library_admin
import meetings.opinion_admin  # noqa: F401 - these register their pages
from clubs.admin import ClubAdmin
from meetings.actions import (
    change_meeting,
    count_guests,
    invitation_warning,
    number_agenda,
    plan_club,
    plan_meeting,
    record_attendance,
)
from meetings.agenda_admin import AgendaInline
from meetings.forms import AttendanceForm, MeetingForm
from meetings.models import AgendaItem, Attendance, AttendanceStatus, DeclinedTurn, Guest, Meeting, MeetingState
from meetings.models.meetings import OPEN_STATES
from meetings.state_changes import MEETING_CHANGES
from steering.admin_filters import ALL, FirstChoiceFilter, UnitFilter
from steering.calendar import month_calendar
from steering.pages import refuse
from steering.scoped_admin import FoldedSearch, ScopedInline, SideLink
from steering.state_admin import StateAdmin

AHEAD_DAYS = 100
OWED = (MeetingState.PLANNED, MeetingState.INVITED)  # once the day has passed, somebody has to say what became of it


class AttendanceInline(ScopedInline):
    """Shown here, taken on its own page."""

    model = Attendance
    fields = readonly_fields = ("membership", "status")
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("membership__person")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_add_permission


class GuestInline(ScopedInline):
    model = Guest
    fields = ("full_name", "body", "hamlet", "is_invited", "has_come")
    verbose_name_plural = _("khách: mời khoảng 15 người")


class TaskFilter(FirstChoiceFilter):
    title = _("việc")
    parameter_name = "task"
    words = (ALL, ("owed", _("Cần ghi kết quả")), ("next", _("Sắp họp")))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "owed":
            return queryset.filter(state__in=OWED, starts_at__lt=timezone.now())
        return queryset.upcoming(timezone.localdate()) if self.value() == "next" else queryset


@admin.register(Meeting)
class MeetingAdmin(FoldedSearch, StateAdmin):
    hint = _("Lên lịch, mời, điểm danh, ghi nội dung từng kỳ sinh hoạt. Chọn “Cần ghi kết quả” để xem việc còn nợ.")
    form = MeetingForm
    state_field = "state"
    state_changes = MEETING_CHANGES
    folded = ("club__search", "host__search")
    search_help_text = _("Gõ tên câu lạc bộ hoặc nơi đăng cai, không cần dấu.")
    list_display = ("club", "starts_at", "host", "marks", "state_word", "present")
    list_filter = (UnitFilter, TaskFilter, "state", "form")
    list_select_related = ("club", "host")
    date_hierarchy = "starts_at"
    autocomplete_fields = ("club", "host")
    help_texts = {
        "form": _("Giao lưu, tham quan là ngoài kỳ: không tính vào lượt đăng cai."),
    }

    def get_fields(self, request: HttpRequest, obj: Meeting | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("club", "form", "starts_at", "host", "override_reason")
        reason = ("state_reason",) if obj.state_reason else ()
        head = ("club", "form", "period", "state_word", *reason)
        if obj.state in OPEN_STATES:
            return (*head, "starts_at", "host", "override_reason")
        return (*head, "starts_at", "host", "host_reason", "attendance")

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        settled = () if obj.state in OPEN_STATES else ("starts_at", "host", "host_reason", "attendance")
        return ("club", "form", "period", "state_word", "state_reason", *settled)

    def get_inlines(self, request: HttpRequest, obj: Meeting | None) -> list[type[ScopedInline]]:
        if obj is None:
            return []
        came: list[type[ScopedInline]] = [AttendanceInline] if obj.state == MeetingState.HELD else []
        return [AgendaInline, GuestInline, *came]

    @admin.display(description=_("kỳ"))
    def period(self, meeting: Meeting) -> str:
        period = month_calendar().parse(meeting.period_key)
        return f"{period.label} ({period.first_day:%d/%m/%Y} – {period.last_day:%d/%m/%Y})"

    @admin.display(description=_("tình trạng"), ordering="state")
    def state_word(self, meeting: Meeting) -> str:
        """The state; of a day that has passed, that its outcome is still to be written."""
        if meeting.state in OWED and meeting.starts_at < timezone.now():
            return format_html('<span class="warn">{}</span>', _("Cần ghi kết quả"))
        return meeting.get_state_display()

    def get_queryset(self, request: HttpRequest) -> Any:
        declined = DeclinedTurn.objects.filter(meeting=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_declined=Exists(declined))

    @admin.display(description=_("lượt"))
    def marks(self, meeting: Any) -> str:
        """What is out of the ordinary about its host."""
        marks = (
            (meeting.is_override, _("ngoài lượt")),
            (meeting.is_swapped, _("đổi lượt")),
            (meeting.is_declined, _("có nơi xin thôi")),
            (meeting.joins_id is not None, _("đi cùng")),
        )
        return ", ".join(str(word) for is_so, word in marks if is_so)

    @admin.display(description=_("có mặt"))
    def present(self, meeting: Meeting) -> str:
        return f"{meeting.there_count}/{meeting.member_count}" if meeting.state == MeetingState.HELD else ""

    @admin.display(description=_("điểm danh"))
    def attendance(self, meeting: Meeting) -> str:
        counts = {status: getattr(meeting, f"{status}_count") for status in AttendanceStatus}
        return ", ".join(f"{AttendanceStatus(status).label} {count}" for status, count in counts.items() if count)

    def perform(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> Meeting:
        by: Any = request.user
        reason = form.cleaned_data.get("override_reason", "")
        host = form.cleaned_data.get("host")
        if not change:
            return plan_meeting(
                club=obj.club, starts_at=obj.starts_at, host=host, override_reason=reason, form=obj.form, by=by
            )
        if {"starts_at", "host"} & set(form.changed_data):
            return change_meeting(meeting=obj, starts_at=obj.starts_at, host=host, override_reason=reason, by=by)
        return obj

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        before = dict(form.instance.agenda.values_list("pk", "place"))
        super().save_related(request, form, formsets, change)
        if any(formset.model is AgendaItem and formset.has_changed() for formset in formsets):
            number_agenda(meeting=form.instance, before=before, by=request.user)  # type: ignore[arg-type]
        counted = count_guests(meeting=form.instance, by=request.user)  # type: ignore[arg-type]
        self.warn(request, invitation_warning(counted.invited_count))

    def response_add(self, request: HttpRequest, obj: Meeting, post_url_continue: str | None = None) -> HttpResponse:
        """Whose turn it is was decided in saving; here it is said, with the reason."""
        messages.info(request, _("Nơi đăng cai: %(host)s. %(why)s.") % {"host": obj.host, "why": obj.host_reason})
        return super().response_add(request, obj, post_url_continue)

    # attendance

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.attendance_view)
        return [path("<int:object_id>/attendance/", view, name="meetings_meeting_attendance"), *super().get_urls()]

    def side_links(self, request: HttpRequest, obj: Meeting) -> list[SideLink]:
        links = super().side_links(request, obj)
        if obj.state not in (MeetingState.CANCELLED, MeetingState.DID_NOT_MEET) and obj.starts_at < timezone.now():
            address = reverse("admin:meetings_meeting_attendance", args=[obj.pk])
            links.insert(0, SideLink(_("Điểm danh"), address, is_main=obj.state != MeetingState.HELD))
        if obj.is_turn and obj.starts_at > timezone.now():
            links.append(SideLink(_("Đổi lượt"), reverse("meeting_swap", args=[obj.pk])))
            links.append(SideLink(_("Xin thôi lượt"), reverse("meeting_decline", args=[obj.pk])))
        if obj.state == MeetingState.HELD:
            links.append(SideLink(_("Biên bản"), reverse("meeting_minutes", args=[obj.pk])))
        return links

    def attendance_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        meeting = self._visible_or_404(request, str(object_id))
        if not self.has_change_permission(request, meeting):
            raise PermissionDenied
        day = timezone.localdate(meeting.starts_at)
        members = list(meeting.club.memberships.active_on(day).select_related("person").order_by("seat"))
        recorded = dict(meeting.attendance.values_list("membership_id", "status"))
        form = AttendanceForm(request.POST or None, members=members, recorded=recorded)
        if request.method == "POST" and form.is_valid():
            try:
                record_attendance(meeting=meeting, statuses=form.statuses(), by=request.user)  # type: ignore[arg-type]
            except ValidationError as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, _("Đã điểm danh %(what)s.") % {"what": meeting})
                return HttpResponseRedirect(self._change_url(meeting))
        context = {"title": _("Điểm danh: %(what)s") % {"what": meeting}, "crumb": _("Điểm danh"), "form": form}
        return self.side_page(request, meeting, "admin/meetings/attendance.html", context)


@admin.action(description=_("Lên lịch các kỳ tới"), permissions=["change"])
def plan_ahead(model_admin: Any, request: HttpRequest, clubs: Any) -> None:
    """On the list of clubs: plan what each owes in the next hundred days."""
    until = timezone.localdate() + timedelta(days=AHEAD_DAYS)
    planned = 0
    for club in clubs:
        try:
            planned += len(plan_club(club=club, until=until, by=request.user))  # type: ignore[arg-type]
        except ValidationError as refusal:
            messages.error(request, f"{club}: {' '.join(refusal.messages)}")
    messages.success(request, _("Đã lên lịch %(n)d kỳ sinh hoạt.") % {"n": planned})


ClubAdmin.actions = (plan_ahead,)
