"""Why a club is to be founded, before it is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from clubs.models.clubs import Club
from clubs.models.members import SEATS
from steering.fields import CleanCharField
from steering.querysets import ScopedQuerySet


class Proposal(models.Model):
    """The proposal of a planned club: why, where it will meet, how many will join, who asks for it."""

    SCOPE = "club__path"

    club = models.OneToOneField(Club, models.CASCADE, related_name="proposal", verbose_name=_("câu lạc bộ"))
    reason = models.TextField(_("vì sao cần câu lạc bộ"))
    place = CleanCharField(_("nơi sinh hoạt dự kiến"), max_length=200, blank=True)
    members = models.PositiveSmallIntegerField(_("số thành viên dự kiến"), null=True, blank=True)
    asked_by = CleanCharField(_("ai đề nghị"), max_length=200)
    proposed_on = models.DateField(_("đề nghị ngày"))
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("đề nghị thành lập")
        verbose_name_plural = pgettext_lazy("plural", "đề nghị thành lập")
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_not_more_members_than_seats",
                condition=Q(members__isnull=True) | Q(members__gte=1, members__lte=SEATS),
                violation_error_message=_("Câu lạc bộ có từ 1 đến 25 thành viên. Sửa số thành viên dự kiến."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.club}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return self.club.scope_paths
