"""The regulation (quy chế) a club lives by (R7): versions, with the parts that the software reads as fields."""

from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from clubs.models.clubs import Cadence, Club
from steering.querysets import ScopedQuerySet
from steering.uploads import check_document


class Share(models.TextChoices):
    """A part of a whole, for quorums ("at least") and majorities ("more than")."""

    HALF = "1/2", _("một nửa")
    TWO_THIRDS = "2/3", _("hai phần ba")
    THREE_QUARTERS = "3/4", _("ba phần tư")

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.value)


class Regulation(models.Model):
    """One version, in force from `adopted_on`, inclusive, until the next one is. Adopted by `adopt_regulation`.

    A meeting has its quorum with at least `quorum` of the members; an election is won with more than `majority` of the
    valid ballots. Either the text or the file is there.
    """

    SCOPE = "club__path"

    club = models.ForeignKey(Club, models.PROTECT, related_name="regulations", verbose_name=_("câu lạc bộ"))
    version = models.PositiveSmallIntegerField(_("lần ban hành"), editable=False)
    adopted_on = models.DateField(_("thông qua ngày"))
    text = models.TextField(_("nội dung quy chế"), blank=True)
    file = models.FileField(_("bản đã ký"), upload_to="regulations/%Y", blank=True, validators=[check_document])
    cadence = models.CharField(
        pgettext_lazy("how often", "kỳ sinh hoạt"), max_length=7, choices=Cadence, default=Cadence.MONTH
    )
    term_months = models.PositiveSmallIntegerField(_("nhiệm kỳ (tháng)"), default=60)
    quorum = models.CharField(
        _("số thành viên phải có mặt, ít nhất"), max_length=3, choices=Share, default=Share.TWO_THIRDS
    )
    majority = models.CharField(_("số phiếu để trúng cử, quá"), max_length=3, choices=Share, default=Share.HALF)
    history = HistoricalRecords(excluded_fields=["file"])

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("quy chế")
        verbose_name_plural = pgettext_lazy("plural", "quy chế")
        ordering = ["club", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["club", "version"], name="regulation_version_once"),
            models.UniqueConstraint(
                fields=["club", "adopted_on"],
                name="regulation_one_a_day",
                violation_error_message=_("Ngày này câu lạc bộ đã thông qua một bản quy chế. Ghi ngày khác."),
            ),
            models.CheckConstraint(
                name="regulation_has_text_or_file",
                condition=~Q(text="", file=""),
                violation_error_message=_("Ghi nội dung quy chế hoặc gửi kèm bản đã ký."),
            ),
            models.CheckConstraint(
                name="regulation_term_of_a_month_or_more",
                condition=Q(term_months__gte=1),
                violation_error_message=_("Nhiệm kỳ ít nhất là 1 tháng."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.club}, {self.adopted_on:%d/%m/%Y}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.club.path,)
