"""What people are asked to agree to, in the words they are asked with, and what follows when they take it back (domain 6).

The words are Vietnamese whatever the reader's language: they are what was said. A text that was ever agreed to stays; a
change is a new version, and those who agreed before agreed to the old one.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from clubs.models import Consent, Person, Purpose

# purpose → version → text, the newest version last
WORDINGS: dict[str, dict[str, str]] = {
    Purpose.MEMBERSHIP: {
        "1": (
            "Tôi đồng ý để câu lạc bộ và ban chỉ đạo giảm nghèo ghi họ tên, năm sinh, giới tính, nơi ở, nghề nghiệp của tôi "
            "vào danh sách thành viên, dùng để mời họp, điểm danh và báo cáo số lượng. Không dùng vào việc khác. Tôi có "
            "thể rút lại bất cứ lúc nào."
        )
    },
    Purpose.CONTACT: {
        "1": (
            "Tôi đồng ý để cán bộ phụ trách câu lạc bộ giữ số điện thoại của tôi, dùng để gọi điện, nhắn tin báo lịch họp. "
            "Không đưa số này cho người khác. Tôi có thể rút lại bất cứ lúc nào mà vẫn là thành viên."
        )
    },
    Purpose.PUBLIC_NAME: {
        "1": (
            "Tôi đồng ý để trang công khai ghi họ tên và chức danh của tôi trong thời gian tôi làm chủ nhiệm hoặc phó chủ "
            "nhiệm. Tôi có thể rút lại bất cứ lúc nào mà vẫn giữ chức danh."
        )
    },
}

AFTER_WITHDRAWAL: dict[str, Any] = {
    Purpose.MEMBERSHIP: _(
        "Không còn được giữ tên trong danh sách thành viên: hỏi lại người này, nếu vẫn không đồng ý thì ghi nhận rời câu lạc bộ."
    ),
    Purpose.CONTACT: _("Số điện thoại không còn hiện ra, không có trong tệp tải về. Báo lịch họp bằng cách khác."),
    Purpose.PUBLIC_NAME: _("Trang công khai không còn ghi họ tên; chức danh vẫn giữ."),
}


def newest(purpose: str) -> str:
    """The version that is asked now."""
    return list(WORDINGS[purpose])[-1]


def text_of(purpose: str, version: str) -> str:
    return WORDINGS[purpose][version]


@dataclass(frozen=True)
class Agreement:
    """What one person said to one purpose: all consents, the one in force first, none when never asked."""

    purpose: Purpose
    consents: list[Consent]

    @property
    def last(self) -> Consent | None:
        return self.consents[0] if self.consents else None

    @property
    def is_in_force(self) -> bool:
        return self.last is not None and self.last.withdrawn_on is None

    @property
    def text(self) -> str:
        """The words of the latest consent; of one to come, without any."""
        return text_of(self.purpose, self.last.wording if self.last else newest(self.purpose))

    @property
    def after(self) -> Any:
        """What follows from its being taken back."""
        return AFTER_WITHDRAWAL[self.purpose]


def agreements(person: Person) -> list[Agreement]:
    """One for each purpose. One query."""
    rows = list(person.consents.order_by(F("withdrawn_on").desc(nulls_first=True), "-given_on", "-pk"))
    return [Agreement(purpose, [row for row in rows if row.purpose == purpose]) for purpose in Purpose]
