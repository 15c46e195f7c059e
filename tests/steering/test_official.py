"""The form of official documents, and the templates a province may put in the place of ours."""

from datetime import date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from steering.actions import rename_unit
from steering.actions.documents import document, drop_template, put_template
from steering.models import DocumentTemplate
from steering.official import BadTemplate, DocumentKind, Letter, fill
from steering.official.words import body_name, day_words, name_on, number_words, place_words
from tests.builders import World

SAMPLE = {"name": "Lê Thị Hoa", "place": "Giồng Trôm", "day": "ngày 05 tháng 01 năm 2026"}


def build() -> bytes:
    letter = Letter()
    letter.head(
        parent="ỦY BAN NHÂN DÂN",
        issuer="BAN CHỈ ĐẠO GIẢM NGHÈO",
        number="Số: 05/GM-BCĐ",
        place_and_date="{{ place }}, {{ day }}",
    )
    letter.title("GIẤY MỜI", "Về việc sinh hoạt câu lạc bộ")
    letter.ground("Căn cứ quy chế của câu lạc bộ.")
    letter.text("Trân trọng kính mời: {{ name }}./.")
    letter.close(
        recipients=["- Như trên;", "- Lưu: VT."], signature=["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"], signer="{{ name }}"
    )
    return letter.save()


KIND = DocumentKind("thu", "Thử", build, SAMPLE)


def opened(content: bytes) -> Any:
    return Document(BytesIO(content))


def words(content: bytes) -> str:
    file = opened(content)
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def test_a4_with_the_margins_and_the_letter_of_the_decree() -> None:
    file = opened(build())
    section = file.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    found = [
        round(m.mm) for m in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ]
    assert found == [20, 20, 30, 15]
    assert (file.styles["Normal"].font.name, file.styles["Normal"].font.size.pt) == ("Times New Roman", 14)


def test_the_page_number_stands_in_the_top_margin_from_page_two() -> None:
    section = opened(build()).sections[0]
    assert section.different_first_page_header_footer is True
    assert section.first_page_header.paragraphs[0].text == ""
    number = section.header.paragraphs[0]
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [field.text for field in number._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_the_head_has_the_issuer_left_and_the_nation_right() -> None:
    left, right = opened(build()).tables[0].rows[0].cells
    looks = [(p.text, p.runs[0].bold, p.runs[0].font.size.pt) for p in [*left.paragraphs[:2], *right.paragraphs[:2]]]
    assert looks == [
        ("ỦY BAN NHÂN DÂN", False, 12),
        ("BAN CHỈ ĐẠO GIẢM NGHÈO", True, 12),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, 12),
        ("Độc lập - Tự do - Hạnh phúc", True, 13),
    ]
    number, day = opened(build()).tables[0].rows[1].cells
    assert (number.text, day.text) == ("Số: 05/GM-BCĐ", "{{ place }}, {{ day }}")
    assert day.paragraphs[0].runs[0].italic is True


def test_the_body_is_justified_and_the_grounds_are_in_italics() -> None:
    body = opened(build()).paragraphs
    ground = next(p for p in body if p.text.startswith("Căn cứ"))
    text = next(p for p in body if p.text.startswith("Trân trọng"))
    assert (ground.runs[0].italic, text.runs[0].italic) == (True, False)
    assert {ground.alignment, text.alignment} == {WD_ALIGN_PARAGRAPH.JUSTIFY}


def test_recipients_left_signature_right_on_one_page() -> None:
    table = opened(build()).tables[-1]
    left, right = table.rows[0].cells
    assert [(p.text, p.runs[0].font.size.pt) for p in left.paragraphs] == [
        ("Nơi nhận:", 12),
        ("- Như trên;", 11),
        ("- Lưu: VT.", 11),
    ]
    assert (left.paragraphs[0].runs[0].bold, left.paragraphs[0].runs[0].italic) == (True, True)
    assert [p.text for p in right.paragraphs if p.text] == ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN", "{{ name }}"]
    assert table.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


@pytest.mark.parametrize("name", ["Nguyễn <Lụa>", "Trần & Bùi", "Bà “Tư” 'Gấm'", "{{ không phải mẫu }}"])
def test_what_is_filled_in_comes_out_whole(name: str) -> None:
    assert f"Trân trọng kính mời: {name}./." in words(fill(build(), {**SAMPLE, "name": name}))


# Words


def test_days_and_numbers_as_the_decree_writes_them() -> None:
    assert day_words(date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026"
    assert day_words(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"
    assert day_words(date(2026, 12, 1)) == "ngày 01 tháng 12 năm 2026"
    assert day_words(None).split() == ["ngày", "tháng", "năm"]
    assert (number_words(5, "QĐ-UBND"), number_words(120, "GM-BCĐ")) == ("Số: 05/QĐ-UBND", "Số: 120/GM-BCĐ")
    assert number_words(None, "GM-BCĐ").split() == ["Số:", "/GM-BCĐ"]


def test_a_unit_is_called_what_it_was_called_on_the_day(world: World) -> None:
    with time_machine.travel(datetime(2026, 10, 25, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))):
        rename_unit(unit=world.an_khanh, type="phuong", name="8", code="28810", by=None)
    assert name_on(world.an_khanh, date(2026, 10, 24)) == "Xã An Khánh"
    assert name_on(world.an_khanh, date(2026, 10, 25)) == "Phường 8"
    assert name_on(world.an_khanh, date(2001, 1, 1)) == "Xã An Khánh"
    assert body_name(world.an_khanh, "ubnd", date(2026, 10, 20)) == "ỦY BAN NHÂN DÂN XÃ AN KHÁNH"
    assert place_words(world.an_khanh, date(2026, 10, 20)) == "An Khánh"
    assert place_words(world.an_khanh, date(2026, 10, 25)) == "Phường 8"


# Templates of the province


def own(text: str) -> bytes:
    file = Document()
    file.add_paragraph(text)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def test_the_provinces_own_template_is_used_until_it_is_dropped(world: World) -> None:
    put_template(kind=KIND, content=own("Mời {{ name }}"), file_name="mau.docx", by=world.users["tinh"])
    assert words(document(KIND, SAMPLE)) == "Mời Lê Thị Hoa"
    drop_template(kind=KIND, by=world.users["tinh"])
    assert "Trân trọng kính mời: Lê Thị Hoa./." in words(document(KIND, SAMPLE))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (own("Mời {{ nguoi_nhan }}"), "Mẫu dùng tên “nguoi_nhan” mà hệ thống không có."),
        (own("Mời {% if %}"), "Mẫu viết sai cú pháp"),
        (own("{{ name.__class__.__mro__ }}"), "Mẫu"),
        (b"khong phai docx", "không phải mẫu Word"),
        (b"x" * (2 * 1024 * 1024 + 1), "lớn hơn 2 MB"),
    ],
)
def test_a_broken_template_is_refused_by_name_and_the_old_one_stays(
    world: World, content: bytes, sentence: str
) -> None:
    put_template(kind=KIND, content=own("Mời {{ name }}"), file_name="mau.docx", by=None)
    with pytest.raises(ValidationError) as error:
        put_template(kind=KIND, content=content, file_name="hong.docx", by=None)
    assert sentence in error.value.message_dict["file"][0]
    assert DocumentTemplate.objects.get().file_name == "mau.docx"


def test_a_name_the_context_has_not_is_never_left_blank() -> None:
    with pytest.raises(BadTemplate):
        fill(build(), {"name": "Lê Thị Hoa"})
