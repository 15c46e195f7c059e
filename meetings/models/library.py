"""What clubs learn from: production models and their replications (R13), policies and guides to read."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from meetings.models.areas import PolicyArea
from meetings.models.meetings import Meeting
from meetings.querysets import MaterialQuerySet, ProductionModelQuerySet
from steering.fields import CleanCharField
from steering.models import Unit
from steering.models.base import Dated
from steering.querysets import ScopedQuerySet
from steering.text import fold, natural_sort_key
from steering.uploads import check_document


class ModelSector(models.TextChoices):
    LIVESTOCK = "livestock", _("Chăn nuôi")
    CROPS = "crops", _("Trồng trọt")
    AQUACULTURE = "aquaculture", _("Thủy sản")
    CRAFT = "craft", _("Tiểu thủ công nghiệp")
    SERVICE = "service", _("Dịch vụ, buôn bán")
    OTHER = "other", _("Khác")


class ProductionModel(models.Model):
    """A way for poor households to earn (mô hình): what it costs and brings, and the meeting that introduced it.

    Everybody who works here may read it, wherever it comes from, so that it spreads; `cost` is in đồng a household.
    """

    SCOPE = "unit__path"

    name = CleanCharField(_("tên mô hình"), max_length=160)
    sector = models.CharField(_("ngành"), max_length=11, choices=ModelSector)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="production_models", verbose_name=_("nơi làm"))
    description = models.TextField(_("cách làm"), blank=True)
    cost = models.PositiveBigIntegerField(_("chi phí một hộ (đồng)"), null=True, blank=True)
    result = models.TextField(_("kết quả"), blank=True)
    source = CleanCharField(_("nguồn vốn, nơi hướng dẫn"), max_length=160, blank=True)
    introduced_on = models.DateField(_("giới thiệu ngày"))
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="production_models",
        verbose_name=_("giới thiệu tại kỳ"),
    )
    search = models.CharField(max_length=330, editable=False)
    sort_key = models.CharField(max_length=500, editable=False, db_index=True)
    history = HistoricalRecords(excluded_fields=["search", "sort_key"])

    objects = ProductionModelQuerySet.as_manager()

    class Meta:
        verbose_name = _("mô hình")
        verbose_name_plural = pgettext_lazy("plural", "mô hình")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.name} {self.source}")
        self.sort_key = natural_sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.unit.path,)


class Replication(models.Model):
    """A place that took a production model over (nhân rộng), with how many households."""

    SCOPE = "unit__path"

    model: Any = models.ForeignKey(
        ProductionModel, models.PROTECT, related_name="replications", verbose_name=_("mô hình")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="replications", verbose_name=_("nơi nhân rộng"))
    started_on = models.DateField(_("từ ngày"))
    households = models.PositiveIntegerField(_("số hộ"))
    result = models.TextField(_("kết quả"), blank=True)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần nhân rộng")
        verbose_name_plural = pgettext_lazy("plural", "lần nhân rộng")
        ordering = ["-started_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "unit", "started_on"],
                name="replication_once",
                violation_error_message=_("Lần nhân rộng này đã ghi rồi. Sửa dòng đã có."),
            ),
            models.CheckConstraint(
                name="replication_has_households",
                condition=Q(households__gte=1),
                violation_error_message=_("Số hộ phải từ 1 trở lên."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}, {self.unit}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.unit.path,)


class MaterialKind(models.TextChoices):
    POLICY = "policy", _("Chính sách")
    GUIDE = "guide", _("Hướng dẫn")


class Material(Dated):
    """A policy or a guide, kept by a unit, read by everybody who works here while it is in force."""

    SCOPE = "unit__path"

    kind = models.CharField(_("loại"), max_length=6, choices=MaterialKind)
    area = models.CharField(_("lĩnh vực"), max_length=20, choices=PolicyArea, blank=True)
    title = CleanCharField(_("tên tài liệu"), max_length=300)
    number = CleanCharField(_("số, ký hiệu"), max_length=60, blank=True)
    summary = models.TextField(_("tóm tắt"), blank=True)
    link = models.URLField(_("địa chỉ trên mạng"), max_length=300, blank=True)
    file = models.FileField(_("tệp"), upload_to="materials/%Y", blank=True, validators=[check_document])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="materials", verbose_name=_("đơn vị giữ"))
    is_first_reading = models.BooleanField(_("người mới nhận nhiệm vụ đọc trước"), default=False)
    search = models.CharField(max_length=700, editable=False)
    history = HistoricalRecords(excluded_fields=["search"])

    objects = MaterialQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("tài liệu")
        verbose_name_plural = pgettext_lazy("plural", "tài liệu")
        ordering = ["-is_first_reading", "area", "title", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.title} {self.number}")
        super().save(*args, **kwargs)

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.unit.path,)
