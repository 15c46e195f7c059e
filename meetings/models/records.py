"""What is recorded of a meeting: who came, who was invited, what it was about (R12, R13)."""

from typing import Any

from django.db import models
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

    SCOPE = "meeting__club__path"

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


class Invitation(OfMeeting):
    """Somebody invited besides the members; being invited says nothing about having come."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations", verbose_name=_("kỳ sinh hoạt"))
    full_name = CleanCharField(_("họ và tên"), max_length=120)
    body = CleanCharField(_("cơ quan, nơi ở"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("người được mời")
        verbose_name_plural = pgettext_lazy("plural", "người được mời")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.full_name


class PolicyArea(models.TextChoices):
    """R13 and domain 5; values are keys of the monthly report."""

    CREDIT = "credit", _("Vay vốn")
    HOUSING = "housing", _("Nhà ở")
    TRAINING_AND_JOBS = "training_and_jobs", _("Dạy nghề, giới thiệu việc làm")
    HEALTH = "health", _("Y tế")
    EDUCATION = "education", _("Giáo dục")
    SOCIAL_PROTECTION = "social_protection", _("Bảo trợ xã hội")
    CLEAN_WATER = "clean_water", _("Nước sạch")
    LEGAL_AID = "legal_aid", _("Trợ giúp pháp lý")
    LIVELIHOOD = "livelihood", _("Sinh kế")


class Topic(OfMeeting):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="topics", verbose_name=_("kỳ sinh hoạt"))
    area = models.CharField(_("lĩnh vực"), max_length=20, choices=PolicyArea)
    content = CleanCharField(_("nội dung"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("nội dung")
        verbose_name_plural = pgettext_lazy("plural", "nội dung")
        ordering = ["pk"]
        indexes = [models.Index(fields=["area", "meeting"], name="topic_area_meeting")]

    def __str__(self) -> str:
        return str(PolicyArea(self.area).label)
