"""The report on the screen, and the same figures in the file."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter, on_each_screen
from tests.browser.steps import go_to
from tests.builders import FOUNDED, World, club
from tests.reports.builders import held, not_held, planned, with_members

# A column on the screen → those in the file whose sum it is.
COLUMNS = {
    "Câu lạc bộ": ["Số câu lạc bộ"],
    "Thành viên": ["Thành viên"],
    "Phải họp": ["Phải họp"],
    "Đã họp": ["Đã họp"],
    "Không họp, có lý do": ["Không họp, có lý do"],
    "Thiếu": ["Thiếu"],
    "Chưa đến ngày": ["Chưa đến ngày"],
    "Lượt dự": ["Có mặt", "Đến muộn"],
    "Lượt khách mời": ["Khách mời"],
    "Lượt khách đến": ["Khách đã đến"],
}

Rows = dict[str, dict[str, int]]  # name of a unit → column → figure


@pytest.fixture
def reported(world: World) -> World:
    """In the period of November: one meeting held, one called off, one still to come, one not even planned."""
    here = with_members(world.an_khanh, people=5, founded_on=FOUNDED)
    first, second = here.memberships.all()[:2]
    held(here, date(2026, 10, 16), {first.pk: "late", second.pk: "absent"}, guests=2)
    not_held(club(world.chau_thanh), date(2026, 10, 19))
    planned(club(world.an_khanh), date(2026, 10, 30))
    club(world.phu_duc)
    return world


@on_each_screen
def test_the_file_of_a_report_says_what_the_screen_says(reported: World, enter: Enter) -> None:
    page = enter(reported.users["tinh"])
    page.goto("/")
    go_to(page, "Báo cáo")
    page.get_by_role("link", name="Huyện Châu Thành").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo tháng 11/2026, huyện Châu Thành")
    shown = on_screen(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải .xlsx").click()
    assert download.value.suggested_filename == "bao-cao-huyen-chau-thanh-2026-11.xlsx"
    assert in_file(download.value.path().read_bytes()) == shown
    assert shown["Xã An Khánh"] == dict(zip(COLUMNS, (2, 5, 2, 1, 0, 0, 1, 4, 2, 0), strict=True))
    assert shown["Cộng"] == dict(zip(COLUMNS, (4, 5, 4, 1, 1, 0, 2, 4, 2, 0), strict=True))


def on_screen(page: Page) -> Rows:
    """The table by unit, read as it stands there: on a phone its cells carry their own labels."""
    found = {}
    for row in page.locator("table.rtable-num tr").filter(has=page.locator("td")).all():
        cells = {cell.get_attribute("data-label"): int(cell.inner_text()) for cell in row.locator("td").all()}
        found[row.locator("th").inner_text()] = cells
    return found


def in_file(content: bytes) -> Rows:
    """The counts of every sheet, by the unit of their row."""
    counts: dict[str, dict[str, int]] = {}
    for sheet in load_workbook(BytesIO(content)).worksheets:
        header, *lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        for line in lines:
            counts.setdefault(line[1], {}).update(zip(header, line, strict=True))
    return {
        name: {words: sum(line[one] for one in sums) for words, sums in COLUMNS.items()}
        for name, line in counts.items()
    }


@on_each_screen
def test_another_period_is_chosen_by_its_name(reported: World, enter: Enter) -> None:
    page = enter(reported.users["xem"])
    page.goto("/bao-cao/")
    page.get_by_label("Kỳ báo cáo").select_option("Quý III/2026")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo quý III/2026, huyện Châu Thành")
