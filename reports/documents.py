"""The report as an official document (NĐ 30/2020, domain 2 and 3), and what a template of it may say."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from steering.official import DocumentKind, Letter

SIGNATURE = ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"]
FIRST, REST = 45, 15  # mm: the unit's column, those of its numbers
SMALL, LISTS = 10, 12  # points
COLUMNS = {  # names under which a template finds a row's numbers
    "clubs": "Câu lạc bộ",
    "members": "Thành viên",
    "due": "Phải họp",
    "held": "Đã họp",
    "did_not_meet": "Không họp, có lý do",
    "missing": "Thiếu",
    "there": "Lượt dự",
    "invited": "Lượt khách mời",
}
NUMBERS = dict.fromkeys(COLUMNS, "0")
SAMPLE = {
    "parent": "ỦY BAN NHÂN DÂN HUYỆN BA TRI",
    "issuer": "BAN CHỈ ĐẠO GIẢM NGHÈO",
    "number": "Số:        /BC-BCĐ",
    "place_and_date": "Ba Tri, ngày      tháng      năm      ",
    "subject": "Hoạt động câu lạc bộ giảm nghèo tháng 10/2026",
    "sections": [{"title": "I. Công tác chỉ đạo, điều hành", "paragraphs": ["Ban chỉ đạo họp ngày 02/10/2026./."]}],
    "above": "Ban Chỉ đạo giảm nghèo tỉnh Bến Tre",
    "signer": "Võ Thanh Phong",
    "rows": [NUMBERS | {"name": "Xã An Hiệp"}],
    "total": NUMBERS | {"name": "Cộng"},
    "lists": [{"title": "Nội dung sinh hoạt, số lần", "rows": [{"label": "Vay vốn", "number": "3"}]}],
}


def build_report() -> bytes:
    """The words in five sections, the signature, then the tables on a page of their own."""
    letter = Letter()
    letter.head(
        parent="{{ parent }}", issuer="{{ issuer }}", number="{{ number }}", place_and_date="{{ place_and_date }}"
    )
    letter.title("BÁO CÁO", "{{ subject }}")
    letter.control("{%p for section in sections %}")
    letter.text("{{ section.title }}", is_bold=True)
    letter.control("{%p for words in section.paragraphs %}")
    letter.text("{{ words }}")
    letter.control("{%p endfor %}")
    letter.control("{%p endfor %}")
    letter.close(recipients=["- {{ above }};", "- Lưu: VT, BCĐ."], signature=SIGNATURE, signer="{{ signer }}")
    letter.new_page()
    letter.title("PHỤ BIỂU", "{{ subject }}")
    blanks = [""] * len(COLUMNS)
    letter.table(
        ["Đơn vị", *COLUMNS.values()],
        [FIRST, *[REST] * len(COLUMNS)],
        [
            ["{%tr for row in rows %}", *blanks],
            ["{{ row.name }}", *[f"{{{{ row.{name} }}}}" for name in COLUMNS]],
            ["{%tr endfor %}", *blanks],
            ["{{ total.name }}", *[f"{{{{ total.{name} }}}}" for name in COLUMNS]],
        ],
        size=SMALL,
        has_numbers=True,
    )
    letter.control("{%p for list in lists %}")
    letter.text("{{ list.title }}", is_bold=True)
    letter.table(
        ["Số liệu", "Số"],
        [120, 45],
        [["{%tr for row in list.rows %}", ""], ["{{ row.label }}", "{{ row.number }}"], ["{%tr endfor %}", ""]],
        size=LISTS,
        has_numbers=True,
    )
    letter.control("{%p endfor %}")
    return letter.save()


REPORT = DocumentKind("bao-cao", _("Báo cáo định kỳ"), build_report, SAMPLE)
KINDS = (REPORT,)
