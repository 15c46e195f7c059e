"""What is long, and what opens, stays within the page."""

from datetime import date

from clubs.models import Club
from meetings.actions import invite, mark_invited
from meetings.models import Meeting
from tests.browser.conftest import Enter, on_each_screen, on_the_phone
from tests.builders import World
from tests.reports.builders import planned, with_members

NAME = "N" * 120
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def coming(world: World) -> Meeting:
    here: Club = with_members(world.an_khanh)
    return planned(here, date(2026, 11, 6))


@on_each_screen
def test_the_menu_that_is_the_only_button_opens_within_the_page(world: World, enter: Enter) -> None:
    meeting = coming(world)
    invite(meeting=meeting, guests=[("Lê Văn An", "Hội Nông dân")], by=None)
    mark_invited(meeting=meeting, by=None)
    page = enter(world.users["xa"])
    page.goto(f"/sinh-hoat/{meeting.pk}/")
    page.locator(".page-head summary").filter(has_text="Việc khác").click()
    box = page.locator(".menu-more > ul").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.evaluate("document.documentElement.clientWidth")


@on_the_phone
def test_a_name_without_a_space_is_broken(world: World, enter: Enter) -> None:
    meeting = coming(world)
    invite(meeting=meeting, guests=[(NAME, NAME)], by=None)
    page = enter(world.users["xa"])
    for address in ("", "khach-moi/", "moi-hop/", "bien-ban/"):
        page.goto(f"/sinh-hoat/{meeting.pk}/{address}")
        assert page.evaluate(OVERHANG) <= 0, address


@on_each_screen
def test_the_subject_of_a_line_has_the_whole_width(world: World, enter: Enter) -> None:
    page = enter(world.users["xa"])
    page.goto(f"/sinh-hoat/{coming(world).pk}/chuong-trinh/")
    row = page.locator(".edit-new > li").first
    subject, whole = row.get_by_label("Nội dung").bounding_box(), row.bounding_box()
    assert subject is not None
    assert whole is not None
    assert subject["width"] > 0.9 * whole["width"]
