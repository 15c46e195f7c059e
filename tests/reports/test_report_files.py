"""The report as an official document, as a workbook, by e-mail, of every unit at once, as it was sent."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import load_workbook

from reports.actions import send_edition, write_edition
from reports.models import Edition, Recipient
from steering.calendar import reporting_calendar
from tests.builders import World, club
from tests.reports.builders import held, with_members

pytestmark = pytest.mark.django_db
TEXTS = {
    "direction": "Họp Ban chỉ đạo ngày 02/10/2026.",
    "results": "Mô hình <nuôi dê> & trồng bưởi “da xanh” có thêm 6 hộ.",
    "proposals": "Hỗ trợ loa cho ấp Phước Hậu.",
}


@pytest.fixture(autouse=True)
def after_the_period() -> Any:
    with time_machine.travel("2026-10-16 09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def edition(world: World) -> Edition:
    held(with_members(world.an_khanh, people=3), date(2026, 10, 9), guests=2, areas="credit")
    period = reporting_calendar().parse("2026-10")
    return send_edition(edition=write_edition(unit=world.an_khanh, period=period, texts=TEXTS, by=None), by=None)


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("monthly_report", "2026-10", *args, stdout=out)
    return out.getvalue()


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def document(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def lines(found: Any) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if paragraph.text]


# The document


def test_the_document_has_the_form_of_a_report(world: World, edition: Edition) -> None:
    answer = signed_in(world, "xa").get(reverse("edition_file", args=[edition.pk, "docx"]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bao-cao-xa-an-khanh-2026-10.docx"'
    found = document(answer.content)
    head = [[p.text for p in cell.paragraphs if p.text] for row in found.tables[0].rows for cell in row.cells]
    assert head == [
        ["ỦY BAN NHÂN DÂN XÃ AN KHÁNH", "BAN CHỈ ĐẠO GIẢM NGHÈO"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ["Số:        /BC-BCĐ"],
        ["An Khánh, ngày      tháng      năm      "],
    ]
    assert found.tables[0].rows[1].cells[1].paragraphs[0].runs[0].italic
    text = lines(found)
    assert text[:2] == ["BÁO CÁO", "Kết quả hoạt động câu lạc bộ giảm nghèo tháng 10/2026"]
    assert [line for line in text if line.split(".")[0] in ("I", "II", "III", "IV", "V")] == [
        "I. Công tác chỉ đạo, điều hành",
        "II. Kết quả",
        "III. Tồn tại, hạn chế, nguyên nhân",
        "IV. Phương hướng kỳ tới",
        "V. Kiến nghị",
    ]
    assert "Mô hình <nuôi dê> & trồng bưởi “da xanh” có thêm 6 hộ." in text
    assert "Hỗ trợ loa cho ấp Phước Hậu./." in text
    body = next(p for p in found.paragraphs if p.text.startswith("Họp Ban chỉ đạo"))
    assert body.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    close = [p.text for cell in found.tables[1].rows[0].cells for p in cell.paragraphs if p.text]
    assert close == [
        "Nơi nhận:",
        "- Ban Chỉ đạo giảm nghèo huyện Châu Thành;",
        "- Lưu: VT, BCĐ.",
        "TM. BAN CHỈ ĐẠO",
        "TRƯỞNG BAN",
    ]


def test_the_results_begin_with_the_figures_in_sentences(world: World, edition: Edition) -> None:
    found = document(signed_in(world, "xa").get(reverse("edition_file", args=[edition.pk, "docx"])).content)
    text = lines(found)
    assert text[text.index("II. Kết quả") + 1 :][:4] == [
        "Đến ngày 14/10/2026 có 1 câu lạc bộ: 0 cấp huyện, 1 cấp xã, 0 cấp ấp và 0 câu lạc bộ người nghèo; đầu kỳ có "
        "1, trong kỳ thành lập 0, kết thúc 0.",
        "Có 3 thành viên, gồm 3 cá nhân và 0 tập thể; kết nạp 0, rời 0.",
        "Đã họp 1 trên 1 kỳ phải họp; 0 kỳ không họp có lý do, thiếu kết quả 0 kỳ. Có 3 lượt thành viên dự và 2 lượt khách "
        "được mời.",
        "Đã nêu 0 kiến nghị, trả lời 0, giải quyết xong 0, còn 0 quá hạn; giới thiệu 0 mô hình, nhân rộng ở 0 nơi với 0 hộ.",
    ]
    counted = {row.cells[0].text: row.cells[1].text for table in found.tables[2:] for row in table.rows}
    assert {"Vay vốn", "Kiến nghị đã trả lời", "Hộ làm theo mô hình"} <= counted.keys()


def test_the_table_has_a_line_for_each_unit_below_and_the_total(world: World) -> None:
    club(world.an_khanh)
    content = (
        signed_in(world, "huyen").get(reverse("report_file", args=[world.chau_thanh.pk, "2026-10", "docx"])).content
    )
    table = next(table for table in document(content).tables if table.rows[0].cells[0].text == "Đơn vị")
    assert [[cell.text for cell in row.cells][:2] for row in table.rows] == [
        ["Đơn vị", "Câu lạc bộ"],
        ["Xã An Khánh", "1"],
        ["Xã Phú Đức", "0"],
        ["Xã Tân Phú", "0"],
        ["Cộng", "1"],
    ]
    assert table.rows[1].cells[1].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_a_version_not_sent_has_no_file_of_its_own(world: World) -> None:
    period = reporting_calendar().parse("2026-10")
    draft = write_edition(unit=world.an_khanh, period=period, texts=TEXTS, by=None)
    assert signed_in(world, "xa").get(reverse("edition_file", args=[draft.pk, "docx"])).status_code == 404


# The command


def test_what_was_sent_is_printed_though_the_data_changed(world: World, edition: Edition, tmp_path: Path) -> None:
    club(world.an_khanh, founded_on=date(2026, 10, 2))
    path = tmp_path / "so.xlsx"
    run("--unit", "28810", "--format", "xlsx", "--output", str(path), "--edition")
    assert load_workbook(path).worksheets[0].cell(row=5, column=4).value == 1
    run("--unit", "28810", "--format", "xlsx", "--output", str(path))
    assert load_workbook(path).worksheets[0].cell(row=5, column=4).value == 2


def test_there_is_no_sent_report_to_print(world: World) -> None:
    with pytest.raises(CommandError, match="Xã Tân Phú chưa gửi báo cáo tháng 10/2026"):
        run("--unit", "28819", "--edition")


@pytest.mark.parametrize(
    ("kind", "label"), [("quarter", "quý IV/2026"), ("half-year", "6 tháng cuối năm 2026"), ("year", "năm 2026")]
)
def test_the_period_of_a_kind_that_holds_the_month(world: World, kind: str, label: str) -> None:
    assert f'"label": "{label}"' in run("--kind", kind)


def test_every_unit_that_reports_has_a_file(world: World, tmp_path: Path) -> None:
    out = run("--format", "csv", "--all-units", str(tmp_path / "thang-10"))
    names = sorted(path.name.partition("-")[2] for path in (tmp_path / "thang-10").iterdir())
    assert names == sorted(
        f"bao-cao-{name}-2026-10.csv"
        for name in (
            *("tinh-ben-tre", "huyen-ba-tri", "huyen-chau-thanh"),
            *("xa-an-khanh", "xa-tan-phu", "xa-phu-duc", "xa-an-hiep"),
        )
    )
    assert "Đã ghi 7 báo cáo" in out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("screen", "is_shown"), [(Terminal(), True), (io.StringIO(), False)])
def test_how_far_it_is_shows_on_a_terminal_and_stays_out_of_a_log(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, screen: io.StringIO, is_shown: bool
) -> None:
    monkeypatch.setattr("sys.stderr", screen)
    run("--format", "csv", "--all-units", str(tmp_path))
    assert ("7/7" in screen.getvalue()) is is_shown


def test_with_what_was_sent_those_that_sent_nothing_are_left_out(
    world: World, edition: Edition, tmp_path: Path
) -> None:
    run("--format", "json", "--edition", "--all-units", str(tmp_path))
    (only,) = tmp_path.iterdir()
    assert only.name.endswith("bao-cao-xa-an-khanh-2026-10.json")


class Broken(EmailBackend):
    """One address that no server takes."""

    def send_messages(self, messages: Any) -> int:
        if any(letter.to == ["hong@example.vn"] for letter in messages):
            raise OSError("không có máy chủ")
        return super().send_messages(messages)


@override_settings(EMAIL_BACKEND="tests.reports.test_report_files.Broken")
def test_the_addresses_on_file_get_the_report_and_a_bad_one_stops_nobody(world: World, capsys: Any) -> None:
    for email in ("hong@example.vn", "so@example.vn"):
        Recipient.objects.create(unit=world.an_khanh, full_name=f"Nơi {email}", email=email)
    with pytest.raises(CommandError, match="1 nơi chưa gửi được"):
        run("--unit", "28810", "--format", "docx", "--email")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["so@example.vn"], "Báo cáo tháng 10/2026, xã An Khánh")
    ((name, content, kind),) = letter.attachments
    assert name == "bao-cao-xa-an-khanh-2026-10.docx" and kind.endswith("wordprocessingml.document")
    assert lines(document(content))[0] == "BÁO CÁO"


def test_without_addresses_on_file_it_says_so(world: World) -> None:
    with pytest.raises(CommandError, match="chưa có nơi nhận báo cáo nào"):
        run("--email")
