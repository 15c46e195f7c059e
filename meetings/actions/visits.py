"""Exchange and study visits (R13): of one club, or of several that go together. They use up no turn."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clubs.models import Club
from meetings.actions.days import check_free, period_of
from meetings.actions.locks import lock_meeting
from meetings.actions.plan import lock, plan_meeting
from meetings.actions.together import GOING, check_club, check_leads
from meetings.models import Meeting, MeetingForm, MeetingState
from meetings.querysets import MeetingQuerySet
from steering.actions import save_checked
from steering.models import Unit, User
from steering.text import clean, clean_lines


@transaction.atomic
def plan_visit(
    *, club: Club, starts_at: datetime, host: Unit, purpose: str, others: Iterable[Club] = (), by: User | None
) -> Meeting:
    """A visit of `club` to `host`, anywhere, that `others` join, each with a meeting of its own; the leading one.

    Raises ValidationError: no purpose, a closed day, a club that is not in being on that day or meets at that hour.
    """
    if not clean(purpose):
        raise ValidationError({"purpose": _("Chưa ghi mục đích chuyến đi. Ghi đi xem gì, trao đổi gì.")})
    check_free(club, starts_at)
    leader = plan_meeting(
        club=club, starts_at=starts_at, host=host, form=MeetingForm.VISIT, purpose=clean(purpose), by=by
    )
    join_clubs(meeting=leader, clubs=others, by=by)
    return leader


@transaction.atomic
def join_clubs(*, meeting: Meeting, clubs: Iterable[Club], by: User | None) -> list[Meeting]:
    """Let `clubs` go along on the visit `meeting`; their meetings. One that goes along already is left out.

    Raises ValidationError: no visit to come, one that itself joins another, a club that is not in being on that day.
    """
    leader = lock_meeting(meeting)
    check_may_be_joined(leader)
    there = {leader.club_id, *going_along(leader).values_list("club_id", flat=True)}
    return [save_checked(joining(leader, lock(club)), by=by) for club in clubs if club.pk not in there]


def check_may_be_joined(meeting: Meeting) -> None:
    """Raise ValidationError unless other clubs may still join `meeting`: a visit to come, that joins no other."""
    check_leads(meeting)
    if meeting.form != MeetingForm.VISIT or meeting.state not in GOING:
        raise ValidationError(_("Chỉ thêm câu lạc bộ vào một chuyến giao lưu, tham quan chưa đi."))


def going_along(leader: Meeting) -> MeetingQuerySet:
    """The meetings of the clubs that join `leader`, those that dropped out left out."""
    rows: MeetingQuerySet = leader.joined_by.exclude(state=MeetingState.CANCELLED)
    return rows


def joining(leader: Meeting, club: Club) -> Meeting:
    check_club(club, leader.day)
    check_free(club, leader.starts_at)
    period = period_of(club.cadence, leader.starts_at)
    return Meeting(
        club=club,
        form=MeetingForm.VISIT,
        joins=leader,
        period_key=period.key,
        period_last_day=period.last_day,
        starts_at=leader.starts_at,
        host_id=leader.host_id,
        host_reason=leader.host_reason,
    )


@transaction.atomic
def save_learnt(*, meeting: Meeting, learnt: str, by: User | None) -> Meeting:
    """What the club brought home from a visit (R13); nothing else of it changes. Raises ValidationError: no visit that
    was held."""
    meeting, learnt = lock_meeting(meeting), clean_lines(learnt)
    if meeting.form != MeetingForm.VISIT or meeting.state != MeetingState.HELD:
        raise ValidationError(_("Ghi điều học được sau chuyến đi: điểm danh trước, rồi ghi."))
    if meeting.learnt == learnt:
        return meeting
    meeting.learnt = learnt
    return save_checked(meeting, by=by)
