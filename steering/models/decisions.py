"""Official decisions (domain 3)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from steering.fields import CleanCharField
from steering.models.units import Unit
from steering.querysets import DecisionQuerySet
from steering.text import fold
from steering.uploads import check_document


class IssuingBody(models.TextChoices):
    PEOPLES_COMMITTEE = "ubnd", _("Ủy ban nhân dân")
    STEERING_COMMITTEE = "bcd", _("Ban chỉ đạo giảm nghèo")


class Decision(models.Model):
    """A decision of a unit's People's Committee or steering committee.

    Number and date are the clerk's (văn thư), given after signing: both stay empty until then. A number is unique per
    issuer, symbol and year.
    """

    SCOPE = "issuer_unit__path"

    issuer_unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị ban hành"))
    issuer_body = models.CharField(
        _("cơ quan ban hành"), max_length=4, choices=IssuingBody, default=IssuingBody.PEOPLES_COMMITTEE
    )
    number = models.PositiveIntegerField(_("số"), null=True, blank=True)
    symbol = CleanCharField(_("ký hiệu"), max_length=30, default="QĐ-UBND")
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    subject = CleanCharField(_("trích yếu"), max_length=300)
    signer = CleanCharField(_("người ký"), max_length=120, blank=True)
    file = models.FileField(
        _("bản đã ký"),
        upload_to="decisions/%Y",
        blank=True,
        validators=[check_document],
    )
    search = models.CharField(max_length=500, editable=False)
    history = HistoricalRecords(excluded_fields=["search"])

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("quyết định")
        verbose_name_plural = pgettext_lazy("plural", "quyết định")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer_unit", "issuer_body", "symbol", "year", "number"],
                condition=Q(number__isnull=False),
                name="decision_number_unique_per_issuer_and_year",
                violation_error_message=_("Số và ký hiệu này đã dùng trong năm. Kiểm tra lại số quyết định."),
            ),
            models.CheckConstraint(
                name="decision_number_needs_a_date",
                condition=Q(number__isnull=True) | Q(issued_on__isnull=False, year__isnull=False),
                violation_error_message=_("Quyết định đã có số thì phải có ngày ban hành. Ghi thêm ngày."),
            ),
        ]

    def __str__(self) -> str:
        day = f", {self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        return f"{self.number_and_symbol}{day}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refresh_year()
        self.search = fold(f"{self.number_and_symbol} {self.subject} {self.signer}")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.refresh_year()
        if self.issued_on and self.issued_on > timezone.localdate():
            raise ValidationError(
                {
                    "issued_on": _("Ngày %(day)s chưa tới. Ghi ngày trên bản đã ký, hoặc để trống và bổ sung sau.")
                    % {"day": f"{self.issued_on:%d/%m/%Y}"}
                }
            )
        if self.number and not self.issued_on:
            raise ValidationError({"issued_on": _("Quyết định đã có số thì phải có ngày ban hành. Ghi thêm ngày.")})
        if self.number and self.issuer_unit_id and self.namesakes().exists():
            raise ValidationError(
                {
                    "number": _("Số %(number)s đã được dùng trong năm %(year)d. Kiểm tra lại số trên bản giấy.")
                    % {"number": self.number_and_symbol, "year": self.year}
                }
            )

    def namesakes(self) -> models.QuerySet[Decision]:
        """Other decisions of the issuer with the same number, symbol and year."""
        same = {name: getattr(self, name) for name in ("issuer_unit", "issuer_body", "symbol", "year", "number")}
        return Decision.objects.filter(**same).exclude(pk=self.pk)

    def refresh_year(self) -> None:
        """A number is unique within its year; a decision without a date has none yet."""
        self.year = self.issued_on.year if self.issued_on else None

    @property
    def number_and_symbol(self) -> str:
        """ "05/QĐ-UBND"; "…/QĐ-UBND" while there is no number."""
        return f"{self.number:02d}/{self.symbol}" if self.number else f"…/{self.symbol}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.issuer_unit.path,)

    @property
    def issuer_name(self) -> str:
        """ "Ủy ban nhân dân xã Tân Phú"."""
        return f"{IssuingBody(self.issuer_body).label} {self.issuer_unit.in_sentence}"
