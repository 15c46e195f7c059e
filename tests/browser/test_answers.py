"""The gates of accessibility and width for what has no address of its own: refused forms, last questions, problems."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import Enter, on_each_screen
from tests.browser.screens import SCREENS
from tests.browser.steps import press
from tests.builders import World, club, member, secretary
from tests.reports.builders import planned

Visit = Callable[[Page, World], None]


def wrong_login(page: Page, world: World) -> None:
    page.context.clear_cookies()
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill("xa")
    page.get_by_label("Mật khẩu").fill("sai")
    press(page, "Đăng nhập")
    expect(page.get_by_role("alert")).to_be_visible()


def refused_form(page: Page, world: World) -> None:
    page.goto("/cau-lac-bo/thanh-lap/")
    press(page, "Thành lập câu lạc bộ")
    expect(page.get_by_role("alert")).to_be_visible()


def last_question(page: Page, world: World) -> None:
    page.goto("/cau-lac-bo/thanh-lap/")
    page.get_by_label("ấp Phước Hậu").check()
    press(page, "Thành lập câu lạc bộ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thành lập câu lạc bộ?")


def changed_meanwhile(page: Page, world: World) -> None:
    here = club(world.an_khanh)
    page.goto(f"/cau-lac-bo/{here.pk}/sua/")
    here.name = "CLB mang tên khác"
    here.save()
    press(page, "Lưu")
    expect(page.get_by_role("alert")).to_be_visible()


def marked_roll(page: Page, world: World) -> None:
    here = club(world.an_khanh)
    member(here, full_name="Nguyễn Thị Lụa")
    page.goto(f"/sinh-hoat/{planned(here, date(2026, 10, 20)).pk}/diem-danh/")
    page.locator("label.att-row").click()
    expect(page.locator("#count")).to_have_text("0 có mặt, 0 muộn, 1 vắng")


def done(page: Page, world: World) -> None:
    here = club(world.an_khanh)
    page.goto(f"/cau-lac-bo/{here.pk}/sua/")
    press(page, "Lưu")
    expect(page.get_by_role("status").first).to_be_visible()


def nothing_found(page: Page, world: World) -> None:
    page.goto("/cau-lac-bo/?q=khong+co&level=commune")
    expect(page.get_by_role("heading", name="Không có câu lạc bộ nào khớp")).to_be_visible()


def not_there(page: Page, world: World) -> None:
    page.goto("/khong-co-trang-nay/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def menu_opened(page: Page, world: World) -> None:
    page.goto("/")
    page.locator(".masthead summary").locator("visible=true").click()
    expect(page.get_by_role("button", name="Đăng xuất").locator("visible=true")).to_be_visible()


def in_english(page: Page, world: World) -> None:
    menu_opened(page, world)
    page.get_by_role("button", name="English").locator("visible=true").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


VISITS: tuple[Visit, ...] = (
    wrong_login,
    refused_form,
    last_question,
    changed_meanwhile,
    marked_roll,
    done,
    nothing_found,
    not_there,
    menu_opened,
    in_english,
)


@on_each_screen
@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.__name__.replace("_", " "))
def test_axe_finds_nothing_in_what_the_site_answers(
    visit: Visit, screen: str, world: World, enter: Enter, complaints: list[str]
) -> None:
    page = enter(world.users["xa"])
    visit(page, world)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == SCREENS[screen]["viewport"]["width"]
    if visit is not_there:
        complaints.clear()  # the browser itself says on its console that there was no such page


@on_each_screen
@pytest.mark.parametrize("role", ["thuky", "xem"])
def test_axe_finds_nothing_on_the_pages_of_those_who_only_read_or_call_the_roll(
    role: str, world: World, enter: Enter
) -> None:
    here = club(world.an_khanh)
    world.users["thuky"] = secretary("thuky", here)
    meeting = planned(here, date(2026, 10, 23))
    page = enter(world.users[role])
    for where in ("/", "/cau-lac-bo/", f"/cau-lac-bo/{here.pk}/", "/sinh-hoat/", f"/sinh-hoat/{meeting.pk}/"):
        page.goto(where)
        assert (where, axe(page)) == (where, [])
