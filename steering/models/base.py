"""What dated rows share."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Dated(models.Model):
    """In force from `valid_from`, inclusive, to `valid_until`, exclusive: one ends and the next begins on one day."""

    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_until = models.DateField(
        _("đến ngày"),
        null=True,
        blank=True,
        help_text=_("Ngày đầu tiên không còn hiệu lực. Để trống nếu còn hiệu lực."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("Ngày kết thúc không thể trước ngày bắt đầu. Sửa một trong hai ngày."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError(
                {"valid_until": _("Ngày kết thúc không thể trước ngày bắt đầu. Sửa một trong hai ngày.")}
            )
