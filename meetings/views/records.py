"""What is written down about a meeting: people invited, attendance."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.actions import invitation_warning, members_to_call, record_attendance, revise_invited
from meetings.models import Attendance, Guest, Meeting
from meetings.querysets import earlier_guests
from meetings.record_forms import GuestsForm, RollForm
from meetings.views.planning import FORM_METHODS, meeting_or_404
from steering.actions import require
from steering.pages import Done, FormPage

EARLIER = 20


def lead(meeting: Meeting) -> str:
    return _("%(club)s, %(day)s") % {"club": meeting.club, "day": f"{meeting.day:%d/%m/%Y}"}


@require_http_methods(FORM_METHODS)
def guests(request: HttpRequest, pk: int) -> HttpResponse:
    """About 15 people besides the members; more is warned of (R12)."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "add", Guest(meeting=meeting))  # type: ignore[arg-type]
    back = reverse("meeting", args=[pk])
    rows = list(meeting.guests.all())
    form = GuestsForm(request.POST or None, rows=rows, earlier=earlier_guests(meeting, EARLIER))

    def write(data: dict[str, Any]) -> Done:
        revise_invited(meeting=meeting, revision=form.revision(), by=request.user)  # type: ignore[arg-type]
        count = meeting.guests.count()
        if warning := invitation_warning(count):
            messages.warning(request, warning)
        return Done(_("Đã lưu danh sách %(n)d người được mời.") % {"n": count}, back)

    return FormPage(
        title=_("Người được mời"),
        verb=_("Lưu danh sách"),
        form=form,
        write=write,
        back=back,
        of=meeting,
        template="meetings/guests_form.html",
        context={"lead": lead(meeting), "count": len(rows), "warning": invitation_warning(len(rows))},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody is present until tapped. Before the day, and in a state without a record, only the reason is shown."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "add", Attendance(meeting=meeting))  # type: ignore[arg-type]
    back = reverse("meeting", args=[pk])
    shared = {
        "meeting": meeting,
        "crumbs": [(str(meeting.club), reverse("club", args=[meeting.club_id])), (meeting.title, back)],
    }
    try:
        members = members_to_call(meeting)
    except ValidationError as refusal:
        return render(
            request, "meetings/no_attendance.html", {**shared, "refusal": " ".join(refusal.messages), "back": back}
        )
    recorded = dict(meeting.attendance.values_list("membership_id", "status"))
    form = RollForm(request.POST or None, members=members, recorded=recorded)

    def write(data: dict[str, Any]) -> Done:
        held = record_attendance(meeting=meeting, statuses=form.statuses(), by=request.user)  # type: ignore[arg-type]
        words = {"there": held.there_count, "members": held.member_count}
        return Done(_("Đã điểm danh: %(there)d/%(members)d thành viên có mặt.") % words, back)

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
