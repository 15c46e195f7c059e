"""Documents of a meeting and the templates that come with the project, in the form of NĐ 30/2020."""

from __future__ import annotations

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
    letter.new_page()
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


SINGLE = DocumentKind("giay-moi", _("Giấy mời, mỗi người một tờ"), build_single, SAMPLE)
COMMON = DocumentKind("giay-moi-chung", _("Giấy mời chung, kèm danh sách"), build_common, SAMPLE)
SHEET = DocumentKind("danh-sach-ky-ten", _("Danh sách ký tên"), build_sheet, SAMPLE)
KINDS = (SINGLE, COMMON, SHEET)
