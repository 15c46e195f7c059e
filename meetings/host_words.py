"""What is said of hosts that change: before it is agreed to, and afterwards."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.models import Club
from meetings.actions.rotation import HostChange, changes_since, foresee, hosts_ahead
from meetings.models import Meeting, MeetingForm, MeetingState


def change_words(change: HostChange) -> str:
    """ "Kỳ tháng 12/2026, Thứ Sáu, 27/11/2026: từ xã An Khánh sang xã Tân Phú."."""
    return _("Kỳ %(period)s, %(day)s: từ %(old)s sang %(new)s.") % {
        "period": change.meeting.period_label,
        "day": date_format(change.meeting.day, "l, d/m/Y"),
        "old": change.old.in_sentence if change.old else "",
        "new": change.meeting.host.in_sentence,
    }


def follows(changes: Sequence[HostChange]) -> list[str]:
    """What people read before they agree: who hosts what, and whom to tell."""
    told = [
        _("Giấy mời kỳ %(period)s đã gửi ghi nơi cũ: báo lại cho người được mời.")
        % {"period": change.meeting.period_label}
        for change in changes
        if change.meeting.state == MeetingState.INVITED
    ]
    return [*map(change_words, changes), *told]


def state_follows(meeting: Meeting, verb: str) -> list[str]:
    """What a change of state would do to the other meetings: their hosts, or those that go along on a visit."""
    if meeting.form == MeetingForm.VISIT:
        return going_along_follows(meeting, verb)
    if verb == "invited":
        return []
    if verb != "reopen":
        return follows(foresee(meeting.club, but=[meeting]))
    if meeting.is_override or meeting.is_swapped or meeting.starts_at <= timezone.now():
        return []
    back = Meeting.objects.select_related("club__unit", "host").get(pk=meeting.pk)
    return follows(foresee(meeting.club, new=[back]))


def going_along_follows(meeting: Meeting, verb: str) -> list[str]:
    names = [str(joined.club) for joined in meeting.joined_by.exclude(state="cancelled").select_related("club")]
    if verb == "invited" or not names:
        return []
    return [_("Kỳ của câu lạc bộ đi cùng cũng vậy: %(clubs)s.") % {"clubs": ", ".join(names)}]


def told(request: HttpRequest, club: Club, answer: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """`answer`, and how many other meetings have got another host by it."""
    if request.method != "POST":
        return answer(request)
    before = hosts_ahead(club)
    response = answer(request)
    if changes := changes_since(before):
        messages.info(request, changed_words(changes))
    return response


def changed_words(changes: Sequence[Any]) -> str:
    count = len(changes)
    return ngettext("%(n)d kỳ đổi nơi đăng cai.", "%(n)d kỳ đổi nơi đăng cai.", count) % {"n": count}
