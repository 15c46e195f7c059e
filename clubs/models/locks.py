"""Months whose report is closed: what counts in them is not changed any more."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from clubs.models.clubs import Club
from steering.fields import CleanCharField
from steering.models import Unit
from steering.periods import ReportingCalendar
from steering.querysets import ScopedQuerySet


class PeriodLock(models.Model):
    """A month (of the reporting calendar) closed for the clubs at and below `unit`; see `clubs.actions.locks`.

    A quarterly meeting belongs to the month with which its quarter ends: both have the same `last_day`.
    """

    SCOPE = "unit__path"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="period_locks", verbose_name=_("đơn vị"))
    period_key = models.CharField(_("kỳ"), max_length=8, editable=False)
    last_day = models.DateField(editable=False)
    reason = CleanCharField(_("lý do khóa"), max_length=200)
    locked_at = models.DateTimeField(_("khóa lúc"), auto_now_add=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("người khóa"),
    )
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kỳ đã khóa")
        verbose_name_plural = pgettext_lazy("plural", "kỳ đã khóa")
        ordering = ["-last_day", "unit__path"]
        indexes = [models.Index(fields=["last_day"], name="lock_last_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period_key"],
                name="lock_once",
                violation_error_message=_("Kỳ này của đơn vị đã khóa rồi."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {ReportingCalendar().parse(self.period_key).label}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.unit.path,)


class LockException(models.Model):
    """A club for which a closed month may still be changed, until a day, inclusive, for a reason."""

    SCOPE = "lock__unit__path"

    lock: Any = models.ForeignKey(PeriodLock, models.CASCADE, related_name="exceptions", verbose_name=_("kỳ đã khóa"))
    club = models.ForeignKey(Club, models.PROTECT, related_name="lock_exceptions", verbose_name=_("câu lạc bộ"))
    reason = CleanCharField(_("lý do mở riêng"), max_length=200)
    until = models.DateField(_("mở đến hết ngày"))
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần mở riêng")
        verbose_name_plural = pgettext_lazy("plural", "lần mở riêng")
        ordering = ["lock", "pk"]
        constraints = [models.UniqueConstraint(fields=["lock", "club"], name="lock_exception_once")]

    def __str__(self) -> str:
        return f"{self.club}: {self.reason}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        paths: tuple[str, ...] = self.lock.scope_paths
        return paths
