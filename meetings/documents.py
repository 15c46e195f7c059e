"""Documents of a meeting and the templates that come with the project, in the form of NĐ 30/2020."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from steering.official import DocumentKind, Letter

BLANK_LINES = 15  # for guests on the sheet to sign, besides those invited (R12)
SAMPLE = {
    "parent": "ỦY BAN NHÂN DÂN XÃ TÂN PHÚ",
    "issuer": "BAN CHỈ ĐẠO GIẢM NGHÈO",
    "number": "Số:        /GM-BCĐ",
    "place_and_date": "Tân Phú, ngày      tháng      năm      ",
    "committee": "Ban Chỉ đạo giảm nghèo xã Tân Phú",
    "club": "CLB công tác giảm nghèo xã Tân Phú",
    "what": "sinh hoạt tháng 10/2026",
    "when": "07 giờ 30, thứ Sáu, ngày 16 tháng 10 năm 2026",
    "where": "ấp Phước Hậu, xã Tân Phú",
    "chair": "Nguyễn Thị Lụa",
    "contents": ["Hướng dẫn vay vốn"],
    "guests": [{"name": "Lê Văn An", "body": "Hội Nông dân xã"}],
    "addressees": [{"name": "Lê Văn An", "body": "Hội Nông dân xã"}],
    "members": [{"seat": 1, "name": "Trần Thị Hoa", "role": "Chủ nhiệm"}],
    "signer": "Võ Thanh Phong",
}
MINUTES_SAMPLE = {
    **{name: SAMPLE[name] for name in ("parent", "issuer", "where", "chair")},
    "number": "Số:        /BB-BCĐ",
    "subject": "Sinh hoạt tháng 10/2026 của CLB công tác giảm nghèo xã Tân Phú",
    "is_draft": True,
    "correction": "",
    "started": "07 giờ 30, ngày 16 tháng 10 năm 2026",
    "ended": "10 giờ 00, ngày 16 tháng 10 năm 2026",
    "secretary": "Lê Văn An",
    "members": "Thành viên: có mặt 18/20 người, vắng có phép 1 người, vắng không phép 1 người;",
    "guests": "Khách dự: 12 người.",
    "items": [{"title": "Hướng dẫn vay vốn", "presenter": "Trần Thị Hoa", "said": ["Hồ sơ nộp tại ấp."]}],
    "strengths": ["Thành viên dự đông."],
    "limits": ["Còn hộ chưa làm hồ sơ."],
    "conclusions": ["Nộp hồ sơ trước ngày 30."],
}
SIGNATURE = ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"]


def invitation_head(letter: Letter) -> None:
    letter.head(
        parent="{{ parent }}", issuer="{{ issuer }}", number="{{ number }}", place_and_date="{{ place_and_date }}"
    )
    letter.title("GIẤY MỜI", "Về việc dự {{ what }} của {{ club }}")


def invitation_body(letter: Letter) -> None:
    letter.text("Tới dự: {{ what }} của {{ club }}.")
    letter.control("{%p if contents %}")
    letter.text("Nội dung: {{ contents|join('; ') }}.")
    letter.control("{%p endif %}")
    letter.control("{%p if chair %}")
    letter.text("Chủ trì: {{ chair }}, Chủ nhiệm câu lạc bộ.")
    letter.control("{%p endif %}")
    letter.text("Thời gian: {{ when }}.")
    letter.text("Địa điểm: {{ where }}./.")


def build_single() -> bytes:
    """One sheet for each person invited."""
    letter = Letter()
    letter.control("{%p for guest in addressees %}")
    invitation_head(letter)
    letter.text(
        "{{ committee }} trân trọng kính mời: {{ guest.name }}{% if guest.body %}, {{ guest.body }}{% endif %}."
    )
    invitation_body(letter)
    letter.close(recipients=["- Như trên;", "- Lưu: VT, BCĐ."], signature=SIGNATURE, signer="{{ signer }}")
    letter.control("{%p if not loop.last %}")
    letter.new_letter()
    letter.control("{%p endif %}")
    letter.control("{%p endfor %}")
    return letter.save()


def build_common() -> bytes:
    """One sheet with everybody on it."""
    letter = Letter()
    invitation_head(letter)
    letter.text("{{ committee }} trân trọng kính mời:")
    letter.text("- Các thành viên {{ club }};")
    letter.control("{%p for guest in guests %}")
    letter.text("- {{ guest.name }}{% if guest.body %}, {{ guest.body }}{% endif %}{{ '.' if loop.last else ';' }}")
    letter.control("{%p endfor %}")
    invitation_body(letter)
    letter.close(recipients=["- Như trên;", "- Lưu: VT, BCĐ."], signature=SIGNATURE, signer="{{ signer }}")
    return letter.save()


def build_sheet() -> bytes:
    """The sheet to sign: members in seat order, people invited, blank lines for whoever comes besides."""
    letter = Letter()
    letter.head(parent="{{ issuer }}", issuer="{{ club|upper }}")
    letter.title("DANH SÁCH KÝ TÊN", "Dự {{ what }}, {{ when }}")
    letter.text("Địa điểm: {{ where }}.")
    letter.text("1. Thành viên", is_bold=True)
    table = letter.table(
        ["Ghế", "Họ và tên", "Chức danh, cơ quan", "Ký tên"],
        [14, 60, 56, 35],
        [
            ["{%tr for m in members %}", "", "", ""],
            ["{{ m.seat }}", "{{ m.name }}", "{{ m.role }}", ""],
            ["{%tr endfor %}", "", "", ""],
        ],
    )
    letter.tall(table)
    letter.text("2. Khách mời", is_bold=True)
    guests = letter.table(
        ["TT", "Họ và tên", "Cơ quan, nơi ở", "Ký tên"],
        [14, 60, 56, 35],
        [
            ["{%tr for g in guests %}", "", "", ""],
            ["{{ loop.index }}", "{{ g.name }}", "{{ g.body }}", ""],
            ["{%tr endfor %}", "", "", ""],
            *[["", "", "", ""]] * BLANK_LINES,
        ],
    )
    letter.tall(guests)
    letter.two_signatures((["NGƯỜI LẬP DANH SÁCH"], ""), (["CHỦ TRÌ"], "{{ chair }}"))
    return letter.save()


def build_minutes() -> bytes:
    """What was said and concluded. No place and date in the head: the text says when it began and when it ended."""
    letter = Letter()
    letter.head(parent="{{ parent }}", issuer="{{ issuer }}", number="{{ number }}")
    letter.title("BIÊN BẢN", "{{ subject }}")
    only(letter, "is_draft", lambda: letter.remark("(Dự thảo)"))
    only(letter, "correction", lambda: letter.remark("{{ correction }}"))
    letter.text("Thời gian bắt đầu: {{ started }}.")
    letter.text("Địa điểm: {{ where }}.")
    letter.text("Thành phần tham dự:")
    letter.text("- {{ members }}")
    letter.text("- {{ guests }}")
    letter.text("Chủ tọa: {{ chair }}.")
    letter.text("Thư ký: {{ secretary }}.")
    only(letter, "items", lambda: letter.text("Nội dung:", is_bold=True))
    letter.control("{%p for item in items %}")
    letter.text("{{ loop.index }}. {{ item.title }}", is_bold=True)
    only(letter, "item.presenter", lambda: letter.text("Người trình bày: {{ item.presenter }}.", is_italic=True))
    paragraphs(letter, "item.said")
    letter.control("{%p endfor %}")
    for name, head in (("strengths", "Ưu điểm:"), ("limits", "Hạn chế:"), ("conclusions", "Kết luận:")):
        letter.control(f"{{%p if {name} %}}")
        letter.text(head, is_bold=True)
        paragraphs(letter, name)
        letter.control("{%p endif %}")
    letter.text("Biên bản kết thúc vào {{ ended }}./.")
    letter.two_signatures((["THƯ KÝ"], "{{ secretary }}"), (["CHỦ TỌA"], "{{ chair }}"))
    letter.recipients(["- Ban Chỉ đạo giảm nghèo;", "- Lưu: VT, BCĐ."])
    return letter.save()


def only(letter: Letter, name: str, add: Callable[[], Any]) -> None:
    """What `add` puts into the letter is there only while `name` says something."""
    letter.control(f"{{%p if {name} %}}")
    add()
    letter.control("{%p endif %}")


def paragraphs(letter: Letter, name: str) -> None:
    letter.control(f"{{%p for line in {name} %}}")
    letter.text("{{ line }}")
    letter.control("{%p endfor %}")


SINGLE = DocumentKind("giay-moi", _("Giấy mời, mỗi người một tờ"), build_single, SAMPLE)
COMMON = DocumentKind("giay-moi-chung", _("Giấy mời chung, kèm danh sách"), build_common, SAMPLE)
SHEET = DocumentKind("danh-sach-ky-ten", _("Danh sách ký tên"), build_sheet, SAMPLE)
MINUTES = DocumentKind("bien-ban", _("Biên bản sinh hoạt"), build_minutes, MINUTES_SAMPLE)
INVITATIONS = (SINGLE, COMMON, SHEET)
KINDS = (*INVITATIONS, MINUTES)
