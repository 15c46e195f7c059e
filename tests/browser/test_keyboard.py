"""The flows without a mouse: only keys are pressed, and what has the focus is always in sight."""

from datetime import date

from playwright.sync_api import Page, expect

from clubs.models import Club, ClubKind
from tests.browser.conftest import Enter, on_each_screen
from tests.browser.steps import press
from tests.builders import World, club, member, unit
from tests.reports.builders import planned

HAS_FOCUS = "document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle"


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the control of this name has the focus; a group of radio buttons is one stop."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if label in focused(page):
            assert page.evaluate(HAS_FOCUS) not in (False, "none"), f"no ring around {label}"
            return
    raise AssertionError(f"Tab never reaches {label}")


def focused(page: Page) -> str:
    """The words of the control that has the focus: its label, or its own text."""
    words: str = page.evaluate(
        """() => {
            const at = document.activeElement;
            const labels = Array.from(at.labels || [], (label) => label.innerText);
            return [...labels, at.innerText || "", at.getAttribute("aria-label") || ""].join(" ").trim();
        }"""
    )
    return words


def test_a_club_is_founded_by_keys_alone(world: World, enter: Enter) -> None:
    for number in range(1, 12):  # more than the picker shows at once
        unit(world.an_khanh, "ap", f"Tân Lợi {number}")
    page = enter(world.users["xa"])
    page.goto("/cau-lac-bo/")
    tab_to(page, "Ghi câu lạc bộ đã có")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thành lập câu lạc bộ")
    tab_to(page, "Gõ vài chữ để tìm")
    page.keyboard.type("phuoc hau")
    expect(page.locator("#found-unit").get_by_role("radio")).to_have_count(1)
    tab_to(page, "Ấp Phước Hậu")
    page.keyboard.press("Space")
    tab_to(page, "Loại")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Ngày thành lập")
    page.keyboard.type("01/10/2026")
    tab_to(page, "Số quyết định")
    page.keyboard.type("5")
    tab_to(page, "Ngày ký")
    page.keyboard.type("28/09/2026")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thành lập câu lạc bộ?")
    tab_to(page, "Đồng ý, thành lập câu lạc bộ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("CLB người nghèo ấp Phước Hậu")
    founded = Club.objects.get()
    assert (founded.unit, founded.kind) == (world.hamlet, ClubKind.POOR_PEOPLE)


def test_attendance_is_taken_by_keys_alone(world: World, enter: Enter) -> None:
    here = club(world.an_khanh)
    for name in ("Nguyễn Thị Lụa", "Trần Văn Bình"):
        member(here, full_name=name)
    meeting = planned(here, date(2026, 10, 20))
    page = enter(world.users["xa"])
    page.goto(f"/sinh-hoat/{meeting.pk}/")
    tab_to(page, "Điểm danh")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Điểm danh")
    tab_to(page, "Trần Văn Bình")
    page.keyboard.press("Space")
    tab_to(page, "Vắng có phép")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Lưu điểm danh")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã điểm danh: 1/2 thành viên có mặt.")).to_be_visible()
    meeting.refresh_from_db()
    assert meeting.absent_count == 1


@on_each_screen
def test_a_refused_form_begins_at_what_is_wrong_and_leads_to_it(world: World, enter: Enter) -> None:
    page = enter(world.users["xa"])
    page.goto(f"/cau-lac-bo/{club(world.an_khanh).pk}/ket-nap/")
    page.get_by_label("Ngày kết nạp").fill("hôm qua")
    press(page, "Kết nạp")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#errors') !== null")
    summary.get_by_role("link", name="Ngày kết nạp").click()
    expect(page.get_by_label("Ngày kết nạp")).to_be_in_viewport(ratio=1)


def test_the_first_stop_of_a_page_leads_past_the_navigation(world: World, enter: Enter) -> None:
    page = enter(world.users["xa"])
    page.goto("/cau-lac-bo/")
    page.keyboard.press("Tab")
    assert focused(page) == "Bỏ qua, đến nội dung chính"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#main').contains(document.activeElement)")


def test_the_search_is_reached_and_sent_by_keys(world: World, enter: Enter) -> None:
    page = enter(world.users["xa"])
    page.goto("/")
    tab_to(page, "Tìm câu lạc bộ, đơn vị")
    page.keyboard.type("phuoc hau")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tìm “phuoc hau”")
    tab_to(page, "Ấp Phước Hậu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ấp Phước Hậu")
