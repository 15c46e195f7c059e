"""Meetings in the data entry: planned by the turn, called, and what came of them."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from meetings.actions import decline_turn, plan_club, record_attendance, swap_hosts
from meetings.models import Meeting
from tests.builders import World, club, member

MEETINGS = "admin:meetings_meeting"
NO_ROWS = {f"{rows}-{n}_FORMS": 0 for rows in ("agenda", "guests", "attendance") for n in ("TOTAL", "INITIAL")}


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def here(world: World) -> Club:
    return club(world.hamlet)


def september(here: Club) -> Meeting:
    """A meeting of last month, still without its outcome."""
    return plan_club(club=here, since=date(2026, 9, 1), until=date(2026, 9, 1), by=None)[0]


def test_a_meeting_planned_by_hand_goes_to_the_one_whose_turn_it_is_and_says_why(
    world: World, xa: Client, here: Club
) -> None:
    data = {"club": here.pk, "form": "regular", "starts_at_0": "20/11/2026", "starts_at_1": "18:30"}
    answer = xa.post(reverse(f"{MEETINGS}_add"), data, follow=True)
    assert "Nơi đăng cai: Tổ NDTQ số 1. Tổ NDTQ số 1: chưa từng đăng cai." in answer.content.decode()
    planned = Meeting.objects.get()
    assert (planned.host, planned.history.get().history_user) == (world.groups[0], world.users["xa"])


def test_hosts_are_offered_in_the_order_of_their_turns(world: World, xa: Client, here: Club) -> None:
    first = september(here)
    later = plan_club(club=here, until=date(2026, 10, 20), by=None)[0]
    host = xa.get(reverse(f"{MEETINGS}_change", args=[later.pk])).context["adminform"].form.fields["host"]
    assert [label for _value, label in host.widget.choices] == [
        "---------",
        "Tổ NDTQ số 2: chưa từng đăng cai",
        "Tổ NDTQ số 10: chưa từng đăng cai",
        "Tổ NDTQ số 1: lần gần nhất 08/2026",
    ]
    assert first.host == world.groups[0]


def test_another_host_needs_a_reason_beside_the_field(world: World, xa: Client, here: Club) -> None:
    meeting = plan_club(club=here, until=date(2026, 10, 20), by=None)[0]
    data = {"starts_at_0": "23/10/2026", "starts_at_1": "07:30", "host": world.groups[2].pk, **NO_ROWS}
    page = reverse(f"{MEETINGS}_change", args=[meeting.pk])
    assert xa.post(page, data).context["adminform"].form.errors == {
        "host": ["Lượt này của Tổ NDTQ số 1 (chưa từng đăng cai). Muốn họp nơi khác, ghi lý do."]
    }
    assert xa.post(page, {**data, "override_reason": "Có hội trường"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.host, meeting.is_override) == (world.groups[2], True)


def test_what_is_owed_is_marked_and_found(world: World, xa: Client, here: Club) -> None:
    owed = september(here)
    coming = plan_club(club=here, until=date(2026, 10, 20), by=None)[0]

    def listed(**query: Any) -> list[Meeting]:
        return list(xa.get(reverse(f"{MEETINGS}_changelist"), query).context["cl"].result_list)

    assert listed() == [coming, owed]
    assert (listed(task="owed"), listed(task="next")) == ([owed], [coming])
    page = xa.get(reverse(f"{MEETINGS}_changelist")).content.decode()
    assert page.count('<span class="warn">Cần ghi kết quả</span>') == 1


def test_attendance_is_taken_on_a_page_of_its_own_then_shown(world: World, xa: Client, here: Club) -> None:
    meeting = september(here)
    late, present = member(here, full_name="Lê Thị Hoa"), member(here, full_name="Lê Thị Lựu")
    page, change = (reverse(f"{MEETINGS}_{name}", args=[meeting.pk]) for name in ("attendance", "change"))
    assert f'href="{page}" class="main"' in xa.get(change).content.decode()
    answer = xa.post(page, {f"m{late.pk}": "late", f"m{present.pk}": "present"}, follow=True)
    shown = answer.content.decode()
    assert "Có mặt 1, Đến muộn 1" in shown
    assert "starts_at_0" not in shown
    assert list(meeting.attendance.values_list("status", flat=True)) == ["late", "present"]


def test_a_meeting_to_come_has_no_button_to_call_it(world: World, xa: Client, here: Club) -> None:
    meeting = plan_club(club=here, until=date(2026, 10, 20), by=None)[0]
    page = xa.get(reverse(f"{MEETINGS}_change", args=[meeting.pk])).content.decode()
    assert reverse(f"{MEETINGS}_attendance", args=[meeting.pk]) not in page


def test_sixteen_guests_are_kept_with_a_warning(world: World, xa: Client, here: Club) -> None:
    meeting = plan_club(club=here, until=date(2026, 10, 20), by=None)[0]
    data = {"starts_at_0": "23/10/2026", "starts_at_1": "07:30", "host": meeting.host.pk, **NO_ROWS}
    data |= {"guests-TOTAL_FORMS": 16} | {f"guests-{n}-full_name": f"Khách {n}" for n in range(16)}
    data |= {f"guests-{n}-is_invited": "on" for n in range(16)}
    answer = xa.post(reverse(f"{MEETINGS}_change", args=[meeting.pk]), data, follow=True)
    assert "16 người là nhiều hơn mức khoảng 15. Vẫn lưu được, nếu nơi họp đủ chỗ." in answer.content.decode()
    assert meeting.guests.count() == 16


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_needs_the_same_queries_for_any_number_of_meetings(
    world: World, xa: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        september(club(world.hamlet))
    with django_assert_num_queries(8):
        assert xa.get(reverse(f"{MEETINGS}_changelist")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_a_meetings_page_needs_the_same_queries_for_any_number_of_members(
    world: World, xa: Client, here: Club, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        member(here)
    meeting = record_attendance(meeting=september(here), statuses={}, by=None)
    page = reverse(f"{MEETINGS}_change", args=[meeting.pk])
    xa.get(page)  # which kinds of rows there are is looked up once, then remembered
    with django_assert_num_queries(10):
        assert xa.get(page).status_code == 200


def test_turns_are_exchanged_and_declined_from_the_meetings_page_and_marked_in_the_list(
    world: World, xa: Client, here: Club
) -> None:
    first, _second, third = plan_club(club=here, until=date(2027, 1, 1), by=None)
    shown = xa.get(reverse(f"{MEETINGS}_change", args=[first.pk])).content.decode()
    for name in ("meeting_swap", "meeting_decline"):
        assert reverse(name, args=[first.pk]) in shown
    decline_turn(meeting=first, reason="Bận", by=None)
    swap_hosts(meeting=first, other=third, by=None)
    listed = xa.get(reverse(f"{MEETINGS}_changelist")).content.decode()
    assert "đổi lượt, có nơi xin thôi" in listed
