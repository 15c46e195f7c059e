"""On which days a club may meet (R10)."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club
from meetings.models import Meeting, MeetingForm, MeetingState
from meetings.models.meetings import TURN_STATES
from steering.calendar import month_calendar
from steering.models import ClosedDay
from steering.periods import Period, PeriodKind
from steering.text import lower_first

HOURS, MOMENT = timedelta(hours=2), timedelta(seconds=1)  # how long a meeting is taken to last


def move(meeting: Meeting, starts_at: datetime) -> None:
    """Another time for `meeting`, not saved yet: within its period, but for a visit, which has none of its own."""
    period, day = period_of(meeting.cadence, starts_at), timezone.localdate(starts_at)
    if period.key != meeting.period_key and meeting.form == MeetingForm.REGULAR:
        own = month_calendar().parse(meeting.period_key)
        raise ValidationError(
            {
                "starts_at": _(
                    "Kỳ %(period)s từ %(first)s đến %(last)s. Chọn ngày trong kỳ, hoặc ghi “không họp” rồi họp kỳ sau."
                )
                % {"period": own.label, "first": f"{own.first_day:%d/%m/%Y}", "last": f"{own.last_day:%d/%m/%Y}"}
            }
        )
    check_in_being(meeting.club, day)
    check_open(day)
    if meeting.form == MeetingForm.VISIT:
        check_free(meeting.club, starts_at, meeting)
    meeting.starts_at, meeting.period_key, meeting.period_last_day = starts_at, period.key, period.last_day
    if meeting.state == MeetingState.POSTPONED:
        meeting.state, meeting.state_reason = MeetingState.PLANNED, ""


def period_of(cadence: str, starts_at: datetime) -> Period:
    return month_calendar().containing(PeriodKind(cadence), timezone.localdate(starts_at))


def check_in_being(club: Club, day: date) -> None:
    """A club meets from its founding to its end, not while suspended."""
    if club.founded_on is None or day < club.founded_on or (club.ended_on and day >= club.ended_on):
        raise ValidationError(
            _("Ngày %(day)s câu lạc bộ chưa thành lập hoặc đã kết thúc. Chọn ngày khác.") % {"day": f"{day:%d/%m/%Y}"}
        )
    if club.suspensions.active_on(day).exists():
        raise ValidationError(
            {"starts_at": _("Ngày %(day)s câu lạc bộ tạm ngừng. Chọn ngày khác.") % {"day": f"{day:%d/%m/%Y}"}}
        )


def check_open(day: date) -> None:
    closed = ClosedDay.objects.filter(day=day).first()
    if closed:
        raise ValidationError(
            {
                "starts_at": _("Ngày %(day)s là ngày nghỉ (%(name)s). Chọn ngày khác.")
                % {"day": f"{day:%d/%m/%Y}", "name": closed.name}
            }
        )


def check_free(club: Club, starts_at: datetime, visit: Meeting | None = None) -> None:
    """Nobody is in two places: a club goes on no visit in the hours of another meeting of its own."""
    around = (starts_at - HOURS + MOMENT, starts_at + HOURS - MOMENT)
    others = club.meetings.filter(state__in=TURN_STATES, starts_at__range=around).exclude(
        pk=visit.pk if visit else None
    )
    if other := others.order_by("starts_at").first():
        words = {"club": club, "what": lower_first(other.title), "at": f"{timezone.localtime(other.starts_at):%H:%M}"}
        raise ValidationError(
            {"starts_at": _("%(club)s đã có %(what)s lúc %(at)s hôm ấy. Chọn ngày hoặc giờ khác.") % words}
        )
