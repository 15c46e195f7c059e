"""Visits that several clubs make together: the clubs that join go where, and when, the leading one goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clubs.models import Club
from meetings.actions.days import check_in_being, move
from meetings.models import Meeting, MeetingState
from steering.actions import save_checked
from steering.models import User

GOING = (MeetingState.PLANNED, MeetingState.INVITED)


@dataclass(frozen=True)
class Went:
    """How it stood with a meeting before it was changed."""

    state: str
    reason: str

    @classmethod
    def of(cls, meeting: Meeting) -> Went:
        return cls(meeting.state, meeting.state_reason)

    def goes_for(self, joined: Meeting) -> bool:
        """Whether `joined` was still on the way with it: open as it was, or stopped with it for the same reason."""
        if self.state in GOING:
            return joined.state in GOING
        return Went.of(joined) == self


def check_leads(meeting: Meeting) -> None:
    """Raise ValidationError for a meeting that joins another: the club that leads decides the day and the place."""
    if meeting.joins is not None:
        raise ValidationError(
            _("Chuyến này do %(club)s chủ trì. Đổi ngày, nơi đến hoặc hoãn ở kỳ sinh hoạt của câu lạc bộ đó.")
            % {"club": meeting.joins.club}
        )


def carry(leader: Meeting, was: Went, *, by: User | None) -> None:
    """Take along those that join `leader` and were on the way with it: day, place and state, unless it was held.

    Whoever may change the leading club's visit may do so: that is what joining means.
    """
    for joined in leader.joined_by.select_for_update(of=("self",)).select_related("club__unit"):
        if not was.goes_for(joined):
            continue
        if leader.state != was.state:
            joined.state, joined.state_reason = leader.state, leader.state_reason
        follow(joined, leader)
        save_checked(joined, by=by)


def check_club(club: Club, day: date) -> None:
    """Raise ValidationError, with its name, unless `club` is in being on `day`."""
    try:
        check_in_being(club, day)
    except ValidationError as refusal:
        raise ValidationError([f"{club}: {sentence}" for sentence in refusal.messages]) from refusal


def follow(joined: Meeting, leader: Meeting) -> None:
    """The day and the place of `leader` for `joined`, not saved yet."""
    if joined.starts_at != leader.starts_at:
        check_club(joined.club, leader.day)
        move(joined, leader.starts_at)
    joined.host_id, joined.host_reason = leader.host_id, leader.host_reason
