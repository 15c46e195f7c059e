"""What is counted: columns, obligations, sums, and the number of queries."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clubs.actions import dissolve_club, leave_club, merge_clubs, resume_club, suspend_club
from clubs.models import Club, Membership
from meetings.actions import cancel_meeting, mark_invited, postpone_meeting
from meetings.models import AgendaItem, Guest, Meeting, PolicyArea
from reports.figures import Figures, UnitFigures, figures
from steering.actions import close_unit
from steering.calendar import reporting_calendar
from steering.models import Unit
from steering.periods import Period
from tests.builders import World, club, member, unit
from tests.reports.builders import ZONE, held, not_held, planned, with_members

QUERIES = 4  # one more while the period runs


def period(key: str = "2026-10") -> Period:
    return reporting_calendar().parse(key)


def of(place: Unit, key: str = "2026-10") -> Figures:
    return figures(place, period(key))


def meetings(place: Unit, key: str = "2026-10") -> dict[str, int]:
    return asdict(of(place, key).meetings)


def due(n: int, held: int = 0, did_not_meet: int = 0, missing: int = 0, pending: int = 0) -> dict[str, int]:
    return {"due": n, "held": held, "did_not_meet": did_not_meet, "missing": missing, "pending": pending}


# Clubs and members


def test_the_four_columns_never_overlap(world: World) -> None:
    club(world.chau_thanh)
    club(world.chau_thanh, kind="poor_people")
    club(world.an_khanh)
    club(world.an_hiep)
    club(world.hamlet)
    club(world.hamlet, kind="poor_people")
    club(world.tan_phu, founded_on=None)  # planned: not yet a club
    found = of(world.province).clubs
    assert (found.total, found.district, found.commune, found.hamlet, found.poor_people) == (6, 1, 2, 1, 2)


def test_a_club_counts_on_the_last_day_and_not_on_its_first_day_no_longer_in_being(world: World) -> None:
    club(world.an_khanh, founded_on=date(2026, 10, 14))
    club(world.an_khanh, founded_on=date(2026, 10, 15))
    ended = [club(world.an_khanh) for _ in range(3)]
    for gone, day in zip(ended, (date(2026, 9, 14), date(2026, 9, 15), date(2026, 10, 14)), strict=True):
        dissolve_club(club=gone, on=day, reason="Hết việc", by=None)
    found = of(world.an_khanh).clubs
    assert (found.total, found.founded, found.dissolved) == (1, 1, 2)
    assert (found.at_start, found.is_balanced) == (2, True)
    before = of(world.an_khanh, "2026-09").clubs
    assert (before.total, before.founded, before.dissolved) == (2, 0, 1)


def test_a_merged_club_counts_under_dissolved(world: World) -> None:
    stays, goes = club(world.an_khanh), club(world.an_khanh)
    merge_clubs(club=goes, into=stays, on=date(2026, 10, 1), reason="Hai câu lạc bộ cùng việc", by=None)
    found = of(world.an_khanh).clubs
    assert (found.total, found.dissolved) == (1, 1)


def test_members_on_the_last_day_and_their_comings_and_goings(world: World) -> None:
    here = with_members(world.an_khanh, people=3, collectives=1)
    member(here, joined_on=date(2026, 9, 15))
    member(here, joined_on=date(2026, 10, 15))
    for leaver, day in zip(here.memberships.all()[:2], (date(2026, 10, 14), date(2026, 10, 15)), strict=True):
        leave_club(membership=leaver, on=day, reason="Chuyển nơi ở", by=None)
    assert asdict(of(world.an_khanh).members) == {
        "total": 4,
        "individuals": 3,
        "collectives": 1,
        "at_start": 4,
        "joined": 1,
        "left": 1,
    }


# What is owed


def test_a_monthly_club_owes_a_month_and_a_quarterly_club_the_quarter_that_ends(world: World) -> None:
    club(world.an_khanh)
    club(world.tan_phu, cadence="quarter")
    assert meetings(world.chau_thanh, "2026-09") == due(2, missing=2)
    assert meetings(world.chau_thanh, "2026-10") == due(1, missing=1)
    assert meetings(world.chau_thanh, "2026-Q3") == due(4, missing=4)
    assert meetings(world.chau_thanh, "2025") == due(14, missing=14)  # founded in January: February on, quarter II on


def test_a_club_founded_in_mid_period_owes_from_the_next_one(world: World) -> None:
    club(world.an_khanh, founded_on=date(2026, 9, 15))
    club(world.tan_phu, founded_on=date(2026, 9, 16))
    assert meetings(world.chau_thanh) == due(1, missing=1)


def test_a_club_that_ends_before_the_period_does_owes_nothing(world: World) -> None:
    for day in (date(2026, 10, 14), date(2026, 10, 15)):
        dissolve_club(club=club(world.an_khanh), on=day, reason="Hết việc", by=None)
    assert meetings(world.an_khanh) == due(1, missing=1)


def test_a_period_that_a_suspension_touches_owes_nothing(world: World) -> None:
    suspend_club(club=club(world.an_khanh), on=date(2026, 10, 14), reason="Bão", by=None)
    suspend_club(club=club(world.an_khanh), on=date(2026, 10, 15), reason="Bão", by=None)
    for day in (date(2026, 9, 15), date(2026, 9, 16)):
        paused = suspend_club(club=club(world.tan_phu), on=date(2026, 8, 1), reason="Bão", by=None)
        resume_club(club=paused, on=day, by=None)
    assert meetings(world.an_khanh) == due(1, missing=1)
    assert meetings(world.tan_phu) == due(1, missing=1)


def test_held_declared_and_silent_are_told_apart(world: World) -> None:
    here = [with_members(world.an_khanh) for _ in range(5)]
    held(here[0], date(2026, 10, 9))
    not_held(here[1], date(2026, 10, 9))
    planned(here[2], date(2026, 10, 9))
    cancel_meeting(meeting=planned(here[3], date(2026, 10, 9)), reason="Bận", by=None)
    assert meetings(world.an_khanh) == due(5, held=1, did_not_meet=1, missing=3)


def test_what_is_not_owed_is_not_held_either_and_a_visit_fulfils_nothing(world: World) -> None:
    early = with_members(world.an_khanh, founded_on=date(2025, 1, 20))
    with time_machine.travel(datetime(2025, 2, 10, tzinfo=ZONE)):
        held(early, date(2025, 2, 7))
    assert meetings(world.an_khanh, "2025-02") == due(0)
    with_members(world.tan_phu)
    visitor = Club.objects.get(unit=world.tan_phu)
    record = planned(visitor, date(2026, 10, 9), form="visit")
    Meeting.objects.filter(pk=record.pk).update(state="held", present_count=2)
    found = of(world.tan_phu)
    assert (found.meetings.held, found.meetings.missing, found.attendance.present) == (0, 1, 0)


def test_while_the_period_runs_only_a_day_that_has_passed_is_missing(world: World) -> None:
    here = [with_members(world.an_khanh) for _ in range(6)]
    held(here[0], date(2026, 10, 16))
    planned(here[1], date(2026, 10, 19))
    mark_invited(meeting=planned(here[2], date(2026, 10, 20)), by=None)  # today
    planned(here[3], date(2026, 11, 13))
    postpone_meeting(meeting=planned(here[4], date(2026, 10, 16)), reason="Mưa", by=None)
    assert meetings(world.an_khanh, "2026-11") == due(6, held=1, missing=1, pending=4)
    with time_machine.travel(datetime(2026, 11, 14, 23, 0, tzinfo=ZONE)):  # the last day is not over
        assert meetings(world.an_khanh, "2026-11") == due(6, held=1, missing=3, pending=2)
    with time_machine.travel(datetime(2026, 11, 15, 0, 0, tzinfo=ZONE)):
        assert meetings(world.an_khanh, "2026-11") == due(6, held=1, missing=5)


def test_a_year_that_runs_has_months_missing_and_months_pending(world: World) -> None:
    club(world.an_khanh)
    assert meetings(world.an_khanh, "2026") == due(12, missing=10, pending=2)


# What was recorded


def test_attendance_invitations_and_topics_of_the_meetings_held(world: World) -> None:
    here = with_members(world.an_khanh, people=5)
    ids = list(here.memberships.order_by("seat").values_list("pk", flat=True))
    statuses = dict(zip(ids, ("late", "excused", "absent"), strict=False))
    held(here, date(2026, 10, 9), statuses, guests=3, areas="credit health credit")
    held(here, date(2026, 9, 11), guests=7, areas="legal_aid")  # the period before
    other = with_members(world.tan_phu)
    held(other, date(2026, 10, 9), guests=2, areas="health")
    found = of(world.chau_thanh)
    assert asdict(found.attendance) == {"present": 4, "late": 1, "excused": 1, "absent": 1, "invited": 5, "guests": 0}
    assert found.topics == dict.fromkeys(PolicyArea.values, 0) | {"credit": 2, "health": 2}


# By unit


def names(found: Figures) -> list[str]:
    return [part.unit.name for part in found.by_unit]


def test_children_come_in_natural_order_after_what_sits_at_the_unit_itself(world: World) -> None:
    club(world.chau_thanh)
    club(world.tan_phu)
    assert names(of(world.chau_thanh)) == ["Huyện Châu Thành", "Xã An Khánh", "Xã Phú Đức", "Xã Tân Phú"]
    assert [part.clubs.total for part in of(world.chau_thanh).by_unit] == [1, 0, 0, 1]
    assert names(of(world.hamlet)) == ["Tổ NDTQ số 1", "Tổ NDTQ số 2", "Tổ NDTQ số 10"]
    assert of(world.groups[0]).by_unit == ()


def test_a_closed_unit_shows_while_it_was_in_force_or_has_figures(world: World) -> None:
    empty, full = unit(world.ba_tri, "xa", "An Bình"), unit(world.ba_tri, "xa", "An Cư")
    club(full)
    for closed in (empty, full):
        close_unit(unit=closed, on=date(2026, 9, 15), by=None)
    assert names(of(world.ba_tri, "2026-09")) == ["Xã An Bình", "Xã An Cư", "Xã An Hiệp"]
    assert names(of(world.ba_tri)) == ["Xã An Cư", "Xã An Hiệp"]


def test_a_commune_directly_below_the_province_is_an_entry_of_it(world: World) -> None:
    club(unit(world.province, "xa", "Bình Đại"))
    assert [(part.unit.name, part.clubs.total) for part in of(world.province).by_unit] == [
        ("Huyện Ba Tri", 0),
        ("Xã Bình Đại", 1),
        ("Huyện Châu Thành", 0),
    ]


def test_a_unit_whose_path_begins_alike_is_not_counted(world: World) -> None:
    club(world.an_khanh)
    club(world.an_hiep)
    assert of(world.ba_tri).clubs.total == 1


# An independent slow count


def slow_count(place: Unit, span: Period) -> dict[str, Any]:
    """The same by plain loops over objects."""
    calendar, today = reporting_calendar(), datetime.now(ZONE).date()
    clubs = [c for c in Club.objects.all() if c.path.startswith(place.path) and c.founded_on]
    here = [c for c in clubs if c.founded_on <= span.last_day and (not c.ended_on or c.ended_on > span.last_day)]
    counted = {"due": 0, "held": 0, "did_not_meet": 0, "missing": 0, "pending": 0}
    for one in clubs:
        for key in [f"{span.year + y}-{m:02d}" for y in (-1, 0) for m in range(1, 13)] + [
            f"{span.year + y}-Q{q}" for y in (-1, 0) for q in range(1, 5)
        ]:
            p = calendar.parse(key)
            if p.kind.value != one.cadence or not span.first_day <= p.last_day <= span.last_day:
                continue
            if one.founded_on > p.first_day or (one.ended_on and one.ended_on <= p.last_day):
                continue
            if any(
                s.valid_from <= p.last_day and (not s.valid_until or s.valid_until > p.first_day)
                for s in one.suspensions.all()
            ):
                continue
            counted["due"] += 1
            counted[outcome(one, p, today)] += 1
    records = [m for m in Meeting.objects.filter(state="held", club__in=clubs) if m.period_last_day in span]
    return {
        "clubs": [
            len(here),
            *(sum(label(c) == name for c in here) for name in ("district", "commune", "hamlet", "poor")),
        ],
        "members": sum(
            m.joined_on <= span.last_day and (not m.left_on or m.left_on > span.last_day)
            for m in Membership.objects.filter(club__in=clubs)
        ),
        "meetings": counted,
        "present": sum(m.attendance.filter(status="present").count() for m in records),
        "invited": Guest.objects.filter(meeting__in=records, is_invited=True).count(),
        "guests": Guest.objects.filter(meeting__in=records, has_come=True).count(),
        "topics": AgendaItem.objects.filter(meeting__in=records).count(),
    }


def label(one: Club) -> str:
    return "poor" if one.kind == "poor_people" else one.level


def outcome(one: Club, span: Period, today: date) -> str:
    records = [m for m in one.meetings.all() if m.period_key == span.key and m.state != "cancelled"]
    if not records:
        return "missing" if span.last_day < today else "pending"
    (record,) = records
    if record.state in ("held", "did_not_meet"):
        return str(record.state)
    to_come = record.starts_at.astimezone(ZONE).date() >= today
    return "pending" if span.last_day >= today and to_come else "missing"


def comparable(found: UnitFigures) -> dict[str, Any]:
    clubs = found.clubs
    return {
        "clubs": [clubs.total, clubs.district, clubs.commune, clubs.hamlet, clubs.poor_people],
        "members": found.members.total,
        "meetings": asdict(found.meetings),
        "present": found.attendance.present,
        "invited": found.attendance.invited,
        "guests": found.attendance.guests,
        "topics": sum(found.topics.values()),
    }


def flat(found: UnitFigures) -> list[int]:
    groups = (found.clubs, found.members, found.meetings, found.attendance, found.opinions, found.models)
    return [*(n for group in groups for n in asdict(group).values()), *found.topics.values()]


def total(rows: Iterable[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


DAYS = st.sampled_from(
    [date(2026, 7, 14), date(2026, 7, 15), date(2026, 9, 14), date(2026, 9, 15), date(2026, 10, 14), date(2026, 10, 15)]
)
LIVES = st.lists(
    st.fixed_dictionaries(
        {
            "place": st.sampled_from(["chau_thanh", "an_khanh", "an_hiep", "hamlet"]),
            "kind": st.sampled_from(["work", "poor_people"]),
            "cadence": st.sampled_from(["month", "quarter"]),
            "founded_on": DAYS | st.just(date(2026, 1, 1)),
            "fate": st.sampled_from(["goes on", "suspended", "dissolved"]),
            "on": DAYS,
            "met": st.sampled_from([None, "held", "not held", "planned"]),
            "met_on": st.sampled_from([date(2026, 9, 11), date(2026, 10, 9), date(2026, 10, 16)]),
        }
    ),
    max_size=6,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=LIVES, key=st.sampled_from(["2026-09", "2026-10", "2026-11", "2026-Q3", "2026-H2", "2026"]))
def test_a_slow_count_over_objects_gives_the_same_and_children_add_up(world: World, lives: list[Any], key: str) -> None:
    with transaction.atomic():
        for life in lives:
            if life["place"] == "chau_thanh" and Club.objects.filter(unit=world.chau_thanh, ended_on=None).count() == 2:
                continue
            live(world, life)
        span = period(key)
        for place in (world.province, world.chau_thanh, world.an_khanh):
            found = figures(place, span)
            assert comparable(found) == slow_count(place, span)
            assert found.clubs.is_balanced and found.members.is_balanced
            assert total([[0] * len(flat(found)), *map(flat, found.by_unit)]) == flat(found)
        transaction.set_rollback(True)


def live(world: World, life: dict[str, Any]) -> None:
    """A club with two members, perhaps a meeting, and its fate."""
    one = club(getattr(world, life["place"]), kind=life["kind"], cadence=life["cadence"], founded_on=life["founded_on"])
    for _ in range(2):
        member(one, joined_on=life["founded_on"])
    if life["met"] and life["founded_on"] <= life["met_on"]:
        day = life["met_on"]
        {"held": lambda: held(one, day, guests=2, areas="credit"), "not held": lambda: not_held(one, day)}.get(
            life["met"], lambda: planned(one, day)
        )()
    if life["fate"] == "suspended":
        suspend_club(club=one, on=life["on"], reason="Bão", by=None)
    if life["fate"] == "dissolved":
        dissolve_club(club=one, on=max(life["on"], life["founded_on"]), reason="Hết việc", by=None)


# Queries


@pytest.mark.parametrize("clubs", [1, 3, 50])
def test_the_number_of_queries_is_fixed(world: World, clubs: int) -> None:
    places = [world.an_khanh, world.tan_phu, world.an_hiep, world.hamlet]
    for n in range(clubs):
        held(with_members(places[n % 4], people=1), date(2026, 10, 9), guests=1, areas="credit")
    for span, asked in ((period("2026-10"), QUERIES), (period("2026"), QUERIES + 1)):
        with CaptureQueriesContext(connection) as queries:
            found = figures(world.province, span)
        assert (found.clubs.total, len(queries)) == (clubs, asked)
