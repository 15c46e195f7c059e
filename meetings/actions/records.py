"""What is recorded of a meeting: attendance, people invited, topics (R12, R13)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Membership
from meetings.actions.plan import lock_meeting
from meetings.models import Attendance, AttendanceStatus, Invitation, Meeting, MeetingState, Topic
from meetings.transitions import check_transition
from steering.actions import save_checked
from steering.models import User
from steering.text import clean

INVITED_ABOUT = 15  # R12: "about"; more is warned of, never refused


@transaction.atomic
def record_attendance(*, meeting: Meeting, statuses: Mapping[int, str], by: User | None) -> Meeting:
    """Record who came, by exception: whoever is not in `statuses` (membership id → status) was present.

    The meeting is held from then on, its four counts kept beside it; recording again corrects it, and the time of the
    first record stays. Raises ValidationError: the day has not come, not a member on that day, the state forbids it.
    """
    meeting = lock_meeting(meeting)
    check_transition(meeting, MeetingState.HELD)
    members = members_that_day(meeting)
    found = {pk: checked_status(statuses.get(pk, AttendanceStatus.PRESENT)) for pk in members}
    if strangers := set(statuses) - set(found):
        raise ValidationError(
            _("Có %(n)d người không phải thành viên vào ngày họp. Tải lại trang rồi điểm danh lại.")
            % {"n": len(strangers)}
        )
    write_attendance(meeting, found)
    counts = Counter(found.values())
    meeting.present_count = counts[AttendanceStatus.PRESENT]
    meeting.late_count = counts[AttendanceStatus.LATE]
    meeting.excused_count = counts[AttendanceStatus.EXCUSED]
    meeting.absent_count = counts[AttendanceStatus.ABSENT]
    meeting.state, meeting.state_reason = MeetingState.HELD, ""
    meeting.held_recorded_at = meeting.held_recorded_at or timezone.now()
    return save_checked(meeting, by=by)


def members_that_day(meeting: Meeting) -> list[int]:
    """Ids of the memberships to call, by seat. Raises ValidationError before the day, or when there is nobody."""
    day = timezone.localdate(meeting.starts_at)
    if day > timezone.localdate():
        raise ValidationError(
            _("Kỳ họp chưa tới ngày (%(day)s). Điểm danh vào ngày họp hoặc sau đó.") % {"day": f"{day:%d/%m/%Y}"}
        )
    members = list(
        Membership.objects.filter(club=meeting.club_id).active_on(day).order_by("seat").values_list("pk", flat=True)
    )
    if not members:
        raise ValidationError(_("Câu lạc bộ chưa có thành viên nào vào ngày họp. Kết nạp thành viên trước."))
    return members


def checked_status(status: str) -> AttendanceStatus:
    try:
        return AttendanceStatus(status)
    except ValueError as error:
        raise ValidationError(
            _("“%(status)s” không phải một cách điểm danh. Chọn lại.") % {"status": status}
        ) from error


def write_attendance(meeting: Meeting, statuses: Mapping[int, AttendanceStatus]) -> None:
    """Exactly these rows, in two queries."""
    meeting.attendance.exclude(membership__in=statuses).delete()
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, membership_id=pk, status=status) for pk, status in statuses.items()],
        update_conflicts=True,
        unique_fields=["meeting", "membership"],
        update_fields=["status"],
    )


@transaction.atomic
def invite(*, meeting: Meeting, guests: Sequence[tuple[str, str]], by: User | None) -> list[Invitation]:
    """Add guests (full name, body); whoever is invited already is left out. See `invitation_warning` for R12."""
    meeting = lock_meeting(meeting)
    invited = set(meeting.invitations.values_list("full_name", "body"))
    wanted = dict.fromkeys((clean(name), clean(body)) for name, body in guests)
    new = [
        Invitation(meeting=meeting, full_name=name, body=body) for name, body in wanted if (name, body) not in invited
    ]
    for invitation in new:
        invitation.clean_fields(exclude=["meeting"])
    return Invitation.objects.bulk_create(new)


def invitation_warning(count: int) -> str | None:
    """A sentence above about 15 guests (R12), else None."""
    if count <= INVITED_ABOUT:
        return None
    return _("%(count)d người là nhiều hơn mức khoảng %(about)d. Vẫn lưu được, nếu nơi họp đủ chỗ.") % {
        "count": count,
        "about": INVITED_ABOUT,
    }


@transaction.atomic
def set_topics(*, meeting: Meeting, topics: Sequence[tuple[str, str]], by: User | None) -> list[Topic]:
    """Put `topics` (policy area, content) in the place of those recorded (R13)."""
    meeting = lock_meeting(meeting)
    new = [Topic(meeting=meeting, area=area, content=clean(content)) for area, content in topics]
    for topic in new:
        topic.clean_fields(exclude=["meeting"])
    meeting.topics.all().delete()
    return Topic.objects.bulk_create(new)


@transaction.atomic
def save_notes(*, meeting: Meeting, notes: str, by: User | None) -> Meeting:
    """Keep free notes about a meeting; nothing else of it changes."""
    meeting = lock_meeting(meeting)
    if meeting.notes == notes:
        return meeting
    meeting.notes = notes
    return save_checked(meeting, by=by)
