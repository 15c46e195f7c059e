"""Whether a closed month may be changed: the check that everything which counts in a report goes through (R13)."""

from collections.abc import Collection
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, LockException, PeriodLock
from clubs.tallies import Key, places
from steering.actions import save_checked
from steering.models import User
from steering.periods import ReportingCalendar


def locks_over(counted: Collection[Key]) -> Any:
    """The locks at and above those places of the months that end on those days, the first one first."""
    above = {place for path, _last_day in counted for place in places(path)}
    rows = PeriodLock.objects.filter(last_day__in={day for _path, day in counted}, unit__path__in=above)
    return rows.select_related("unit", "locked_by").order_by("locked_at", "pk")


def lock_over(path: str, last_day: date) -> PeriodLock | None:
    """The first lock of the month that ends on `last_day` at the place of `path`, a unit's or a club's, or above it.

    With `opened`: name and last day of each club at or below `path` for which the lock was opened. One query.
    """
    one = "exceptions__"
    opened = {"club": F(f"{one}club__name"), "club_path": F(f"{one}club__path"), "until": F(f"{one}until")}
    locks = locks_over([(path, last_day)]).annotate(**opened)
    rows: list[Any] = list(locks.order_by("locked_at", "pk", f"{one}until", f"{one}club__sort_key"))
    if not rows:
        return None
    lock = rows[0]
    own = [row for row in rows if row.pk == lock.pk and row.until is not None and row.club_path.startswith(path)]
    lock.opened = [(row.club, row.until) for row in own]
    return cast(PeriodLock, lock)


def check_unlocked(counted: Collection[Key]) -> None:
    """Whether what is counted at those places in the months that end on those days may change. At most two queries.

    Raises ValidationError with why, since when and by whom a month is closed.
    """
    closed = list(locks_over(counted))
    if not closed:
        return
    excepted = LockException.objects.filter(lock__in=closed, until__gte=timezone.localdate())
    let_through = set(excepted.values_list("lock", "club__path"))
    for lock in closed:
        for path, last_day in counted:
            is_under = last_day == lock.last_day and path.startswith(lock.unit.path)
            if is_under and (lock.pk, path) not in let_through:
                raise ValidationError(refusal(lock))


def refusal(lock: PeriodLock) -> str:
    words = {
        "period": ReportingCalendar().parse(lock.period_key).label,
        "day": f"{timezone.localtime(lock.locked_at):%d/%m/%Y}",
        "reason": lock.reason,
        "who": lock.locked_by or _("hệ thống"),
    }
    sentence = _(
        "Kỳ %(period)s đã khóa từ %(day)s (%(who)s): %(reason)s. Cần sửa thì xin mở riêng cho câu lạc bộ hoặc mở lại kỳ, "
        "rồi lập bản đính chính của báo cáo."
    )
    return sentence % words


@transaction.atomic
def open_for_club(*, lock: PeriodLock, club: Club, reason: str, until: date, by: User | None) -> LockException:
    """Let what a closed month counts of one club be changed until `until`, inclusive; again with another day or reason.

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
