"""The yearly plan to found more clubs (R14)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from reports.rules import COLUMNS, FIRST_YEAR, LAST_YEAR
from steering.models import Unit, UnitKind
from steering.querysets import ScopedQuerySet

PLANNING_KINDS = (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE)


class ExpansionPlan(models.Model):
    """How many clubs at and below `unit` are to be founded in `year`, a year of the reporting calendar, by column.

    Written by `reports.actions.set_plan`.
    """

    SCOPE = "unit__path"

    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="expansion_plans",
        verbose_name=_("đơn vị"),
        limit_choices_to={"kind__in": [kind.value for kind in PLANNING_KINDS]},
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    district = models.PositiveSmallIntegerField(_("cấp huyện"), default=0)
    commune = models.PositiveSmallIntegerField(_("cấp xã"), default=0)
    hamlet = models.PositiveSmallIntegerField(_("cấp ấp"), default=0)
    poor_people = models.PositiveSmallIntegerField(_("CLB người nghèo"), default=0)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch mở rộng")
        verbose_name_plural = pgettext_lazy("plural", "kế hoạch mở rộng")
        ordering = ["-year", "unit__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="plan_one_per_unit_and_year",
                violation_error_message=_("Đơn vị này đã có kế hoạch của năm này. Mở kế hoạch đã có để sửa."),
            ),
            models.CheckConstraint(
                name="plan_year_plausible",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=_("Năm phải từ 2001, năm có câu lạc bộ đầu tiên. Kiểm tra lại năm."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.year}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.unit.path,)

    @property
    def numbers(self) -> dict[str, int]:
        """Clubs to be founded, by column."""
        return {name: getattr(self, name) for name in COLUMNS}
