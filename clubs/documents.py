"""Draft decisions about clubs and the templates that come with the project, in the form of NĐ 30/2020.

A draft leaves number, place and date blank: the clerk and the signer give them. It cites no law by number.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from steering.official import DocumentKind, Letter

SIGNATURE = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
SAMPLE = {
    "body": "XÃ TÂN PHÚ",
    "authority": "ỦY BAN NHÂN DÂN XÃ TÂN PHÚ",
    "number": "Số:        /QĐ-UBND",
    "place_and_date": "Tân Phú, ngày      tháng      năm      ",
    "grounds": ["Căn cứ Luật Tổ chức chính quyền địa phương", "Xét đề nghị của Hội Nông dân xã Tân Phú"],
    "club": "CLB công tác giảm nghèo xã Tân Phú",
    "kind": "CLB công tác giảm nghèo",
    "level": "cấp xã",
    "unit": "xã Tân Phú, huyện Châu Thành",
    "area": "các ấp, khu phố của xã Tân Phú",
    "place": "trụ sở UBND xã Tân Phú",
    "members": "20",
    "seats": "25",
    "cadence": "mỗi tháng một kỳ",
    "schedule": "thứ Sáu tuần thứ 2 của kỳ, lúc 07 giờ 30",
    "manager": "Ban Chỉ đạo giảm nghèo xã Tân Phú",
    "verb": "công nhận",
    "officers": [
        {"name": "Bà Nguyễn Thị Lụa", "job": "Trưởng ấp", "role": "Chủ nhiệm", "since": "ngày 05 tháng 01 năm 2026"}
    ],
    "into": "CLB công tác giảm nghèo xã An Khánh",
    "reason": "hai xã sáp nhập",
    "since": "ngày 05 tháng 01 năm 2026",
    "sitting": "18",
    "moving": "15",
    "leaving": "3",
    "recipients": ["- UBND huyện Châu Thành (để b/c);"],
    "signer": "",
}


def opening(letter: Letter, subject: str) -> None:
    """From the head to the words "QUYẾT ĐỊNH:"."""
    letter.head(
        parent="",
        issuer="ỦY BAN NHÂN DÂN\n{{ body }}",
        number="{{ number }}",
        place_and_date="{{ place_and_date }}",
    )
    letter.title("QUYẾT ĐỊNH", subject)
    letter.heading("{{ authority }}")
    letter.control("{%p for ground in grounds %}")
    letter.ground("{{ ground }}{{ '.' if loop.last else ';' }}")
    letter.control("{%p endfor %}")
    letter.heading("QUYẾT ĐỊNH:")


def closing(letter: Letter, responsible: str) -> None:
    """The last article, who gets it, who signs."""
    letter.article(
        "Điều 3.",
        f"Quyết định này có hiệu lực kể từ ngày ký. {responsible} chịu trách nhiệm thi hành Quyết định này./.",
    )
    letter.close(
        recipients=[
            "- Như Điều 3;",
            "{%p for recipient in recipients %}",
            "{{ recipient }}",
            "{%p endfor %}",
            "- Lưu: VT.",
        ],
        signature=SIGNATURE,
        signer="{{ signer }}",
    )


def build_founding() -> bytes:
    letter = Letter()
    opening(letter, "Về việc thành lập {{ club }}")
    letter.article("Điều 1.", "Thành lập {{ club }} (sau đây gọi là Câu lạc bộ), như sau:")
    letter.text("1. Loại, cấp: {{ kind }}, {{ level }}.")
    letter.text("2. Đơn vị: {{ unit }}. Nơi sinh hoạt luân phiên: {{ area }}.")
    letter.control("{%p if place %}")
    letter.text("Nơi sinh hoạt ban đầu: {{ place }}.")
    letter.control("{%p endif %}")
    letter.text("3. Số thành viên khi thành lập: {{ members }} thành viên, nhiều nhất {{ seats }} thành viên.")
    letter.text("4. Kỳ sinh hoạt: {{ cadence }}, {{ schedule }}.")
    letter.text("5. Cơ quan quản lý: {{ manager }}.")
    letter.article(
        "Điều 2.",
        "Câu lạc bộ do cá nhân, tập thể tự nguyện tham gia, hoạt động theo quy chế riêng, công khai, dân chủ. Ban chủ nhiệm "
        "gồm 01 chủ nhiệm và 02 phó chủ nhiệm, do thành viên bầu.",
    )
    letter.control("{%p if officers %}")
    letter.text("Ban chủ nhiệm khi thành lập gồm:")
    officers(letter)
    letter.control("{%p endif %}")
    closing(letter, "{{ manager }}, các cơ quan, đơn vị liên quan và {{ club }}")
    return letter.save()


def officers(letter: Letter) -> None:
    """One line each: who, which office, from which day."""
    letter.control("{%p for officer in officers %}")
    letter.text(
        "{{ loop.index }}. {{ officer.name }}{% if officer.job %}, {{ officer.job }}{% endif %}: {{ officer.role }}, "
        "từ {{ officer.since }}{{ '.' if loop.last else ';' }}"
    )
    letter.control("{%p endfor %}")


def build_officers() -> bytes:
    letter = Letter()
    opening(letter, "Về việc {{ verb }} ban chủ nhiệm {{ club }}")
    letter.article("Điều 1.", "{{ verb|capitalize }} ban chủ nhiệm {{ club }}, gồm các ông, bà có tên sau:")
    officers(letter)
    letter.article(
        "Điều 2.",
        "Ban chủ nhiệm điều hành Câu lạc bộ theo quy chế đã được thành viên thông qua và chịu sự quản lý của {{ manager }}.",
    )
    closing(letter, "{{ manager }}, {{ club }} và các ông, bà có tên tại Điều 1")
    return letter.save()


def build_dissolving() -> bytes:
    letter = Letter()
    opening(letter, "Về việc giải thể {{ club }}")
    letter.article("Điều 1.", "Giải thể {{ club }}, {{ level }}, tại {{ unit }}, kể từ {{ since }}.")
    letter.text("Lý do: {{ reason }}.")
    members(letter)
    closing(letter, "{{ manager }}, các cơ quan, đơn vị liên quan và {{ club }}")
    return letter.save()


def build_merging() -> bytes:
    letter = Letter()
    opening(letter, "Về việc sáp nhập {{ club }} vào {{ into }}")
    letter.article("Điều 1.", "Sáp nhập {{ club }}, {{ level }}, tại {{ unit }}, vào {{ into }} kể từ {{ since }}.")
    letter.text("Lý do: {{ reason }}.")
    members(letter)
    closing(letter, "{{ manager }}, các cơ quan, đơn vị liên quan, {{ club }} và {{ into }}")
    return letter.save()


def members(letter: Letter) -> None:
    """What becomes of those who sit in a club that ends."""
    letter.article(
        "Điều 2.",
        "Câu lạc bộ có {{ sitting }} thành viên, trong đó {{ moving }} thành viên chuyển sang câu lạc bộ khác, {{ leaving }} "
        "thành viên thôi tham gia. Ban chủ nhiệm kết thúc nhiệm vụ cùng ngày và bàn giao sổ sách, biên bản cho {{ manager }}.",
    )


def kind(key: str, label: object, build: Callable[[], bytes]) -> DocumentKind:
    return DocumentKind(key, label, build, SAMPLE)


FOUNDING = kind("quyet-dinh-thanh-lap", _("Quyết định thành lập câu lạc bộ"), build_founding)
OFFICERS = kind("quyet-dinh-cong-nhan", _("Quyết định công nhận, kiện toàn ban chủ nhiệm"), build_officers)
DISSOLVING = kind("quyet-dinh-giai-the", _("Quyết định giải thể câu lạc bộ"), build_dissolving)
MERGING = kind("quyet-dinh-sap-nhap", _("Quyết định sáp nhập câu lạc bộ"), build_merging)
KINDS = (FOUNDING, OFFICERS, DISSOLVING, MERGING)
