"""What may become of a club: the verbs of its pages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.actions import dissolve_club, resume_club, suspend_club
from clubs.models import ClubStatus
from steering.state_changes import StateChange

CLUB_CHANGES = (
    StateChange(
        "suspend",
        pgettext_lazy("verb", "Tạm ngừng"),
        _("Câu lạc bộ không phải họp cho đến khi mở lại. Thành viên và chức danh giữ nguyên."),
        (ClubStatus.ACTIVE,),
        suspend_club,
    ),
    StateChange(
        "resume",
        _("Mở lại"),
        _("Câu lạc bộ lại phải họp theo kỳ từ ngày này."),
        (ClubStatus.SUSPENDED,),
        resume_club,
        asks=("on",),
    ),
    StateChange(
        "dissolve",
        _("Giải thể"),
        _("Mọi thành viên rời câu lạc bộ, chức danh và địa bàn kết thúc cùng ngày. Lịch sử được giữ lại."),
        (ClubStatus.ACTIVE, ClubStatus.SUSPENDED),
        dissolve_club,
        is_danger=True,
    ),
)
