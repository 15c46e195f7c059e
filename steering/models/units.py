"""Administrative units (R1): dated, linked to their successors, never deleted."""

from functools import cache
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from steering.fields import CleanCharField
from steering.language import on_record
from steering.models.base import Dated
from steering.querysets import UnitQuerySet
from steering.text import fold, lower_first, natural_sort_key

PATH_STEP = 5  # digits a level adds to a path


class UnitKind(models.TextChoices):
    PROVINCE = "province", _("Tỉnh")
    DISTRICT = "district", _("Huyện")
    COMMUNE = "commune", _("Xã")
    HAMLET = "hamlet", _("Ấp, khu phố")
    GROUP = "group", _("Tổ nhân dân tự quản")

    @property
    def depth(self) -> int:
        """1 for a province … 5 for a self-management group."""
        return list(UnitKind).index(self) + 1


class UnitType(models.TextChoices):
    """What a unit calls itself; stored apart from the name, and printed before it."""

    PROVINCE = "tinh", _("Tỉnh")
    MUNICIPALITY = "thanh-pho-tw", _("Thành phố trực thuộc trung ương")
    RURAL_DISTRICT = "huyen", _("Huyện")
    CITY = "thanh-pho", _("Thành phố")
    TOWN = "thi-xa", _("Thị xã")
    URBAN_DISTRICT = "quan", _("Quận")
    RURAL_COMMUNE = "xa", _("Xã")
    WARD = "phuong", _("Phường")
    TOWNSHIP = "thi-tran", _("Thị trấn")
    HAMLET = "ap", _("Ấp")
    QUARTER = "khu-pho", _("Khu phố")
    GROUP = "to", _("Tổ NDTQ")

    @property
    def prefix(self) -> str:
        """A part of the unit's name: Vietnamese in every language."""
        return "Thành phố" if self is UnitType.MUNICIPALITY else own_word(self)


@cache
def own_word(type: UnitType) -> str:
    with on_record():
        return str(type.label)


TYPES_OF_KIND: dict[UnitKind, tuple[UnitType, ...]] = {
    UnitKind.PROVINCE: (UnitType.PROVINCE, UnitType.MUNICIPALITY),
    UnitKind.DISTRICT: (UnitType.RURAL_DISTRICT, UnitType.CITY, UnitType.TOWN, UnitType.URBAN_DISTRICT),
    UnitKind.COMMUNE: (UnitType.RURAL_COMMUNE, UnitType.WARD, UnitType.TOWNSHIP),
    UnitKind.HAMLET: (UnitType.HAMLET, UnitType.QUARTER),
    UnitKind.GROUP: (UnitType.GROUP,),
}


# The official list gives codes to these (domain 4).
OFFICIAL_TYPES = [
    unit_type for kind in (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE) for unit_type in TYPES_OF_KIND[kind]
]


class Unit(Dated):
    """A province, district, commune, hamlet or self-management group.

    Created and changed by `steering.actions.units`, which keep `path`: five digits a level, parent first, so that a
    subtree is a range and the ancestors are the path's own beginnings. A code identifies a unit only among those in
    force (domain 4).
    """

    SCOPE = "path"

    kind = models.CharField(_("cấp đơn vị"), max_length=10, choices=UnitKind)
    type = models.CharField(_("loại"), max_length=12, choices=UnitType)
    name = CleanCharField(_("tên"), max_length=80)
    code = models.CharField(_("mã"), max_length=10, blank=True, help_text=_("Mã theo danh mục hành chính, nếu có."))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("trực thuộc")
    )
    path = models.CharField(max_length=5 * PATH_STEP, unique=True, editable=False)
    search = models.CharField(max_length=120, editable=False, db_index=True)
    sort_key = models.CharField(max_length=500, editable=False)
    history = HistoricalRecords(excluded_fields=["search", "sort_key"])

    objects = UnitQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("đơn vị")
        verbose_name_plural = pgettext_lazy("plural", "đơn vị")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["parent", "sort_key"], name="unit_children")]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "code"],
                condition=Q(valid_until__isnull=True) & ~Q(code=""),
                name="unit_code_unique_in_force",
                violation_error_message=_("Mã này đang thuộc một đơn vị khác cùng cấp. Kiểm tra lại mã."),
            ),
            models.UniqueConstraint(
                fields=["parent", "type", "name"],
                condition=Q(valid_until__isnull=True),
                name="unit_name_unique_in_parent",
                violation_error_message=_(
                    "Nơi này đã có một đơn vị cùng loại, cùng tên. Đặt tên khác hoặc dùng đơn vị có sẵn."
                ),
            ),
            models.CheckConstraint(
                name="unit_type_fits_kind",
                condition=Q(
                    *[Q(kind=kind.value, type__in=[t.value for t in types]) for kind, types in TYPES_OF_KIND.items()],
                    _connector=Q.OR,
                ),
                violation_error_message=_("Loại đơn vị không hợp với cấp đơn vị. Chọn lại loại."),
            ),
            models.CheckConstraint(
                name="unit_only_province_has_no_parent",
                condition=Q(kind="province", parent__isnull=True) | (~Q(kind="province") & Q(parent__isnull=False)),
                violation_error_message=_(
                    "Đơn vị dưới tỉnh phải trực thuộc một đơn vị cấp trên. Chọn đơn vị cấp trên."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{UnitType(self.type).prefix} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refresh_keys()
        super().save(*args, **kwargs)

    def refresh_keys(self) -> None:
        """Derive the search and sort columns from the name; bulk creation calls it by itself."""
        self.search = fold(str(self))
        self.sort_key = natural_sort_key(self.name)

    @property
    def in_sentence(self) -> str:
        """Its name inside a sentence: "xã Tân Phú"."""
        return lower_first(str(self))

    @property
    def full_name(self) -> str:
        """Its name with those above it, the province left out: "Xã Tân Phú, huyện Châu Thành". Reads the parents."""
        names, above = [str(self)], self.parent
        while above is not None and above.kind != UnitKind.PROVINCE:
            names.append(above.in_sentence)
            above = above.parent
        return ", ".join(names)

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.path,)

    @property
    def ancestor_paths(self) -> list[str]:
        """Paths of the units above this one, the province first."""
        return [self.path[:end] for end in range(PATH_STEP, len(self.path), PATH_STEP)]


class Succession(models.Model):
    """`successor` took over all or part of `predecessor` on `effective_on`."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions", verbose_name=_("đơn vị cũ"))
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances", verbose_name=_("đơn vị mới"))
    effective_on = models.DateField(_("có hiệu lực từ"))
    decision = models.ForeignKey(
        "steering.Decision", models.PROTECT, null=True, blank=True, verbose_name=_("theo quyết định")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sáp nhập, chia tách")
        verbose_name_plural = pgettext_lazy("plural", "sáp nhập, chia tách")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                name="succession_of_another",
                condition=~Q(predecessor=F("successor")),
                violation_error_message=_("Một đơn vị không thể kế tục chính nó. Chọn đơn vị khác."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
