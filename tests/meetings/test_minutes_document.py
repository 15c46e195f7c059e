"""Minutes as a document to sign, in the form of NĐ 30/2020 for a biên bản. Today is 20/10/2026."""

from datetime import date, time
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import activate
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from meetings.actions import agree_minutes, correct_minutes, save_minutes
from meetings.documents import MINUTES, MINUTES_SAMPLE, build_minutes
from meetings.models import Meeting
from steering.actions.documents import WORD
from steering.official import fill
from tests.builders import World, member
from tests.meetings.builders import signed_in
from tests.reports.builders import held, with_members

ITEMS = [
    {
        "title": "Hướng dẫn <vay vốn> & “thế chấp”",
        "area": "credit",
        "presenter": "Lê Thị Ánh Nguyệt",
        "said": "Hồ sơ < 5 trang & nộp tại ấp.\nÝ kiến: “cần nhanh hơn”.",
        "opinion": None,
    },
    {"title": "Y tế", "area": "health", "presenter": "", "said": "", "opinion": None},
]
TEXT: dict[str, Any] = {
    "chair": "Tôn Nữ Hoàng Công Tằng Quỳnh Trân Anh Thư",
    "secretary": "Nguyễn Hoàng Phương Thảo",
    "started_at": time(7, 30),
    "ended_at": time(10, 5),
    "items": ITEMS,
    "strengths": "Thành viên dự đông.",
    "limits": "Còn hộ chưa làm hồ sơ.",
    "conclusions": "Nộp hồ sơ trước ngày 30.\nGiao ấp nhắc từng hộ.",
}


@pytest.fixture
def xa(world: World) -> Client:
    return signed_in(world.users["xa"])


@pytest.fixture
def meeting(world: World) -> Meeting:
    here = with_members(world.an_khanh, people=3, name="CLB xã An Khánh")
    excused, absent = (member(here, full_name=f"Người Vắng {n}") for n in (1, 2))
    found = held(here, date(2026, 9, 4), {excused.pk: "excused", absent.pk: "absent"}, guests=2)
    save_minutes(meeting=found, by=None, **TEXT)
    return found


def download(client: Client, meeting: Meeting, number: int = 1) -> Any:
    answer = client.get(reverse("minutes_document", args=[meeting.pk, number]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, WORD)
    return Document(BytesIO(answer.content))


def lines(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def cells(table: Any) -> list[list[str]]:
    return [[p.text for p in cell.paragraphs if p.text] for row in table.rows for cell in row.cells]


def paragraph(document: Any, text: str) -> Any:
    return next(each for each in document.paragraphs if each.text == text)


def is_bold(each: Any) -> bool:
    return all(run.bold for run in each.runs if run.text)


def test_the_document_says_everything_in_the_order_of_the_form(meeting: Meeting, xa: Client) -> None:
    agree_minutes(meeting=meeting, by=None)
    document = download(xa, meeting)
    head, signatures = document.tables
    assert cells(head) == [
        ["ỦY BAN NHÂN DÂN XÃ AN KHÁNH", "BAN CHỈ ĐẠO GIẢM NGHÈO"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ["Số:        /BB-BCĐ"],
        [],  # no place and date: the text says when it began and ended
    ]
    assert lines(document) == [
        "BIÊN BẢN",
        "Sinh hoạt tháng 09/2026 của CLB xã An Khánh",
        "Thời gian bắt đầu: 07 giờ 30, ngày 04 tháng 9 năm 2026.",
        "Địa điểm: ấp Phước Hậu, xã An Khánh.",
        "Thành phần tham dự:",
        "- Thành viên: có mặt 3/5 người, vắng có phép 1 người, vắng không phép 1 người;",
        f"- Khách dự: {meeting.guest_count} người.",
        "Chủ tọa: Tôn Nữ Hoàng Công Tằng Quỳnh Trân Anh Thư.",
        "Thư ký: Nguyễn Hoàng Phương Thảo.",
        "Nội dung:",
        "1. Hướng dẫn <vay vốn> & “thế chấp” (vay vốn)",
        "Người trình bày: Lê Thị Ánh Nguyệt.",
        "Hồ sơ < 5 trang & nộp tại ấp.",
        "Ý kiến: “cần nhanh hơn”.",
        "2. Y tế",
        "Ưu điểm:",
        "Thành viên dự đông.",
        "Hạn chế:",
        "Còn hộ chưa làm hồ sơ.",
        "Kết luận:",
        "Nộp hồ sơ trước ngày 30.",
        "Giao ấp nhắc từng hộ.",
        "Biên bản kết thúc vào 10 giờ 05, ngày 04 tháng 9 năm 2026./.",
        "Nơi nhận:",
        "- Ban Chỉ đạo giảm nghèo;",
        "- Lưu: VT, BCĐ.",
    ]
    assert cells(signatures) == [
        ["THƯ KÝ", "Nguyễn Hoàng Phương Thảo"],
        ["CHỦ TỌA", "Tôn Nữ Hoàng Công Tằng Quỳnh Trân Anh Thư"],
    ]


def test_nobody_but_office_holders_is_named(meeting: Meeting, xa: Client) -> None:
    whole = "\n".join(lines(download(xa, meeting)))
    assert ("Người Vắng" in whole, "Khách 0" in whole) == (False, False)


def test_the_form_is_that_of_the_decree(meeting: Meeting, xa: Client) -> None:
    agree_minutes(meeting=meeting, by=None)
    document = download(xa, meeting)
    title, subject = document.paragraphs[0], document.paragraphs[1]
    assert [(p.alignment, is_bold(p)) for p in (title, subject)] == [(ALIGN.CENTER, True)] * 2
    said = paragraph(document, "Hồ sơ < 5 trang & nộp tại ấp.")
    assert (said.alignment, is_bold(said), said.runs[0].font.size.pt) == (ALIGN.JUSTIFY, False, 14)
    assert is_bold(paragraph(document, "Kết luận:"))
    assert is_bold(paragraph(document, "1. Hướng dẫn <vay vốn> & “thế chấp” (vay vốn)"))
    assert paragraph(document, "Người trình bày: Lê Thị Ánh Nguyệt.").runs[0].italic
    recipients = paragraph(document, "Nơi nhận:").runs[0]
    assert (recipients.bold, recipients.italic, recipients.font.size.pt) == (True, True, 12)
    assert paragraph(document, "- Lưu: VT, BCĐ.").runs[0].font.size.pt == 11
    parent, issuer = (p for p in document.tables[0].rows[0].cells[0].paragraphs if p.text)
    assert (is_bold(parent), is_bold(issuer)) == (False, True)
    for cell in document.tables[1].rows[0].cells:
        assert all(is_bold(p) and p.alignment == ALIGN.CENTER for p in cell.paragraphs if p.text)


def test_the_page_is_a4_and_numbered_from_the_second_on(meeting: Meeting, xa: Client) -> None:
    section = download(xa, meeting).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert section.header.paragraphs[0].alignment == ALIGN.CENTER
    assert section.first_page_header.paragraphs[0].text == ""


def test_a_draft_says_so_in_its_name_and_on_its_first_page(meeting: Meeting, xa: Client) -> None:
    address = reverse("minutes_document", args=[meeting.pk, 1])
    name = "bien-ban-clb-xa-an-khanh-2026-09-04-lan-1.docx"
    assert xa.get(address).headers["Content-Disposition"] == f'attachment; filename="du-thao-{name}"'
    remark = download(xa, meeting).paragraphs[3]
    assert (remark.text, remark.alignment, remark.runs[0].italic) == ("(Dự thảo)", ALIGN.CENTER, True)
    agree_minutes(meeting=meeting, by=None)
    assert xa.get(address).headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_correction_names_what_it_stands_in_for(meeting: Meeting, xa: Client) -> None:
    agree_minutes(meeting=meeting, by=None)
    correct_minutes(meeting=meeting, reason="ghi nhầm số hộ", by=None)
    sentence = "Biên bản lần 2, đính chính và thay biên bản lần 1. Lý do: ghi nhầm số hộ."
    assert sentence in lines(download(xa, meeting, 2))
    assert sentence not in lines(download(xa, meeting, 1))


def test_what_is_not_known_yet_leaves_room(world: World, xa: Client) -> None:
    bare = held(with_members(world.an_khanh), date(2026, 9, 4))
    save_minutes(meeting=bare, by=None)
    said = lines(download(xa, bare))
    assert "Biên bản kết thúc vào … giờ …, ngày 04 tháng 9 năm 2026./." in said
    assert [head for head in ("Nội dung:", "Ưu điểm:", "Hạn chế:", "Kết luận:") if head in said] == []


def test_it_stays_vietnamese_for_every_reader(meeting: Meeting, xa: Client) -> None:
    vietnamese = lines(download(xa, meeting))
    xa.cookies["django_language"] = "en"
    assert lines(download(xa, meeting)) == vietnamese
    activate("vi")


def test_the_province_may_put_a_template_of_its_own_in_its_place(world: World, meeting: Meeting, xa: Client) -> None:
    own = Document(BytesIO(build_minutes()))
    own.paragraphs[0].runs[0].text = "BIÊN BẢN HỌP"
    file = BytesIO()
    own.save(file)
    upload = SimpleUploadedFile("mau.docx", file.getvalue(), WORD)
    tinh = signed_in(world.users["tinh"])
    answer = tinh.post(reverse("admin:steering_documenttemplate_add"), {"kind": MINUTES.key, "file": upload})
    assert answer.status_code == 302
    assert lines(download(xa, meeting))[0] == "BIÊN BẢN HỌP"


def test_the_sample_has_every_name_of_the_template() -> None:
    assert fill(build_minutes(), MINUTES_SAMPLE)[:2] == b"PK"


def test_another_units_minutes_are_not_found(world: World, meeting: Meeting, client: Client) -> None:
    address = reverse("minutes_document", args=[meeting.pk, 1])
    assert signed_in(world.users["xa_khac"]).get(address).status_code == 404
    assert signed_in(world.users["xem"]).get(address).status_code == 200
    assert signed_in(world.users["xa"]).get(reverse("minutes_document", args=[meeting.pk, 2])).status_code == 404
    assert client.get(address).url.startswith(reverse("login"))
