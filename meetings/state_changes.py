"""What may become of a meeting, and of an opinion: the verbs of their pages. Which state may follow which stands in `meetings.transitions`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.actions import (
    cancel_meeting,
    close_opinion,
    did_not_meet,
    mark_invited,
    postpone_meeting,
    reopen_meeting,
    reopen_opinion,
)
from meetings.models import MeetingState, OpinionState
from steering.state_changes import StateChange

MEETING_CHANGES = (
    StateChange(
        "invited",
        _("Đã gửi giấy mời"),
        _("Kỳ sinh hoạt chuyển sang “Đã mời”."),
        _("Đã ghi nhận gửi giấy mời %(what)s."),
        (MeetingState.PLANNED,),
        mark_invited,
        (),
        symbol="send",
    ),
    StateChange(
        "postpone",
        pgettext_lazy("verb", "Hoãn"),
        _("Lượt đăng cai vẫn còn đó. Sau khi hoãn, đổi ngày họp để lên lịch lại trong kỳ."),
        _("Đã hoãn %(what)s. Chưa có ngày mới; đổi ngày họp để lên lịch lại trong kỳ."),
        (MeetingState.PLANNED, MeetingState.INVITED),
        postpone_meeting,
        ("reason",),
        symbol="calendar-clock",
    ),
    StateChange(
        "did-not-meet",
        _("Không họp"),
        _("Ghi nhận kỳ này không họp, có lý do. Lượt đăng cai vẫn còn cho kỳ sau."),
        _("Đã ghi nhận %(what)s không diễn ra."),
        (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED),
        did_not_meet,
        ("reason",),
        symbol="ban",
    ),
    StateChange(
        "cancel",
        pgettext_lazy("verb", "Hủy"),
        _("Kỳ sinh hoạt bị hủy; có thể lên lịch một kỳ khác thay vào."),
        _("Đã hủy %(what)s."),
        (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED),
        cancel_meeting,
        ("reason",),
        symbol="calendar-x",
    ),
    StateChange(
        "reopen",
        _("Mở lại"),
        _("Kỳ sinh hoạt trở lại “Đã lên lịch”."),
        _("Đã mở lại %(what)s."),
        (MeetingState.POSTPONED, MeetingState.CANCELLED, MeetingState.DID_NOT_MEET),
        reopen_meeting,
        (),
        symbol="undo-2",
    ),
)

OPINION_CHANGES = (
    StateChange(
        "close",
        _("Ghi nhận đã xong"),
        _("Kiến nghị không trở lại chương trình các kỳ sau nữa."),
        _("Đã ghi nhận xong kiến nghị “%(what)s”."),
        (OpinionState.ANSWERED,),
        close_opinion,
        ("on",),
        symbol="circle-check",
    ),
    StateChange(
        "reopen",
        _("Mở lại"),
        _("Kiến nghị trở lại “Chờ trả lời” với hạn cũ; cần hạn mới thì sửa sau đó. Câu trả lời còn trong nhật ký."),
        _("Đã mở lại kiến nghị “%(what)s”."),
        (OpinionState.ANSWERED, OpinionState.CLOSED),
        reopen_opinion,
        ("reason",),
        symbol="undo-2",
    ),
)
