"""What happened to a meeting: one line a change, newest first."""

from itertools import zip_longest
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

from clubs.journal import Entry
from meetings.actions.agenda import AGENDA
from meetings.actions.guests import GUESTS, INVITED
from meetings.actions.minutes import AGREED, CORRECTED, MINUTES
from meetings.actions.records import ATTENDANCE
from meetings.models import Channel, Meeting, MeetingState

OF_MINUTES = {
    MINUTES: _lazy("Ghi biên bản"),
    AGREED: _lazy("Thông qua biên bản"),
    CORRECTED: _lazy("Đính chính biên bản"),
}


def journal(meeting: Meeting, most: int) -> list[Entry]:
    """The latest `most` changes, in one query."""
    rows = meeting.history.select_related("history_user", "host").order_by("-history_id")
    found = list(rows[: most + 1])
    pairs = zip_longest(found, found[1:])
    return [Entry(new.history_date, str(new.history_user or ""), sentence(new, old)) for new, old in pairs][:most]


def sentence(new: Any, old: Any) -> str:
    """What `new` made different from `old`, None for the first: "Dời từ 14/10/2026 07:30 sang 16/10/2026 07:30"."""
    if old is None:
        return pgettext("done", "Lên lịch")
    said, what = [], new.history_change_reason
    if new.starts_at != old.starts_at:
        said.append(_("Dời từ %(old)s sang %(new)s") % {"old": moment(old.starts_at), "new": moment(new.starts_at)})
    if new.host_id != old.host_id:
        said.append(_("Đổi nơi đăng cai từ %(old)s sang %(new)s") % {"old": old.host, "new": new.host})
    if what == ATTENDANCE:
        said.append(_("Điểm danh: %(there)d/%(members)d thành viên") % counts(new))
    elif new.invited_through and new.invited_through != old.invited_through:
        said.append(_("Mời qua %(channel)s") % {"channel": str(Channel(new.invited_through).label).lower()})
    elif new.state != old.state:
        said.append(state_words(new))
    if what == INVITED or new.invited_count != old.invited_count:
        said.append(_("Người được mời: %(n)d") % {"n": new.invited_count})
    if what == GUESTS or new.guest_count != old.guest_count:
        said.append(_("Khách đã đến: %(n)d") % {"n": new.guest_count})
    if new.learnt != old.learnt:
        said.append(_("Ghi điều học được"))
    if what == AGENDA:
        said.append(_("Sửa chương trình"))
    if what in OF_MINUTES:
        said.append(str(OF_MINUTES[what]))
    return "; ".join(said) or _("Ghi lại, không đổi gì")


def moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def counts(row: Any) -> dict[str, int]:
    there = row.present_count + row.late_count
    return {"there": there, "members": there + row.excused_count + row.absent_count}


def state_words(row: Any) -> str:
    """ "Hoãn (mưa bão)"."""
    word = str(MeetingState(row.state).label)
    return f"{word} ({row.state_reason})" if row.state_reason else word
