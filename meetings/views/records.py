"""Calling the roll of a meeting: members, and guests."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clubs.actions.locks import check_unlocked
from meetings.actions import members_to_call, record_attendance, record_guests
from meetings.models import Attendance, Guest, Meeting
from meetings.record_forms import RollForm
from meetings.views.planning import FORM_METHODS, meeting_or_404
from meetings.views.refusals import refused
from steering.actions import require
from steering.pages import Done, FormPage


def lead(meeting: Meeting) -> str:
    return _("%(club)s, %(day)s") % {"club": meeting.club, "day": f"{meeting.day:%d/%m/%Y}"}


@require_http_methods(FORM_METHODS)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody is present until tapped. Before the day, and in a state without a record, only the reason is shown."""
    meeting = meeting_or_404(request, pk)
    for row in (Attendance(meeting=meeting), Guest(meeting=meeting)):
        require(request.user, "add", row)  # type: ignore[arg-type]
    back = reverse("meeting", args=[pk])
    shared = {
        "meeting": meeting,
        "crumbs": [(str(meeting.club), reverse("club", args=[meeting.club_id])), (meeting.title, back)],
    }
    try:
        check_unlocked([(meeting.path, meeting.period_last_day)])
        members = members_to_call(meeting)
    except ValidationError as refusal:
        return refused(request, meeting, _("Điểm danh"), refusal)
    recorded = dict(meeting.attendance.values_list("membership_id", "status"))
    guests = list(meeting.guests.all())
    form = RollForm(request.POST or None, members=members, recorded=recorded, guests=guests)

    def write(data: dict[str, Any]) -> Done:
        user: Any = request.user
        held = record_attendance(meeting=meeting, statuses=form.statuses(), by=user)
        came, unexpected = form.guests.came(), form.guests.unexpected()
        return Done(said(record_guests(meeting=held, came=came, unexpected=unexpected, by=user)), back)

    return FormPage(
        title=_("Điểm danh"),
        verb=_("Lưu điểm danh"),
        form=form,
        write=write,
        back=back,
        of=meeting,
        template="meetings/attendance.html",
        context=shared,
    ).answer(request)


def said(held: Meeting) -> str:
    words = {"there": held.there_count, "members": held.member_count, "guests": held.guest_count}
    if held.guest_count:
        return _("Đã điểm danh: %(there)d/%(members)d thành viên có mặt, %(guests)d khách đã đến.") % words
    return _("Đã điểm danh: %(there)d/%(members)d thành viên có mặt.") % words
