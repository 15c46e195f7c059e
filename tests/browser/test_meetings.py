"""Meetings in the browser: planned, moved, called from a phone."""

from datetime import date, datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from meetings.models import Meeting, MeetingState
from tests.browser.conftest import Enter, on_each_screen, on_the_phone
from tests.browser.steps import go_to, press
from tests.builders import World, club, member, secretary
from tests.reports.builders import ZONE, planned

NAMES = ("Nguyễn Thị Lụa", "Trần Văn Bình", "Lê Thị Hoa", "Võ Thanh Phong", "Phan Ngọc Thảo")


@on_each_screen
def test_the_next_meetings_are_planned_after_reading_them_once_more(world: World, enter: Enter) -> None:
    here = club(world.an_khanh, name="CLB xã An Khánh")
    page = enter(world.users["xa"])
    page.goto(f"/cau-lac-bo/{here.pk}/")
    page.get_by_role("link", name="Lên lịch", exact=True).click()
    page.get_by_label("Lên lịch đến hết kỳ").select_option("Tháng 12/2026 (15/11 – 14/12/2026)")
    press(page, "Lên lịch")
    expect(page.locator(".will").get_by_role("listitem")).to_have_text(
        [
            "Kỳ tháng 11/2026: Thứ Sáu, 23/10/2026, 07:30, tại ấp Phước Hậu (nơi duy nhất trong lượt).",
            "Kỳ tháng 12/2026: Thứ Sáu, 27/11/2026, 07:30, tại ấp Phước Hậu (nơi duy nhất trong lượt).",
        ]
    )
    assert not Meeting.objects.exists()
    press(page, "Đồng ý, lên lịch")
    expect(page.get_by_text("Đã lên lịch 2 kỳ sinh hoạt.")).to_be_visible()
    expect(page.locator("#results tbody tr")).to_have_count(2)
    assert Meeting.objects.filter(club=here, state=MeetingState.PLANNED).count() == 2


@on_each_screen
def test_a_meeting_is_moved_within_its_period(world: World, enter: Enter) -> None:
    meeting = planned(club(world.an_khanh), date(2026, 10, 23))
    page = enter(world.users["xa"])
    page.goto("/")
    go_to(page, "Sinh hoạt")
    page.locator("#results").get_by_role("link", name=str(meeting.club)).click()
    page.locator("summary").filter(has_text="Việc khác").click()
    page.get_by_role("link", name="Đổi ngày, giờ").click()
    page.get_by_label("Ngày họp").fill("20/11/2026")
    press(page, "Đổi ngày, giờ")
    refusal = "Kỳ tháng 11/2026 từ 15/10/2026 đến 14/11/2026. Chọn ngày trong kỳ, hoặc ghi “không họp” rồi họp kỳ sau."
    expect(page.get_by_role("alert").get_by_text(refusal)).to_be_visible()
    page.get_by_label("Ngày họp").fill("05/11/2026")
    press(page, "Đổi ngày, giờ")
    expect(page.get_by_text("sang Thứ Năm, 05/11/2026, 07:30,")).to_be_visible()
    meeting.refresh_from_db()
    assert timezone.localtime(meeting.starts_at) == datetime(2026, 11, 5, 7, 30, tzinfo=ZONE)


@on_each_screen
def test_the_month_is_leafed_through_to_a_meeting(world: World, enter: Enter) -> None:
    meeting = planned(club(world.an_khanh), date(2026, 11, 5))
    page = enter(world.users["xem"])
    page.goto("/sinh-hoat/")
    page.get_by_role("link", name="Lịch tháng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lịch sinh hoạt tháng 10/2026")
    page.get_by_role("link", name="Tháng sau").click()
    page.get_by_role("link", name=str(meeting.club)).click()
    expect(page.get_by_text("Thứ Năm, 05/11/2026, 07:30, tại ấp Phước Hậu").first).to_be_visible()


@pytest.fixture
def todays(world: World) -> Meeting:
    """The meeting of this morning, of a club with five members and a secretary."""
    here = club(world.an_khanh)
    for name in NAMES:
        member(here, full_name=name)
    world.users["thuky"] = secretary("thuky", here)
    return planned(here, date(2026, 10, 20))


def mark(page: Page, name: str, status: str) -> None:
    """Tap somebody's row, then what is so."""
    row = page.locator(".att > li").filter(has_text=name)
    row.locator("label.att-row").click()
    row.get_by_text(status, exact=True).click()


@on_the_phone
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_secretary_takes_attendance_on_the_phone(scripts: bool, world: World, todays: Meeting, enter: Enter) -> None:
    page = enter(world.users["thuky"], java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("link", name="Điểm danh", exact=True).click()
    mark(page, "Trần Văn Bình", "Đến muộn")
    mark(page, "Võ Thanh Phong", "Vắng không phép")
    page.locator(".att > li").filter(has_text="Lê Thị Hoa").locator("label.att-row").click()
    if scripts:
        expect(page.locator("#count")).to_have_text("2 có mặt, 1 muộn, 2 vắng")
    press(page, "Lưu điểm danh")
    expect(page.get_by_text("Đã điểm danh: 3/5 thành viên có mặt.")).to_be_visible()
    expect(page.locator("main .state").first).to_have_text("Đã họp")
    todays.refresh_from_db()
    counts = (todays.present_count, todays.late_count, todays.excused_count, todays.absent_count)
    assert counts == (2, 1, 1, 1)


@on_the_phone
def test_two_phones_at_one_roll_lose_no_mark(world: World, todays: Meeting, enter: Enter) -> None:
    first, second = enter(world.users["thuky"]), enter(world.users["xa"])
    for page in (first, second):
        page.goto(f"/sinh-hoat/{todays.pk}/diem-danh/")
    mark(first, "Trần Văn Bình", "Đến muộn")
    press(first, "Lưu điểm danh")
    mark(second, "Lê Thị Hoa", "Vắng không phép")
    press(second, "Lưu điểm danh")
    expect(second.get_by_role("alert")).to_contain_text("Thư ký thuky vừa ghi lúc 09:00, 20/10/2026.")
    press(second, "Lưu điểm danh")
    expect(second.get_by_text("Đã điểm danh: 4/5 thành viên có mặt.")).to_be_visible()
    todays.refresh_from_db()
    assert (todays.late_count, todays.absent_count) == (1, 1)
