"""To whom a unit's report is sent by e-mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from steering.fields import CleanCharField
from steering.models import Unit
from steering.querysets import ScopedQuerySet


class Recipient(models.Model):
    """An address on file; `monthly_report --email` writes to all of a unit's."""

    SCOPE = "unit__path"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="report_recipients", verbose_name=_("báo cáo của"))
    full_name = CleanCharField(_("người, cơ quan nhận"), max_length=160)
    email = models.EmailField(_("thư điện tử"))
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("nơi nhận báo cáo")
        verbose_name_plural = pgettext_lazy("plural", "nơi nhận báo cáo")
        ordering = ["unit__path", "full_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "email"],
                name="recipient_once",
                violation_error_message=_("Địa chỉ này đã có trong danh sách nhận báo cáo của đơn vị."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_name} <{self.email}>"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.unit.path,)
