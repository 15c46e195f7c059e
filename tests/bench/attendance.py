"""Saving who came to a meeting of 25 against one transaction with the same rows and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from clubs.models import Membership
from meetings.actions import record_attendance
from meetings.models import Attendance, Meeting, MeetingState
from steering.access import own_unit
from steering.models import User
from tests.bench.compare import Line, ratio, seconds
from tests.bench.dataset import SEATS

GOAL = 8
EXCEPTIONS = ("late", "excused", "excused", "absent")


@dataclass(frozen=True)
class Call:
    """A meeting that has passed without a record, and who was a member on its day."""

    meeting: Meeting
    members: list[int]

    @property
    def statuses(self) -> dict[int, str]:
        return dict(zip(self.members, EXCEPTIONS, strict=False))


def compare(officer: User, rounds: int) -> list[Line]:
    """What the action records stays; the bare rows, behind its back, are taken away again."""
    calls = silent_meetings(officer)
    recorded = [next(calls) for _ in range(rounds + 1)]
    bare = [next(calls) for _ in range(rounds + 1)]
    ours, theirs = iter(recorded), iter(bare)
    taken = seconds(
        {"action": lambda: record(next(ours), officer), "bare": lambda: insert(next(theirs))},
        rounds,
    )
    for call in bare:
        undo(call)
    return [ratio("attendance of 25 / bare transaction", taken["action"], taken["bare"], GOAL)]


def silent_meetings(officer: User) -> Iterator[Call]:
    unit = own_unit(officer)
    assert unit is not None
    meetings = Meeting.objects.under(unit).silent(timezone.now()).filter(club__status="active")
    for meeting in meetings.order_by("-starts_at", "pk"):
        members = Membership.objects.filter(club=meeting.club_id).active_on(meeting.day).values_list("pk", flat=True)
        if len(members) == SEATS:
            yield Call(meeting, list(members))


def record(call: Call, by: User) -> None:
    record_attendance(meeting=call.meeting, statuses=call.statuses, by=by)


@transaction.atomic
def insert(call: Call) -> None:
    rows = [
        Attendance(meeting=call.meeting, membership_id=pk, status=call.statuses.get(pk, "present"))
        for pk in call.members
    ]
    Attendance.objects.bulk_create(rows)
    Meeting.objects.filter(pk=call.meeting.pk).update(
        state=MeetingState.HELD,
        held_recorded_at=timezone.now(),
        present_count=SEATS - len(EXCEPTIONS),
        late_count=1,
        excused_count=2,
        absent_count=1,
    )


def undo(call: Call) -> None:
    call.meeting.attendance.all().delete()
    Meeting.objects.filter(pk=call.meeting.pk).update(
        state=call.meeting.state, held_recorded_at=None, present_count=0, late_count=0, excused_count=0, absent_count=0
    )
