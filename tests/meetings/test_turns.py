"""Hosts that decline and exchange, and how the year stays fair (R11). Today is 20/10/2026; the club meets on Fridays."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clubs.models import Club
from meetings.actions import (
    cancel_meeting,
    change_meeting,
    decline_turn,
    did_not_meet,
    mark_invited,
    plan_club,
    plan_meeting,
    postpone_meeting,
    record_attendance,
    reopen_meeting,
    swap_hosts,
)
from meetings.actions.rotation import HostChange
from meetings.models import DeclinedTurn, Meeting
from steering.actions import close_unit
from tests.builders import World, club, member

VN = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def here(world: World) -> Club:
    """It rotates over tổ số 1, 2 and 10, and is planned from November to April."""
    new = club(world.hamlet)
    member(new)
    plan_club(club=new, until=date(2027, 4, 1), by=None)
    return new


def hosts(club_: Club) -> list[str]:
    """The number of the group that hosts each month, in order."""
    rows = Meeting.objects.filter(club=club_, form="regular").exclude(state="cancelled").order_by("starts_at")
    return [meeting.host.name.removeprefix("số ") for meeting in rows.select_related("host")]


def of(club_: Club, key: str) -> Meeting:
    return Meeting.objects.get(club=club_, period_key=key, form="regular")


def told(changes: list[HostChange]) -> list[tuple[str, str, str]]:
    return [(c.meeting.period_key, c.old.name if c.old else "", c.meeting.host.name) for c in changes]


def test_a_year_is_planned_in_turn(here: Club) -> None:
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]


# Declining


def test_who_declines_is_passed_over_once_and_comes_next(here: Club, world: World) -> None:
    changes = decline_turn(meeting=of(here, "2026-11"), reason="Sửa nhà văn hóa", by=world.users["xa"])
    assert hosts(here) == ["2", "1", "10", "2", "1", "10"]
    assert told(changes) == [
        ("2026-11", "số 1", "số 2"),
        ("2026-12", "số 2", "số 1"),
        ("2027-02", "số 1", "số 2"),
        ("2027-03", "số 2", "số 1"),
    ]
    declined = DeclinedTurn.objects.get()
    assert (declined.unit, declined.reason) == (world.groups[0], "Sửa nhà văn hóa")
    assert declined.history.get().history_user == world.users["xa"]
    assert of(here, "2026-12").history.first().history_user == world.users["xa"]


def test_an_invited_meeting_changes_only_when_its_own_host_declines(here: Club) -> None:
    mark_invited(meeting=of(here, "2026-12"), by=None)
    decline_turn(meeting=of(here, "2026-11"), reason="Bận", by=None)
    assert hosts(here) == ["10", "2", "1", "10", "2", "1"]
    decline_turn(meeting=of(here, "2026-12"), reason="Bận", by=None)
    assert hosts(here)[1] == "1"
    assert of(here, "2026-12").state == "invited"


def test_when_all_have_declined_nobody_is_left(here: Club) -> None:
    meeting = of(here, "2026-11")
    for _ in range(2):
        decline_turn(meeting=meeting, reason="Bận", by=None)
    with pytest.raises(ValidationError, match="Mọi nơi trong lượt đều xin thôi kỳ này"):
        decline_turn(meeting=meeting, reason="Bận", by=None)
    assert DeclinedTurn.objects.count() == 2
    assert hosts(here)[:3] == ["10", "1", "2"]


def test_a_reason_is_asked_for(here: Club) -> None:
    with pytest.raises(ValidationError) as refusal:
        decline_turn(meeting=of(here, "2026-11"), reason=" ", by=None)
    assert list(refusal.value.message_dict) == ["reason"]


def test_who_thinks_better_of_it_hosts_again_without_a_reason(here: Club, world: World) -> None:
    meeting = of(here, "2026-11")
    decline_turn(meeting=meeting, reason="Bận", by=None)
    again = change_meeting(meeting=meeting, host=world.groups[0], by=world.users["xa"])
    assert (again.host, again.is_override) == (world.groups[0], False)
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]
    assert not DeclinedTurn.objects.exists()
    assert DeclinedTurn.history.first().history_user == world.users["xa"]


@pytest.mark.parametrize(
    ("happen", "sentence"),
    [
        (lambda m: postpone_meeting(meeting=m, reason="Bão", by=None), "đang hoãn. Chọn ngày họp lại trước."),
        (lambda m: cancel_meeting(meeting=m, reason="Bão", by=None), "không còn là kỳ sắp họp"),
        (lambda m: did_not_meet(meeting=m, reason="Bão", by=None), "không còn là kỳ sắp họp"),
        (
            lambda m: change_meeting(
                meeting=m, host=m.club.unit.children.get(name="số 2"), override_reason="Mô hình", by=None
            ),
            "họp ngoài lượt nên không có lượt",
        ),
    ],
)
def test_only_a_turn_to_come_is_declined_or_exchanged(here: Club, happen, sentence: str) -> None:
    meeting, other = of(here, "2026-11"), of(here, "2026-12")
    happen(meeting)
    with pytest.raises(ValidationError, match=sentence):
        decline_turn(meeting=meeting, reason="Bận", by=None)
    for first, second in ((meeting, other), (other, meeting)):
        with pytest.raises(ValidationError, match=sentence):
            swap_hosts(meeting=first, other=second, by=None)


def test_a_day_that_has_passed_is_not_exchanged_any_more(here: Club) -> None:
    later, refused = (
        datetime(2026, 10, 24, 9, tzinfo=VN),
        pytest.raises(ValidationError, match="không còn là kỳ sắp họp"),
    )
    with time_machine.travel(later, tick=False), refused:
        swap_hosts(meeting=of(here, "2026-11"), other=of(here, "2026-12"), by=None)


# Exchanging


def test_two_hosts_exchange_and_nobody_elses_turn_changes(here: Club, world: World) -> None:
    changes = swap_hosts(meeting=of(here, "2026-11"), other=of(here, "2027-01"), by=world.users["xa"])
    assert hosts(here) == ["10", "2", "1", "1", "2", "10"]
    assert told(changes) == [("2026-11", "số 1", "số 10"), ("2027-01", "số 10", "số 1")]
    first, second = of(here, "2026-11"), of(here, "2027-01")
    assert (first.is_swapped, first.is_turn, first.is_override) == (True, True, False)
    assert first.host_reason == "Tổ NDTQ số 10: đổi lượt với tổ NDTQ số 1, kỳ tháng 01/2027"
    assert second.why_host == "đổi lượt với tổ NDTQ số 10, kỳ tháng 11/2026"
    assert first.history.first().history_user == world.users["xa"]


def test_exchanged_back_they_go_by_the_line_again(here: Club) -> None:
    pair = {"meeting": of(here, "2026-11"), "other": of(here, "2026-12")}
    swap_hosts(**pair, by=None)
    swap_hosts(**pair, by=None)
    first = of(here, "2026-11")
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]
    assert (first.is_swapped, first.host_reason) == (False, "Tổ NDTQ số 1: chưa từng đăng cai")


def test_the_line_goes_on_as_before_an_exchange(here: Club) -> None:
    swap_hosts(meeting=of(here, "2026-11"), other=of(here, "2027-01"), by=None)
    april, may = plan_club(club=here, until=date(2027, 6, 1), by=None)[:2]
    assert [april.host.name, may.host.name] == ["số 1", "số 2"]


def test_a_turn_that_was_exchanged_and_then_called_off_is_owed_to_who_gave_it(here: Club) -> None:
    """Số 10 took November for January; November is called off, so it is số 10 that has not hosted, beside số 2."""
    swap_hosts(meeting=of(here, "2026-11"), other=of(here, "2027-01"), by=None)
    cancel_meeting(meeting=of(here, "2026-11"), reason="Bão", by=None)
    assert hosts(here) == ["2", "1", "10", "1", "2"]


def test_who_declines_after_an_exchange_is_owed_a_turn(here: Club) -> None:
    swap_hosts(meeting=of(here, "2026-11"), other=of(here, "2026-12"), by=None)
    decline_turn(meeting=of(here, "2026-11"), reason="Bận", by=None)
    assert hosts(here) == ["10", "1", "2", "10", "1", "2"]
    assert (of(here, "2026-11").is_swapped, of(here, "2026-12").is_swapped) == (False, True)


def test_hosts_of_two_clubs_or_one_host_with_itself_are_not_exchanged(here: Club, world: World) -> None:
    other = club(world.hamlet)
    plan_club(club=other, until=date(2027, 4, 1), by=None)
    for first, second, sentence in (
        (of(here, "2026-11"), of(other, "2026-12"), "hai kỳ của cùng một câu lạc bộ"),
        (of(here, "2026-11"), of(here, "2026-11"), "hai kỳ của cùng một câu lạc bộ"),
        (of(here, "2026-11"), of(here, "2027-02"), "cùng một nơi đăng cai"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            swap_hosts(meeting=first, other=second, by=None)


def test_a_host_that_is_closed_by_then_or_has_declined_cannot_be_given_the_day(here: Club, world: World) -> None:
    decline_turn(meeting=of(here, "2026-11"), reason="Bận", by=None)  # số 1, now in December
    with pytest.raises(ValidationError, match="Tổ NDTQ số 1 đã xin thôi kỳ tháng 11/2026"):
        swap_hosts(meeting=of(here, "2026-11"), other=of(here, "2026-12"), by=None)
    close_unit(unit=world.groups[1], on=date(2027, 1, 1), by=None)  # số 2, in November
    with pytest.raises(ValidationError, match="Tổ NDTQ số 2 không đăng cai được vào ngày họp kỳ tháng 03/2027"):
        swap_hosts(meeting=of(here, "2027-03"), other=of(here, "2026-11"), by=None)


# What else keeps the year fair


def test_a_postponed_turn_is_owed_first_and_a_new_day_in_the_period_gives_it_back(here: Club) -> None:
    postponed = postpone_meeting(meeting=of(here, "2026-11"), reason="Bão", by=None)
    assert hosts(here) == ["1", "1", "2", "10", "1", "2"]
    again = change_meeting(meeting=postponed, starts_at=datetime(2026, 11, 6, 7, 30, tzinfo=VN), by=None)
    assert again.host.name == "số 1"
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]


def test_a_new_day_comes_too_late_for_who_was_invited_elsewhere_meanwhile(here: Club) -> None:
    postponed = postpone_meeting(meeting=of(here, "2026-11"), reason="Bão", by=None)
    mark_invited(meeting=of(here, "2026-12"), by=None)
    again = change_meeting(meeting=postponed, starts_at=datetime(2026, 11, 6, 7, 30, tzinfo=VN), by=None)
    assert again.host.name == "số 2"
    assert hosts(here) == ["2", "1", "10", "2", "1", "10"]


@pytest.mark.parametrize("stop", [cancel_meeting, did_not_meet])
def test_what_does_not_take_place_is_owed_until_it_is_reopened(here: Club, stop) -> None:
    meeting = of(here, "2026-11")
    stop(meeting=meeting, reason="Bão", by=None)
    assert hosts(here)[-5:] == ["1", "2", "10", "1", "2"]
    reopen_meeting(meeting=meeting, by=None)
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]


def test_a_period_planned_anew_takes_its_place_among_those_planned_already(here: Club) -> None:
    cancel_meeting(meeting=of(here, "2026-12"), reason="Bão", by=None)
    assert hosts(here) == ["1", "2", "10", "1", "2"]
    plan_club(club=here, until=date(2026, 12, 10), by=None)
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]
    cancel_meeting(meeting=Meeting.objects.exclude(state="cancelled").get(period_key="2026-12"), reason="Bão", by=None)
    plan_meeting(club=here, starts_at=datetime(2026, 12, 4, 7, 30, tzinfo=VN), by=None)
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]


def test_a_meeting_hosted_out_of_turn_leaves_the_turn_owed(here: Club, world: World) -> None:
    change_meeting(meeting=of(here, "2026-11"), host=world.groups[2], override_reason="Có mô hình", by=None)
    assert hosts(here) == ["10", "1", "2", "10", "1", "2"]
    change_meeting(meeting=of(here, "2026-11"), host=world.groups[0], by=None)
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]


def test_a_postponed_meeting_that_was_held_after_all_is_a_turn_again(here: Club) -> None:
    postponed = postpone_meeting(meeting=of(here, "2026-11"), reason="Bão", by=None)
    with time_machine.travel(datetime(2026, 10, 25, 9, tzinfo=VN), tick=False):
        record_attendance(meeting=postponed, statuses={}, by=None)
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]


def test_moving_a_day_an_invitation_or_a_visit_changes_no_host(here: Club, world: World) -> None:
    change_meeting(meeting=of(here, "2026-11"), starts_at=datetime(2026, 11, 13, 7, 30, tzinfo=VN), by=None)
    mark_invited(meeting=of(here, "2026-11"), by=None)
    visit = plan_meeting(
        club=here, starts_at=datetime(2026, 11, 12, 7, 30, tzinfo=VN), host=world.tan_phu, form="visit", by=None
    )
    cancel_meeting(meeting=visit, reason="Bão", by=None)
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]
    assert sum(meeting.history.count() for meeting in here.meetings.filter(form="regular")) == 6 + 2


def test_a_host_that_closes_loses_the_meetings_after_it(here: Club, world: World) -> None:
    close_unit(unit=world.groups[1], on=date(2026, 12, 1), by=None)
    decline_turn(meeting=of(here, "2026-11"), reason="Bận", by=None)
    assert hosts(here) == ["2", "1", "10", "1", "10", "1"]


def test_whom_nobody_can_replace_any_more_keeps_its_meeting(here: Club, world: World) -> None:
    for group in world.groups:
        close_unit(unit=group, on=date(2027, 1, 1), by=None)
    postpone_meeting(meeting=of(here, "2026-11"), reason="Bão", by=None)
    assert hosts(here) == ["1", "2", "10", "1", "2", "10"]


# All of it together

EVENTS = ("decline", "swap", "postpone", "cancel", "reopen", "invite", "override", "move", "visit")


def attempt(event: str, meeting: Meeting, other: Meeting) -> None:
    """Do `event` where it can be done; a refusal changes nothing."""
    groups = list(meeting.club.unit.children.order_by("pk"))
    spare = next(group for group in groups if group.pk != meeting.host_id)
    later = meeting.starts_at + timedelta(days=3)
    acts: dict[str, Callable[[], Any]] = {
        "decline": lambda: decline_turn(meeting=meeting, reason="Bận", by=None),
        "swap": lambda: swap_hosts(meeting=meeting, other=other, by=None),
        "postpone": lambda: postpone_meeting(meeting=meeting, reason="Bão", by=None),
        "cancel": lambda: cancel_meeting(meeting=meeting, reason="Bão", by=None),
        "reopen": lambda: reopen_meeting(meeting=meeting, by=None),
        "invite": lambda: mark_invited(meeting=meeting, by=None),
        "override": lambda: change_meeting(meeting=meeting, host=spare, override_reason="Mô hình", by=None),
        "move": lambda: change_meeting(meeting=meeting, starts_at=later, by=None),
        "visit": lambda: plan_meeting(club=meeting.club, starts_at=later, host=spare, form="visit", by=None),
    }
    with suppress(ValidationError), transaction.atomic():
        acts[event]()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 5), st.integers(0, 5)), min_size=4, max_size=8))
def test_whatever_is_done_the_settled_stay_and_one_meeting_a_period_does(
    here: Club, events: list[tuple[str, int, int]]
) -> None:
    sid = transaction.savepoint()
    pks = list(here.meetings.order_by("starts_at").values_list("pk", flat=True))
    for event, first, second in events:
        rows = {meeting.pk: meeting for meeting in here.meetings.select_related("club__unit", "host")}
        attempt(event, rows[pks[first]], rows[pks[second]])
        for meeting in here.meetings.select_related("host").prefetch_related("declined"):
            old = rows.get(meeting.pk)
            is_settled = old and (old.state != "planned" or old.is_override or old.is_swapped)
            if is_settled and meeting.pk not in (pks[first], pks[second]):
                assert meeting.host == old.host
            if not meeting.is_override:
                assert meeting.host_id not in {row.unit_id for row in meeting.declined.all()}
    live = here.meetings.filter(form="regular").exclude(state="cancelled").values_list("period_key", flat=True)
    assert len(live) == len(set(live))
    following = plan_club(club=here, until=date(2027, 8, 1), by=None)[-3:]
    assert {meeting.host.name for meeting in following} == {"số 1", "số 2", "số 10"}
    transaction.savepoint_rollback(sid)
