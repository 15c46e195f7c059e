"""A meeting's page: its facts, the one next step, what changed last. Today is 20/10/2026."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from meetings.actions import (
    agree_minutes,
    cancel_meeting,
    change_meeting,
    decline_turn,
    invite,
    keep_material,
    mark_invited,
    plan_visit,
    postpone_meeting,
    record_attendance,
    save_minutes,
    set_agenda,
)
from meetings.models import Material, Meeting
from steering.models import User
from steering.roles import ROLES, Rights, Role
from tests.builders import World, club, member, secretary
from tests.meetings.builders import signed_in, text
from tests.meetings.library_builders import model
from tests.meetings.opinions import raised
from tests.reports.builders import ZONE, held, not_held, planned, with_members

PAST, TODAY, SOON = date(2026, 10, 16), date(2026, 10, 20), date(2026, 11, 6)


@pytest.fixture
def huyen(world: World) -> User:
    return world.users["huyen"]


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh, name="CLB xã An Khánh")


def address(meeting: Meeting) -> str:
    return reverse("meeting", args=[meeting.pk])


def shown(user: User, meeting: Meeting) -> Any:
    answer = signed_in(user).get(address(meeting))
    assert answer.status_code == 200
    return answer


def step(user: User, meeting: Meeting) -> str | None:
    found = shown(user, meeting).context["step"]
    return str(found.title) if found else None


def test_the_host_stands_with_its_reason(huyen: User, here: Club) -> None:
    meeting = planned(here, SOON)
    page = text(shown(huyen, meeting))
    assert "Thứ Sáu, 06/11/2026, 07:30, tại ấp Phước Hậu" in page
    link = f'<a href="{reverse("unit", args=[meeting.host_id])}">Ấp Phước Hậu</a>'
    assert f"<b>{link}</b><br><small>Nơi duy nhất trong lượt</small>" in page
    assert "Sinh hoạt tháng 11/2026" in page


def test_a_host_out_of_turn_says_why(world: World, huyen: User) -> None:
    district = with_members(world.chau_thanh)
    meeting = planned(district, SOON, host=world.tan_phu, override_reason="Hội trường đang sửa")
    assert "Ngoài lượt: Hội trường đang sửa. Lượt của nơi đến lượt vẫn còn." in text(shown(huyen, meeting))


def test_attendance_is_a_summary_and_the_names_of_the_exceptions(huyen: User, here: Club) -> None:
    late, gone, there = (member(here, full_name=name) for name in ("Lê Thị Muộn", "Lê Văn Vắng", "Lê Văn Mặt"))
    page = text(shown(huyen, held(here, PAST, {late.pk: "late", gone.pk: "absent"})))
    assert '<span class="big">4/5</span>' in page
    assert '<span class="big text-bad">1</span>' in page
    assert "<dt>Đến muộn</dt><dd>Lê Thị Muộn</dd><dt>Vắng không phép</dt><dd>Lê Văn Vắng</dd>" in page
    assert str(there) not in page


def test_names_are_for_those_who_may_see_attendance(huyen: User, here: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    late = member(here, full_name="Lê Thị Muộn")
    meeting = held(here, PAST, {late.pk: "late"})
    table = {**ROLES[Role.DISTRICT].table, "meetings.attendance": ""}
    monkeypatch.setitem(ROLES, Role.DISTRICT, Rights(table, seat="district"))
    page = text(shown(huyen, meeting))
    assert '<span class="big">3/3</span>' in page
    assert "Lê Thị Muộn" not in page


def test_guests_are_counted_and_many_are_warned_of(huyen: User, here: Club) -> None:
    meeting = planned(here, SOON)
    invite(meeting=meeting, guests=[(f"Khách {n}", "UBND xã") for n in range(15)], by=None)
    page = text(shown(huyen, meeting))
    assert "15 người được mời" in page
    assert "nhiều hơn mức khoảng" not in page
    invite(meeting=meeting, guests=[("Cô Ba", "")], by=None)
    assert "16 người là nhiều hơn mức khoảng 15. Vẫn lưu được, nếu nơi họp đủ chỗ." in text(shown(huyen, meeting))


def test_the_agenda_stands_in_order_with_what_it_takes(world: World, here: Club) -> None:
    meeting = planned(here, SOON)
    rows = [("health", "Thẻ bảo hiểm", "Cô Ba", 20), ("credit", ""), ("", "Văn nghệ", "", 15)]
    set_agenda(meeting=meeting, items=rows, by=None)
    page = text(shown(world.users["xem"], meeting)).replace("\n", "")
    assert "<li>Thẻ bảo hiểm<br><small>Y tế, Cô Ba, 20 phút</small></li><li>Vay vốn</li>" in page
    assert "<li>Văn nghệ<br><small>15 phút</small></li>" in page
    assert "Dự kiến 35 phút." in page


def test_a_line_leads_to_its_papers(world: World, huyen: User, here: Club) -> None:
    meeting = planned(here, SOON)
    (item,) = set_agenda(meeting=meeting, items=[("credit", "Vay vốn")], by=None)
    paper = keep_material(material=Material(kind="guide", title="Quy trình <vay>", unit=world.an_khanh), by=None)
    item.materials.add(paper)
    link = f'<a href="{reverse("material", args=[paper.pk])}">Quy trình &lt;vay&gt;</a>'
    assert link in text(shown(huyen, meeting))


def test_the_meetings_before_and_after_are_one_step_away(huyen: User, here: Club, world: World) -> None:
    first, middle, last = (planned(here, day) for day in (date(2026, 9, 18), PAST, date(2026, 11, 20)))
    cancel_meeting(meeting=planned(here, date(2026, 10, 30), form="visit"), reason="Bão", by=None)
    planned(club(world.hamlet), date(2026, 10, 17))
    page = text(shown(huyen, middle))
    assert f'<a href="{address(first)}">' in page
    assert f'<a href="{address(last)}">' in page


# The next step


def test_from_guests_to_invitations_to_the_roll(huyen: User, here: Club) -> None:
    meeting = planned(here, SOON)
    assert step(huyen, meeting) == "Ghi người được mời"
    invite(meeting=meeting, guests=[("Cô Ba", "")], by=None)
    assert step(huyen, meeting) == "Mời họp"
    mark_invited(meeting=meeting, by=None)
    assert step(huyen, meeting) is None
    change_meeting(meeting=meeting, starts_at=meeting.starts_at.replace(month=10, day=20), by=None)
    assert step(huyen, meeting) == "Điểm danh"


def test_after_the_roll_come_the_agenda_the_minutes_and_their_agreement(huyen: User, here: Club) -> None:
    meeting = record_attendance(meeting=planned(here, TODAY), statuses={}, by=None)
    assert step(huyen, meeting) == "Ghi chương trình"
    set_agenda(meeting=meeting, items=[("credit", "")], by=None)
    assert step(huyen, meeting) == "Ghi biên bản"
    save_minutes(meeting=meeting, chair="Cô Ba", secretary="Cô Tư", conclusions="Thống nhất vay vốn.", by=None)
    assert step(huyen, meeting) == "Thông qua biên bản"
    agree_minutes(meeting=meeting, by=None)
    assert step(huyen, meeting) is None
    assert "<p>Thống nhất vay vốn.</p>" in text(shown(huyen, meeting))


def test_what_was_put_off_needs_a_day_and_what_is_over_nothing(world: World, huyen: User, here: Club) -> None:
    assert step(huyen, postpone_meeting(meeting=planned(here, SOON), reason="Bão", by=None)) == "Chọn ngày họp lại"
    assert step(huyen, not_held(club(world.hamlet), PAST)) is None


def test_a_day_that_passed_without_a_record_ends_in_two_verbs(huyen: User, here: Club) -> None:
    meeting = planned(here, PAST)
    page = text(shown(huyen, meeting))
    assert "Đã qua giờ họp mà chưa ghi kết quả." in page
    assert reverse("attendance", args=[meeting.pk]) in page
    assert reverse("meeting_state", args=[meeting.pk, "did-not-meet"]) in page


def test_a_viewer_reads_everything_and_gets_no_button(world: World, here: Club) -> None:
    meeting = held(here, PAST, guests=3, areas="credit")
    page = text(shown(world.users["xem"], meeting)).split("<main")[1]
    assert "2/2" in page
    assert 'class="btn' not in page
    assert f"{address(meeting)}d" not in page  # diem-danh, doi-ngay, doi-noi


# History


def test_what_changed_last_is_told_with_who_and_when(world: World, huyen: User, here: Club) -> None:
    meeting = planned(here, SOON)
    other = meeting.starts_at.replace(day=5)
    change_meeting(meeting=meeting, starts_at=other, by=huyen)
    invite(meeting=meeting, guests=[("Cô Ba", "")], by=huyen)
    set_agenda(meeting=meeting, items=[("credit", "")], by=world.users["xa"])
    postpone_meeting(meeting=meeting, reason="mưa bão", by=huyen)
    entries = shown(huyen, meeting).context["entries"]
    assert [(entry.sentence, entry.who) for entry in entries] == [
        ("Hoãn (mưa bão)", "Người huyen"),
        ("Sửa chương trình", "Người xa"),
        ("Người được mời: 1", "Người huyen"),
        ("Dời từ 06/11/2026 07:30 sang 05/11/2026 07:30", "Người huyen"),
        ("Lên lịch", ""),
    ]


def test_another_host_and_the_roll_are_told_too(world: World, huyen: User) -> None:
    district = with_members(world.chau_thanh)
    meeting = planned(district, TODAY)
    change_meeting(meeting=meeting, host=world.tan_phu, override_reason="Hội trường sửa", by=huyen)
    record_attendance(meeting=meeting, statuses={}, by=huyen)
    entries = shown(huyen, meeting).context["entries"]
    assert [entry.sentence for entry in entries] == [
        "Điểm danh: 2/2 thành viên",
        "Đổi nơi đăng cai từ Xã An Khánh sang Xã Tân Phú",
        "Lên lịch",
    ]


# Who


def test_another_units_meeting_is_not_found(world: World, huyen: User, here: Club) -> None:
    assert signed_in(huyen).get(address(planned(with_members(world.an_hiep), SOON))).status_code == 404
    other = planned(club(world.hamlet), SOON)
    assert signed_in(secretary("thu_ky", here)).get(address(other)).status_code == 404


def test_anonymous_goes_to_the_login_and_post_is_refused(huyen: User, here: Club, client: Client) -> None:
    meeting = planned(here, SOON)
    assert client.get(address(meeting)).url.startswith(reverse("login"))
    assert signed_in(huyen).post(address(meeting)).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_a_meeting_takes_as_many_queries_for_many_rows(
    huyen: User, here: Club, rows: int, django_assert_num_queries: Any
) -> None:
    late = {member(here).pk: "late" for _ in range(rows - 2)}
    meeting = held(here, PAST, late, guests=rows, areas=" ".join(["credit"] * rows))
    for number in range(rows):
        save_minutes(meeting=meeting, conclusions=f"Bản {number}", by=huyen)
    client = signed_in(huyen)
    with django_assert_num_queries(8):
        client.get(address(meeting))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_visit_with_all_that_hangs_on_it_takes_eight(world: World, rows: int, django_assert_num_queries: Any) -> None:
    leader = with_members(world.chau_thanh, people=3)
    others = [club(world.an_khanh) for _ in range(rows)]
    goes = datetime(2026, 10, 16, 7, 30, tzinfo=ZONE)
    visit = plan_visit(club=leader, starts_at=goes, host=world.ba_tri, purpose="Nuôi dê", others=others, by=None)
    items = set_agenda(meeting=visit, items=[("credit", f"Nội dung {n}") for n in range(rows)], by=None)
    paper = keep_material(material=Material(kind="guide", title="Quy trình", unit=world.an_khanh), by=None)
    for item in items:
        item.materials.add(paper)
    invite(meeting=visit, guests=[(f"Khách {n}", "") for n in range(rows)], by=None)
    late, gone = leader.memberships.all()[:2]
    visit = record_attendance(meeting=visit, statuses={late.pk: "late", gone.pk: "absent"}, by=None)
    save_minutes(meeting=visit, conclusions="Như bàn.", by=None)
    for n in range(rows):
        raised(visit, f"Kiến nghị {n}")
        model(world.ba_tri, f"Mô hình {n}", meeting=visit, introduced_on=None)
    for reader in (world.users["tinh"], secretary("thu_ky", leader)):
        client = signed_in(reader)
        with django_assert_num_queries(8):
            page = client.get(address(visit))
        told = page.context
        assert [len(told[name]) for name in ("agenda", "opinions", "models", "guests")] == [rows] * 4
        assert [(len(told["together"]), len(told["exceptions"]), len(told["minutes"]))] == [(rows + 1, 2, 1)]
        assert text(page).count("Quy trình") == rows


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_meeting_to_come_that_others_declined_takes_eight(
    world: World, huyen: User, rows: int, django_assert_num_queries: Any
) -> None:
    district = with_members(world.chau_thanh)
    before, meeting = held(district, date(2026, 9, 18)), planned(district, SOON)
    for n in range(rows):
        raised(before, f"Kiến nghị {n}")
    set_agenda(meeting=meeting, items=[("credit", f"Nội dung {n}") for n in range(rows)], by=None)
    invite(meeting=meeting, guests=[(f"Khách {n}", "") for n in range(rows)], by=None)
    decline_turn(meeting=meeting, reason="Hội trường sửa", by=None)
    client = signed_in(huyen)
    with django_assert_num_queries(8):
        page = client.get(address(meeting))
    assert (len(page.context["agenda"]), len(page.context["declined"])) == (2 * rows, 1)
