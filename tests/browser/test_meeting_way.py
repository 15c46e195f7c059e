"""One meeting from its plan to its agreed minutes, every document on the way downloaded and opened."""

from io import BytesIO
from pathlib import Path
from typing import Any

import time_machine
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests.browser.conftest import Enter
from tests.browser.steps import press
from tests.builders import FOUNDED, World, club, elect, member

GUEST = 'Nguyễn <Thị> Hồng & "Nhung"'
DAY = "2026-10-23 10:00:00+07:00"  # of the meeting, two hours after it began


def opened(page: Page, link: str) -> Any:
    """The Word file behind a link."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).first.click()
    return Document(BytesIO(Path(waiting.value.path()).read_bytes()))


def words(document: Any) -> list[str]:
    """Every line, those in tables after those between them."""
    in_tables = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return [p.text for p in (*document.paragraphs, *in_tables) if p.text]


def check_form(document: Any, number: str) -> None:
    """What every paper to sign has: A4, its margins, nation and motto, room for the number, pages numbered from the second."""
    section = document.sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    nation, motto = [p for p in document.tables[0].rows[0].cells[1].paragraphs if p.text]
    assert (nation.text, motto.text) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    assert all(p.runs[0].bold and p.alignment == WD_ALIGN_PARAGRAPH.CENTER for p in (nation, motto))
    assert not number or number in words(document)
    assert section.different_first_page_header_footer and "PAGE" in section.header.paragraphs[0]._p.xml
    assert section.first_page_header.paragraphs[0].text == ""


def plan(page: Page, pk: int) -> Meeting:
    page.goto(f"/cau-lac-bo/{pk}/")
    page.get_by_role("link", name="Lên lịch", exact=True).click()
    page.get_by_label("Lên lịch đến hết kỳ").select_option("Tháng 11/2026 (15/10 – 14/11/2026)")
    press(page, "Lên lịch")
    press(page, "Đồng ý, lên lịch")
    return Meeting.objects.get()


def write_agenda(page: Page, where: str) -> None:
    page.goto(f"{where}chuong-trinh/")
    page.locator("[name=title-new0]").fill("Hướng dẫn vay vốn")
    page.locator("[name=area-new0]").select_option("credit")
    page.locator("[name=presenter-new0]").fill("Lê Thị Ánh Nguyệt")
    page.locator("[name=minutes-new0]").fill("30")
    press(page, "Lưu chương trình")
    page.goto(f"{where}khach-moi/")
    page.locator("[name=full_name-new0]").fill(GUEST)
    page.locator("[name=body-new0]").fill("Hội Phụ nữ xã")
    press(page, "Lưu danh sách")


def invite(page: Page, where: str) -> None:
    page.goto(f"{where}moi-hop/")
    for link in ("Giấy mời, mỗi người một tờ", "Giấy mời chung, kèm danh sách"):
        letter = opened(page, link)
        check_form(letter, "Số:        /GM-BCĐ")
        said = words(letter)
        assert any(GUEST in line for line in said)
        assert "Thời gian: 07 giờ 30, thứ Sáu, ngày 23 tháng 10 năm 2026." in said
        assert "Nội dung: Hướng dẫn vay vốn." in said
        assert "Địa điểm: ấp Phước Hậu, xã An Khánh./." in said
    sheet = opened(page, "Danh sách ký tên")
    check_form(sheet, "")
    assert {"Nguyễn Thị Lụa", "Trần Văn Bình", GUEST} <= set(words(sheet))
    page.get_by_label("Zalo").check()
    press(page, "Ghi nhận đã mời")
    expect(page.get_by_text("Đã ghi: mời qua zalo.")).to_be_visible()


def call_the_roll(page: Page, where: str) -> None:
    page.goto(f"{where}diem-danh/")
    page.get_by_label(GUEST).check()
    page.get_by_role("button", name="Lưu điểm danh").click()
    expect(page.get_by_text("3/3 thành viên có mặt")).to_be_visible()


def write_minutes(page: Page) -> None:
    page.get_by_role("link", name="Ghi biên bản").first.click()
    page.get_by_label("Thư ký").fill("Trần Văn Bình")
    page.locator("[name=started_at]").fill("07:40")
    page.locator("[name=ended_at]").fill("09:30")
    page.locator("[name=said-0]").fill("Ngân hàng hướng dẫn hồ sơ; 4 hộ đăng ký.")
    page.get_by_label("Ưu điểm").fill("Dự đông đủ.")
    page.get_by_label("Hạn chế").fill("Thiếu loa.")
    page.get_by_label("Kết luận").fill("Tháng sau xem mô hình nuôi dê.")
    press(page, "Lưu dự thảo")


def test_from_the_plan_to_the_agreed_minutes(world: World, enter: Enter) -> None:
    here = club(world.an_khanh)
    chair, *_others = [member(here, full_name=name) for name in ("Nguyễn Thị Lụa", "Trần Văn Bình", "Lê Thị Hoa")]
    elect(chair, on=FOUNDED)
    page = enter(world.users["xa"])
    where = f"/sinh-hoat/{plan(page, here.pk).pk}/"
    write_agenda(page, where)
    invite(page, where)
    with time_machine.travel(DAY, tick=True):
        page = enter(world.users["xa"])
        call_the_roll(page, where)
        page.goto(where)
        write_minutes(page)
        page.get_by_role("link", name="Thông qua").first.click()
        press(page, "Thông qua")
        minutes = opened(page, "Bản để ký .docx")
    check_form(minutes, "Số:        /BB-BCĐ")
    said = words(minutes)
    assert said[0] == "BIÊN BẢN"
    assert "Ngân hàng hướng dẫn hồ sơ; 4 hộ đăng ký." in said
    assert "Tháng sau xem mô hình nuôi dê." in said
    assert any(line.startswith("Biên bản kết thúc vào 09 giờ 30") and line.endswith("./.") for line in said)
    assert not any(GUEST in line for line in said)  # minutes name office-holders only
    assert [row.state for row in Meeting.objects.get().minutes.all()] == ["agreed"]
