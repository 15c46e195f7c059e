"""What became of a meeting. Which state may follow which stands in `meetings.transitions`."""

from django.db import transaction

from clubs.actions.tallies import recount
from meetings.actions.locks import lock_counted
from meetings.actions.plan import lock
from meetings.actions.rotation import keep_fair
from meetings.actions.together import GOING, Went, carry, check_leads, follow
from meetings.models import Meeting, MeetingState
from meetings.tallies import MEETINGS
from meetings.transitions import check_transition
from steering.actions import save_checked
from steering.models import User


@transaction.atomic
def set_state(meeting: Meeting, to: MeetingState, reason: str, by: User | None) -> Meeting:
    """Turns are kept fair (`rehost`), and those that join a visit go the same way.

    Raises ValidationError: no such transition, no reason where one is needed, a visit that joins another put off alone.
    """
    lock(meeting.club)
    meeting = lock_counted(meeting)
    check_transition(meeting, to)
    was = Went.of(meeting)
    if to == MeetingState.POSTPONED:
        check_leads(meeting)
    if to == MeetingState.PLANNED and meeting.joins is not None:
        rejoin(meeting, meeting.joins)
    meeting.state, meeting.state_reason = to, reason
    save_checked(meeting, by=by)
    recount(meeting.club, on=meeting.period_last_day, book=MEETINGS)
    carry(meeting, was, by=by)
    return keep_fair(meeting, by=by)


def rejoin(meeting: Meeting, leader: Meeting) -> None:
    """Back on the way with `leader`, when that one is."""
    if leader.state not in GOING:
        check_leads(meeting)
    follow(meeting, leader)


@transaction.atomic
def mark_invited(*, meeting: Meeting, through: str = "", by: User | None) -> Meeting:
    """The invitations went out, `through` a `Channel` where that is known; again, when they go out another way too."""
    meeting = lock_counted(meeting)
    check_transition(meeting, MeetingState.INVITED)
    meeting.state, meeting.invited_through = MeetingState.INVITED, through
    return save_checked(meeting, by=by)


def postpone_meeting(*, meeting: Meeting, reason: str, by: User | None) -> Meeting:
    """Put off; `change_meeting` gives it a new day within its period. Until then its turn is owed, so that its host comes
    first at the next planned meeting."""
    return set_state(meeting, MeetingState.POSTPONED, reason, by)


def cancel_meeting(*, meeting: Meeting, reason: str, by: User | None) -> Meeting:
    """Call off; its period may be planned anew, and its turn stays owed."""
    return set_state(meeting, MeetingState.CANCELLED, reason, by)


def did_not_meet(*, meeting: Meeting, reason: str, by: User | None) -> Meeting:
    """The period passes without a meeting, for a reason: told apart from silence in the report (domain 2)."""
    return set_state(meeting, MeetingState.DID_NOT_MEET, reason, by)


def reopen_meeting(*, meeting: Meeting, by: User | None) -> Meeting:
    """Take back a postponement, a cancellation or a "did not meet". Refused while its period has another meeting."""
    return set_state(meeting, MeetingState.PLANNED, "", by)
