"""That a unit was reminded of a period, from the console."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steering.models import Unit


class ReminderChannel(models.TextChoices):
    EMAIL = "email", _("Thư điện tử")
    ZALO = "zalo", _("Zalo")


class UnitReminder(models.Model):
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="report_reminders", verbose_name=_("đơn vị"))
    period_key = models.CharField(_("kỳ"), max_length=8)
    channel = models.CharField(_("cách nhắc"), max_length=5, choices=ReminderChannel)
    sent_at = models.DateTimeField(_("nhắc lúc"), auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("người nhắc")
    )

    class Meta:
        verbose_name = _("lần nhắc")
        verbose_name_plural = pgettext_lazy("plural", "lần nhắc")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["unit", "-sent_at"], name="unit_reminder_latest")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.period_key}"
