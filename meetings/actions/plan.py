"""Planning meetings (R10, R11): a period at a time for a club, or one by hand."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, ClubStatus, Suspension
from meetings.actions.hosts import due_host, host_turns, set_host
from meetings.models import Meeting, MeetingForm, MeetingState
from meetings.models.meetings import OPEN_STATES
from meetings.rules import Turn, meeting_day
from steering.actions import save_checked
from steering.calendar import reporting_calendar
from steering.models import ClosedDay, Unit, User
from steering.periods import Period, PeriodKind, ReportingCalendar


@transaction.atomic
def plan_club(*, club: Club, until: date, since: date | None = None, by: User | None) -> list[Meeting]:
    """One regular meeting for each period that owes one and has none, and return the new ones.

    From the period with `since` (today when None) to the one with `until`. A club that is not active gets none. When
    `since` is None and the usual day of the current period has passed, the next open day is taken. The club row is
    locked, so that planning twice at once plans once. Raises ValidationError when nobody can host.
    """
    club = lock(club)
    if club.status != ClubStatus.ACTIVE:
        return []
    calendar = reporting_calendar()
    earliest = next_free_day(club) if since is None else None
    turns = host_turns(club)
    planned = []
    for period in owed_periods(club, calendar, since or timezone.localdate(), until):
        day = usual_day(club, period, calendar.closed_days, earliest)
        choice = due_host(club, day, turns)
        turns.append(Turn(choice.host.unit_id, day))
        meeting = Meeting(
            club=club,
            period_key=period.key,
            period_last_day=period.last_day,
            starts_at=at_club_hour(club, day),
            host_id=choice.host.unit_id,
            host_reason=choice.reason,
        )
        planned.append(save_checked(meeting, by=by))
    return planned


def lock(club: Club) -> Club:
    return Club.objects.select_for_update(of=("self",)).select_related("unit").get(pk=club.pk)


def owed_periods(club: Club, calendar: ReportingCalendar, since: date, until: date) -> Iterator[Period]:
    """Periods that owe a regular meeting and have none yet; the same rule as `reports.tables.owes`.

    A club founded in mid-period owes from the next one; a period in which it was suspended at all owes none.
    """
    suspensions = list(club.suspensions.all())
    taken = set(
        club.meetings.filter(form=MeetingForm.REGULAR)
        .exclude(state=MeetingState.CANCELLED)
        .values_list("period_key", flat=True)
    )
    for period in calendar.between(PeriodKind(club.cadence), since, until):
        founded = club.founded_on is not None and club.founded_on <= period.first_day
        if founded and period.key not in taken and not any(overlaps(s, period) for s in suspensions):
            yield period


def overlaps(suspension: Suspension, period: Period) -> bool:
    begins, ends = suspension.valid_from or date.min, suspension.valid_until or date.max
    return begins < ends and begins <= period.last_day and period.first_day < ends


def usual_day(club: Club, period: Period, closed: frozenset[date], earliest: date | None) -> date:
    """The club's own weekday and week in `period`, never a closed day; from `earliest` on where possible."""
    try:
        day = meeting_day(period.first_day, period.last_day, club.weekday, club.week, closed)
        if earliest is None or day >= earliest or earliest not in period:
            return day
        try:
            return meeting_day(earliest, period.last_day, club.weekday, 1, closed)
        except ValueError:
            return day
    except ValueError as error:
        raise ValidationError(str(error)) from error


def next_free_day(club: Club) -> date:
    """Today, or tomorrow once the club's hour has passed."""
    today = timezone.localdate()
    return today if timezone.now() <= at_club_hour(club, today) else today + timedelta(days=1)


def at_club_hour(club: Club, day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, club.starts_at))


@transaction.atomic
def plan_meeting(
    *,
    club: Club,
    starts_at: datetime,
    host: Unit | None = None,
    override_reason: str = "",
    form: str = MeetingForm.REGULAR,
    by: User | None,
) -> Meeting:
    """Plan one meeting by hand, in the period of the club's cadence that holds `starts_at` (aware).

    `host` None is the due one; another of the rotation needs `override_reason` (R11). A visit takes no turn, and may
    be anywhere. Raises ValidationError: club not in being that day, closed day, wrong host, a second regular meeting.
    """
    club = lock(club)
    period = period_of(club.cadence, starts_at)
    check_in_being(club, timezone.localdate(starts_at))
    check_open(timezone.localdate(starts_at))
    meeting = Meeting(club=club, form=form, period_key=period.key, period_last_day=period.last_day, starts_at=starts_at)
    if form == MeetingForm.VISIT:
        meeting.host, meeting.host_reason = host or club.unit, "Giao lưu, tham quan: không tính vào lượt"
    else:
        set_host(meeting, host, override_reason)
    return save_checked(meeting, by=by)


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime | None = None,
    host: Unit | None = None,
    override_reason: str = "",
    by: User | None,
) -> Meeting:
    """Move a meeting that is still to be held, or change its host; None leaves either as it is.

    A postponed meeting with a new time is planned again. Raises ValidationError: not open any more, a day in another
    period, a closed day, a host against the rule of `plan_meeting`.
    """
    meeting = lock_meeting(meeting)
    if meeting.state not in OPEN_STATES:
        raise ValidationError(
            _("Kỳ sinh hoạt này đang là “%(state)s”, không đổi ngày, đổi nơi được. Chỉ đổi kỳ chưa họp.")
            % {"state": MeetingState(meeting.state).label}
        )
    if starts_at is not None and starts_at != meeting.starts_at:
        move(meeting, starts_at)
    if host is not None and host.pk != meeting.host_id:
        set_visit_or_turn(meeting, host, override_reason)
    return save_checked(meeting, by=by)


def lock_meeting(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("club__unit").get(pk=meeting.pk)


def move(meeting: Meeting, starts_at: datetime) -> None:
    period, day = period_of(meeting.cadence, starts_at), timezone.localdate(starts_at)
    if period.key != meeting.period_key and meeting.form == MeetingForm.REGULAR:
        own = reporting_calendar().parse(meeting.period_key)
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
    meeting.starts_at, meeting.period_key, meeting.period_last_day = starts_at, period.key, period.last_day
    if meeting.state == MeetingState.POSTPONED:
        meeting.state, meeting.state_reason = MeetingState.PLANNED, ""


def set_visit_or_turn(meeting: Meeting, host: Unit, override_reason: str) -> None:
    if meeting.form == MeetingForm.VISIT:
        meeting.host = host
    else:
        set_host(meeting, host, override_reason)


def period_of(cadence: str, starts_at: datetime) -> Period:
    return reporting_calendar().containing(PeriodKind(cadence), timezone.localdate(starts_at))


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
