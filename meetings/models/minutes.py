"""Minutes (biên bản): what was said and concluded, as a draft, then as agreed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from meetings.models.meetings import Meeting
from meetings.models.records import OfMeeting
from steering.fields import CleanCharField
from steering.querysets import ScopedQuerySet


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    AGREED = "agreed", _("Đã thông qua")


class Minutes(OfMeeting):
    """One version of a meeting's minutes. Agreed ones do not change: a correction is the next version, for a reason.

    `items` are what was said, in the order of the agenda: {"title", "area", "presenter", "said", "opinion"}, the last the
    id of an opinion or None; written by `meetings.actions.minutes`. The counts are those of the meeting while it is a draft, and stay as agreed.
    """

    ENTRIES = {"items": ("title", "said")}

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes", verbose_name=_("kỳ sinh hoạt"))
    version = models.PositiveSmallIntegerField(_("lần"), default=1, editable=False)
    state = models.CharField(
        _("tình trạng"), max_length=6, choices=MinutesState, default=MinutesState.DRAFT, editable=False
    )
    chair = CleanCharField(_("chủ tọa"), max_length=120, blank=True)
    secretary = CleanCharField(_("thư ký"), max_length=120, blank=True)
    started_at = models.TimeField(_("bắt đầu lúc"), null=True, blank=True)
    ended_at = models.TimeField(_("kết thúc lúc"), null=True, blank=True)
    items = models.JSONField(_("diễn biến"), default=list, blank=True)
    strengths = models.TextField(_("ưu điểm"), blank=True)
    limits = models.TextField(_("hạn chế"), blank=True)
    conclusions = models.TextField(_("kết luận"), blank=True)
    correction_reason = CleanCharField(_("lý do đính chính"), max_length=300, blank=True)
    agreed_on = models.DateField(_("thông qua ngày"), null=True, editable=False)
    member_count = models.PositiveSmallIntegerField(_("số thành viên"), default=0, editable=False)
    there_count = models.PositiveSmallIntegerField(_("số có mặt"), default=0, editable=False)
    excused_count = models.PositiveSmallIntegerField(_("số vắng có phép"), default=0, editable=False)
    guest_count = models.PositiveSmallIntegerField(_("số khách dự"), default=0, editable=False)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("biên bản")
        verbose_name_plural = pgettext_lazy("plural", "biên bản")
        ordering = ["meeting", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(state="draft"),
                name="minutes_one_draft",
                violation_error_message=_("Kỳ này đang có một dự thảo biên bản. Sửa dự thảo đã có."),
            ),
            models.CheckConstraint(
                name="minutes_correction_has_a_reason",
                condition=Q(version=1) | ~Q(correction_reason=""),
                violation_error_message=_("Đính chính biên bản thì phải ghi lý do. Ghi thêm lý do."),
            ),
            models.CheckConstraint(
                name="minutes_agreed_on_a_day",
                condition=Q(state="draft", agreed_on__isnull=True) | Q(state="agreed", agreed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="minutes_end_after_they_begin",
                condition=Q(started_at__isnull=True) | Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                violation_error_message=_("Giờ kết thúc không thể trước giờ bắt đầu. Sửa một trong hai giờ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.meeting}"
