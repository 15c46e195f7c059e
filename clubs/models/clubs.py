"""Clubs (R3, R4, R8-R11)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from clubs.querysets import ClubQuerySet
from steering.fields import CleanCharField
from steering.models import Decision, SteeringCommittee, Unit
from steering.models.base import Dated
from steering.querysets import DatedQuerySet
from steering.regime import ClubLevel
from steering.text import fold, natural_sort_key


class ClubKind(models.TextChoices):
    WORK = "work", _("CLB công tác giảm nghèo")
    POOR_PEOPLE = "poor_people", _("CLB người nghèo")


class ClubStatus(models.TextChoices):
    PLANNED = "planned", _("Dự kiến")
    ACTIVE = "active", _("Hoạt động")
    SUSPENDED = "suspended", _("Tạm ngừng")
    DISSOLVED = "dissolved", _("Đã giải thể")
    MERGED = "merged", _("Đã sáp nhập")
    WITHDRAWN = "withdrawn", _("Đã rút đề nghị")


class Cadence(models.TextChoices):
    MONTH = "month", _("Mỗi tháng một kỳ")
    QUARTER = "quarter", _("Mỗi quý một kỳ")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Thứ Hai")
    TUESDAY = 1, _("Thứ Ba")
    WEDNESDAY = 2, _("Thứ Tư")
    THURSDAY = 3, _("Thứ Năm")
    FRIDAY = 4, _("Thứ Sáu")
    SATURDAY = 5, _("Thứ Bảy")
    SUNDAY = 6, _("Chủ nhật")


ENDED = (ClubStatus.DISSOLVED, ClubStatus.MERGED, ClubStatus.WITHDRAWN)


class Club(models.Model):
    """A club at a level, of a kind, in a unit. Founded and changed by `clubs.actions.clubs`, ended by its `ending`.

    A district club holds one of its district's two slots (R4). Founder and manager are derived from the regime on
    the founding day, then kept as they were (R8, R9). Its path is its unit's, then "c" and a number of four digits.
    """

    SCOPE = "path"

    name = CleanCharField(_("tên câu lạc bộ"), max_length=160)
    level = models.CharField(_("cấp"), max_length=8, choices=ClubLevel)
    kind = models.CharField(_("loại"), max_length=11, choices=ClubKind, default=ClubKind.WORK)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="clubs", verbose_name=_("đơn vị"))
    path = models.CharField(max_length=40, unique=True, editable=False)
    district_slot = models.PositiveSmallIntegerField(null=True, editable=False)
    status = models.CharField(
        _("tình trạng"), max_length=9, choices=ClubStatus, default=ClubStatus.ACTIVE, editable=False
    )
    founded_on = models.DateField(_("ngày thành lập"), null=True, blank=True)
    ended_on = models.DateField(_("ngày kết thúc"), null=True, editable=False)
    ending_reason = CleanCharField(_("lý do kết thúc"), max_length=200, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("sáp nhập vào")
    )
    founding_decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("quyết định thành lập")
    )
    ending_decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("quyết định kết thúc")
    )
    founder = models.ForeignKey(
        Unit, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("UBND ra quyết định")
    )
    manager = models.ForeignKey(
        SteeringCommittee,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="clubs",
        verbose_name=_("ban chỉ đạo quản lý"),
    )
    cadence = models.CharField(
        pgettext_lazy("how often", "kỳ sinh hoạt"), max_length=7, choices=Cadence, default=Cadence.MONTH
    )
    weekday = models.PositiveSmallIntegerField(_("thứ trong tuần"), choices=Weekday, default=Weekday.FRIDAY)
    week = models.PositiveSmallIntegerField(
        _("tuần thứ mấy của kỳ"), choices=[(n, str(n)) for n in range(1, 5)], default=2
    )
    starts_at = models.TimeField(_("giờ họp"), default="07:30")
    search = models.CharField(max_length=300, editable=False)
    sort_key = models.CharField(max_length=500, editable=False, db_index=True)
    history = HistoricalRecords(excluded_fields=["search", "sort_key"])

    objects = ClubQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu lạc bộ")
        verbose_name_plural = pgettext_lazy("plural", "câu lạc bộ")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["unit", "status"], name="club_unit_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "district_slot"],
                condition=Q(district_slot__isnull=False, ended_on__isnull=True),
                name="club_two_per_district",
                violation_error_message=_(
                    "Huyện đã có đủ 2 câu lạc bộ cấp huyện. Một huyện có nhiều nhất 2. Chọn cấp khác hoặc huyện khác."
                ),
            ),
            models.CheckConstraint(
                name="club_district_slot_one_or_two",
                condition=Q(level="district", district_slot__in=[1, 2])
                | (~Q(level="district") & Q(district_slot__isnull=True)),
                violation_error_message=_(
                    "Một huyện có nhiều nhất 2 câu lạc bộ cấp huyện. Chọn cấp khác hoặc huyện khác."
                ),
            ),
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(ended_on__isnull=True),
                name="club_name_unique_in_unit",
                violation_error_message=_("Đơn vị này đã có câu lạc bộ cùng tên. Đặt tên khác."),
            ),
            models.CheckConstraint(
                name="club_ends_after_it_begins",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded_on")),
                violation_error_message=_("Ngày kết thúc không thể trước ngày thành lập. Sửa một trong hai ngày."),
            ),
            models.CheckConstraint(
                name="club_status_fits_dates",
                condition=Q(status="planned", founded_on__isnull=True, ended_on__isnull=True)
                | Q(status__in=["active", "suspended"], founded_on__isnull=False, ended_on__isnull=True)
                | Q(status="dissolved", ended_on__isnull=False, merged_into__isnull=True)
                | Q(status="merged", ended_on__isnull=False, merged_into__isnull=False)
                | Q(status="withdrawn", founded_on__isnull=True, ended_on__isnull=False),
                violation_error_message=_("Tình trạng câu lạc bộ không khớp với ngày thành lập hoặc ngày kết thúc."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(self.name)
        self.sort_key = natural_sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def scope_paths(self) -> tuple[str, ...]:
        """Its own path; before founding gives it one, its unit's."""
        return (self.path or self.unit.path,)

    @property
    def is_ended(self) -> bool:
        return self.status in ENDED


class Coverage(Dated):
    """A commune that a district club covers; where a district has two clubs, none is covered twice (R4)."""

    SCOPE = "club__path"

    club = models.ForeignKey(Club, models.CASCADE, related_name="coverage", verbose_name=_("câu lạc bộ"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("xã, phường, thị trấn"))
    history = HistoricalRecords()

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("địa bàn")
        verbose_name_plural = pgettext_lazy("plural", "địa bàn")
        ordering = ["unit__sort_key"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(valid_until__isnull=True),
                name="coverage_none_twice",
                violation_error_message=_(
                    "Xã này đã thuộc địa bàn của một câu lạc bộ cấp huyện. Bỏ ở câu lạc bộ kia trước."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.club.path,)


class Suspension(Dated):
    """A time in which a club owes no meetings."""

    SCOPE = "club__path"

    club = models.ForeignKey(Club, models.CASCADE, related_name="suspensions", verbose_name=_("câu lạc bộ"))
    reason = CleanCharField(_("lý do"), max_length=200)
    history = HistoricalRecords()

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("lần tạm ngừng")
        verbose_name_plural = pgettext_lazy("plural", "lần tạm ngừng")
        ordering = ["club", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["club"], condition=Q(valid_until__isnull=True), name="suspension_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.club}, {self.reason}"
