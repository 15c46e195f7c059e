"""Attendance by exception, guests and topics (R12, R13). Today is 20/10/2026."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clubs.actions import leave_club
from clubs.models import Club, Membership
from meetings.actions import (
    cancel_meeting,
    invitation_warning,
    invite,
    plan_meeting,
    record_attendance,
    set_agenda,
)
from meetings.models import Attendance, Meeting
from tests.builders import World, club, member

VN = ZoneInfo("Asia/Ho_Chi_Minh")


def meeting_on(club_: Club, day: int) -> Meeting:
    return plan_meeting(club=club_, starts_at=datetime(2026, 10, day, 7, 30, tzinfo=VN), by=None)


def counts(meeting: Meeting) -> tuple[int, int, int, int]:
    meeting.refresh_from_db()
    return meeting.present_count, meeting.late_count, meeting.excused_count, meeting.absent_count


@pytest.fixture
def hamlet_club(world: World) -> Club:
    return club(world.hamlet)


@pytest.fixture
def members(hamlet_club: Club) -> list[Membership]:
    return [member(hamlet_club) for _ in range(5)]


@pytest.fixture
def meeting(hamlet_club: Club, members: list[Membership]) -> Meeting:
    return meeting_on(hamlet_club, 20)


def test_whoever_is_not_named_was_present(meeting: Meeting, members: list[Membership]) -> None:
    statuses = {members[0].pk: "late", members[1].pk: "excused", members[2].pk: "absent"}
    held = record_attendance(meeting=meeting, statuses=statuses, by=None)
    assert (held.state, counts(held)) == ("held", (2, 1, 1, 1))
    assert timezone.now() - held.held_recorded_at < timedelta(minutes=1)
    assert dict(Attendance.objects.values_list("membership", "status")) == {
        **statuses,
        members[3].pk: "present",
        members[4].pk: "present",
    }


def test_recording_again_corrects_and_keeps_the_first_time(meeting: Meeting, members: list[Membership]) -> None:
    first = record_attendance(meeting=meeting, statuses={members[0].pk: "absent"}, by=None).held_recorded_at
    again = record_attendance(meeting=meeting, statuses={members[1].pk: "late"}, by=None)
    assert (counts(again), Attendance.objects.count()) == ((4, 1, 0, 0), 5)
    assert Attendance.objects.get(membership=members[0]).status == "present"
    assert again.held_recorded_at == first


def test_only_members_of_that_day_are_called(hamlet_club: Club, members: list[Membership]) -> None:
    meeting = meeting_on(hamlet_club, 16)
    leave_club(membership=members[0], on=date(2026, 10, 16), reason="Chuyển đi", by=None)
    leave_club(membership=members[1], on=date(2026, 10, 17), reason="Chuyển đi", by=None)
    later = member(hamlet_club, joined_on=date(2026, 10, 17))
    same_day = member(hamlet_club, joined_on=date(2026, 10, 16))
    record_attendance(meeting=meeting, statuses={}, by=None)
    called = set(Attendance.objects.values_list("membership", flat=True))
    assert called == {m.pk for m in [*members[1:], same_day]}
    with pytest.raises(ValidationError, match="Có 1 người không phải thành viên vào ngày họp"):
        record_attendance(meeting=meeting, statuses={later.pk: "present"}, by=None)


def test_a_member_of_another_club_is_refused(meeting: Meeting, world: World) -> None:
    stranger = member(club(world.tan_phu))
    with pytest.raises(ValidationError, match="không phải thành viên"):
        record_attendance(meeting=meeting, statuses={stranger.pk: "late"}, by=None)
    assert (meeting.state, Attendance.objects.count()) == ("planned", 0)


def test_a_meeting_to_come_has_no_attendance_yet(hamlet_club: Club, members: list[Membership]) -> None:
    with pytest.raises(ValidationError, match=r"Kỳ họp chưa tới ngày \(21/10/2026\)"):
        record_attendance(meeting=meeting_on(hamlet_club, 21), statuses={}, by=None)


def test_a_cancelled_meeting_was_not_held(meeting: Meeting) -> None:
    cancel_meeting(meeting=meeting, reason="Bão", by=None)
    with pytest.raises(ValidationError, match="đang là “Hủy”"):
        record_attendance(meeting=meeting, statuses={}, by=None)


def test_an_unknown_status_is_refused(meeting: Meeting, members: list[Membership]) -> None:
    with pytest.raises(ValidationError, match="không phải một cách điểm danh"):
        record_attendance(meeting=meeting, statuses={members[0].pk: "asleep"}, by=None)


def test_attendance_takes_as_many_queries_for_many_members(world: World) -> None:
    assert queries_to_record(world, members=1) == queries_to_record(world, members=25)


def queries_to_record(world: World, members: int) -> int:
    club_ = club(world.hamlet)
    for _ in range(members):
        member(club_)
    meeting = meeting_on(club_, 20)
    with CaptureQueriesContext(connection) as queries:
        assert record_attendance(meeting=meeting, statuses={}, by=None).present_count == members
    return len(queries)


def test_guests_are_added_once_and_many_only_warn(meeting: Meeting) -> None:
    guests = [(f"Khách {n}", "UBND xã") for n in range(20)]
    assert len(invite(meeting=meeting, guests=guests, by=None)) == 20
    assert [g.full_name for g in invite(meeting=meeting, guests=[*guests, (" Cô  Ba ", "")], by=None)] == ["Cô Ba"]
    assert meeting.guests.count() == 21
    assert invitation_warning(15) is None
    assert invitation_warning(20) == "20 người là nhiều hơn mức khoảng 15. Vẫn lưu được, nếu nơi họp đủ chỗ."


def test_a_guest_without_a_name_is_refused(meeting: Meeting) -> None:
    with pytest.raises(ValidationError):
        invite(meeting=meeting, guests=[("Cô Ba", ""), (" ", "UBND xã")], by=None)
    assert meeting.guests.count() == 0


def test_topics_are_replaced_and_an_unknown_area_changes_nothing(meeting: Meeting) -> None:
    set_agenda(meeting=meeting, items=[("credit", "Vay vốn"), ("health", "")], by=None)
    set_agenda(meeting=meeting, items=[("housing", "Nhà tình thương")], by=None)
    with pytest.raises(ValidationError):
        set_agenda(meeting=meeting, items=[("football", "")], by=None)
    assert list(meeting.agenda.values_list("area", "title")) == [("housing", "Nhà tình thương")]
