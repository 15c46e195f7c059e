"""What members ask of those above them, and what became of it (R13: corrected in time)."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from meetings.models.areas import PolicyArea
from meetings.models.meetings import Meeting
from meetings.querysets import OpinionQuerySet
from steering.models import SteeringCommittee
from steering.text import fold


class OpinionState(models.TextChoices):
    OPEN = "open", _("Chờ trả lời")
    ANSWERED = "answered", _("Đã trả lời")
    CLOSED = "closed", _("Đã xong")


class Opinion(models.Model):
    """An opinion raised at a meeting, for a committee to answer by `due_on`, inclusive. See `meetings.actions.opinions`.

    It comes back on the club's next agenda until it is closed: an answer that does not settle it leaves it there.
    """

    SCOPE = "path"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="opinions", verbose_name=_("nêu tại kỳ"))
    text = models.TextField(_("nội dung kiến nghị"))
    area = models.CharField(_("lĩnh vực"), max_length=20, choices=PolicyArea, blank=True)
    addressed_to = models.ForeignKey(
        SteeringCommittee, models.PROTECT, related_name="opinions", verbose_name=_("gửi đến")
    )
    due_on = models.DateField(_("hạn trả lời"))
    state = models.CharField(_("tình trạng"), max_length=8, choices=OpinionState, default=OpinionState.OPEN)
    answer = models.TextField(_("trả lời"), blank=True)
    answered_on = models.DateField(_("trả lời ngày"), null=True, blank=True)
    closed_on = models.DateField(_("xong ngày"), null=True, blank=True)
    path = models.CharField(max_length=40, editable=False)
    search = models.TextField(editable=False)
    history = HistoricalRecords(excluded_fields=["path", "search"])

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kiến nghị")
        verbose_name_plural = pgettext_lazy("plural", "kiến nghị")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["path", "state"], name="opinion_path_state"),
            models.Index(fields=["state", "due_on"], name="opinion_state_due"),
        ]
        constraints = [
            models.CheckConstraint(
                name="opinion_answer_has_its_day",
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                violation_error_message=_("Trả lời thì phải có nội dung và ngày. Ghi thêm phần còn thiếu."),
            ),
            models.CheckConstraint(
                name="opinion_state_fits_days",
                condition=Q(state="open", answered_on__isnull=True, closed_on__isnull=True)
                | Q(state="answered", answered_on__isnull=False, closed_on__isnull=True)
                | Q(state="closed", closed_on__isnull=False),
                violation_error_message=_("Tình trạng kiến nghị không khớp với ngày trả lời hoặc ngày xong."),
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.path, self.search = self.meeting.club.path, fold(self.text)  # a club's path never changes
        super().save(*args, **kwargs)

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return self.meeting.scope_paths

    def is_overdue(self, day: date) -> bool:
        """The same as `OpinionQuerySet.overdue`."""
        return self.state == OpinionState.OPEN and self.due_on < day
