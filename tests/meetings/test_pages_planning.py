"""Planning, moving and ending meetings from their pages. Today is 20/10/2026."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clubs.actions import suspend_club
from clubs.models import Club
from meetings.actions import mark_invited, postpone_meeting
from meetings.models import Meeting
from steering.models import ClosedDay
from steering.versions import version_of
from tests.builders import World, club, secretary
from tests.meetings.builders import signed_in, text
from tests.reports.builders import held, planned, with_members

SOON = date(2026, 11, 6)


@pytest.fixture
def huyen(world: World) -> Client:
    return signed_in(world.users["huyen"])


@pytest.fixture
def here(world: World) -> Club:
    """A club of the district, that rotates over three communes."""
    return with_members(world.chau_thanh, name="CLB huyện")


def page(name: str, row: Any, *more: str) -> str:
    return reverse(name, args=[row.pk, *more])


# Periods ahead


def test_what_would_be_planned_is_read_before_anything_is_written(huyen: Client, here: Club) -> None:
    ClosedDay.objects.create(day=date(2026, 11, 27), name="Ngày nghỉ riêng")
    answer = huyen.post(page("club_plan", here), {"until": "2027-01"})
    assert answer.context["consequences"] == [
        "Kỳ tháng 11/2026: Thứ Sáu, 23/10/2026, 07:30, tại xã An Khánh (chưa từng đăng cai).",
        "Kỳ tháng 12/2026: Thứ Sáu, 04/12/2026, 07:30, tại xã Phú Đức (chưa từng đăng cai).",
        "Kỳ tháng 01/2027: Thứ Sáu, 25/12/2026, 07:30, tại xã Tân Phú (chưa từng đăng cai).",
    ]
    assert not Meeting.objects.exists()


def test_holidays_of_a_year_that_nobody_has_entered_yet_are_kept_free(huyen: Client, world: World) -> None:
    friday = club(world.an_khanh, week=1, weekday=4)  # 16/04/2027 is Giỗ Tổ Hùng Vương
    planned(with_members(world.an_khanh), SOON)  # gives the commune a hamlet
    huyen.post(page("club_plan", friday), {"until": "2027-05", "agreed": "1"})
    assert friday.meetings.get(period_key="2027-05").day == date(2027, 4, 23)
    assert ClosedDay.objects.get(day=date(2027, 4, 16)).name.startswith("Ngày Giỗ Tổ")


def test_what_was_agreed_to_is_planned_once(huyen: Client, here: Club, world: World) -> None:
    asked = huyen.post(page("club_plan", here), {"until": "2027-01"})
    sent = {**dict(asked.context["sent"]), "agreed": "1", "once": huyen.get(page("club_plan", here)).context["once"]}
    for _ in range(2):
        assert huyen.post(page("club_plan", here), sent).url == f"{reverse('meetings')}?club={here.pk}"
    meetings = Meeting.objects.order_by("starts_at")
    assert [(m.period_key, m.host) for m in meetings] == [
        ("2026-11", world.an_khanh),
        ("2026-12", world.phu_duc),
        ("2027-01", world.tan_phu),
    ]
    assert meetings[0].history.get().history_user == world.users["huyen"]


def test_nothing_to_plan_says_why(huyen: Client, here: Club) -> None:
    huyen.post(page("club_plan", here), {"until": "2026-11", "agreed": "1"})
    again = huyen.post(page("club_plan", here), {"until": "2026-11", "agreed": "1"})
    assert "Các kỳ đến đó đã có lịch cả." in text(again)
    suspend_club(club=here, on=date(2026, 10, 1), reason="Thiếu người", by=None)
    assert "Câu lạc bộ đang không hoạt động" in text(huyen.post(page("club_plan", here), {"until": "2026-12"}))
    assert Meeting.objects.count() == 1


def test_a_club_without_hosts_says_what_is_missing(huyen: Client, world: World) -> None:
    answer = huyen.post(page("club_plan", club(world.tan_phu)), {"until": "2026-11"})
    assert "Không có nơi nào để đăng cai. Nhập các đơn vị trực thuộc của đơn vị trước" in text(answer)


def test_periods_are_those_of_the_clubs_cadence_a_year_ahead(huyen: Client, world: World) -> None:
    quarterly = club(world.an_khanh, cadence="quarter")
    choices = huyen.get(page("club_plan", quarterly)).context["form"].fields["until"].choices
    assert [key for key, _words in choices] == ["2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"]
    assert choices[0][1] == "Quý IV/2026 (15/09 – 14/12/2026)"
    wrong = huyen.post(page("club_plan", quarterly), {"until": "2030-Q1"})
    assert list(wrong.context["form"].errors) == ["until"]


# One by hand


def one(**facts: Any) -> dict[str, Any]:
    return {"starts_at": "06/11/2026", "at": "13:30", "host": "", "override_reason": "", **facts}


def test_one_meeting_goes_to_the_due_host(huyen: Client, here: Club, world: World) -> None:
    answer = huyen.post(page("meeting_plan", here), one())
    meeting = Meeting.objects.get()
    assert answer.url == page("meeting", meeting)
    assert (f"{timezone.localtime(meeting.starts_at):%d/%m/%Y %H:%M}", meeting.host) == (
        "06/11/2026 13:30",
        world.an_khanh,
    )


def test_another_host_needs_a_reason(huyen: Client, here: Club, world: World) -> None:
    refused = huyen.post(page("meeting_plan", here), one(host=world.tan_phu.pk))
    assert "Lượt này của Xã An Khánh (chưa từng đăng cai)" in refused.context["form"].errors["host"][0]
    huyen.post(page("meeting_plan", here), one(host=world.tan_phu.pk, override_reason="Hội trường sửa"))
    meeting = Meeting.objects.get()
    assert (meeting.host, meeting.is_override, meeting.host_reason) == (world.tan_phu, True, "Hội trường sửa")


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"starts_at": "hôm qua"}, "starts_at", ""),
        ({"at": "sáng"}, "at", ""),
        ({"starts_at": "02/09/2027"}, "starts_at", "là ngày nghỉ (Quốc khánh)"),
        ({"starts_at": "01/01/2024"}, "__all__", "chưa thành lập"),
    ],
)
def test_what_cannot_be_planned_is_shown_again(
    huyen: Client, here: Club, facts: dict[str, str], field: str, sentence: str
) -> None:
    ClosedDay.objects.create(day=date(2027, 9, 2), name="Quốc khánh")
    answer = huyen.post(page("meeting_plan", here), one(**facts))
    assert sentence in answer.context["form"].errors[field][0]
    assert facts.get("starts_at", "06/11/2026") in text(answer)
    assert not Meeting.objects.exists()


def test_a_second_regular_meeting_in_a_period_is_refused(huyen: Client, here: Club) -> None:
    planned(here, SOON)
    assert "đã có kỳ sinh hoạt trong kỳ này" in text(
        huyen.post(page("meeting_plan", here), one(starts_at="30/10/2026"))
    )


# Moving


def test_a_meeting_moves_within_its_period(huyen: Client, here: Club) -> None:
    meeting = planned(here, SOON)
    shown = huyen.get(page("meeting_move", meeting))
    assert "Chọn ngày trong kỳ tháng 11/2026, từ 15/10/2026 đến 14/11/2026." in text(shown)
    assert 'value="06/11/2026"' in text(shown)
    answer = huyen.post(page("meeting_move", meeting), {"starts_at": "10/11/2026", "at": "08:00"})
    assert answer.url == page("meeting", meeting)
    meeting.refresh_from_db()
    assert f"{timezone.localtime(meeting.starts_at):%d/%m %H:%M}" == "10/11 08:00"
    assert "Đã dời kỳ sinh hoạt ngày 06/11/2026 của CLB huyện sang Thứ Ba, 10/11/2026, 08:00, tại xã An Khánh." in text(
        huyen.get(answer.url)
    )


def test_a_postponed_meeting_gets_its_new_day(huyen: Client, here: Club) -> None:
    meeting = planned(here, SOON)
    postpone_meeting(meeting=meeting, reason="Bão", by=None)
    answer = huyen.post(page("meeting_move", meeting), {"starts_at": "10/11/2026", "at": "08:00"}, follow=True)
    assert (
        "Đã lên lịch lại kỳ sinh hoạt ngày 06/11/2026 của CLB huyện: Thứ Ba, 10/11/2026, 08:00, tại xã An Khánh."
        in text(answer)
    )


def test_a_day_of_another_period_is_refused_beside_the_day(huyen: Client, here: Club) -> None:
    meeting = planned(here, SOON)
    answer = huyen.post(page("meeting_move", meeting), {"starts_at": "20/11/2026", "at": "08:00"})
    assert answer.context["form"].errors["starts_at"] == [
        "Kỳ tháng 11/2026 từ 15/10/2026 đến 14/11/2026. Chọn ngày trong kỳ, hoặc ghi “không họp” rồi họp kỳ sau."
    ]


def test_moving_after_the_invitations_went_out_reminds_of_them(huyen: Client, here: Club) -> None:
    meeting = planned(here, SOON)
    sentence = "Giấy mời đã gửi ghi ngày giờ cũ: báo lại cho người được mời."
    assert sentence not in text(huyen.get(page("meeting_move", meeting)))
    mark_invited(meeting=meeting, by=None)
    assert sentence in text(huyen.get(page("meeting_move", meeting)))


def test_a_move_made_meanwhile_by_somebody_else_is_told(huyen: Client, world: World) -> None:
    meeting = planned(with_members(world.an_khanh), SOON)
    opened = {"starts_at": "09/11/2026", "at": "08:00", "version": version_of(meeting)}
    other = signed_in(world.users["xa"])
    assert other.post(page("meeting_move", meeting), {**opened, "starts_at": "10/11/2026"}).status_code == 302
    answer = huyen.post(page("meeting_move", meeting), opened)
    assert "Người xa vừa sửa lúc" in text(answer)
    assert "bắt đầu lúc: 06/11/2026 07:30 → <b>10/11/2026 08:00</b>" in text(answer)
    assert 'value="09/11/2026"' in text(answer)
    assert (
        huyen.post(page("meeting_move", meeting), {**opened, "version": answer.context["version"]}).status_code == 302
    )


def test_a_meeting_that_was_held_does_not_move(huyen: Client, here: Club) -> None:
    meeting = held(here, date(2026, 10, 16))
    answer = huyen.post(page("meeting_move", meeting), {"starts_at": "17/10/2026", "at": "08:00"})
    assert "đang là “Đã họp”, không đổi ngày, đổi nơi được" in text(answer)


# The host


def test_whose_turn_it_is_stands_above_the_choice(huyen: Client, here: Club, world: World) -> None:
    meeting = planned(here, SOON)
    shown = huyen.get(page("meeting_host", meeting))
    assert "Đến lượt Xã An Khánh: chưa từng đăng cai." in text(shown)
    assert [words for _pk, words in shown.context["form"].fields["host"].choices] == [
        "Xã An Khánh: chưa từng đăng cai, đến lượt",
        "Xã Phú Đức: chưa từng đăng cai",
        "Xã Tân Phú: chưa từng đăng cai",
    ]


def test_the_host_changes_for_a_reason_and_back_without_one(huyen: Client, here: Club, world: World) -> None:
    meeting = planned(here, SOON)
    refused = huyen.post(page("meeting_host", meeting), {"host": world.tan_phu.pk, "override_reason": " "})
    assert "Muốn họp nơi khác, ghi lý do." in refused.context["form"].errors["host"][0]
    huyen.post(page("meeting_host", meeting), {"host": world.tan_phu.pk, "override_reason": "Hội trường sửa"})
    meeting.refresh_from_db()
    assert (meeting.host, meeting.is_override) == (world.tan_phu, True)
    huyen.post(page("meeting_host", meeting), {"host": world.an_khanh.pk, "override_reason": ""})
    meeting.refresh_from_db()
    assert (meeting.host, meeting.is_override) == (world.an_khanh, False)


def test_a_place_outside_the_rotation_is_not_offered(huyen: Client, here: Club, world: World) -> None:
    answer = huyen.post(page("meeting_host", planned(here, SOON)), {"host": world.an_hiep.pk, "override_reason": "Gần"})
    assert list(answer.context["form"].errors) == ["host"]


def test_a_visit_goes_elsewhere_without_a_reason(huyen: Client, here: Club, world: World) -> None:
    meeting = planned(here, SOON, form="visit")
    huyen.post(page("meeting_host", meeting), {"host-q": "an hiep ba tri"})
    meeting.refresh_from_db()
    assert meeting.host == world.an_hiep


# What becomes of it


@pytest.mark.parametrize(
    ("verb", "data", "state", "sentence"),
    [
        ("invited", {"reason": ""}, "invited", "Đã ghi nhận gửi giấy mời %s."),
        ("postpone", {"reason": "Bão"}, "postponed", "Đã hoãn %s. Chưa có ngày mới;"),
        ("cancel", {"reason": "Bão"}, "cancelled", "Đã hủy %s."),
        ("did-not-meet", {"reason": "Bão"}, "did_not_meet", "Đã ghi nhận %s không diễn ra."),
    ],
)
def test_a_state_changes_on_its_own_page(
    huyen: Client, here: Club, verb: str, data: dict[str, str], state: str, sentence: str
) -> None:
    meeting = planned(here, SOON)
    assert huyen.get(page("meeting_state", meeting, verb)).status_code == 200
    answer = huyen.post(page("meeting_state", meeting, verb), data)
    assert answer.url == page("meeting", meeting)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.state_reason) == (state, data["reason"])
    assert sentence % "kỳ sinh hoạt ngày 06/11/2026 của CLB huyện" in text(huyen.get(answer.url))


def test_a_reason_left_out_is_asked_for(huyen: Client, here: Club) -> None:
    meeting = planned(here, SOON)
    assert list(huyen.post(page("meeting_state", meeting, "cancel"), {"reason": " "}).context["form"].errors) == [
        "reason"
    ]


def test_a_verb_that_does_not_fit_leads_back(huyen: Client, here: Club) -> None:
    meeting = held(here, date(2026, 10, 16))
    answer = huyen.get(page("meeting_state", meeting, "cancel"), follow=True)
    assert "Việc này không hợp với tình trạng hiện nay." in text(answer)


# Who

OF_CLUB = ["club_plan", "meeting_plan"]
OF_MEETING = ["meeting_move", "meeting_host", "meeting_guests", "meeting_agenda", "minutes_write", "attendance"]


@pytest.mark.parametrize("name", OF_CLUB)
def test_planning_is_for_officers_of_the_place(world: World, here: Club, name: str, client: Client) -> None:
    assert client.get(page(name, here)).url.startswith(reverse("login"))
    assert signed_in(world.users["huyen"]).get(page(name, here)).status_code == 200
    assert signed_in(world.users["xem"]).get(page(name, here)).status_code == 403
    assert signed_in(secretary("thu_ky", here)).get(page(name, here)).status_code == 403
    assert signed_in(world.users["xa_khac"]).post(page(name, here), one()).status_code == 404
    assert signed_in(world.users["huyen"]).put(page(name, here)).status_code == 405
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("name", OF_MEETING)
def test_a_meeting_is_kept_by_officers_and_its_own_secretary(
    world: World, here: Club, name: str, client: Client
) -> None:
    meeting, foreign = planned(here, date(2026, 10, 16)), planned(with_members(world.an_khanh), SOON)
    thu_ky = signed_in(secretary("thu_ky", here))
    assert client.get(page(name, meeting)).url.startswith(reverse("login"))
    assert thu_ky.get(page(name, meeting)).status_code == 200
    assert thu_ky.post(page(name, foreign), {}).status_code == 404
    assert signed_in(world.users["xem"]).post(page(name, meeting), {}).status_code == 403
    assert signed_in(world.users["xa_khac"]).get(page(name, meeting)).status_code == 404
    assert thu_ky.put(page(name, meeting)).status_code == 405
