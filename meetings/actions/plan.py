"""Planning meetings (R10, R11): a period at a time for a club, or one by hand."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.locks import check_unlocked
from clubs.models import Club, ClubStatus
from meetings.actions.days import check_in_being, check_open, move, period_of
from meetings.actions.hosts import set_host
from meetings.actions.locks import lock_counted
from meetings.actions.rotation import keep_fair, rehost
from meetings.actions.together import Went, carry, check_leads
from meetings.duty import life_of
from meetings.models import Meeting, MeetingForm, MeetingState
from meetings.models.meetings import OPEN_STATES
from meetings.rules import meeting_day
from steering.actions import delete_recorded, save_checked
from steering.calendar import reporting_calendar
from steering.models import Unit, User
from steering.periods import Period, PeriodKind, ReportingCalendar


@transaction.atomic
def plan_club(*, club: Club, until: date, since: date | None = None, by: User | None) -> list[Meeting]:
    """One regular meeting for each period that owes one and has none, and return the new ones.

    From the period with `since` (today when None) to the one with `until`. A club that is not active gets none. When
    `since` is None and the usual day of the current period has passed, the next open day is taken. A period that was left
    out between planned ones takes its place in their series (`rehost`). The club row is locked, so that planning twice at
    once plans once. Raises ValidationError when nobody can host.
    """
    club = lock(club)
    if club.status != ClubStatus.ACTIVE:
        return []
    calendar = reporting_calendar()
    earliest = next_free_day(club) if since is None else None
    planned = [
        Meeting(
            club=club,
            period_key=period.key,
            period_last_day=period.last_day,
            starts_at=at_club_hour(club, usual_day(club, period, calendar.closed_days, earliest)),
        )
        for period in owed_periods(club, calendar, since or timezone.localdate(), until)
    ]
    if planned:
        rehost(club, new=planned, by=by)
    return planned


def lock(club: Club) -> Club:
    rows = Club.objects.select_for_update(of=("self",)).select_related("unit").prefetch_related("suspensions")
    return rows.get(pk=club.pk)


def owed_periods(club: Club, calendar: ReportingCalendar, since: date, until: date) -> Iterator[Period]:
    """Periods that owe a regular meeting and have none yet."""
    taken = set(
        club.meetings.filter(form=MeetingForm.REGULAR)
        .exclude(state=MeetingState.CANCELLED)
        .values_list("period_key", flat=True)
    )
    life = life_of(club)
    for period in calendar.between(PeriodKind(club.cadence), since, until):
        if period.key not in taken and life.owes(period):
            yield period


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
    purpose: str = "",
    by: User | None,
) -> Meeting:
    """Plan one meeting by hand, in the period of the club's cadence that holds `starts_at` (aware).

    `host` None is the due one; another of the rotation needs `override_reason` (R11). A visit takes no turn, and may
    be anywhere, for a `purpose` (see `plan_visit`). Raises ValidationError: club not in being that day, closed day, wrong host, a second regular meeting.
    """
    club = lock(club)
    period = period_of(club.cadence, starts_at)
    check_in_being(club, timezone.localdate(starts_at))
    check_open(timezone.localdate(starts_at))
    check_unlocked([(club.path, period.last_day)])
    meeting = Meeting(club=club, form=form, period_key=period.key, period_last_day=period.last_day, starts_at=starts_at)
    if form == MeetingForm.VISIT:
        meeting.host, meeting.host_reason = host or club.unit, purpose or "Giao lưu, tham quan: không tính vào lượt"
    else:
        set_host(meeting, host, override_reason)
    return keep_fair(save_checked(meeting, by=by), by=by)


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

    A postponed meeting with a new time is planned again, and takes its place in the series (`rehost`). Those that join a
    visit move with it. Raises ValidationError: not open any more, joins another, a day in another period, a closed day, a
    host against the rule of `plan_meeting`.
    """
    lock(meeting.club)
    meeting = lock_counted(meeting)
    check_leads(meeting)
    if meeting.state not in OPEN_STATES:
        raise ValidationError(
            _("Kỳ sinh hoạt này đang là “%(state)s”, không đổi ngày, đổi nơi được. Chỉ đổi kỳ chưa họp.")
            % {"state": MeetingState(meeting.state).label}
        )
    was, is_other_host = Went.of(meeting), host is not None and host.pk != meeting.host_id
    if starts_at is not None and starts_at != meeting.starts_at:
        move(meeting, starts_at)
    if host is not None and is_other_host:
        set_visit_or_turn(meeting, host, override_reason)
        take_back(meeting, host, by)
    save_checked(meeting, by=by)
    carry(meeting, was, by=by)
    return keep_fair(meeting, by=by) if is_other_host or meeting.state != was.state else meeting


def set_visit_or_turn(meeting: Meeting, host: Unit, override_reason: str) -> None:
    if meeting.form == MeetingForm.VISIT:
        meeting.host = host
    else:
        set_host(meeting, host, override_reason)


def take_back(meeting: Meeting, host: Unit, by: User | None) -> None:
    """`host`, which had declined, hosts after all."""
    for row in meeting.declined.filter(unit=host):
        delete_recorded(row, by=by)
