"""The year's plan of a club, exchanging and declining turns, from their pages. Today is 20/10/2026."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from clubs.actions import suspend_club
from clubs.models import Club
from meetings.actions import cancel_meeting, decline_turn, mark_invited, plan_club, plan_visit, postpone_meeting
from meetings.models import DeclinedTurn, Meeting
from steering.versions import version_of
from tests.builders import World, secretary
from tests.meetings.builders import signed_in, text
from tests.reports.builders import planned, with_members

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def huyen(world: World) -> Client:
    return signed_in(world.users["huyen"])


@pytest.fixture
def here(world: World) -> Club:
    """It rotates over An Khánh, Phú Đức and Tân Phú, and is planned from November to April."""
    new = with_members(world.chau_thanh, name="CLB huyện")
    plan_club(club=new, until=date(2027, 4, 1), by=None)
    return new


def page(name: str, row: Any, *more: str) -> str:
    return reverse(name, args=[row.pk, *more])


def of(club_: Club, key: str) -> Meeting:
    return Meeting.objects.get(club=club_, period_key=key, form="regular")


def hosts(club_: Club) -> list[str]:
    rows = Meeting.objects.filter(club=club_, form="regular").order_by("starts_at")
    return [meeting.host.name for meeting in rows.select_related("host")]


def test_a_secretary_is_told_who_plans(world: World, huyen: Client, here: Club) -> None:
    sentence, thu_ky = "Lịch do cán bộ xã, huyện, tỉnh phụ trách câu lạc bộ xếp.", secretary("thu_ky", here)
    assert sentence in text(signed_in(thu_ky).get(page("club_year", here)))
    for client in (huyen, signed_in(world.users["xem"])):
        assert sentence not in text(client.get(page("club_year", here)))


ROUND = ["An Khánh", "Phú Đức", "Tân Phú"]


# The year


def test_the_year_has_a_row_a_period_with_its_host_and_the_reason(huyen: Client, here: Club) -> None:
    answer = huyen.get(page("club_year", here))
    rows = [(row.period.key, str(row.meeting.host) if row.meeting else "") for row in answer.context["rows"]]
    assert rows[:7] == [
        ("2026-11", "Xã An Khánh"),
        ("2026-12", "Xã Phú Đức"),
        ("2027-01", "Xã Tân Phú"),
        ("2027-02", "Xã An Khánh"),
        ("2027-03", "Xã Phú Đức"),
        ("2027-04", "Xã Tân Phú"),
        ("2027-05", ""),
    ]
    assert (rows[-1][0], answer.context["owed"]) == ("2027-11", 7)
    assert "Còn 7 kỳ chưa có lịch." in text(answer)
    assert "chưa từng đăng cai" in text(answer)
    assert f"{page('club_plan', here)}?until=2027-11" in text(answer)


def test_the_plan_begins_with_the_period_that_was_asked_for(huyen: Client, here: Club) -> None:
    assert huyen.get(page("club_plan", here), {"until": "2027-11"}).context["form"].fields["until"].initial == "2027-11"
    assert huyen.get(page("club_plan", here), {"until": "?"}).context["form"].fields["until"].initial == "2027-01"


def test_what_is_out_of_the_ordinary_is_marked(huyen: Client, here: Club, world: World) -> None:
    decline_turn(meeting=of(here, "2026-11"), reason="Sửa hội trường", by=None)
    postpone_meeting(meeting=of(here, "2027-02"), reason="Bão", by=None)
    plan_visit(
        club=here,
        starts_at=datetime(2026, 12, 10, 7, 30, tzinfo=ZONE),
        host=world.an_hiep,
        purpose="Xem mô hình nuôi dê",
        by=None,
    )
    shown = text(huyen.get(page("club_year", here)))
    for words in ("Xã An Khánh xin thôi: Sửa hội trường", "Hoãn", "Giao lưu, tham quan", "Xem mô hình nuôi dê"):
        assert words in shown
    assert page("meeting_decline", of(here, "2026-11")) in shown
    assert page("meeting_decline", of(here, "2027-02")) not in shown
    assert page("meeting_move", of(here, "2027-02")) in shown


def test_each_host_stands_in_the_line_with_its_last_and_its_next_day(huyen: Client, here: Club) -> None:
    places = huyen.get(page("club_year", here)).context["places"]
    assert [(p.choice.host.name, p.choice.last_on, p.next_on) for p in places] == [
        ("Xã An Khánh", None, date(2026, 10, 23)),
        ("Xã Phú Đức", None, date(2026, 11, 27)),
        ("Xã Tân Phú", None, date(2026, 12, 25)),
    ]


def test_a_period_called_off_or_of_a_suspended_club_owes_as_planning_does(huyen: Client, here: Club) -> None:
    cancel_meeting(meeting=of(here, "2026-12"), reason="Bão", by=None)
    rows = huyen.get(page("club_year", here)).context["rows"]
    december = [row.meeting.state if row.meeting else None for row in rows if row.period.key == "2026-12"]
    assert december == ["cancelled", None]
    suspend_club(club=here, on=date(2026, 10, 1), reason="Thiếu người", by=None)
    answer = huyen.get(page("club_year", here))
    assert answer.context["owed"] == 0
    assert "Lên lịch đến hết năm tới" not in text(answer)


def test_who_only_reads_the_year_is_offered_nothing(world: World, here: Club) -> None:
    shown = text(signed_in(world.users["xem"]).get(page("club_year", here)))
    assert "Xã An Khánh" in shown
    assert page("meeting_swap", of(here, "2026-11")) not in shown
    assert signed_in(world.users["xa_khac"]).get(page("club_year", here)).status_code == 404
    assert signed_in(world.users["huyen"]).post(page("club_year", here)).status_code == 405


@pytest.mark.parametrize("until", [date(2026, 11, 1), date(2027, 1, 1), date(2027, 10, 1)])
def test_the_year_takes_as_many_queries_however_full_it_is(
    world: World, until: date, django_assert_num_queries: Any
) -> None:
    new = with_members(world.chau_thanh)
    plan_club(club=new, until=until, by=None)
    client = signed_in(world.users["huyen"])
    client.get(page("club_year", new))
    with django_assert_num_queries(7):
        client.get(page("club_year", new))


# Declining


def test_what_a_decline_would_change_is_read_before_anything_is_written(huyen: Client, here: Club) -> None:
    mark_invited(meeting=of(here, "2026-11"), by=None)
    shown = huyen.get(page("meeting_decline", of(here, "2026-11")))
    assert "Xã An Khánh xin không đăng cai kỳ tháng 11/2026." in text(shown)
    asked = huyen.post(page("meeting_decline", of(here, "2026-11")), {"reason": "Sửa hội trường"})
    assert asked.context["consequences"] == [
        "Kỳ tháng 11/2026, Thứ Sáu, 23/10/2026: từ xã An Khánh sang xã Phú Đức.",
        "Kỳ tháng 12/2026, Thứ Sáu, 27/11/2026: từ xã Phú Đức sang xã An Khánh.",
        "Kỳ tháng 02/2027, Thứ Sáu, 22/01/2027: từ xã An Khánh sang xã Phú Đức.",
        "Kỳ tháng 03/2027, Thứ Sáu, 26/02/2027: từ xã Phú Đức sang xã An Khánh.",
        "Giấy mời kỳ tháng 11/2026 đã gửi ghi nơi cũ: báo lại cho người được mời.",
    ]
    assert (hosts(here), DeclinedTurn.objects.count()) == (ROUND * 2, 0)
    answer = huyen.post(
        page("meeting_decline", of(here, "2026-11")), {**dict(asked.context["sent"]), "agreed": "1"}, follow=True
    )
    assert "Xã An Khánh được thôi lượt này, nay tại xã Phú Đức. 4 kỳ đổi nơi đăng cai." in text(answer)
    assert hosts(here)[:3] == ["Phú Đức", "An Khánh", "Tân Phú"]
    assert "Xã An Khánh xin thôi: Sửa hội trường. Lượt vẫn còn." in text(
        huyen.get(page("meeting", of(here, "2026-11")))
    )


def test_a_decline_without_a_reason_or_without_a_turn_is_shown_again(huyen: Client, here: Club) -> None:
    empty = huyen.post(page("meeting_decline", of(here, "2026-11")), {"reason": " "})
    assert list(empty.context["form"].errors) == ["reason"]
    postpone_meeting(meeting=of(here, "2026-11"), reason="Bão", by=None)
    refused = huyen.post(page("meeting_decline", of(here, "2026-11")), {"reason": "Bận"})
    assert "Kỳ tháng 11/2026 đang hoãn. Chọn ngày họp lại trước." in text(refused)
    assert "Bận" in text(refused)


# Exchanging


def test_the_other_meetings_are_offered_with_their_days_and_hosts(huyen: Client, here: Club) -> None:
    mark_invited(meeting=of(here, "2026-12"), by=None)
    choices = huyen.get(page("meeting_swap", of(here, "2026-11"))).context["form"].fields["other"].choices
    assert [words for _pk, words in choices] == [
        "Kỳ tháng 12/2026: xã Phú Đức, Thứ Sáu, 27/11/2026, đã mời",
        "Kỳ tháng 01/2027: xã Tân Phú, Thứ Sáu, 25/12/2026",
        "Kỳ tháng 03/2027: xã Phú Đức, Thứ Sáu, 26/02/2027",
        "Kỳ tháng 04/2027: xã Tân Phú, Thứ Sáu, 26/03/2027",
    ]


def test_with_nobody_to_exchange_with_the_page_says_so_and_asks_nothing(world: World) -> None:
    alone = planned(with_members(world.an_hiep), date(2026, 11, 6))
    here = signed_in(world.users["tinh"])
    shown = text(here.get(page("meeting_swap", alone))).partition("<main")[2]
    assert "không còn kỳ sắp họp nào ở nơi khác để đổi" in shown
    assert "<form" not in shown


def test_both_lines_of_an_exchange_are_read_then_carried_out_once(huyen: Client, here: Club) -> None:
    first, second = of(here, "2026-11"), of(here, "2027-01")
    asked = huyen.post(page("meeting_swap", first), {"other": second.pk})
    assert asked.context["consequences"] == [
        "Kỳ tháng 11/2026, Thứ Sáu, 23/10/2026: từ xã An Khánh sang xã Tân Phú.",
        "Kỳ tháng 01/2027, Thứ Sáu, 25/12/2026: từ xã Tân Phú sang xã An Khánh.",
    ]
    assert hosts(here) == ROUND * 2
    sent = {
        **dict(asked.context["sent"]),
        "agreed": "1",
        "once": huyen.get(page("meeting_swap", first)).context["once"],
    }
    for _ in range(2):
        answer = huyen.post(page("meeting_swap", first), sent, follow=True)
    assert "không làm lại" in text(answer)
    assert hosts(here) == ["Tân Phú", "Phú Đức", "An Khánh", *ROUND]
    assert "Đổi lượt với xã An Khánh, kỳ tháng 01/2027" in text(huyen.get(page("meeting", first)))
    assert "đổi lượt với xã An Khánh, kỳ tháng 01/2027" in text(huyen.get(page("club_year", here)))


def test_a_meeting_of_another_club_or_without_a_host_to_exchange_is_not_taken(
    huyen: Client, here: Club, world: World
) -> None:
    other = with_members(world.chau_thanh)
    plan_club(club=other, until=date(2027, 1, 1), by=None)
    for chosen in (of(other, "2026-12"), of(here, "2027-02")):
        answer = huyen.post(page("meeting_swap", of(here, "2026-11")), {"other": chosen.pk, "agreed": "1"})
        assert list(answer.context["form"].errors) == ["other"]
    assert hosts(here) == ROUND * 2


def test_an_exchange_that_somebody_else_has_overtaken_is_told(huyen: Client, here: Club) -> None:
    first, second = of(here, "2026-11"), of(here, "2026-12")
    opened = {"other": second.pk, "version": version_of(first), "agreed": "1"}
    decline_turn(meeting=first, reason="Bận", by=None)
    answer = huyen.post(page("meeting_swap", first), opened)
    assert answer.context["meanwhile"] is not None
    assert hosts(here)[:2] == ["Phú Đức", "An Khánh"]


# What else changes hosts says so


def test_postponing_says_whose_turn_comes_first_then_and_how_many_changed(huyen: Client, here: Club) -> None:
    address = page("meeting_state", of(here, "2026-11"), "postpone")
    shown = text(huyen.get(address))
    assert "Kỳ tháng 12/2026, Thứ Sáu, 27/11/2026: từ xã Phú Đức sang xã An Khánh." in shown
    assert "5 kỳ đổi nơi đăng cai." in text(huyen.post(address, {"reason": "Bão"}, follow=True))
    again = text(huyen.get(page("meeting_state", of(here, "2026-11"), "reopen")))
    assert "Kỳ tháng 12/2026, Thứ Sáu, 27/11/2026: từ xã An Khánh sang xã Phú Đức." in again
    moved = huyen.post(
        page("meeting_move", of(here, "2026-11")), {"starts_at": "06/11/2026", "at": "08:00"}, follow=True
    )
    assert "5 kỳ đổi nơi đăng cai." in text(moved)
    assert hosts(here) == ROUND * 2


def test_planning_a_period_between_planned_ones_says_who_moves_along(huyen: Client, here: Club) -> None:
    cancel_meeting(meeting=of(here, "2026-12"), reason="Bão", by=None)
    asked = huyen.post(page("club_plan", here), {"until": "2026-12"})
    assert asked.context["consequences"][:2] == [
        "Kỳ tháng 12/2026: Thứ Sáu, 27/11/2026, 07:30, tại xã Phú Đức (chưa từng đăng cai).",
        "Kỳ tháng 01/2027, Thứ Sáu, 25/12/2026: từ xã Phú Đức sang xã Tân Phú.",
    ]


# Who


@pytest.mark.parametrize("name", ["meeting_swap", "meeting_decline"])
def test_turns_are_changed_by_officers_and_the_clubs_own_secretary(
    world: World, here: Club, name: str, client: Client
) -> None:
    meeting = of(here, "2026-11")
    data = {"other": of(here, "2026-12").pk, "reason": "Bận", "agreed": "1"}
    assert client.get(page(name, meeting)).url.startswith(reverse("login"))
    assert signed_in(world.users["xem"]).post(page(name, meeting), data).status_code == 403
    assert signed_in(world.users["xa_khac"]).post(page(name, meeting), data).status_code == 404
    assert hosts(here) == ROUND * 2
    thu_ky = signed_in(secretary("thu_ky", here))
    assert thu_ky.put(page(name, meeting)).status_code == 405
    assert thu_ky.post(page(name, meeting), data).url == page("club_year", here)
    assert hosts(here)[:2] == ["Phú Đức", "An Khánh"]
