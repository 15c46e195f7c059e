"""Elections of chair and vice-chairs by the members (R6)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clubs.models.clubs import Club
from clubs.models.members import Membership, OfficeRole
from clubs.models.regulations import Share
from steering.fields import CleanCharField
from steering.querysets import ScopedQuerySet


class ElectionState(models.TextChoices):
    OPEN = "open", _("Đang chuẩn bị, đang bầu")
    DECIDED = "decided", _("Đã có kết quả")
    FAILED = "failed", _("Không thành")


class Election(models.Model):
    """An election at the meeting of `held_on`: one contest for each office to fill. See `clubs.actions.elections`.

    `entitled` are the members of that day, `present` those who were there; quorum and majority are those of the
    regulation in force that day, kept as they were. What is decided starts the new terms on `held_on`.
    """

    SCOPE = "club__path"

    club = models.ForeignKey(Club, models.PROTECT, related_name="elections", verbose_name=_("câu lạc bộ"))
    held_on = models.DateField(_("ngày bầu"))
    state = models.CharField(
        _("tình trạng"), max_length=7, choices=ElectionState, default=ElectionState.OPEN, editable=False
    )
    entitled = models.PositiveSmallIntegerField(_("số thành viên được bầu"), null=True, editable=False)
    present = models.PositiveSmallIntegerField(_("số thành viên có mặt"), null=True, blank=True)
    quorum = models.CharField(max_length=3, choices=Share, editable=False)
    majority = models.CharField(max_length=3, choices=Share, editable=False)
    teller = CleanCharField(_("trưởng ban kiểm phiếu"), max_length=120, blank=True)
    failure = CleanCharField(_("lý do không thành"), max_length=300, blank=True, editable=False)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc bầu cử")
        verbose_name_plural = pgettext_lazy("plural", "cuộc bầu cử")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["club"],
                condition=Q(state="open"),
                name="election_one_open",
                violation_error_message=_("Câu lạc bộ đang có một cuộc bầu cử chưa xong. Làm xong cuộc đó trước."),
            ),
            models.CheckConstraint(
                name="election_not_more_present_than_entitled",
                condition=Q(present__isnull=True) | Q(entitled__isnull=False, present__lte=F("entitled")),
                violation_error_message=_("Số có mặt nhiều hơn số thành viên. Kiểm tra lại."),
            ),
            models.CheckConstraint(
                name="election_failed_for_a_reason",
                condition=~Q(state="failed", failure=""),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Bầu ban chủ nhiệm %(club)s, %(day)s") % {"club": self.club, "day": f"{self.held_on:%d/%m/%Y}"}

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.club.path,)


class OfElection(models.Model):
    class Meta:
        abstract = True

    election: Any

    @property
    def scope_paths(self) -> tuple[str, ...]:
        paths: tuple[str, ...] = self.election.scope_paths
        return paths


class Contest(OfElection):
    """The vote for one office in one round: ballots handed out, brought in, valid. All empty until they are counted."""

    SCOPE = "election__club__path"

    election = models.ForeignKey(Election, models.CASCADE, related_name="contests", verbose_name=_("cuộc bầu cử"))
    role = models.CharField(_("chức danh"), max_length=10, choices=OfficeRole)
    places = models.PositiveSmallIntegerField(_("số người cần bầu"), default=1)
    round = models.PositiveSmallIntegerField(_("vòng"), default=1, editable=False)
    ballots_out = models.PositiveSmallIntegerField(_("số phiếu phát ra"), null=True, blank=True)
    ballots_in = models.PositiveSmallIntegerField(_("số phiếu thu vào"), null=True, blank=True)
    valid = models.PositiveSmallIntegerField(_("số phiếu hợp lệ"), null=True, blank=True)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt bầu")
        verbose_name_plural = pgettext_lazy("plural", "lượt bầu")
        ordering = ["election", "role", "round"]
        constraints = [
            models.UniqueConstraint(fields=["election", "role", "round"], name="contest_once_a_round"),
            models.CheckConstraint(
                name="contest_not_more_ballots_in_than_out",
                condition=Q(ballots_in__isnull=True) | Q(ballots_out__isnull=False, ballots_in__lte=F("ballots_out")),
                violation_error_message=_("Số phiếu thu vào nhiều hơn số phiếu phát ra. Kiểm tra lại."),
            ),
            models.CheckConstraint(
                name="contest_not_more_valid_than_in",
                condition=Q(valid__isnull=True) | Q(ballots_in__isnull=False, valid__lte=F("ballots_in")),
                violation_error_message=_("Số phiếu hợp lệ nhiều hơn số phiếu thu vào. Kiểm tra lại."),
            ),
            models.CheckConstraint(
                name="contest_places_of_the_office",
                condition=Q(role="chair", places=1) | Q(role="vice_chair", places__in=[1, 2]),
                violation_error_message=_("Bầu 1 chủ nhiệm, 1 hoặc 2 phó chủ nhiệm. Sửa số người cần bầu."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(role)s, vòng %(n)d") % {"role": OfficeRole(self.role).label, "n": self.round}


class Candidate(models.Model):
    """A sitting member, a natural person, who stands in a contest; votes are empty until they are counted."""

    SCOPE = "contest__election__club__path"

    contest: Any = models.ForeignKey(Contest, models.CASCADE, related_name="candidates", verbose_name=_("lượt bầu"))
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="candidacies", verbose_name=_("người ứng cử")
    )
    votes = models.PositiveSmallIntegerField(_("số phiếu"), null=True, blank=True)
    is_elected = models.BooleanField(_("trúng cử"), default=False, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("người ứng cử")
        verbose_name_plural = pgettext_lazy("plural", "người ứng cử")
        ordering = ["contest", "membership__seat"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "membership"],
                name="candidate_once",
                violation_error_message=_("Người này đã có trong danh sách bầu."),
            )
        ]

    def __str__(self) -> str:
        return str(self.membership)

    @property
    def scope_paths(self) -> tuple[str, ...]:
        paths: tuple[str, ...] = self.contest.scope_paths
        return paths
