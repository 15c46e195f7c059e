"""Steering committees (R2), their seats and standing agencies, all dated."""

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from steering.fields import CleanCharField
from steering.models.base import Dated
from steering.models.decisions import Decision
from steering.models.units import Unit, UnitKind
from steering.querysets import DatedQuerySet, ScopedQuerySet
from steering.text import fold

COMMITTEE_KINDS = (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE)


def leaders(**committee: Any) -> dict[str, Subquery]:
    """Annotations, as they are today: `head`, `head_position`, `deputy`, `deputy_position`, `agency`; None for none.

    `committee` says which committee, from a seat: committee=OuterRef("pk").
    """
    day = timezone.localdate()
    seats = CommitteeSeat.objects.filter(**committee).active_on(day).order_by("pk")
    heads, deputies = seats.filter(role=SeatRole.HEAD), seats.filter(role=SeatRole.DEPUTY)
    agencies = StandingAgency.objects.filter(**committee).active_on(day)
    return {
        "head": Subquery(heads.values("full_name")[:1]),
        "head_position": Subquery(heads.values("position")[:1]),
        "deputy": Subquery(deputies.values("full_name")[:1]),
        "deputy_position": Subquery(deputies.values("position")[:1]),
        "agency": Subquery(agencies.values("name")[:1]),
    }


class CommitteeQuerySet(ScopedQuerySet, DatedQuerySet):
    def with_leaders(self) -> Self:
        return self.annotate(**leaders(committee=OuterRef("pk")))

    def search(self, text: str) -> Self:
        """Committees of units with every word of `text` in their name or in that of the one above."""
        committees = self
        for word in fold(text).split():
            committees = committees.filter(Q(unit__search__contains=word) | Q(unit__parent__search__contains=word))
        return committees


class OfCommitteeQuerySet(ScopedQuerySet, DatedQuerySet):
    pass


class SteeringCommittee(Dated):
    """The poverty-reduction steering committee of a province, district or commune; one in force per unit."""

    SCOPE = "unit__path"

    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="committees",
        verbose_name=_("đơn vị"),
        limit_choices_to={"kind__in": [kind.value for kind in COMMITTEE_KINDS]},
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, verbose_name=_("quyết định thành lập")
    )
    history = HistoricalRecords()

    objects = CommitteeQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("ban chỉ đạo")
        verbose_name_plural = pgettext_lazy("plural", "ban chỉ đạo")
        ordering = ["unit__path", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(valid_until__isnull=True),
                name="committee_one_in_force",
                violation_error_message=_("Đơn vị này đã có ban chỉ đạo đang hoạt động. Kết thúc ban cũ trước."),
            ),
        ]

    def __str__(self) -> str:
        return f"Ban chỉ đạo giảm nghèo {self.unit.in_sentence}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.unit.path,)


class SeatRole(models.TextChoices):
    HEAD = "head", _("Trưởng ban")
    DEPUTY = "deputy", _("Phó Trưởng ban")
    STANDING = "standing", _("Ủy viên thường trực")
    MEMBER = "member", _("Ủy viên")


class OfCommittee:
    """A row that belongs to a committee lies where the committee lies."""

    SCOPE = "committee__unit__path"
    committee: Any

    @property
    def scope_paths(self) -> tuple[str, ...]:
        paths: tuple[str, ...] = self.committee.scope_paths
        return paths


class CommitteeSeat(OfCommittee, Dated):
    committee = models.ForeignKey(
        SteeringCommittee, models.CASCADE, related_name="seats", verbose_name=_("ban chỉ đạo")
    )
    role = models.CharField(_("chức danh"), max_length=8, choices=SeatRole, default=SeatRole.MEMBER)
    full_name = CleanCharField(_("họ và tên"), max_length=120)
    position = CleanCharField(_("chức vụ, cơ quan"), max_length=160)
    area = CleanCharField(_("địa bàn, lĩnh vực phụ trách"), max_length=160, blank=True)
    history = HistoricalRecords()

    objects = OfCommitteeQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("thành viên ban chỉ đạo")
        verbose_name_plural = pgettext_lazy("plural", "thành viên ban chỉ đạo")
        ordering = ["committee", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(role="head", valid_until__isnull=True),
                name="committee_one_head",
                violation_error_message=_("Ban chỉ đạo đã có Trưởng ban. Kết thúc nhiệm kỳ của người cũ trước."),
            ),
        ]

    def __str__(self) -> str:
        return f"{SeatRole(self.role).label}: {self.full_name}"


class StandingAgency(OfCommittee, Dated):
    """Cơ quan thường trực: which department does the committee's daily work, over time."""

    committee = models.ForeignKey(
        SteeringCommittee, models.CASCADE, related_name="agencies", verbose_name=_("ban chỉ đạo")
    )
    name = CleanCharField(_("tên cơ quan"), max_length=160)
    history = HistoricalRecords()

    objects = OfCommitteeQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("cơ quan thường trực")
        verbose_name_plural = pgettext_lazy("plural", "cơ quan thường trực")
        ordering = ["committee", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(valid_until__isnull=True),
                name="committee_one_standing_agency",
                violation_error_message=_(
                    "Ban chỉ đạo đã có cơ quan thường trực. Ghi ngày kết thúc của cơ quan cũ trước."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
