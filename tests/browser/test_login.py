import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter, on_each_screen
from tests.builders import World, club, secretary

MENUS = {
    "tinh": ["Trang chủ", "Đơn vị", "Ban chỉ đạo", "Câu lạc bộ", "Sinh hoạt", "Thư viện", "Báo cáo"],
    "huyen": ["Trang chủ", "Đơn vị", "Ban chỉ đạo", "Câu lạc bộ", "Sinh hoạt", "Thư viện", "Báo cáo"],
    "xa": ["Trang chủ", "Đơn vị", "Ban chỉ đạo", "Câu lạc bộ", "Sinh hoạt", "Thư viện", "Báo cáo"],
    "xem": ["Trang chủ", "Đơn vị", "Ban chỉ đạo", "Câu lạc bộ", "Sinh hoạt", "Thư viện", "Báo cáo"],
    "thuky": ["Trang chủ", "Câu lạc bộ", "Sinh hoạt", "Thư viện"],
}


@pytest.mark.parametrize("username", MENUS)
def test_each_role_logs_in_and_finds_its_own_menu(username: str, world: World, enter: Enter) -> None:
    world.users["thuky"] = secretary("thuky", club(world.an_khanh))
    page = enter(None)
    page.goto("/cau-lac-bo/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill("mat-khau-thu")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Câu lạc bộ")
    expect(page.get_by_role("navigation", name="Điều hướng chính").get_by_role("link")).to_have_text(MENUS[username])


@on_each_screen
def test_a_wrong_password_is_told_and_the_name_is_kept(world: World, enter: Enter) -> None:
    page = enter(None)
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill("xa")
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("xa")


def test_logging_out_closes_the_site(world: World, enter: Enter) -> None:
    page = enter(world.users["xa"])
    page.goto("/cau-lac-bo/")
    page.locator("summary").filter(has_text="mở mục tài khoản").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto("/cau-lac-bo/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
