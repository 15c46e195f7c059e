"""Keeping turns fair while the year goes its own way (R11): who hosts what is still open is worked out anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from clubs.models import Club
from meetings.actions.hosts import host_turns, movable, slots_of
from meetings.models import Meeting, MeetingForm
from meetings.rules import Choice, NoEligibleHost, assign_hosts
from steering.actions import save_checked
from steering.models import Unit, User


@dataclass(frozen=True)
class HostChange:
    """A meeting that has got, or would get, its host in the place of `old`, None where it had none yet."""

    meeting: Meeting
    old: Unit | None


def rehost(club: Club, *, new: Sequence[Meeting] = (), by: User | None) -> list[HostChange]:
    """Give the meetings to come, and `new` ones, the hosts that are due; save and return what changed.

    This is called, with the club locked, after whatever makes a turn count or not: a host declines, a meeting is planned,
    hosted out of turn, postponed, called off, did not take place, or comes back. What did not take place leaves its turn
    owed, so that its host comes first at the next planned meeting. It is not called where nobody's turn changes: a meeting
    moves within its period and so never past another, an invitation goes out. Two hosts that exchange their turns change
    nobody else's either; those that exchange back are in the line again, which may have gone on meanwhile.

    A meeting whose invitations went out, that is hosted out of turn, or whose host exchanged its turn never changes by
    itself. Raises ValidationError when nobody can host one of `new`; another that nobody can host any more keeps its host.
    """
    changes = foresee(club, new=new)
    for change in changes:
        save_checked(change.meeting, by=by)
    return changes


def keep_fair(meeting: Meeting, by: User | None) -> Meeting:
    """`rehost` after a change of `meeting`, and the meeting with the host it has then; a visit changes nobody's turn."""
    if meeting.form == MeetingForm.VISIT:
        return meeting
    changes = rehost(meeting.club, by=by)
    return next((change.meeting for change in changes if change.meeting == meeting), meeting)


def rehost_after(first: list[HostChange], by: User | None) -> list[HostChange]:
    """`rehost` after the changes `first` of one club, and all that changed, those first."""
    again = rehost(first[0].meeting.club, by=by)
    latest = {change.meeting: change.meeting for change in again}
    own = [HostChange(latest.pop(change.meeting, change.meeting), change.old) for change in first]
    return [*own, *(change for change in again if change.meeting in latest)]


def hosts_ahead(club: Club) -> dict[int, Unit]:
    """Who hosts each regular meeting to come."""
    rows = Meeting.objects.filter(club=club, form=MeetingForm.REGULAR, starts_at__gt=timezone.now())
    return {meeting.pk: meeting.host for meeting in rows.select_related("host")}


def changes_since(before: dict[int, Unit]) -> list[HostChange]:
    """What is different from `before`, an earlier `hosts_ahead` of a club, in the order of the days."""
    rows = Meeting.objects.filter(pk__in=before).select_related("host").order_by("starts_at")
    return [HostChange(m, before[m.pk]) for m in rows if m.host != before[m.pk]]


def foresee(club: Club, *, new: Sequence[Meeting] = (), but: Sequence[Meeting] = ()) -> list[HostChange]:
    """What `rehost` would change, with the meetings `but` out of the way; nothing is saved."""
    changes = []
    for meeting, choice in arrange(club, new, but):
        if choice.host.unit_id != meeting.host_id:
            changes.append(HostChange(meeting, meeting.host if meeting.host_id else None))
            meeting.host_id, meeting.host_reason = choice.host.unit_id, choice.reason
    return changes


def arrange(club: Club, new: Sequence[Meeting] = (), but: Sequence[Meeting] = ()) -> list[tuple[Meeting, Choice]]:
    """Each meeting that may get another host, and each of `new`, with the host that is due. See `rehost`."""
    free = sorted(
        [*(meeting for meeting in movable(club) if meeting not in (*new, *but)), *new],
        key=lambda meeting: meeting.starts_at,
    )
    slots = zip(free, slots_of(club, free), strict=True)
    open_slots = [(meeting, slot) for meeting, slot in slots if meeting in new or slot.is_open]
    meetings = [meeting for meeting, _slot in open_slots]
    turns = host_turns(club, but=[*meetings, *new, *but])
    try:
        choices = assign_hosts([slot for _meeting, slot in open_slots], turns)
    except NoEligibleHost as error:
        raise ValidationError(str(error)) from error
    return list(zip(meetings, choices, strict=True))
