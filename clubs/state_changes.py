"""What may become of a club, and of an application to join one: the verbs of their pages."""

from django.utils.translation import gettext_lazy as _

from clubs.actions import (
    admit_on,
    refuse_application,
    resume_club,
    withdraw_application,
    withdraw_proposal,
)
from clubs.models import ApplicationState, ClubStatus
from steering.state_changes import StateChange

CLUB_CHANGES = (
    StateChange(
        "resume",
        _("Mở lại"),
        _("Câu lạc bộ lại phải họp theo kỳ từ ngày này."),
        _("Đã mở lại %(what)s."),
        (ClubStatus.SUSPENDED,),
        resume_club,
        asks=("on",),
    ),
    StateChange(
        "withdraw",
        _("Rút đề nghị"),
        _("Câu lạc bộ không còn là dự kiến. Đề nghị được giữ lại để tra cứu; muốn lập lại thì ghi đề nghị mới."),
        _("Đã rút đề nghị thành lập %(what)s."),
        (ClubStatus.PLANNED,),
        withdraw_proposal,
        is_danger=True,
        symbol="undo-2",
    ),
)

ADMIT = StateChange(
    "admit",
    _("Kết nạp"),
    _("Người này vào ghế trống đầu tiên từ ngày này. Câu lạc bộ đã đủ người thì đơn vẫn chờ."),
    _("Đã kết nạp %(what)s."),
    (ApplicationState.PENDING,),
    admit_on,
    asks=("on",),
    symbol="user-plus",
)
APPLICATION_CHANGES = (
    StateChange(
        "refuse",
        _("Không nhận"),
        _("Đơn được ghi là không nhận, kèm lý do. Người này có thể làm đơn lại."),
        _("Đã ghi nhận không nhận đơn của %(what)s."),
        (ApplicationState.PENDING,),
        refuse_application,
        is_danger=True,
        symbol="ban",
    ),
    StateChange(
        "withdraw",
        _("Rút đơn"),
        _("Người này không còn muốn tham gia. Đơn được giữ lại, kèm lý do."),
        _("Đã ghi nhận %(what)s rút đơn."),
        (ApplicationState.PENDING,),
        withdraw_application,
        symbol="undo-2",
    ),
)
