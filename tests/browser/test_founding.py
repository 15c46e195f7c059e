"""A club from its proposal to its founding: proposed, its decision drafted and opened, signed, recorded."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from clubs.models import Club
from tests.browser.conftest import Enter, on_each_screen
from tests.browser.steps import go_to, press
from tests.builders import World

PAPER = {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 a paper with a seal"}


@pytest.fixture(autouse=True)
def papers(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def propose(page: Page) -> None:
    page.goto("/")
    go_to(page, "Câu lạc bộ")
    page.get_by_role("link", name="Đề nghị thành lập").first.click()
    page.get_by_label("ấp Phước Hậu").check()
    page.get_by_label("Vì sao cần câu lạc bộ").fill("Ấp còn 14 hộ nghèo, xa trụ sở xã.")
    page.get_by_label("Ai đề nghị").fill("Chi hội Nông dân ấp Phước Hậu")
    page.get_by_label("Đề nghị ngày").fill("05/10/2026")
    page.get_by_label("Số thành viên dự kiến").fill("18")
    press(page, "Ghi đề nghị")
    expect(page.get_by_text("chưa tính vào số câu lạc bộ")).to_be_visible()
    press(page, "Đồng ý, ghi đề nghị")


@on_each_screen
def test_a_club_goes_from_its_proposal_to_its_founding(world: World, enter: Enter, tmp_path: Path) -> None:
    page = enter(world.users["xa"])
    propose(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("CLB công tác giảm nghèo ấp Phước Hậu")
    steps = page.get_by_role("region", name="Các bước thành lập")
    expect(steps.locator("[aria-current=step]")).to_contain_text("Quyết định thành lập")

    with page.expect_download() as waiting:
        steps.get_by_role("link", name="Tải dự thảo quyết định (.docx)").click()
    assert waiting.value.suggested_filename.startswith("du-thao-quyet-dinh-thanh-lap-")
    waiting.value.save_as(tmp_path / "du-thao.docx")
    words = [paragraph.text for paragraph in Document(str(tmp_path / "du-thao.docx")).paragraphs]
    assert "Về việc thành lập CLB công tác giảm nghèo ấp Phước Hậu" in words
    assert "3. Số thành viên khi thành lập: 18 thành viên, nhiều nhất 25 thành viên." in words

    steps.get_by_role("link", name="Ghi quyết định, thành lập").click()
    page.get_by_label("Số quyết định").fill("5")
    page.get_by_label("Ngày ký").fill("12/10/2026")
    page.get_by_label("Người ký").fill("Trần Văn Bình")
    page.get_by_label("Bản đã ký").set_input_files(PAPER)  # type: ignore[arg-type]
    press(page, "Thành lập câu lạc bộ")
    expect(page.get_by_text("Tiếp theo: kết nạp thành viên.")).to_be_visible()
    expect(steps.locator("[aria-current=step]")).to_contain_text("Kết nạp thành viên")
    founded = Club.objects.get()
    assert (founded.status, founded.founded_on) == ("active", date(2026, 10, 12))
    assert founded.founding_decision is not None
    assert founded.founding_decision.file.read() == PAPER["buffer"]
