"""The one thing to do next about a meeting, from its state and the day: invite, call the roll, write the minutes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, MeetingState, MinutesState


@dataclass(frozen=True)
class Step:
    """`page` is the name of an address that takes the meeting's id, then `more`; `permission` is held on the meeting."""

    title: Any
    page: str
    permission: str
    symbol: str
    more: tuple[str, ...] = ()

    def address(self, meeting: Meeting) -> str:
        return reverse(self.page, args=[meeting.pk, *self.more])


NEW_DAY = Step(_("Chọn ngày họp lại"), "meeting_move", "meetings.change_meeting", "calendar-clock")
CALL = Step(_("Điểm danh"), "attendance", "meetings.add_attendance", "user-check")
GUESTS = Step(_("Ghi người được mời"), "meeting_guests", "meetings.add_guest", "user-plus")
SENT = Step(_("Mời họp"), "meeting_invitation", "meetings.change_meeting", "send")
AGENDA = Step(_("Ghi chương trình"), "meeting_agenda", "meetings.add_agendaitem", "list-plus")
MINUTES = Step(_("Ghi biên bản"), "minutes_write", "meetings.add_minutes", "notebook-pen")
AGREE = Step(_("Thông qua biên bản"), "minutes_agree", "meetings.change_minutes", "check-check")


def next_step(meeting: Meeting, today: date, *, has_agenda: bool = False, minutes: str = "") -> Step | None:
    """None when there is nothing to do, or nothing yet: everybody was invited and the day has not come.

    `minutes` is the state of the latest minutes, "" while there are none.
    """
    if meeting.state == MeetingState.POSTPONED:
        return NEW_DAY
    if meeting.state in (MeetingState.PLANNED, MeetingState.INVITED):
        if meeting.day <= today:
            return CALL
        if meeting.state == MeetingState.INVITED:
            return None
        return SENT if meeting.invited_count else GUESTS
    if meeting.state == MeetingState.HELD:
        if not has_agenda:
            return AGENDA
        return {"": MINUTES, MinutesState.DRAFT: AGREE}.get(minutes)
    return None
