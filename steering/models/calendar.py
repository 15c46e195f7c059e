"""Days on which no meeting is planned and no working day is counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from steering.fields import CleanCharField


class ClosedDay(models.Model):
    """A holiday or a swapped day off. Seeded from the `holidays` package, then edited by the province."""

    day = models.DateField(_("ngày"), unique=True)
    name = CleanCharField(_("lý do"), max_length=120)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("ngày nghỉ")
        verbose_name_plural = pgettext_lazy("plural", "ngày nghỉ")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
