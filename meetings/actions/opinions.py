"""What members ask of those above them (R13): raised at a meeting, answered by the committee asked, then settled or not."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.tallies import lock_clubs, recount
from meetings.actions.locks import lock_meeting
from meetings.models import Meeting, MeetingState, Opinion, OpinionState
from meetings.tallies import MEETINGS
from steering.actions import save_checked
from steering.models import SteeringCommittee, Unit, User
from steering.text import clean, clean_lines

TO_COME = (MeetingState.PLANNED, MeetingState.INVITED)
ANSWER_WITHIN = timedelta(days=30)  # of the meeting, where nothing else is said


@transaction.atomic
def raise_opinion(
    *,
    meeting: Meeting,
    text: str,
    area: str = "",
    to_above: bool = False,
    due_on: date | None = None,
    by: User | None,
) -> Opinion:
    """Record what was asked at `meeting` of the committee that manages the club, or of the one above it.

    `area` is a `PolicyArea` or "", `due_on` inclusive and by default thirty days after the meeting. Raises
    ValidationError: the meeting has not taken place, no committee in force, due before the meeting.
    """
    meeting = lock_meeting(meeting)
    check_took_place(meeting)
    due_on = due_on or meeting.day + ANSWER_WITHIN
    check_due(meeting, due_on)
    opinion = Opinion(
        meeting=meeting,
        text=clean_lines(text),
        area=area,
        addressed_to=committee_asked(meeting, to_above=to_above),
        due_on=due_on,
    )
    return save_counted(opinion, by)


def has_taken_place(meeting: Meeting) -> bool:
    """Whether it was held, or its day has come and nobody has said yet what became of it."""
    return meeting.state == MeetingState.HELD or (meeting.state in TO_COME and meeting.day <= timezone.localdate())


def check_took_place(meeting: Meeting) -> None:
    if has_taken_place(meeting):
        return
    if meeting.state in TO_COME:
        raise ValidationError(
            _("Kỳ họp chưa tới ngày (%(day)s). Ghi kiến nghị vào ngày họp hoặc sau đó.")
            % {"day": f"{meeting.day:%d/%m/%Y}"}
        )
    raise ValidationError(
        _("Kỳ sinh hoạt này đang là “%(state)s” nên không có kiến nghị. Ghi vào kỳ đã họp.")
        % {"state": MeetingState(meeting.state).label}
    )


def check_due(meeting: Meeting, due_on: date) -> None:
    if due_on < meeting.day:
        raise ValidationError(
            {
                "due_on": _("Hạn trả lời không thể trước ngày họp %(day)s. Chọn ngày họp hoặc ngày sau đó.")
                % {"day": f"{meeting.day:%d/%m/%Y}"}
            }
        )


def committee_asked(meeting: Meeting, *, to_above: bool) -> SteeringCommittee:
    """The committee in force of the unit whose committee manages the club (R9), or of the unit above that one."""
    manager = meeting.club.manager
    if manager is None:
        raise ValidationError(
            {"to_above": _("Câu lạc bộ chưa có ban chỉ đạo quản lý. Lập ban chỉ đạo của xã, huyện rồi ghi kiến nghị.")}
        )
    unit: Unit | None = manager.unit.parent if to_above else manager.unit
    if unit is None:
        raise ValidationError(
            {
                "to_above": _("Trên %(committee)s không còn cấp nào. Gửi ban chỉ đạo quản lý câu lạc bộ.")
                % {"committee": manager}
            }
        )
    committee: SteeringCommittee | None = unit.committees.active_on(timezone.localdate()).first()
    if committee is None:
        raise ValidationError(
            {
                "to_above": _("%(unit)s chưa có ban chỉ đạo đang hoạt động. Lập ban chỉ đạo trước, hoặc gửi cấp khác.")
                % {"unit": unit}
            }
        )
    return committee


def save_counted(opinion: Opinion, by: User | None) -> Opinion:
    save_checked(opinion, by=by)
    recount(opinion.meeting.club, book=MEETINGS)
    return opinion


def lock_opinion(opinion: Opinion) -> Opinion:
    """The opinion as it is now; its club is locked before it, as everywhere."""
    lock_clubs([opinion.meeting.club_id])
    rows = Opinion.objects.select_for_update(of=("self",))
    return rows.select_related("meeting__club__unit", "addressed_to__unit").get(pk=opinion.pk)


@transaction.atomic
def change_opinion(*, opinion: Opinion, text: str, area: str, due_on: date, by: User | None) -> Opinion:
    """Correct an opinion that waits for its answer. Raises ValidationError: not open any more, due before the meeting."""
    opinion = lock_opinion(opinion)
    check_state(opinion, OpinionState.OPEN)
    check_due(opinion.meeting, due_on)
    opinion.text, opinion.area, opinion.due_on = clean_lines(text), area, due_on
    return save_counted(opinion, by)


@transaction.atomic
def answer_opinion(*, opinion: Opinion, answer: str, answered_on: date, by: User | None) -> Opinion:
    """Record the committee's answer, given from the meeting's day to today.

    Raises PermissionDenied unless `by` works for the committee that was asked; ValidationError: answered already, a day
    out of these.
    """
    opinion = lock_opinion(opinion)
    require_answerer(by, opinion)
    check_state(opinion, OpinionState.OPEN)
    check_day("answered_on", answered_on, opinion.meeting.day, _("ngày họp"))
    opinion.state, opinion.answer, opinion.answered_on = OpinionState.ANSWERED, clean_lines(answer), answered_on
    return save_counted(opinion, by)


def may_answer(user: User, opinion: Opinion) -> bool:
    """Whether `user` may change opinions at the place of the committee that was asked; below it is not enough."""
    return user.has_perm("meetings.change_opinion", opinion.addressed_to)


def require_answerer(user: User | None, opinion: Opinion) -> None:
    """Raise PermissionDenied unless `user` may answer; None is a command."""
    if user is not None and not may_answer(user, opinion):
        raise PermissionDenied(
            _("Kiến nghị này gửi %(committee)s. Chỉ cán bộ nơi đó trả lời.") % {"committee": opinion.addressed_to}
        )


@transaction.atomic
def close_opinion(*, opinion: Opinion, on: date, by: User | None) -> Opinion:
    """The answer settles it, from `on`: not before the answer, not after today. Raises ValidationError."""
    opinion = lock_opinion(opinion)
    check_state(opinion, OpinionState.ANSWERED)
    check_day("on", on, opinion.answered_on or opinion.meeting.day, _("ngày trả lời"))
    opinion.state, opinion.closed_on = OpinionState.CLOSED, on
    return save_counted(opinion, by)


@transaction.atomic
def reopen_opinion(*, opinion: Opinion, reason: str, by: User | None) -> Opinion:
    """The answer does not settle it: it waits for another. The old answer and `reason` stay in the history."""
    opinion = lock_opinion(opinion)
    check_state(opinion, OpinionState.ANSWERED, OpinionState.CLOSED)
    opinion.state, opinion.answer, opinion.answered_on, opinion.closed_on = OpinionState.OPEN, "", None, None
    opinion._change_reason = clean(reason)  # type: ignore[attr-defined]  # read by simple-history
    return save_counted(opinion, by)


def check_state(opinion: Opinion, *allowed: OpinionState) -> None:
    if opinion.state not in allowed:
        raise ValidationError(
            _("Kiến nghị này đang là “%(state)s”, không làm việc này được nữa. Xem lại trang kiến nghị.")
            % {"state": OpinionState(opinion.state).label}
        )


def check_day(field: str, day: date, earliest: date, since: str) -> None:
    """Raise ValidationError unless `day` is from `earliest`, called `since`, to today."""
    if day > timezone.localdate():
        raise ValidationError(
            {field: _("Ngày %(day)s chưa tới. Ghi hôm nay hoặc ngày trước đó.") % {"day": f"{day:%d/%m/%Y}"}}
        )
    if day < earliest:
        raise ValidationError(
            {
                field: _("Ngày %(day)s trước %(since)s (%(earliest)s). Ghi từ ngày đó trở đi.")
                % {"day": f"{day:%d/%m/%Y}", "since": since, "earliest": f"{earliest:%d/%m/%Y}"}
            }
        )
