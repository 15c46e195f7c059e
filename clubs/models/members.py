"""People, seats and offices (R5, R6). Caps are structure: a seat 1..25, a slot per office."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords

from clubs.models.clubs import Club
from clubs.querysets import MembershipQuerySet, OfficeQuerySet, PersonQuerySet
from steering.fields import CleanCharField
from steering.models import Decision, Unit
from steering.text import fold, name_sort_key

SEATS = 25


class PersonKind(models.TextChoices):
    INDIVIDUAL = "individual", _("Cá nhân")
    COLLECTIVE = "collective", _("Tập thể")


class Sex(models.TextChoices):
    FEMALE = "f", _("Nữ")
    MALE = "m", _("Nam")


class Sector(models.TextChoices):
    """Where a member comes from (R2, R15)."""

    AGENCY = "agency", _("Ngành")
    UNION = "union", _("Mặt trận, đoàn thể")
    BANK = "bank", _("Ngân hàng chính sách")
    BUSINESS = "business", _("Doanh nghiệp")
    DONOR = "donor", _("Nhà hảo tâm")
    HAMLET = "hamlet", _("Cán bộ ấp, khu phố, tổ NDTQ")
    POOR = "poor", _("Hộ nghèo, cận nghèo")
    OTHER = "other", _("Khác")


class Person(models.Model):
    """An individual, or a collective that counts as one member and is spoken for by `representative` (R5)."""

    SCOPE = "unit__path"

    kind = models.CharField(_("loại"), max_length=10, choices=PersonKind, default=PersonKind.INDIVIDUAL)
    full_name = CleanCharField(_("họ và tên, hoặc tên tập thể"), max_length=120)
    representative = CleanCharField(
        _("người đại diện"), max_length=120, blank=True, help_text=_("Chỉ ghi cho tập thể.")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people", verbose_name=_("đơn vị"))
    sex = models.CharField(_("giới tính"), max_length=1, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("năm sinh"), null=True, blank=True)
    phone = PhoneNumberField(_("điện thoại"), blank=True)
    job = CleanCharField(_("nghề nghiệp, chức vụ"), max_length=160, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged", verbose_name=_("đã nhập vào")
    )
    search = models.CharField(max_length=130, editable=False, db_index=True)
    sort_key = models.CharField(max_length=500, editable=False, db_index=True)
    history = HistoricalRecords(excluded_fields=["search", "sort_key"])

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("người, tập thể")
        verbose_name_plural = pgettext_lazy("plural", "người, tập thể")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_only_collectives_are_represented",
                condition=Q(kind="individual", representative="") | (Q(kind="collective") & ~Q(representative="")),
                violation_error_message=_("Tập thể phải có người đại diện, cá nhân thì không. Sửa ô người đại diện."),
            ),
            models.CheckConstraint(
                name="person_birth_year_plausible",
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1900, birth_year__lte=2100),
                violation_error_message=_("Năm sinh phải từ 1900 đến 2100. Kiểm tra lại năm sinh."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(self.full_name)
        self.sort_key = name_sort_key(self.full_name)
        super().save(*args, **kwargs)

    @property
    def scope_paths(self) -> tuple[str, ...]:
        """The person's own unit, every club in which they have sat, and where they wait to be admitted."""
        if not self.pk:
            return (self.unit.path,)
        sat = self.memberships.order_by().values_list("club__path", flat=True)
        waiting = self.applications.filter(state="pending").order_by().values_list("club__path", flat=True)
        return (self.unit.path, *sat.union(waiting))


class Membership(models.Model):
    """A seat in a club from `joined_on`, inclusive, to `left_on`, exclusive. `admit_member` finds the seat."""

    SCOPE = "club__path"

    club = models.ForeignKey(Club, models.PROTECT, related_name="memberships", verbose_name=_("câu lạc bộ"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("thành viên"))
    seat = models.PositiveSmallIntegerField(_("ghế"), editable=False)
    sector = models.CharField(_("thành phần"), max_length=8, choices=Sector, default=Sector.OTHER)
    joined_on = models.DateField(_("ngày kết nạp"))
    left_on = models.DateField(_("ngày rời"), null=True, blank=True)
    leaving_reason = CleanCharField(_("lý do rời"), max_length=200, blank=True)
    history = HistoricalRecords()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("thành viên")
        verbose_name_plural = pgettext_lazy("plural", "thành viên")
        ordering = ["club", "seat", "-joined_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["club", "seat"],
                condition=Q(left_on__isnull=True),
                name="membership_one_per_seat",
                violation_error_message=_("Ghế này vừa có người khác. Thử lại để nhận ghế còn trống."),
            ),
            models.UniqueConstraint(
                fields=["club", "person"],
                condition=Q(left_on__isnull=True),
                name="membership_once_per_club",
                violation_error_message=_("Người này đang là thành viên của câu lạc bộ. Không cần kết nạp lại."),
            ),
            models.CheckConstraint(
                name="membership_seat_1_to_25",
                condition=Q(seat__gte=1, seat__lte=SEATS),
                violation_error_message=_(
                    "Câu lạc bộ đã đủ 25 thành viên. Muốn kết nạp thêm, cần có người rời câu lạc bộ trước."
                ),
            ),
            models.CheckConstraint(
                name="membership_leaves_after_joining",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                violation_error_message=_("Ngày rời không thể trước ngày kết nạp. Sửa một trong hai ngày."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.club.path,)


class OfficeRole(models.TextChoices):
    CHAIR = "chair", _("Chủ nhiệm")
    VICE_CHAIR = "vice_chair", _("Phó chủ nhiệm")


class Office(models.Model):
    """A term as chair (slot 1) or vice-chair (slots 1 and 2), from `started_on` inclusive to `ended_on` exclusive.

    It comes from an election, or from the founding decision for the first ones; a decision recognises those elected.
    `term_ends_on` is the day on which the term of the regulation is over: an election is due, the office is held on.
    """

    SCOPE = "club__path"

    club = models.ForeignKey(Club, models.PROTECT, related_name="offices", verbose_name=_("câu lạc bộ"), editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="offices", verbose_name=_("thành viên"))
    role = models.CharField(_("chức danh"), max_length=10, choices=OfficeRole)
    slot = models.PositiveSmallIntegerField(editable=False, default=1)
    started_on = models.DateField(_("từ ngày"))
    ended_on = models.DateField(_("đến ngày"), null=True, blank=True)
    term_ends_on = models.DateField(_("hết nhiệm kỳ ngày"), null=True, editable=False)
    election = models.ForeignKey(
        "clubs.Election",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="offices",
        verbose_name=_("cuộc bầu cử"),
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("quyết định")
    )
    history = HistoricalRecords()

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("chức danh")
        verbose_name_plural = pgettext_lazy("plural", "ban chủ nhiệm")
        ordering = ["club", "role", "slot", "-started_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["club", "role", "slot"],
                condition=Q(ended_on__isnull=True),
                name="office_one_per_slot",
                violation_error_message=_("Chức danh này đang có người giữ. Kết thúc nhiệm kỳ của người cũ trước."),
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(ended_on__isnull=True),
                name="office_one_each",
                violation_error_message=_("Người này đang giữ một chức danh khác. Mỗi người chỉ giữ một chức danh."),
            ),
            models.CheckConstraint(
                name="office_one_chair_two_vice_chairs",
                condition=Q(role="chair", slot=1) | Q(role="vice_chair", slot__in=[1, 2]),
                violation_error_message=_(
                    "Câu lạc bộ có 1 chủ nhiệm và 2 phó chủ nhiệm, nay đã đủ. Kết thúc nhiệm kỳ của người cũ trước."
                ),
            ),
            models.CheckConstraint(
                name="office_ends_after_it_begins",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("Ngày kết thúc không thể trước ngày bắt đầu. Sửa một trong hai ngày."),
            ),
            models.CheckConstraint(
                name="office_elected_or_named_at_founding",
                condition=Q(election__isnull=False) | Q(decision__isnull=False),
                violation_error_message=_(
                    "Chủ nhiệm, phó chủ nhiệm do thành viên bầu, hoặc có tên trong quyết định thành lập. Mở cuộc bầu cử."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{OfficeRole(self.role).label}: {self.membership.person}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.club.path,)
