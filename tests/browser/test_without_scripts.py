"""The same pages in a browser that runs no scripts."""

from playwright.sync_api import Page, expect

from clubs.models import Club
from tests.browser.conftest import Enter, on_each_screen
from tests.browser.steps import press
from tests.builders import World, club, unit


def plain(enter: Enter, world: World, username: str) -> Page:
    return enter(world.users[username], java_script_enabled=False)


@on_each_screen
def test_a_list_is_filtered_by_its_button(world: World, enter: Enter) -> None:
    club(world.phu_duc, name="CLB xã Phú Đức")
    club(world.tan_phu, name="CLB xã Tân Phú")
    page = plain(enter, world, "tinh")
    page.goto("/cau-lac-bo/")
    page.get_by_label("Tên câu lạc bộ hoặc đơn vị").fill("phu duc")
    press(page, "Lọc")
    expect(page.locator("#results").get_by_role("status")).to_have_text("1 kết quả")
    expect(page.get_by_role("link", name="CLB xã Phú Đức")).to_be_visible()


@on_each_screen
def test_a_club_is_founded_with_the_picker_searching_on_its_button(world: World, enter: Enter) -> None:
    for number in range(1, 12):
        unit(world.an_khanh, "ap", f"Tân Lợi {number}")
    page = plain(enter, world, "xa")
    page.goto("/cau-lac-bo/thanh-lap/")
    page.get_by_label("Người ký").fill("Trần Văn Bình")
    page.get_by_label("Gõ vài chữ để tìm, không cần dấu").fill("phuoc hau")
    page.locator("#pick-unit").get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_label("ấp Phước Hậu").check()
    expect(page.get_by_label("Người ký")).to_have_value("Trần Văn Bình")
    press(page, "Thành lập câu lạc bộ")
    press(page, "Đồng ý, thành lập câu lạc bộ")
    expect(page.get_by_role("heading", level=1)).to_have_text("CLB công tác giảm nghèo ấp Phước Hậu")
    assert Club.objects.get().unit == world.hamlet
