"""What is recorded of a meeting: who came, who was invited, who was invited (R12)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models import Membership
from meetings.models.meetings import Meeting
from steering.fields import CleanCharField


class AttendanceStatus(models.TextChoices):
    PRESENT = "present", _("Có mặt")
    LATE = "late", _("Đến muộn")
    EXCUSED = "excused", _("Vắng có phép")
    ABSENT = "absent", _("Vắng không phép")


class OfMeeting(models.Model):
    """A row that hangs on a meeting and belongs where its club does."""

    SCOPE = "meeting__path"

    meeting: Any

    class Meta:
        abstract = True

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return self.meeting.scope_paths


class Attendance(OfMeeting):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance", verbose_name=_("kỳ sinh hoạt"))
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="attendance", verbose_name=_("thành viên"))
    status = models.CharField(_("điểm danh"), max_length=7, choices=AttendanceStatus, default=AttendanceStatus.PRESENT)

    class Meta:
        verbose_name = _("điểm danh")
        verbose_name_plural = pgettext_lazy("plural", "điểm danh")
        ordering = ["membership__seat"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                name="attendance_once",
                violation_error_message=_("Thành viên này đã được điểm danh. Sửa dòng đã có."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {AttendanceStatus(self.status).label}"


class Guest(OfMeeting):
    """Somebody besides the members: invited, or come without an invitation. Being invited is not having come (R12)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests", verbose_name=_("kỳ sinh hoạt"))
    full_name = CleanCharField(_("họ và tên"), max_length=120)
    body = CleanCharField(_("cơ quan, nơi ở"), max_length=160, blank=True)
    hamlet = CleanCharField(_("ấp, khu phố"), max_length=120, blank=True)
    is_invited = models.BooleanField(_("được mời"), default=True)
    has_come = models.BooleanField(_("đã đến"), default=False)

    class Meta:
        verbose_name = _("người được mời")
        verbose_name_plural = pgettext_lazy("plural", "người được mời")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="guest_is_invited_or_has_come",
                condition=Q(is_invited=True) | Q(has_come=True),
                violation_error_message=_("Khách là người được mời hoặc đã đến. Đánh dấu một trong hai."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name
