"""Closing a month, opening it for one club, and the check that everything which counts in a report goes through."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.tallies import AT_ONCE, lock_clubs, recount
from clubs.models import Club
from meetings.lives import lives_of
from meetings.models import ClosedDuty, LockException, Meeting, PeriodLock
from meetings.tallies import MEETINGS
from steering.actions import delete_recorded, save_checked
from steering.calendar import month_calendar
from steering.models import Unit, User
from steering.models.units import PATH_STEP
from steering.periods import Period, PeriodKind, ReportingCalendar


def locks_over(path: str, last_day: date) -> Any:
    """The locks of the month that ends on `last_day` at the place of `path`, a unit's or a club's, and at those above it."""
    place = path.partition("c")[0]
    above = [place[:end] for end in range(PATH_STEP, len(place) + 1, PATH_STEP)]
    rows = PeriodLock.objects.filter(last_day=last_day, unit__path__in=above)
    return rows.select_related("unit", "locked_by").order_by("locked_at", "pk")


def check_unlocked(club: Club, period_last_day: date) -> None:
    """Whether meetings of the period that ends on that day may be changed. One query.

    Raises ValidationError with why, since when and by whom it is closed.
    """
    excepted = LockException.objects.filter(lock=OuterRef("pk"), club=club, until__gte=timezone.localdate())
    found = locks_over(club.path, period_last_day).exclude(Exists(excepted)).first()
    if found is None:
        return
    words = {
        "period": ReportingCalendar().parse(found.period_key).label,
        "day": f"{timezone.localtime(found.locked_at):%d/%m/%Y}",
        "reason": found.reason,
        "who": found.locked_by or _("hệ thống"),
    }
    raise ValidationError(
        _(
            "Kỳ %(period)s đã khóa từ %(day)s (%(who)s): %(reason)s. Cần sửa thì xin mở riêng cho câu lạc bộ, "
            "hoặc lập bản đính chính của báo cáo."
        )
        % words
    )


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is now, for what no report of its month counts: minutes, opinions, what was learnt.

    The club comes first, as everywhere: whoever counts it again needs its row as well.
    """
    lock_clubs([meeting.club_id])
    return Meeting.objects.select_for_update(of=("self",)).select_related("club__unit").get(pk=meeting.pk)


def lock_counted(meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked for a change of what a report counts. Raises ValidationError: a closed month."""
    meeting = lock_meeting(meeting)
    check_unlocked(meeting.club, meeting.period_last_day)
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


@transaction.atomic
def open_for_club(*, lock: PeriodLock, club: Club, reason: str, until: date, by: User | None) -> LockException:
    """Let one club change its meetings of the closed month until `until`, inclusive; again with another day or reason.

    Raises ValidationError: a club elsewhere, a day that has passed.
    """
    if not club.path.startswith(lock.unit.path):
        raise ValidationError(
            {"club": _("Câu lạc bộ này không thuộc %(unit)s. Chọn câu lạc bộ khác.") % {"unit": lock.unit}}
        )
    if until < timezone.localdate():
        raise ValidationError({"until": _("Ngày này đã qua. Ghi hôm nay hoặc ngày sau đó.")})
    exception = LockException.objects.filter(lock=lock, club=club).first() or LockException(lock=lock, club=club)
    exception.reason, exception.until = reason, until
    return save_checked(exception, by=by)
