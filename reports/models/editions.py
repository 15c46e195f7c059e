"""Reports as they were sent upward: figures frozen, words beside them, one version after the other."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reports.querysets import EditionQuerySet
from steering.fields import CleanCharField
from steering.models import Unit
from steering.models.committees import COMMITTEE_KINDS
from steering.periods import Period, ReportingCalendar

REPORTING_KINDS = COMMITTEE_KINDS
SECTIONS = ("direction", "results", "limits", "next_steps", "proposals")


class EditionState(models.TextChoices):
    DRAFT = "draft", _("Nháp")
    SENT = "sent", _("Đã gửi")
    RECEIVED = "received", _("Đã nhận")
    RETURNED = "returned", _("Trả lại")


OPEN = (EditionState.DRAFT, EditionState.RETURNED)
FROZEN = (EditionState.SENT, EditionState.RECEIVED)


class Edition(models.Model):
    """One version of a unit's report of a period, written and sent by `reports.actions.editions`.

    `period_key` is the key of any kind of period ("2026-10", "2026-Q4", "2026-H2", "2026"). `figures` are those of
    docs/monthly-report.md, as they were when it was sent; `missing` names the units below whose own report was not
    there, so that theirs were counted from the data.
    """

    SCOPE = "unit__path"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="editions", verbose_name=_("đơn vị"))
    period_key = models.CharField(_("kỳ"), max_length=8, editable=False)
    version = models.PositiveSmallIntegerField(_("bản"), default=1, editable=False)
    state = models.CharField(
        _("tình trạng"), max_length=8, choices=EditionState, default=EditionState.DRAFT, editable=False
    )
    direction = models.TextField(_("I. Công tác chỉ đạo, điều hành"), blank=True)
    results = models.TextField(_("II. Kết quả"), blank=True)
    limits = models.TextField(_("III. Tồn tại, hạn chế, nguyên nhân"), blank=True)
    next_steps = models.TextField(_("IV. Phương hướng kỳ tới"), blank=True)
    proposals = models.TextField(_("V. Kiến nghị"), blank=True)
    figures = models.JSONField(null=True, editable=False)
    missing = models.JSONField(default=list, editable=False)
    correction_reason = CleanCharField(_("lý do đính chính"), max_length=300, blank=True)
    return_reason = CleanCharField(_("lý do trả lại"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("người gửi"),
    )
    received_at = models.DateTimeField(_("nhận lúc"), null=True, editable=False)
    history = HistoricalRecords(excluded_fields=["figures", "missing"])

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản báo cáo")
        verbose_name_plural = pgettext_lazy("plural", "bản báo cáo")
        ordering = ["-period_key", "unit__path", "-version"]
        indexes = [models.Index(fields=["period_key", "state"], name="edition_period_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period_key", "version"],
                name="edition_version_once",
                violation_error_message=_("Báo cáo kỳ này vừa có người khác lập. Mở bản đã có."),
            ),
            models.UniqueConstraint(
                fields=["unit", "period_key"],
                condition=Q(state__in=["draft", "returned"]),
                name="edition_one_open",
                violation_error_message=_("Kỳ này đang có một bản chưa gửi. Sửa bản đó."),
            ),
            models.CheckConstraint(
                name="edition_sent_with_its_figures",
                condition=Q(state__in=["draft", "returned"]) | Q(figures__isnull=False, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="edition_correction_has_a_reason",
                condition=Q(version=1) | ~Q(correction_reason=""),
                violation_error_message=_("Đính chính báo cáo thì phải ghi lý do. Ghi thêm lý do."),
            ),
            models.CheckConstraint(
                name="edition_returned_for_a_reason",
                condition=~Q(state="returned", return_reason=""),
                violation_error_message=_("Trả lại báo cáo thì phải ghi lý do. Ghi thêm lý do."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Báo cáo %(period)s, %(unit)s") % {"period": self.period.label, "unit": self.unit.in_sentence}

    @property
    def in_sentence(self) -> str:
        """ "báo cáo tháng 10/2026 của huyện Châu Thành"."""
        words = {"period": self.period.label, "unit": self.unit.in_sentence}
        return gettext("báo cáo %(period)s của %(unit)s") % words

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.unit.path,)

    @property
    def period(self) -> Period:
        """With the first and last day of the province's calendar; its due day knows no closed days."""
        return ReportingCalendar(**settings.REPORTING_CALENDAR).parse(self.period_key)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
