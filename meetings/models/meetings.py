"""A club's meetings (R10, R11)."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clubs.models import Cadence, Club
from meetings.querysets import MeetingQuerySet
from steering.fields import CleanCharField
from steering.models import Unit
from steering.periods import ReportingCalendar


class MeetingForm(models.TextChoices):
    REGULAR = "regular", _("Sinh hoạt định kỳ")
    VISIT = "visit", _("Giao lưu, tham quan")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Đã lên lịch")
    INVITED = "invited", _("Đã mời")
    HELD = "held", _("Đã họp")
    POSTPONED = "postponed", _("Hoãn")
    CANCELLED = "cancelled", _("Hủy")
    DID_NOT_MEET = "did_not_meet", _("Không họp, có lý do")


TURN_STATES = (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.HELD)


class Channel(models.TextChoices):
    """How invitations went out."""

    ZALO = "zalo", _("Zalo")
    PAPER = "paper", _("Giấy mời")
    PHONE = "phone", _("Điện thoại")
    EMAIL = "email", _("Thư điện tử")


OPEN_STATES = (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED)
REASONED_STATES = (MeetingState.POSTPONED, MeetingState.CANCELLED, MeetingState.DID_NOT_MEET)


class Meeting(models.Model):
    """One meeting. Planned and changed by `meetings.actions`.

    `period_key` is the period of the club's cadence ("2026-10" or "2026-Q4"), with its last day beside it, so that a
    club has one regular meeting a period and a report finds it by range. The counts of those who came are kept by
    `record_attendance`, those of the guests by `count_guests`. A visit that several clubs make together is one meeting
    a club: each one `joins` that of the club that leads it, and moves with it. `turn_on` is the day on which its host had
    its turn before two hosts exchanged theirs. `path` is its club's.
    """

    SCOPE = "path"

    club = models.ForeignKey(Club, models.PROTECT, related_name="meetings", verbose_name=_("câu lạc bộ"))
    path = models.CharField(max_length=40, editable=False)
    form = models.CharField(_("hình thức"), max_length=7, choices=MeetingForm, default=MeetingForm.REGULAR)
    period_key = models.CharField(_("kỳ"), max_length=8, editable=False)
    period_last_day = models.DateField(editable=False)
    starts_at = models.DateTimeField(_("bắt đầu lúc"))
    host = models.ForeignKey(Unit, models.PROTECT, related_name="hosted_meetings", verbose_name=_("nơi đăng cai"))
    host_reason = models.CharField(_("vì sao nơi này"), max_length=300, editable=False)
    is_override = models.BooleanField(_("đăng cai ngoài lượt"), default=False, editable=False)
    state = models.CharField(_("tình trạng"), max_length=12, choices=MeetingState, default=MeetingState.PLANNED)
    state_reason = CleanCharField(_("lý do"), max_length=300, blank=True)
    invited_through = models.CharField(_("mời qua"), max_length=5, choices=Channel, blank=True, editable=False)
    turn_on = models.DateField(_("ngày của lượt đã đổi"), null=True, editable=False)
    joins = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="joined_by",
        verbose_name=_("đi cùng"),
    )
    held_recorded_at = models.DateTimeField(_("ghi nhận lúc"), null=True, editable=False)
    learnt = models.TextField(_("điều học được"), blank=True)
    present_count = models.PositiveSmallIntegerField(_("số có mặt"), default=0, editable=False)
    late_count = models.PositiveSmallIntegerField(_("số đến muộn"), default=0, editable=False)
    excused_count = models.PositiveSmallIntegerField(_("số vắng có phép"), default=0, editable=False)
    absent_count = models.PositiveSmallIntegerField(_("số vắng không phép"), default=0, editable=False)
    invited_count = models.PositiveSmallIntegerField(_("số người được mời"), default=0, editable=False)
    guest_count = models.PositiveSmallIntegerField(_("số khách đã đến"), default=0, editable=False)
    history = HistoricalRecords(excluded_fields=["path"])

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("kỳ sinh hoạt")
        verbose_name_plural = pgettext_lazy("plural", "kỳ sinh hoạt")
        ordering = ["-starts_at", "pk"]
        indexes = [
            models.Index(fields=["club", "-starts_at"], name="meeting_of_club"),
            models.Index(fields=["period_last_day", "state"], name="meeting_of_period"),
            models.Index(fields=["starts_at"], name="meeting_start"),
            models.Index(fields=["path", "starts_at"], name="meeting_path_start"),
            models.Index(fields=["state", "path"], name="meeting_state_path"),
            models.Index(fields=["club"], condition=Q(is_override=True), name="meeting_out_of_turn"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["club", "period_key"],
                condition=Q(form="regular") & ~Q(state="cancelled"),
                name="meeting_one_per_period",
                violation_error_message=_(
                    "Câu lạc bộ đã có kỳ sinh hoạt trong kỳ này. Mở kỳ đã có để sửa, hoặc chọn kỳ khác."
                ),
            ),
            models.CheckConstraint(
                name="meeting_reason_where_it_did_not_go_as_planned",
                condition=~Q(state__in=["postponed", "cancelled", "did_not_meet"], state_reason=""),
                violation_error_message=_("Hoãn, hủy hoặc không họp thì phải ghi lý do. Ghi thêm lý do."),
            ),
            models.UniqueConstraint(
                fields=["club", "joins"],
                condition=Q(joins__isnull=False) & ~Q(state="cancelled"),
                name="meeting_joins_once",
                violation_error_message=_("Câu lạc bộ đã có trong chuyến này. Không cần thêm lần nữa."),
            ),
            models.CheckConstraint(
                name="meeting_only_visits_join",
                condition=Q(joins__isnull=True) | Q(form="visit"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.club}, {timezone.localtime(self.starts_at):%d/%m/%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.path = self.path or self.club.path  # which never changes
        super().save(*args, **kwargs)

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.path or self.club.path,)

    @property
    def there_count(self) -> int:
        """Members who came, late or not."""
        return self.present_count + self.late_count

    @property
    def member_count(self) -> int:
        """Members called at the meeting, whoever came."""
        return self.there_count + self.excused_count + self.absent_count

    @property
    def is_turn(self) -> bool:
        """Whether its host's turn is used up by it; the same as `MeetingQuerySet.turns`."""
        return self.form == MeetingForm.REGULAR and not self.is_override and self.state in TURN_STATES

    @property
    def is_swapped(self) -> bool:
        """Whether its host has exchanged turns with another (`meetings.actions.turns`)."""
        return self.turn_on is not None

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def period_label(self) -> str:
        """ "tháng 10/2026" or "quý IV/2026"; the label depends on no cut-off."""
        return ReportingCalendar().parse(self.period_key).label

    @property
    def title(self) -> str:
        """ "Sinh hoạt tháng 10/2026"; a visit has no period of its own."""
        if self.form == MeetingForm.VISIT:
            return str(MeetingForm.VISIT.label)
        return gettext("Sinh hoạt %(period)s") % {"period": self.period_label}

    @property
    def in_sentence(self) -> str:
        """ "kỳ sinh hoạt ngày 06/11/2026 của CLB huyện"."""
        words = gettext("kỳ sinh hoạt ngày %(day)s của %(club)s")
        if self.form == MeetingForm.VISIT:
            words = gettext("chuyến đi ngày %(day)s của %(club)s")
        return words % {"day": f"{self.day:%d/%m/%Y}", "club": self.club}

    @property
    def why_host(self) -> str:
        """The reason for its host, the host's name left out."""
        return self.host_reason.removeprefix(f"{self.host}: ")

    @property
    def cadence(self) -> Cadence:
        return Cadence.QUARTER if "Q" in self.period_key else Cadence.MONTH
