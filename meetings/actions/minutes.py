"""Minutes of a meeting: a draft written by several hands, agreed once, corrected only by a further version."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.locks import lock_meeting
from meetings.models import Meeting, MeetingState, Minutes, MinutesState
from steering.actions import save_checked
from steering.models import User

MINUTES, AGREED, CORRECTED = "minutes", "minutes_agreed", "minutes_corrected"  # kept with the history of the meeting
TEXT = ("chair", "secretary", "started_at", "ended_at", "items", "strengths", "limits", "conclusions")
NEEDED = ("chair", "secretary", "conclusions")


def minutes_to_write(meeting: Meeting) -> Minutes:
    """The draft; a new one, not stored yet, where there are no minutes. Raises ValidationError: not held, agreed."""
    check_held(meeting)
    latest = meeting.minutes.first()
    if latest is None:
        return Minutes(meeting=meeting)
    if latest.state == MinutesState.AGREED:
        raise ValidationError(_("Biên bản đã thông qua thì không sửa nữa. Có chỗ sai thì đính chính, kèm lý do."))
    return latest


def minutes_to_agree(meeting: Meeting) -> Minutes:
    """The draft. Raises ValidationError: there is none, something that must be said is missing."""
    draft = minutes_to_write(meeting)
    if draft.pk is None:
        raise ValidationError(_("Kỳ này chưa có dự thảo biên bản. Ghi biên bản trước."))
    names = [str(Minutes._meta.get_field(name).verbose_name) for name in NEEDED if not getattr(draft, name)]  # type: ignore[union-attr]
    if names:
        raise ValidationError(_("Biên bản còn thiếu: %(what)s. Ghi thêm rồi thông qua.") % {"what": ", ".join(names)})
    return draft


def minutes_to_correct(meeting: Meeting) -> Minutes:
    """The agreed ones. Raises ValidationError: there are none, or a draft is open already."""
    latest = meeting.minutes.first()
    if latest is None:
        raise ValidationError(_("Kỳ này chưa có biên bản. Ghi biên bản trước."))
    if latest.state == MinutesState.DRAFT:
        raise ValidationError(_("Biên bản đang là dự thảo. Sửa thẳng dự thảo, không cần đính chính."))
    return latest


def check_held(meeting: Meeting) -> None:
    if meeting.state != MeetingState.HELD:
        raise ValidationError(_("Kỳ sinh hoạt chưa ghi là đã họp. Điểm danh trước, rồi ghi biên bản."))


@transaction.atomic
def save_minutes(*, meeting: Meeting, by: User | None, **text: Any) -> Minutes:
    """Write the draft, or begin it; `text` holds fields named in `TEXT`, the others stay. It may be half finished."""
    meeting = lock_meeting(meeting)
    draft = minutes_to_write(meeting)
    if draft.pk and all(getattr(draft, name) == value for name, value in text.items()):
        return draft
    for name, value in text.items():
        setattr(draft, name, value)
    return write(draft, MINUTES, by)


@transaction.atomic
def agree_minutes(*, meeting: Meeting, by: User | None) -> Minutes:
    """The draft becomes the minutes, with the meeting's counts as they are now: from here on nothing of it changes."""
    meeting = lock_meeting(meeting)
    draft = minutes_to_agree(meeting)
    draft.state, draft.agreed_on = MinutesState.AGREED, timezone.localdate()
    draft.member_count, draft.there_count = meeting.member_count, meeting.there_count
    draft.excused_count, draft.guest_count = meeting.excused_count, meeting.guest_count
    return write(draft, AGREED, by)


@transaction.atomic
def correct_minutes(*, meeting: Meeting, reason: str, by: User | None) -> Minutes:
    """Begin the next version, a draft with the text of the agreed ones, which stay as they are."""
    meeting = lock_meeting(meeting)
    agreed = minutes_to_correct(meeting)
    text = {name: getattr(agreed, name) for name in TEXT}
    draft = Minutes(meeting=meeting, version=agreed.version + 1, correction_reason=reason, **text)
    return write(draft, CORRECTED, by)


def write(minutes: Minutes, what: str, by: User | None) -> Minutes:
    """Save them, and tell it in the meeting's history."""
    save_checked(minutes, by=by)
    minutes.meeting._change_reason = what  # type: ignore[attr-defined]  # read by simple-history
    save_checked(minutes.meeting, by=by)
    return minutes
