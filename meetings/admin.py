"""Meetings, for commune staff: the day, the host, who was invited, who came, what it was about."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.admin import ClubAdmin
from meetings.actions import (
    cancel_meeting,
    change_meeting,
    did_not_meet,
    invitation_warning,
    mark_invited,
    plan_club,
    plan_meeting,
    postpone_meeting,
    record_attendance,
    reopen_meeting,
    save_notes,
)
from meetings.forms import AttendanceForm, MeetingForm
from meetings.models import Attendance, Invitation, Meeting, MeetingState, Topic
from steering.scoped_admin import ScopedInline
from steering.state_admin import StateAdmin, StateChange

AHEAD_DAYS = 100

STATE_CHANGES = (
    StateChange(
        "invited",
        _("Đã gửi giấy mời"),
        _("Kỳ sinh hoạt chuyển sang “Đã mời”."),
        (MeetingState.PLANNED,),
        mark_invited,
        (),
    ),
    StateChange(
        "postpone",
        _("Hoãn"),
        _("Lượt đăng cai vẫn còn đó. Sau khi hoãn, đổi ngày họp để lên lịch lại trong kỳ."),
        (MeetingState.PLANNED, MeetingState.INVITED),
        postpone_meeting,
        ("reason",),
    ),
    StateChange(
        "did-not-meet",
        _("Không họp"),
        _("Ghi nhận kỳ này không họp, có lý do. Lượt đăng cai vẫn còn cho kỳ sau."),
        (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED),
        did_not_meet,
        ("reason",),
    ),
    StateChange(
        "cancel",
        _("Hủy"),
        _("Kỳ sinh hoạt bị hủy; có thể lên lịch một kỳ khác thay vào."),
        (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED),
        cancel_meeting,
        ("reason",),
    ),
    StateChange(
        "reopen",
        _("Mở lại"),
        _("Kỳ sinh hoạt trở lại “Đã lên lịch”."),
        (MeetingState.POSTPONED, MeetingState.CANCELLED, MeetingState.DID_NOT_MEET),
        reopen_meeting,
        (),
    ),
)


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


class InvitationInline(ScopedInline):
    model = Invitation
    fields = ("full_name", "body")


class TopicInline(ScopedInline):
    model = Topic
    fields = ("area", "content")


@admin.register(Meeting)
class MeetingAdmin(StateAdmin):
    form = MeetingForm
    state_field = "state"
    state_changes = STATE_CHANGES
    list_display = ("club", "starts_at", "host", "state", "present")
    list_filter = ("state", "form", "club__level")
    list_select_related = ("club", "host")
    date_hierarchy = "starts_at"
    search_fields = ("club__search",)
    autocomplete_fields = ("club", "host")

    def get_fields(self, request: HttpRequest, obj: Meeting | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("club", "form", "starts_at", "host", "override_reason")
        return ("club", "state", "state_reason", "starts_at", "host", "host_reason", "override_reason", "notes")

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> tuple[str, ...]:
        return ("club", "state", "state_reason", "host_reason") if obj else ()

    def get_inlines(self, request: HttpRequest, obj: Meeting | None) -> list[type[ScopedInline]]:
        return [InvitationInline, TopicInline, AttendanceInline] if obj else []

    @admin.display(description=_("có mặt"))
    def present(self, meeting: Meeting) -> str:
        if meeting.state != MeetingState.HELD:
            return "–"
        there = meeting.present_count + meeting.late_count
        return f"{there}/{there + meeting.excused_count + meeting.absent_count}"

    def perform(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> Meeting:
        by: Any = request.user
        reason = form.cleaned_data.get("override_reason", "")
        host = form.cleaned_data.get("host")
        if not change:
            return plan_meeting(
                club=obj.club, starts_at=obj.starts_at, host=host, override_reason=reason, form=obj.form, by=by
            )
        if {"starts_at", "host"} & set(form.changed_data):
            change_meeting(meeting=obj, starts_at=obj.starts_at, host=host, override_reason=reason, by=by)
        return save_notes(meeting=obj, notes=obj.notes, by=by)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.warn(request, invitation_warning(form.instance.invitations.count()))

    # attendance

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.attendance_view)
        return [path("<int:object_id>/attendance/", view, name="meetings_meeting_attendance"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        meeting = kwargs.get("obj")
        if meeting and meeting.state not in (MeetingState.CANCELLED, MeetingState.DID_NOT_MEET):
            context = {**context, "attendance": reverse("admin:meetings_meeting_attendance", args=[meeting.pk])}
        return super().render_change_form(request, context, *args, **kwargs)

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
                form.add_error(None, ValidationError(refusal.messages))
            else:
                messages.success(request, _("Đã điểm danh %(what)s.") % {"what": meeting})
                return HttpResponseRedirect(self._change_url(meeting))
        context = {"title": _("Điểm danh"), "form": form}
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
