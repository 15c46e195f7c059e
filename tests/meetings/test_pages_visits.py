"""Visits from their pages: planning one, more clubs, what was learnt. Today is 20/10/2026."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from meetings.actions import plan_visit, postpone_meeting, record_attendance
from meetings.models import Meeting
from tests.builders import World, club, secretary
from tests.meetings.builders import signed_in, text
from tests.reports.builders import planned, with_members

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LATER = datetime(2026, 11, 6, 9, tzinfo=ZONE)


@pytest.fixture
def huyen(world: World) -> Client:
    return signed_in(world.users["huyen"])


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.chau_thanh, name="CLB huyện")


@pytest.fixture
def other(world: World) -> Club:
    return with_members(world.an_khanh, name="CLB xã")


def page(name: str, row: Any, *more: str) -> str:
    return reverse(name, args=[row.pk, *more])


def trip(**facts: Any) -> dict[str, Any]:
    return {"starts_at": "05/11/2026", "at": "07:30", "purpose": "Xem nuôi dê", "host-q": "an hiep", **facts}


@pytest.fixture
def visit(here: Club, other: Club, world: World) -> Meeting:
    at = datetime(2026, 11, 5, 7, 30, tzinfo=ZONE)
    return plan_visit(club=here, starts_at=at, host=world.an_hiep, purpose="Xem nuôi dê", others=[other], by=None)


def test_a_visit_goes_anywhere_with_other_clubs(huyen: Client, here: Club, other: Club, world: World) -> None:
    foreign = club(world.an_hiep, name="CLB huyện khác")
    shown = text(huyen.get(page("club_visit", here)))
    assert "CLB xã" in shown
    assert "CLB huyện khác" not in shown
    refused = huyen.post(page("club_visit", here), trip(others=[foreign.pk]))
    assert list(refused.context["form"].errors) == ["others"]
    answer = huyen.post(page("club_visit", here), trip(others=[other.pk]), follow=True)
    visit = here.meetings.get()
    assert (visit.host, visit.form, visit.why_host, visit.is_turn) == (world.an_hiep, "visit", "Xem nuôi dê", False)
    assert visit.joined_by.get().club == other
    assert "Đã lên lịch chuyến đi ngày 05/11/2026 đến xã An Hiệp." in text(answer)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts_at": "hôm qua"}, "starts_at"),
        ({"at": "sáng"}, "at"),
        ({"purpose": " "}, "purpose"),
        ({"host-q": "không có"}, "host"),
        ({"others": ["x"]}, "others"),
        ({"starts_at": "01/01/2024"}, "__all__"),
    ],
)
def test_what_cannot_be_planned_is_shown_again(huyen: Client, here: Club, facts: dict[str, Any], field: str) -> None:
    answer = huyen.post(page("club_visit", here), trip(**facts))
    assert list(answer.context["form"].errors) == [field]
    assert not Meeting.objects.exists()


def test_nobody_goes_on_a_visit_at_the_hour_of_their_own_meeting(
    huyen: Client, here: Club, other: Club, visit: Meeting
) -> None:
    planned(here, date(2026, 11, 6))
    answer = huyen.post(page("club_visit", here), trip(starts_at="06/11/2026", at="08:30"))
    assert answer.context["form"].errors["starts_at"] == [
        "CLB huyện đã có sinh hoạt tháng 11/2026 lúc 07:30 hôm ấy. Chọn ngày hoặc giờ khác."
    ]
    assert "CLB huyện đã có" in text(
        huyen.post(page("meeting_move", visit), {"starts_at": "06/11/2026", "at": "07:30"})
    )
    planned(other, date(2026, 11, 9))
    answer = huyen.post(page("club_visit", here), trip(starts_at="09/11/2026", others=[other.pk]))
    assert "CLB xã đã có" in text(answer)
    assert huyen.post(page("club_visit", here), trip(starts_at="06/11/2026", at="09:30")).status_code == 302


def test_a_visit_is_called_so_in_the_calendar(huyen: Client, visit: Meeting) -> None:
    shown = text(huyen.get(reverse("calendar", args=["2026-11"])))
    assert '</span> CLB huyện</a><small class="d-block">Giao lưu, tham quan</small>' in shown


def test_the_page_of_a_visit_says_who_leads_and_who_goes_along(huyen: Client, visit: Meeting, world: World) -> None:
    shown = text(huyen.get(page("meeting", visit)))
    assert "Câu lạc bộ tham gia" in shown
    joined = visit.joined_by.get()
    assert page("meeting", joined) in shown
    assert page("visit_join", visit) in shown
    along = text(signed_in(world.users["xa"]).get(page("meeting", joined)))
    assert "CLB huyện" in along
    assert page("meeting", visit) not in along  # the district's club is not theirs to open
    assert page("meeting_move", joined) not in along


def test_moving_the_visit_of_one_moves_all_and_says_so(huyen: Client, visit: Meeting) -> None:
    assert "Kỳ của câu lạc bộ đi cùng cũng vậy: CLB xã." in text(huyen.get(page("meeting_move", visit)))
    huyen.post(page("meeting_move", visit), {"starts_at": "06/11/2026", "at": "08:00"})
    assert visit.joined_by.get().day == date(2026, 11, 6)
    assert "cũng vậy: CLB xã." in text(huyen.get(page("meeting_state", visit, "postpone")))
    huyen.post(page("meeting_state", visit, "postpone"), {"reason": "Bão"})
    assert visit.joined_by.get().state == "postponed"


def test_who_goes_along_is_told_where_to_move_it(huyen: Client, visit: Meeting) -> None:
    joined = visit.joined_by.get()
    answer = huyen.post(page("meeting_move", joined), {"starts_at": "06/11/2026", "at": "08:00"})
    assert "Chuyến này do CLB huyện chủ trì." in text(answer)


def test_more_clubs_join_before_the_day(huyen: Client, visit: Meeting, world: World) -> None:
    third = with_members(world.tan_phu, name="CLB thứ ba")
    choices = huyen.get(page("visit_join", visit)).context["form"].fields["others"].queryset
    assert list(choices) == [third]
    none = huyen.post(page("visit_join", visit), {"once": ""})
    assert list(none.context["form"].errors) == ["others"]
    answer = huyen.post(page("visit_join", visit), {"others": [third.pk]}, follow=True)
    assert "Thêm 1 câu lạc bộ đi cùng." in text(answer)
    assert visit.joined_by.count() == 2


def test_no_club_joins_a_regular_meeting(huyen: Client, here: Club, other: Club) -> None:
    regular = planned(here, date(2026, 11, 6))
    for answer in (
        huyen.get(page("visit_join", regular), follow=True),
        huyen.post(page("visit_join", regular), {"others": [other.pk]}, follow=True),
    ):
        assert answer.redirect_chain == [(page("meeting", regular), 302)]
        assert "Chỉ thêm câu lạc bộ vào một chuyến giao lưu, tham quan chưa đi." in text(answer)


def test_a_visit_that_is_put_off_or_joins_another_is_not_joined(huyen: Client, visit: Meeting) -> None:
    joined = visit.joined_by.get()
    assert huyen.get(page("visit_join", joined)).url == page("meeting", joined)
    postpone_meeting(meeting=visit, reason="Bão", by=None)
    assert page("visit_join", visit) not in text(huyen.get(page("meeting", visit)))
    assert huyen.get(page("visit_join", visit)).url == page("meeting", visit)


def test_what_was_learnt_is_written_after_the_visit_by_each_club(visit: Meeting, other: Club) -> None:
    joined = visit.joined_by.get()
    keeper = secretary("thu_ky", other)
    thu_ky = signed_in(keeper)
    assert page("meeting_learnt", joined) not in text(thu_ky.get(page("meeting", joined)))
    early = thu_ky.post(page("meeting_learnt", joined), {"learnt": "Nuôi dê"})
    assert "điểm danh trước" in text(early)
    with time_machine.travel(LATER, tick=False):
        thu_ky = signed_in(keeper)  # the first login has run out by then
        record_attendance(meeting=joined, statuses={}, by=None)
        assert "Chưa ghi mang được gì về" in text(thu_ky.get(page("meeting", joined)))
        answer = thu_ky.post(page("meeting_learnt", joined), {"learnt": "Nuôi dê\nquay vòng vốn"}, follow=True)
        assert "Đã lưu điều học được." in text(answer)
        assert "quay vòng vốn" in text(answer)
        assert answer.context["entries"][0].sentence == "Ghi điều học được"
        assert thu_ky.post(page("meeting_learnt", visit), {"learnt": "x"}).status_code == 404
    visit.refresh_from_db()
    assert visit.learnt == ""


@pytest.mark.parametrize("name", ["club_visit", "visit_join"])
def test_visits_are_planned_by_officers_of_the_place(
    world: World, here: Club, visit: Meeting, name: str, client: Client
) -> None:
    row = here if name == "club_visit" else visit
    assert client.get(page(name, row)).url.startswith(reverse("login"))
    assert signed_in(world.users["xem"]).post(page(name, row), trip()).status_code == 403
    assert signed_in(secretary("thu_ky", here)).post(page(name, row), trip()).status_code == 403
    assert signed_in(world.users["xa_khac"]).post(page(name, row), trip()).status_code == 404
    assert signed_in(world.users["huyen"]).put(page(name, row)).status_code == 405
    assert Meeting.objects.count() == 2
