"""The search in the masthead, from every page."""

from playwright.sync_api import expect

from tests.browser.conftest import Enter, on_each_screen
from tests.builders import World, club, member


@on_each_screen
def test_units_clubs_and_people_are_found_without_diacritics(world: World, enter: Enter) -> None:
    here = club(world.phu_duc, name="CLB xã Phú Đức")
    member(here, full_name="Đặng Phú Đức")
    page = enter(world.users["tinh"])
    page.goto("/cau-lac-bo/")
    page.get_by_label("Tìm câu lạc bộ, đơn vị").fill("phu duc")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tìm “phu duc”")
    for kind, name in (("Đơn vị", "Xã Phú Đức"), ("Câu lạc bộ", "CLB xã Phú Đức"), ("Người, tập thể", "Đặng Phú Đức")):
        expect(page.get_by_role("region", name=kind, exact=True).get_by_role("link").first).to_have_text(name)
    page.get_by_role("link", name="Đặng Phú Đức").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đặng Phú Đức")
