"""The order in which the demo province comes into being."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from config.demo.clubs import found_clubs
from config.demo.founding import found_and_end
from config.demo.library import fill_library
from config.demo.logins import create_logins
from config.demo.meetings import hold_meetings
from config.demo.minutes import keep_template
from config.demo.opinions import raise_opinions
from config.demo.people import settle_people
from config.demo.reports import send_reports
from config.demo.turns import change_turns
from config.demo.units import create_committees, create_units
from meetings.actions import open_feed
from reports.actions import set_plan
from steering.actions.calendar import seed_closed_days

SEED = 2009  # the year of the article's 53 clubs


def build_demo(province_code: str, say: Callable[[str], None]) -> None:
    """Build everything, or nothing; the same every time but for "today", up to which the meetings run."""
    random, today = Random(SEED), timezone.localdate()  # noqa: S311 - a demo wants the same numbers again
    with transaction.atomic():
        say("Đơn vị hành chính")
        province = create_units(province_code, random)
        seed_closed_days(years=range(today.year - 2, today.year + 2), by=None)
        say("Ban chỉ đạo")
        create_committees(province, random)
        say("Câu lạc bộ và thành viên")
        clubs = found_clubs(province, random)
        settle_people(clubs, Random(SEED))  # noqa: S311 - numbers of its own
        own = next(c for c in clubs if c.level == "commune" and c.kind == "work")
        users = create_logins(province, own)
        found_and_end(own, Random(SEED), by=users["tinh"])  # noqa: S311 - numbers of its own
        say("Sinh hoạt 14 tháng")
        set_plan(unit=province, year=today.year, district=1, commune=3, hamlet=2, by=users["tinh"])  # R14
        keep_template(province, users["tinh"])
        open_feed(by=users["tinh"])
        open_feed(club=clubs[0], by=users["tinh"])
        hold_meetings(clubs, months_back(today, 14), random, by=users["tinh"])
        fill_library(province, clubs, random, by=users["tinh"])
        change_turns(clubs, by=users["tinh"])
        raise_opinions(Random(SEED), by=users["tinh"])  # noqa: S311 - numbers of its own
        say("Báo cáo")
        send_reports(province, Random(SEED), by=users["tinh"])  # noqa: S311 - numbers of its own
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def months_back(day: date, months: int) -> date:
    """The first day of the month `months` before `day`'s."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
