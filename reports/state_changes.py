"""What may become of a report that was written: the verbs of its page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.actions import correct_edition, receive_edition, return_edition, send_edition
from reports.models import FROZEN, OPEN, Edition, EditionState
from steering.state_changes import StateChange, open_changes

OWN_CHANGES = (
    StateChange(
        "gui",
        _("Gửi báo cáo"),
        _("Số liệu được chốt như lúc gửi. Sau đó muốn sửa phải lập bản đính chính."),
        _("Đã gửi %(what)s."),
        OPEN,
        send_edition,
        (),
        symbol="send",
    ),
    StateChange(
        "dinh-chinh",
        _("Lập bản đính chính"),
        _("Bản đã gửi giữ nguyên. Bản mới bắt đầu từ lời văn của bản này, số liệu lấy lại khi gửi."),
        _("Đã lập bản đính chính của %(what)s."),
        FROZEN,
        correct_edition,
        ("reason",),
        symbol="file-pen",
    ),
)
ABOVE_CHANGES = (
    StateChange(
        "nhan",
        _("Nhận báo cáo"),
        _("Báo cáo được ghi là đã nhận. Nơi gửi chỉ còn sửa được bằng bản đính chính."),
        _("Đã nhận %(what)s."),
        (EditionState.SENT,),
        receive_edition,
        (),
        symbol="check",
    ),
    StateChange(
        "tra-lai",
        _("Trả lại"),
        _("Nơi gửi sửa rồi gửi lại; số liệu được lấy lại khi gửi."),
        _("Đã trả lại %(what)s."),
        (EditionState.SENT,),
        return_edition,
        ("reason",),
        symbol="undo-2",
    ),
)


def changes_for(user: Any, edition: Edition) -> list[StateChange]:
    """What `user` may do with it now: the reporting unit sends and corrects, the one above receives and returns."""
    own = OWN_CHANGES if user.has_perm("reports.change_edition", edition) else ()
    above = edition.unit.parent
    higher = ABOVE_CHANGES if above is not None and user.has_perm("reports.change_edition", above) else ()
    return open_changes((*higher, *own), edition.state)
