"""What is recorded of a meeting: who came."""

from collections import Counter
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.tallies import recount
from clubs.models import Membership
from meetings.actions.agenda import keep_opinions
from meetings.actions.locks import lock_counted
from meetings.actions.plan import lock
from meetings.actions.rotation import keep_fair
from meetings.models import Attendance, AttendanceStatus, Meeting, MeetingState
from meetings.tallies import MEETINGS
from meetings.transitions import check_transition
from steering.actions import save_checked
from steering.models import User

ATTENDANCE = "attendance"  # kept with the history: marks may change places while their counts stay the same


@transaction.atomic
def record_attendance(*, meeting: Meeting, statuses: Mapping[int, str], by: User | None) -> Meeting:
    """Record who came, by exception: whoever is not in `statuses` (membership id → status) was present.

    The meeting is held from then on, its four counts kept beside it; recording again corrects it, and the time of the
    first record stays. Opinions that came onto the agenda by themselves are part of it from now on. Raises
    ValidationError: the day has not come, not a member on that day, the state forbids it.
    """
    was_owed = meeting.state == MeetingState.POSTPONED
    if was_owed:
        lock(meeting.club)
    meeting = lock_counted(meeting)
    found = {
        member.pk: checked_status(statuses.get(member.pk, AttendanceStatus.PRESENT))
        for member in members_to_call(meeting)
    }
    if strangers := set(statuses) - set(found):
        raise ValidationError(
            _("Có %(n)d người không phải thành viên vào ngày họp. Tải lại trang rồi điểm danh lại.")
            % {"n": len(strangers)}
        )
    keep_opinions(meeting)
    write_attendance(meeting, found)
    counts = Counter(found.values())
    meeting.present_count = counts[AttendanceStatus.PRESENT]
    meeting.late_count = counts[AttendanceStatus.LATE]
    meeting.excused_count = counts[AttendanceStatus.EXCUSED]
    meeting.absent_count = counts[AttendanceStatus.ABSENT]
    meeting.state, meeting.state_reason = MeetingState.HELD, ""
    meeting.held_recorded_at = meeting.held_recorded_at or timezone.now()
    meeting._change_reason = ATTENDANCE  # type: ignore[attr-defined]  # read by simple-history
    save_checked(meeting, by=by)
    recount(meeting.club, on=meeting.period_last_day, book=MEETINGS)
    return keep_fair(meeting, by=by) if was_owed else meeting


def members_to_call(meeting: Meeting) -> list[Membership]:
    """The members of that day, by seat, each with the person.

    Raises ValidationError: the state forbids a record, the day has not come, there is nobody.
    """
    check_transition(meeting, MeetingState.HELD)
    if meeting.day > timezone.localdate():
        raise ValidationError(
            _("Kỳ họp chưa tới ngày (%(day)s). Điểm danh vào ngày họp hoặc sau đó.")
            % {"day": f"{meeting.day:%d/%m/%Y}"}
        )
    rows = Membership.objects.filter(club=meeting.club_id).active_on(meeting.day)
    members = list(rows.select_related("person").with_office().order_by("seat"))
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
