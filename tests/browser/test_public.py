"""The public pages, seen by somebody without a login: found, read, found accessible, nobody's but office-holders' names."""

from datetime import date

from playwright.sync_api import expect

from clubs.actions import give_consent
from tests.browser.axe import axe
from tests.browser.conftest import Enter, on_each_screen
from tests.builders import World, club, elect, member
from tests.reports.builders import planned


@on_each_screen
def test_a_stranger_finds_a_club_and_reads_what_is_public(world: World, enter: Enter) -> None:
    here = club(world.an_khanh, name="CLB xã An Khánh")
    chair = member(here, full_name="Lê Thị Chủ")
    member(here, full_name="Nguyễn Thị Kín")
    give_consent(person=chair.person, purpose="public_name", given_on=date(2026, 1, 5), by=None)
    elect(chair, on=date(2026, 1, 5))
    planned(here, date(2026, 10, 23))
    page = enter(None)
    page.goto("/cong-khai/")
    page.get_by_label("Tìm câu lạc bộ theo tên, xã").fill("an khanh")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="CLB xã An Khánh").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CLB xã An Khánh")
    expect(page.get_by_text("Lê Thị Chủ")).to_be_visible()
    expect(page.get_by_text("23/10/2026")).to_be_visible()
    assert "Nguyễn Thị Kín" not in page.content()
    found = axe(page)
    page.get_by_role("link", name="Thống kê toàn tỉnh").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thống kê câu lạc bộ giảm nghèo, tỉnh Bến Tre")
    assert found + axe(page) == []
