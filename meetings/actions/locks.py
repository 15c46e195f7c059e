"""Closing a month and opening it again; a meeting locked for a change."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.locks import check_unlocked
from clubs.actions.tallies import AT_ONCE, lock_clubs, recount
from clubs.models import Club, PeriodLock
from meetings.lives import lives_of
from meetings.models import ClosedDuty, Meeting
from meetings.tallies import MEETINGS
from steering.actions import delete_recorded, save_checked
from steering.calendar import month_calendar
from steering.models import Unit, User
from steering.periods import Period, PeriodKind


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is now, for what no report of its month counts: minutes, opinions, what was learnt.

    The club comes first, as everywhere: whoever counts it again needs its row as well.
    """
    lock_clubs([meeting.club_id])
    return Meeting.objects.select_for_update(of=("self",)).select_related("club__unit").get(pk=meeting.pk)


def lock_counted(meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked for a change of what a report counts. Raises ValidationError: a closed month."""
    meeting = lock_meeting(meeting)
    check_unlocked([(meeting.path, meeting.period_last_day)])
    return meeting


@transaction.atomic
def close_period(*, unit: Unit, period: Period, reason: str, by: User | None) -> PeriodLock:
    """Close a month for the clubs at and below `unit`, and keep which of them owed a meeting in it.

    Raises ValidationError: no month, one that still runs, closed already.
    """
    if period.kind != PeriodKind.MONTH:
        raise ValidationError(_("Chỉ khóa theo tháng. Chọn một tháng."))
    if period.last_day >= timezone.localdate():
        raise ValidationError(
            _("Kỳ này đến hết ngày %(day)s mới kết thúc. Khóa sau ngày đó.") % {"day": f"{period.last_day:%d/%m/%Y}"}
        )
    lock = PeriodLock(unit=unit, period_key=period.key, last_day=period.last_day, reason=reason, locked_by=by)
    clubs = list(Club.objects.under(unit).prefetch_related("suspensions"))
    duties = [ClosedDuty(lock=lock, club=club, cadence=owed.kind) for club, owed in owing_clubs(clubs, period)]
    save_checked(lock, by=by)
    ClosedDuty.objects.bulk_create(duties, batch_size=AT_ONCE)
    return lock


def owing_clubs(clubs: Sequence[Club], month: Period) -> Iterator[tuple[Club, Period]]:
    """Those that owe a meeting of the month, or of the quarter that ends with it, and for which it is."""
    calendar, lives = month_calendar(), lives_of(clubs)
    for club in clubs:
        if owed := lives[club.pk].owed_with(calendar, month):
            yield club, owed


@transaction.atomic
def reopen_period(*, lock: PeriodLock, by: User | None) -> None:
    """Take the lock away; that it was there stays in its history. What the clubs owed follows again from their own days."""
    clubs = list(Club.objects.under(lock.unit))
    delete_recorded(lock, by=by)
    recount(*clubs, book=MEETINGS)
