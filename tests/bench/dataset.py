"""A country of clubs: places, people, a year of meetings and who came to them. The same every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.color import no_style
from django.db import connection, transaction

from clubs.models import Cadence, Club, Coverage, Membership, Office, Person
from config.demo.names import COLLECTIVES, FAMILY, GIVEN, MIDDLE
from meetings.models import AgendaItem, Attendance, Meeting, Opinion, PolicyArea
from meetings.rules import meeting_day
from steering.actions import appoint
from steering.actions.calendar import seed_closed_days
from steering.calendar import reporting_calendar
from steering.models import Decision, SteeringCommittee, Unit, UnitKind, User
from steering.periods import Period, PeriodKind, ReportingCalendar
from steering.regime import ClubLevel
from steering.roles import Role
from steering.text import fold, name_sort_key, natural_sort_key
from tests.bench import statements
from tests.bench.database import settle, without_indexes
from tests.bench.places import GROUPS, create_places

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = datetime(2026, 10, 20, 9, 0, tzinfo=ZONE)  # of everything the bench does
MONTHS = 14  # 13 that are over and the one that runs
DAY_ZERO, LAST_DAY = date(2000, 1, 1), date(2027, 12, 31)
SEATS, MARKS = 25, 200
OFFICER = "tinh"
STATUSES = (("present", 80), ("late", 6), ("excused", 8), ("absent", 6))  # of 100
OPINION, ANSWER = "Đề nghị tăng mức vay cho hộ mới thoát nghèo", "Đã kiểm tra và giải quyết."
OFFICES = (("chair", 1), ("vice_chair", 1), ("vice_chair", 2))
SECTORS = "hamlet union agency bank business donor other poor".split()
LOADED = [Unit, SteeringCommittee, Club, Coverage, Decision, Person, Membership, Office]
LOADED += [Meeting, Attendance, AgendaItem, Opinion]
STEPS = (
    ("Groups", "GROUPS"),
    ("Decisions", "DECISIONS FOUNDED_BY COVERAGE HOSTS"),
    ("Members", "SEATED SUCCESSORS PEOPLE MEMBERSHIPS OFFICES"),
    ("Meetings", "CALLED MEETINGS AGENDA OPINIONS"),
    ("Attendance", "ATTENDANCE"),
)
LOOKED_UP = {"HOSTS": "bench_hosts", "SUCCESSORS": "bench_seated", "CALLED": "bench_called"}  # by club from then on

Say = Callable[[str], None]


def build(scale: float, say: Say) -> None:
    """Fill an empty database."""
    seed_closed_days(years=range(2025, 2028), by=None)
    with connection.constraint_checks_disabled(), without_indexes(LOADED):
        units, clubs = timed("Units and clubs", say, lambda: create_places(scale))
        fill_helpers(units, clubs)
        for title, names in STEPS:
            timed(title, say, lambda names=names: run(names.split()))
        drop_helpers()
        say("Indexes and foreign keys …")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), LOADED):
            cursor.execute(statement)
    create_officer()
    settle()


def timed(title: str, say: Say, work: Callable[[], Any]) -> Any:
    begun = perf_counter()
    done = work()
    say(f"{title}: {perf_counter() - begun:.0f} s")
    return done


def run(names: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(getattr(statements, name))
            if table := LOOKED_UP.get(name):
                cursor.execute(f"CREATE INDEX {table}_club ON {table} (club_id)")
                cursor.execute(f"ANALYZE {table}")


def create_officer() -> None:
    """Somebody who works for the province in the middle."""
    provinces = list(Unit.objects.filter(kind=UnitKind.PROVINCE).order_by("path"))
    province = provinces[len(provinces) // 2]
    user = User.objects.create_user(OFFICER, f"{OFFICER}@example.vn", full_name="Cán bộ Sở")
    appoint(user=user, role=Role.PROVINCE, unit=province, valid_from=date(2020, 1, 1), by=None)


# The temporary tables of `statements`: columns with their types, and rows


def fill_helpers(units: int, clubs: int) -> None:
    days = [DAY_ZERO + timedelta(days=n) for n in range((LAST_DAY - DAY_ZERO).days + 1)]
    marks = pattern()
    helper("bench_days", "n integer PRIMARY KEY, day date, year int", ((number(day), day, day.year) for day in days))
    helper("bench_seats", "n integer PRIMARY KEY, sector text", ((n, SECTORS[n % 8]) for n in range(1, SEATS + 1)))
    helper("bench_offices", "seat int, role text, slot int", ((n, *office) for n, office in enumerate(OFFICES, 1)))
    helper("bench_groups", "n integer PRIMARY KEY, name text, step text, search text, sort_key text", group_rows())
    names = list(name_rows())
    helper("bench_names", "n integer PRIMARY KEY, full_name text, sex text, search text, sort_key text", names)
    helper("bench_bodies", "n integer PRIMARY KEY, full_name text, search text, sort_key text", body_rows())
    helper("bench_areas", "n integer PRIMARY KEY, area text", enumerate(PolicyArea.values))
    helper("bench_marks", "n integer PRIMARY KEY, status text", enumerate(marks))
    counts = "mark integer PRIMARY KEY, present int, late int, excused int, absent int"
    helper("bench_counts", counts, (counted(marks, mark) for mark in range(MARKS)))
    helper(
        "bench_slots",
        "cadence text, level text, weekday int, week int, period_n int, period_key text, first_day date, last_day date, "
        "day date, day_n int, starts_at timestamp with time zone, recorded_at timestamp with time zone, is_past int",
        slot_rows(reporting_calendar()),
    )
    helper(
        "bench_facts",
        "units int, clubs int, names int, today int, settled int, leaving int, vacant_on date, term_over_on date, "
        "term_ends_on date, opinion text, opinion_search text, answer text",
        [
            (
                *(units, clubs, len(names), number(TODAY.date())),
                *(number(date(2025, 9, 1)), number(date(2025, 10, 1))),
                *(date(2026, 6, 1), date(2026, 8, 15), date(2028, 6, 30)),
                *(OPINION, fold(OPINION), ANSWER),
            )
        ],
    )


def helper(name: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    values = ", ".join(["%s"] * len(columns.split(",")))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({columns})")
        insert = f"INSERT INTO {name} VALUES ({values})"  # noqa: S608 - names of our own
        cursor.executemany(insert, [[adapted(value) for value in row] for row in rows])
        cursor.execute(f"ANALYZE {name}")


def drop_helpers() -> None:
    tables = "days seats offices groups names bodies areas marks counts slots facts hosts seated called".split()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE bench_{table}")


def adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def number(day: date) -> int:
    return (day - DAY_ZERO).days


def group_rows() -> Iterator[tuple[Any, ...]]:
    for n in range(1, GROUPS + 1):
        name = f"số {n}"
        yield n, name, f"{n:05d}", fold(f"Tổ NDTQ {name}"), natural_sort_key(name)


def name_rows() -> Iterator[tuple[Any, ...]]:
    every = (
        (f"{family} {middle} {given}", sex)
        for sex in "fm"
        for family in FAMILY
        for middle in MIDDLE[sex]
        for given in GIVEN[sex]
    )
    for n, (name, sex) in enumerate(every):
        yield n, name, sex, fold(name), name_sort_key(name)


def body_rows() -> Iterator[tuple[Any, ...]]:
    for n, name in enumerate(COLLECTIVES):
        yield n, name, fold(name), name_sort_key(name)


def pattern() -> list[str]:
    """Two hundred statuses in a mixed order; the seats of a meeting take 25 that follow each other."""
    every = [status for status, share in STATUSES for _ in range(share * MARKS // 100)]
    return [every[n * 73 % MARKS] for n in range(MARKS)]


def counted(marks: list[str], mark: int) -> tuple[int, ...]:
    """How often each status occurs among the 25 seats of a meeting that begins at `mark`."""
    called = [marks[(mark + seat) % MARKS] for seat in range(1, SEATS + 1)]
    return (mark, *(called.count(status) for status, _share in STATUSES))


def slot_rows(calendar: ReportingCalendar) -> Iterator[tuple[Any, ...]]:
    """When clubs of each level, weekday and week meet in each period that is owed, by the project's own rule."""
    for cadence, kind in ((Cadence.MONTH, PeriodKind.MONTH), (Cadence.QUARTER, PeriodKind.QUARTER)):
        for n, period in enumerate(last_periods(calendar, kind)):
            for level in ClubLevel.values:
                for weekday in range(7):
                    for week in range(1, 5):
                        day = meeting_day(period.first_day, period.last_day, weekday, week, calendar.closed_days)
                        at = datetime.combine(day, time(18, 30) if level == ClubLevel.HAMLET else time(7, 30), ZONE)
                        yield (
                            *(cadence.value, level, weekday, week, n, period.key, period.first_day, period.last_day),
                            *(day, number(day), at, at + timedelta(days=1), int(day < TODAY.date())),
                        )


def last_periods(calendar: ReportingCalendar, kind: PeriodKind) -> list[Period]:
    """The periods of `kind` in the last months, up to the one that runs."""
    first = calendar.containing(PeriodKind.MONTH, TODAY.date())
    for _ in range(MONTHS - 1):
        first = calendar.previous(first)
    found = calendar.between(kind, first.first_day, TODAY.date())
    return [period for period in found if period.first_day >= first.first_day]
