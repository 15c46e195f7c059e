"""Visits that several clubs make together (R13). Today is 20/10/2026."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from clubs.actions import suspend_club
from clubs.models import Club
from meetings.actions import (
    cancel_meeting,
    change_meeting,
    did_not_meet,
    join_clubs,
    mark_invited,
    plan_club,
    plan_visit,
    postpone_meeting,
    record_attendance,
    reopen_meeting,
    save_learnt,
)
from meetings.models import Meeting
from tests.builders import World, club, member

VN = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, month: int) -> datetime:
    return datetime(2026, month, day, 7, 30, tzinfo=VN)


@pytest.fixture
def here(world: World) -> Club:
    new = club(world.hamlet, name="CLB chủ trì")
    member(new)
    return new


@pytest.fixture
def other(world: World) -> Club:
    """It meets once a quarter, in another district."""
    new = club(world.ba_tri, name="CLB đi cùng", cadence="quarter")
    member(new)
    return new


@pytest.fixture
def leader(here: Club, other: Club, world: World) -> Meeting:
    return plan_visit(
        club=here,
        starts_at=at(5, 11),
        host=world.tan_phu,
        purpose="Xem nuôi dê",
        others=[other],
        by=world.users["tinh"],
    )


@pytest.fixture
def joined(leader: Meeting) -> Meeting:
    return leader.joined_by.get()


def test_each_club_has_a_meeting_of_its_own(leader: Meeting, joined: Meeting, other: Club, world: World) -> None:
    assert (joined.club, joined.form, joined.starts_at, joined.host) == (other, "visit", at(5, 11), world.tan_phu)
    assert (leader.period_key, joined.period_key) == ("2026-11", "2026-Q4")
    assert (leader.why_host, joined.why_host) == ("Xem nuôi dê", "Xem nuôi dê")
    assert joined.history.get().history_user == world.users["tinh"]


def test_a_visit_uses_up_neither_the_period_nor_a_turn(leader: Meeting, here: Club) -> None:
    planned = plan_club(club=here, until=date(2026, 12, 1), by=None)
    assert [(m.period_key, m.host.name) for m in planned] == [("2026-11", "số 1"), ("2026-12", "số 2")]


def test_a_purpose_is_asked_for(here: Club, world: World) -> None:
    with pytest.raises(ValidationError) as refusal:
        plan_visit(club=here, starts_at=at(5, 11), host=world.tan_phu, purpose=" ", by=None)
    assert list(refusal.value.message_dict) == ["purpose"]


def test_day_and_place_of_the_leader_carry_over(leader: Meeting, joined: Meeting, world: World) -> None:
    mark_invited(meeting=joined, by=None)
    change_meeting(meeting=leader, starts_at=at(16, 12), host=world.an_hiep, by=world.users["xa"])
    joined.refresh_from_db()
    assert (joined.starts_at, joined.host, joined.state) == (at(16, 12), world.an_hiep, "invited")
    assert (joined.period_key, joined.period_last_day) == ("2027-Q1", date(2027, 3, 14))
    assert joined.history.first().history_user == world.users["xa"]


def test_putting_off_a_new_day_and_calling_off_carry_over(leader: Meeting, joined: Meeting) -> None:
    postpone_meeting(meeting=leader, reason="Bão", by=None)
    joined.refresh_from_db()
    assert (joined.state, joined.state_reason) == ("postponed", "Bão")
    change_meeting(meeting=leader, starts_at=at(6, 11), by=None)
    joined.refresh_from_db()
    assert (joined.state, joined.state_reason, joined.day) == ("planned", "", date(2026, 11, 6))
    for stop, state in ((cancel_meeting, "cancelled"), (did_not_meet, "did_not_meet")):
        stop(meeting=leader, reason="Bão", by=None)
        joined.refresh_from_db()
        assert joined.state == state
        reopen_meeting(meeting=leader, by=None)
        joined.refresh_from_db()
        assert (joined.state, joined.state_reason) == ("planned", "")


def test_a_club_that_dropped_out_stays_out_until_it_comes_back_by_itself(leader: Meeting, joined: Meeting) -> None:
    cancel_meeting(meeting=joined, reason="Bận thu hoạch", by=None)
    change_meeting(meeting=leader, starts_at=at(6, 11), by=None)
    cancel_meeting(meeting=leader, reason="Bão", by=None)
    with pytest.raises(ValidationError, match="do CLB chủ trì chủ trì"):
        reopen_meeting(meeting=joined, by=None)
    reopen_meeting(meeting=leader, by=None)
    joined.refresh_from_db()
    assert (joined.state, joined.day) == ("cancelled", date(2026, 11, 5))
    back = reopen_meeting(meeting=joined, by=None)
    assert (back.state, back.day) == ("planned", date(2026, 11, 6))


def test_who_joins_is_not_moved_or_put_off_alone(joined: Meeting, world: World) -> None:
    sentence = "Chuyến này do CLB chủ trì chủ trì. Đổi ngày, nơi đến hoặc hoãn ở kỳ sinh hoạt của câu lạc bộ đó."
    for act in (
        lambda: change_meeting(meeting=joined, starts_at=at(6, 11), by=None),
        lambda: change_meeting(meeting=joined, host=world.an_hiep, by=None),
        lambda: postpone_meeting(meeting=joined, reason="Bão", by=None),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.messages == [sentence]


def test_a_day_on_which_a_club_is_not_in_being_is_refused_with_its_name(leader: Meeting, other: Club) -> None:
    suspend_club(club=other, on=date(2026, 10, 21), reason="Thiếu người", by=None)
    with pytest.raises(ValidationError, match="CLB đi cùng: Ngày 06/11/2026 câu lạc bộ tạm ngừng"):
        change_meeting(meeting=leader, starts_at=at(6, 11), by=None)
    leader.refresh_from_db()
    assert leader.day == date(2026, 11, 5)


def test_clubs_join_later_and_each_once(
    leader: Meeting, joined: Meeting, here: Club, other: Club, world: World
) -> None:
    third = club(world.an_khanh)
    new = join_clubs(meeting=leader, clubs=[here, other, third], by=None)
    assert [meeting.club for meeting in new] == [third]
    with pytest.raises(ValidationError, match="do CLB chủ trì chủ trì"):
        join_clubs(meeting=joined, clubs=[club(world.tan_phu)], by=None)
    cancel_meeting(meeting=joined, reason="Bận", by=None)
    assert [meeting.club for meeting in join_clubs(meeting=leader, clubs=[other], by=None)] == [other]
    postpone_meeting(meeting=leader, reason="Bão", by=None)
    with pytest.raises(ValidationError, match="chuyến giao lưu, tham quan chưa đi"):
        join_clubs(meeting=leader, clubs=[club(world.tan_phu)], by=None)


def test_each_club_calls_its_own_roll_and_writes_what_it_learnt(leader: Meeting, joined: Meeting) -> None:
    with pytest.raises(ValidationError, match="điểm danh trước"):
        save_learnt(meeting=joined, learnt="Nuôi dê", by=None)
    with time_machine.travel(datetime(2026, 11, 6, 9, tzinfo=VN), tick=False):
        record_attendance(meeting=joined, statuses={}, by=None)
        save_learnt(meeting=joined, learnt="  Nuôi  dê \n quay vòng vốn ", by=None)
        leader.refresh_from_db()
        assert (leader.state, leader.learnt) == ("planned", "")
        cancel_meeting(meeting=leader, reason="Bận", by=None)
    joined.refresh_from_db()
    assert (joined.state, joined.learnt) == ("held", "Nuôi dê\nquay vòng vốn")
