"""Joining of one's own will (R5), and what people agreed to about their data (domain 6)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from clubs.models.clubs import Club
from clubs.models.members import Membership, Person
from clubs.querysets import ConsentQuerySet, OfPersonQuerySet
from steering.fields import CleanCharField
from steering.models.base import Dated
from steering.querysets import ScopedQuerySet
from steering.uploads import check_document


class ApplicationState(models.TextChoices):
    PENDING = "pending", _("Chờ xét")
    ADMITTED = "admitted", _("Đã kết nạp")
    REFUSED = "refused", _("Không nhận")
    WITHDRAWN = "withdrawn", _("Rút đơn")


class Application(models.Model):
    """Somebody asks to join a club. Admitting makes the membership; until then the club may be full."""

    SCOPE = "club__path"

    club = models.ForeignKey(Club, models.PROTECT, related_name="applications", verbose_name=_("câu lạc bộ"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications", verbose_name=_("người xin vào"))
    applied_on = models.DateField(_("ngày làm đơn"))
    wish = CleanCharField(_("mong muốn khi tham gia"), max_length=300, blank=True)
    state = models.CharField(
        _("tình trạng"), max_length=9, choices=ApplicationState, default=ApplicationState.PENDING, editable=False
    )
    decided_on = models.DateField(_("ngày xét"), null=True, editable=False)
    reason = CleanCharField(_("lý do"), max_length=200, blank=True, editable=False)
    membership = models.OneToOneField(
        Membership, models.PROTECT, null=True, editable=False, related_name="application", verbose_name=_("thành viên")
    )
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn xin tham gia")
        verbose_name_plural = pgettext_lazy("plural", "đơn xin tham gia")
        ordering = ["applied_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["club", "person"],
                condition=Q(state="pending"),
                name="application_one_pending",
                violation_error_message=_("Người này đã có đơn chờ xét ở câu lạc bộ này."),
            ),
            models.CheckConstraint(
                name="application_state_fits_day",
                condition=Q(state="pending", decided_on__isnull=True)
                | (~Q(state="pending") & Q(decided_on__isnull=False, decided_on__gte=F("applied_on"))),
                violation_error_message=_("Ngày xét không thể trước ngày làm đơn. Sửa lại ngày xét."),
            ),
            models.CheckConstraint(
                name="application_admitted_has_a_membership",
                condition=~Q(state="admitted", membership__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.club}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.club.path,)


class Purpose(models.TextChoices):
    """What one's data may be used for; each is agreed to by itself."""

    MEMBERSHIP = "membership", _("Lập danh sách, mời họp, điểm danh")
    CONTACT = "contact", _("Gọi điện, nhắn tin báo lịch họp")
    PUBLIC_NAME = "public_name", _("Công khai họ tên khi giữ chức danh")


class Manner(models.TextChoices):
    SIGNED = "signed", _("Ký trên giấy")
    SPOKEN = "spoken", _("Nói tại buổi họp, có ghi biên bản")
    MESSAGE = "message", _("Nhắn tin, thư điện tử")


class Consent(models.Model):
    """That a person agreed to one purpose, in the words of one version, from `given_on` until `withdrawn_on`, exclusive.

    The words of each version stand in `clubs.consent`.
    """

    SCOPE = "person__unit__path"

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents", verbose_name=_("người đồng ý"))
    purpose = models.CharField(_("mục đích"), max_length=11, choices=Purpose)
    wording = models.CharField(_("bản lời văn"), max_length=20)
    given_on = models.DateField(_("đồng ý ngày"))
    manner = models.CharField(_("cách đồng ý"), max_length=7, choices=Manner)
    proof = models.FileField(_("bản ký"), upload_to="consents/%Y", blank=True, validators=[check_document])
    withdrawn_on = models.DateField(_("rút lại ngày"), null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["proof"])

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("sự đồng ý")
        verbose_name_plural = pgettext_lazy("plural", "sự đồng ý")
        ordering = ["person", "purpose", "-given_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="consent_one_in_force",
                violation_error_message=_("Người này đã đồng ý cho mục đích này."),
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_given",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                violation_error_message=_("Ngày rút lại không thể trước ngày đồng ý. Sửa lại ngày."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {Purpose(self.purpose).label}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return self.person.scope_paths


class Representative(Dated):
    """Who speaks for a collective, over time; `Person.representative` is the one of today (R5)."""

    SCOPE = "person__unit__path"

    person: Any = models.ForeignKey(Person, models.PROTECT, related_name="representatives", verbose_name=_("tập thể"))
    full_name = CleanCharField(_("người đại diện"), max_length=120)
    history = HistoricalRecords()

    objects = OfPersonQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("người đại diện")
        verbose_name_plural = pgettext_lazy("plural", "người đại diện")
        ordering = ["person", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_until__isnull=True), name="representative_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def scope_paths(self) -> tuple[str, ...]:
        paths: tuple[str, ...] = self.person.scope_paths
        return paths
