"""A closed month: what counts in its report stays, who says why, and one club may be let through for some days."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clubs.actions import admit_member, dissolve_club, leave_club, open_for_club
from clubs.models import Club, PeriodLock
from meetings.actions import (
    cancel_meeting,
    change_meeting,
    close_period,
    invite,
    raise_opinion,
    record_attendance,
    reopen_period,
    save_minutes,
    set_agenda,
)
from meetings.models import Meeting
from reports.figures import figures
from steering.calendar import reporting_calendar
from steering.periods import Period
from tests.builders import World, person
from tests.builders import club as new_club
from tests.meetings.library_builders import model, replication
from tests.reports.builders import ZONE, held, planned, with_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def october() -> Period:
    return reporting_calendar().parse("2026-10")


@pytest.fixture
def meeting(world: World) -> Meeting:
    return held(with_members(world.an_khanh), date(2026, 10, 9))


@pytest.fixture
def lock(world: World, october: Period, meeting: Meeting) -> PeriodLock:
    return close_period(unit=world.province, period=october, reason="Sở chốt báo cáo", by=world.users["tinh"])


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


CHANGES = {
    "attendance": lambda meeting: record_attendance(meeting=meeting, statuses={}, by=None),
    "guests": lambda meeting: invite(meeting=meeting, guests=[("Lê Văn An", "")], by=None),
    "agenda": lambda meeting: set_agenda(meeting=meeting, items=[("credit", "Vay vốn")], by=None),
}


@pytest.mark.parametrize("what", CHANGES)
def test_nothing_that_is_counted_changes_and_the_refusal_says_why_since_when_and_by_whom(
    what: str, lock: PeriodLock, meeting: Meeting
) -> None:
    with pytest.raises(ValidationError) as refused:
        CHANGES[what](meeting)
    assert refused.value.messages == [
        "Kỳ tháng 10/2026 đã khóa từ 20/10/2026 (Người tinh): Sở chốt báo cáo. Cần sửa thì xin mở riêng cho câu lạc bộ "
        "hoặc mở lại kỳ, rồi lập bản đính chính của báo cáo."
    ]


def test_no_meeting_is_planned_moved_or_called_off_in_a_closed_month(
    world: World, october: Period, meeting: Meeting
) -> None:
    coming = planned(with_members(world.tan_phu), date(2026, 10, 8))
    close_period(unit=world.chau_thanh, period=october, reason="Đã chốt", by=None)
    with pytest.raises(ValidationError, match="đã khóa"):
        planned(with_members(world.phu_duc), date(2026, 10, 7))
    with pytest.raises(ValidationError, match="đã khóa"):
        change_meeting(meeting=coming, starts_at=coming.starts_at.replace(day=12, tzinfo=ZONE), by=None)
    with pytest.raises(ValidationError, match="đã khóa"):
        cancel_meeting(meeting=coming, reason="Mưa", by=None)


OCTOBER, NOVEMBER = date(2026, 10, 10), date(2026, 10, 16)


def leave(club: Club, on: date) -> Any:
    return leave_club(membership=club.memberships.sitting().first(), on=on, reason="Chuyển chỗ ở", by=None)


def join(club: Club, on: date) -> Any:
    return admit_member(club=club, person=person(club.unit), joined_on=on, by=None)


def end(club: Club, on: date) -> Any:
    return dissolve_club(club=club, on=on, reason="Hết hộ nghèo", by=None)


def found_another(club: Club, on: date) -> Any:
    return new_club(club.unit, founded_on=on)


def replicate(club: Club, on: date) -> Any:
    return replication(model(club.unit), club.unit, on)


@pytest.mark.parametrize("change", [leave, join, end, found_another, replicate])
def test_what_happened_in_a_closed_month_is_not_entered_afterwards(
    change: Any, october: Period, lock: PeriodLock, meeting: Meeting
) -> None:
    before = figures(lock.unit, october)
    with pytest.raises(ValidationError, match="Kỳ tháng 10/2026 đã khóa từ 20/10/2026"):
        change(meeting.club, OCTOBER)
    assert figures(lock.unit, october) == before
    assert change(meeting.club, NOVEMBER).pk


def test_minutes_and_opinions_are_still_written(lock: PeriodLock, meeting: Meeting) -> None:
    assert save_minutes(meeting=meeting, strengths="Đông đủ.", by=None).strengths == "Đông đủ."
    assert raise_opinion(meeting=meeting, text="Sửa cầu", due_on=date(2026, 11, 30), by=None).pk


def test_other_months_and_other_places_stay_open(world: World, october: Period) -> None:
    elsewhere = held(with_members(world.an_hiep), date(2026, 10, 9))
    quarterly = planned(with_members(world.an_khanh, cadence="quarter"), date(2026, 10, 9))
    close_period(unit=world.chau_thanh, period=october, reason="Đã chốt", by=None)
    assert record_attendance(meeting=elsewhere, statuses={}, by=None).state == "held"
    assert record_attendance(meeting=quarterly, statuses={}, by=None).state == "held"  # counts in December


def test_a_club_is_let_through_until_a_day(world: World, lock: PeriodLock, meeting: Meeting) -> None:
    open_for_club(lock=lock, club=meeting.club, reason="Ghi nhầm", until=date(2026, 10, 20), by=world.users["tinh"])
    member = meeting.club.memberships.first()
    assert record_attendance(meeting=meeting, statuses={member.pk: "absent"}, by=None).absent_count == 1
    lock.exceptions.update(until=date(2026, 10, 19))
    with pytest.raises(ValidationError, match="đã khóa"):
        record_attendance(meeting=meeting, statuses={}, by=None)


def test_an_exception_has_a_day_to_come_and_a_club_of_the_place(
    world: World, october: Period, meeting: Meeting
) -> None:
    lock = close_period(unit=world.ba_tri, period=october, reason="Đã chốt", by=None)
    with pytest.raises(ValidationError, match="không thuộc Huyện Ba Tri"):
        open_for_club(lock=lock, club=meeting.club, reason="Nhầm", until=date(2026, 10, 30), by=None)
    own = with_members(world.an_hiep)
    with pytest.raises(ValidationError, match="đã qua"):
        open_for_club(lock=lock, club=own, reason="Nhầm", until=date(2026, 10, 19), by=None)


def test_an_opened_month_is_changed_again_and_the_lock_stays_on_record(
    world: World, lock: PeriodLock, meeting: Meeting
) -> None:
    reopen_period(lock=lock, by=world.users["tinh"])
    assert record_attendance(meeting=meeting, statuses={}, by=None).state == "held"
    assert [row.history_type for row in PeriodLock.history.order_by("history_id")] == ["+", "-"]


@pytest.mark.parametrize(("key", "sentence"), [("2026-11", "mới kết thúc"), ("2026-Q3", "Chỉ khóa theo tháng")])
def test_only_a_month_that_is_over_is_closed(world: World, key: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        close_period(unit=world.province, period=reporting_calendar().parse(key), reason="Đã chốt", by=None)


def test_a_month_is_closed_once(lock: PeriodLock, world: World, october: Period) -> None:
    with pytest.raises(ValidationError, match="đã khóa rồi"):
        close_period(unit=world.province, period=october, reason="Lần nữa", by=None)


def test_closing_on_the_page_and_what_the_clerk_then_sees(world: World, meeting: Meeting) -> None:
    tinh, xa = signed_in(world, "tinh"), signed_in(world, "xa")
    page = reverse("period_close", args=[world.province.pk, "2026-10"])
    assert "không sửa được nữa" in text(tinh.get(page))
    assert tinh.post(page, {"reason": "Sở chốt báo cáo"}).status_code == 302
    assert "Sở chốt báo cáo" in text(xa.get(reverse("report", args=[world.an_khanh.pk, "2026-10"])))
    assert "đã khóa từ 20/10/2026" in text(xa.get(reverse("attendance", args=[meeting.pk])))
    except_page = reverse("period_except", args=[PeriodLock.objects.get().pk])
    answer = {"club": meeting.club_id, "reason": "Ghi nhầm", "until": "25/10/2026"}
    assert tinh.post(except_page, answer).status_code == 302
    assert "đã khóa" not in text(xa.get(reverse("attendance", args=[meeting.pk])))


def test_the_report_lists_the_clubs_a_month_was_opened_for_and_until_when(
    world: World, lock: PeriodLock, meeting: Meeting, django_assert_num_queries: Any
) -> None:
    elsewhere = with_members(world.an_hiep, name="CLB An Hiệp")
    open_for_club(lock=lock, club=elsewhere, reason="Ghi nhầm", until=date(2026, 10, 22), by=None)
    open_for_club(lock=lock, club=meeting.club, reason="Ghi nhầm", until=date(2026, 10, 25), by=None)
    xa, tinh = signed_in(world, "xa"), signed_in(world, "tinh")
    page = reverse("report", args=[world.an_khanh.pk, "2026-10"])
    with django_assert_num_queries(8):
        answer = xa.get(page)
    assert f"<li>{meeting.club}, đến hết ngày 25/10/2026</li>" in text(answer)
    assert "CLB An Hiệp" not in text(answer)
    whole = tinh.get(reverse("report", args=[world.province.pk, "2026-10"]))
    assert [until.day for _club, until in whole.context["lock"].opened] == [22, 25]
    with time_machine.travel(date(2026, 10, 26)):
        assert "đến hết ngày 25/10/2026 (đã hết)" in text(signed_in(world, "xa").get(page))


FORMS = [
    ("meeting_guests",),
    ("meeting_agenda",),
    ("meeting_agenda_copy",),
    ("meeting_move",),
    ("meeting_host",),
    ("meeting_state", "cancel"),
    ("attendance",),
]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_a_closed_month_says_so_before_anything_is_typed(
    form: tuple[str, ...], world: World, october: Period
) -> None:
    name, *verb = form
    passed = planned(with_members(world.an_khanh), date(2026, 10, 9))
    page, xa = reverse(name, args=[passed.pk, *verb]), signed_in(world, "xa")
    assert "<form" in main(xa.get(page))
    close_period(unit=world.province, period=october, reason="Sở chốt báo cáo", by=None)
    shown = main(xa.get(page))
    assert "đã khóa từ 20/10/2026 (hệ thống): Sở chốt báo cáo" in shown
    assert "<form" not in shown


def main(answer: Any) -> str:
    return text(answer).partition("<main")[2]


@pytest.mark.parametrize(("who", "status"), [("huyen", 403), ("xa", 403), ("xem", 403), ("xa_khac", 404)])
def test_only_the_province_closes(who: str, status: int, world: World) -> None:
    page = reverse("period_close", args=[world.an_khanh.pk, "2026-10"])
    assert signed_in(world, who).get(page).status_code == status
