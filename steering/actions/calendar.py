"""Public holidays, put into the table of closed days once; from then on the province edits them."""

from collections.abc import Iterable
from datetime import date

import holidays
from django.db import transaction

from steering.actions.save import save_checked
from steering.models import ClosedDay, User

CULTURE_DAY_SINCE = 2026  # 24/11 is a day off from this year on (domain 7)
CULTURE_DAY_NAME = "Ngày Văn hóa Việt Nam"


def public_holidays(year: int) -> dict[date, str]:
    """Vietnam's days off in `year`, substitute days included, with their Vietnamese names."""
    found = holidays.country_holidays("VN", years=year, language="vi")
    days = {day: name for day, name in sorted(found.items()) if day.year == year}
    if year >= CULTURE_DAY_SINCE:
        days.setdefault(date(year, 11, 24), CULTURE_DAY_NAME)
    return days


@transaction.atomic
def seed_closed_days(*, years: Iterable[int], by: User | None) -> list[ClosedDay]:
    """Add the public holidays of those `years` that have no closed day yet, and return the new rows.

    A year with rows is the province's own: what was edited or deleted there stays so.
    """
    present = {day.year for day in ClosedDay.objects.values_list("day", flat=True)}
    return [
        save_checked(ClosedDay(day=day, name=name), by=by)
        for year in sorted(set(years) - present)
        for day, name in public_holidays(year).items()
    ]
