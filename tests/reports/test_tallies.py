"""The summary tables: in step after every action, proved by a recount, and nobody waits for anybody."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from clubs.actions import admit_member, change_club, leave_club, resume_club, save_person, suspend_club
from clubs.actions.proving import missing_above
from clubs.models import Club, ClubTally, PeriodLock, Tally
from meetings.actions import close_period, record_attendance, reopen_period
from meetings.models import MeetingTally
from reports.figures import figures
from steering.calendar import reporting_calendar
from steering.periods import Period
from tests.builders import World, build_world, club, person
from tests.clubs.test_caps import WRITERS, race
from tests.conftest import wrong_tallies
from tests.reports.builders import held, planned, with_members

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 10, 9)


@pytest.fixture
def october() -> Period:
    return reporting_calendar().parse("2026-10")


def total(model: type[Tally], path: str, name: str) -> int:
    return model.objects.filter(path=path).aggregate(n=Sum(name, default=0))["n"]


def recount(**options: Any) -> str:
    said = StringIO()
    call_command("recount_figures", stdout=said, **options)
    return said.getvalue()


# In step


def test_a_change_is_written_at_the_club_and_at_every_place_above(world: World) -> None:
    here = with_members(world.hamlet, people=2)
    held(here, FRIDAY)
    above = [world.province.path, world.chau_thanh.path, world.an_khanh.path, world.hamlet.path, here.path]
    assert [total(MeetingTally, path, "present") for path in above] == [2] * 5
    assert [total(ClubTally, path, "joined_individual") for path in above] == [2] * 5
    assert total(ClubTally, world.ba_tri.path, "joined_individual") == 0


def test_recording_the_same_again_writes_nothing(world: World) -> None:
    meeting = held(with_members(world.an_khanh), FRIDAY)
    rows = MeetingTally.objects.count()
    record_attendance(meeting=meeting, statuses={}, by=None)
    assert MeetingTally.objects.count() == rows


def test_a_person_who_becomes_a_collective_is_counted_as_one(world: World, october: Period) -> None:
    member = with_members(world.an_khanh).memberships.first()
    member.person.kind, member.person.representative = "collective", "Trần Thị Lụa"
    save_person(person=member.person, by=None)
    found = figures(world.an_khanh, october).members
    assert (found.individuals, found.collectives) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_clubs_of_one_place_are_counted_at_the_same_moment() -> None:
    world = build_world()
    meetings = [planned(with_members(world.an_khanh, people=3), FRIDAY) for _ in range(WRITERS)]
    assert race(lambda n: record_attendance(meeting=meetings[n], statuses={}, by=None)) == [None] * WRITERS
    assert total(MeetingTally, world.province.path, "present") == 3 * WRITERS
    assert wrong_tallies() == []


@pytest.mark.django_db(transaction=True)
def test_one_club_is_counted_right_when_many_change_it_at_once() -> None:
    world = build_world()
    here = with_members(world.an_khanh, people=3)
    meeting = planned(here, FRIDAY)
    people = [person(world.an_khanh) for _ in range(WRITERS)]
    leavers = list(here.memberships.all())

    def work(n: int) -> None:
        if n % 3 == 0:
            record_attendance(meeting=meeting, statuses={}, by=None)
        elif n % 3 == 1:
            admit_member(club=here, person=people[n], joined_on=date(2026, 10, 16), by=None)
        else:
            leave_club(membership=leavers[n // 3], on=date(2026, 10, 17), reason="Chuyển nơi ở", by=None)

    assert race(work) == [None] * WRITERS
    assert wrong_tallies() == []


# Proved


def test_what_is_right_is_left_alone_and_said(world: World) -> None:
    held(with_members(world.an_khanh), FRIDAY)
    assert "mọi số đều khớp" in recount(check=True)


@pytest.mark.parametrize("where", ["club", "unit"])
def test_what_is_wrong_is_found_named_and_put_right(world: World, october: Period, where: str) -> None:
    here = with_members(world.an_khanh)
    held(here, FRIDAY)
    right = figures(world.province, october)
    path = here.path if where == "club" else world.chau_thanh.path
    MeetingTally.objects.filter(path=path, present=2).update(present=7)
    with pytest.raises(CommandError, match=path):
        recount(check=True)
    assert "sửa" in recount()
    assert "mọi số đều khớp" in recount(check=True)
    assert figures(world.province, october) == right


def test_a_unit_and_those_below_it_are_read_by_one_statement(world: World, django_assert_num_queries: Any) -> None:
    """Two would take a change that is written between them for a mistake."""
    held(with_members(world.an_khanh), FRIDAY)
    with django_assert_num_queries(1):
        assert missing_above(MeetingTally, [world.province.path, world.chau_thanh.path]) == {}


def test_everything_is_built_from_nothing(world: World, october: Period) -> None:
    held(with_members(world.hamlet, people=2, collectives=1), FRIDAY, guests=2, areas="credit health")
    right = figures(world.province, october)
    for model in (ClubTally, MeetingTally):
        model.objects.all().delete()
    recount()
    assert figures(world.province, october) == right


def test_many_rows_of_one_place_and_month_become_one(world: World, october: Period) -> None:
    for _ in range(3):
        held(with_members(world.an_khanh), FRIDAY)
    right = figures(world.province, october)
    rows = MeetingTally.objects.filter(path=world.province.path, last_day=october.last_day)
    assert rows.count() > 1
    recount()
    assert rows.count() == 1
    assert figures(world.province, october) == right


# What was owed when a month was closed


@pytest.fixture
def here(world: World) -> Club:
    """It met in October."""
    new = with_members(world.an_khanh)
    held(new, FRIDAY)
    return new


@pytest.fixture
def lock(world: World, october: Period, here: Club) -> PeriodLock:
    club(world.an_khanh, founded_on=date(2026, 10, 1))  # owes nothing yet
    return close_period(unit=world.chau_thanh, period=october, reason="Đã chốt", by=None)


def owed(world: World, period: Period) -> tuple[int, int]:
    found = figures(world.province, period).meetings
    return found.due, found.held


def paused_in_october(club: Club) -> None:
    suspend_club(club=club, on=date(2026, 10, 1), reason="Bão", by=None)
    resume_club(club=club, on=date(2026, 10, 12), by=None)


def cadence_changed(club: Club) -> None:
    club.cadence = "quarter"
    change_club(club=club, by=None)


def founded_later(club: Club) -> None:
    club.founded_on = date(2026, 10, 16)  # in November's month
    change_club(club=club, by=None)


@pytest.mark.parametrize("change", [paused_in_october, cadence_changed, founded_later])
def test_what_was_owed_in_a_closed_month_stays_until_it_is_opened(
    world: World, october: Period, here: Club, lock: PeriodLock, change: Any
) -> None:
    assert owed(world, october) == (1, 1)
    change(here)
    assert owed(world, october) == (1, 1)
    reopen_period(lock=lock, by=None)
    assert owed(world, october) == (0, 0)


def test_other_months_follow_the_club(world: World, here: Club, lock: PeriodLock) -> None:
    september, november = (reporting_calendar().parse(key) for key in ("2026-09", "2026-11"))
    founded_later(here)
    assert [owed(world, month)[0] for month in (september, november)] == [0, 1]


def test_a_month_closed_again_further_up_keeps_what_was_closed_below(
    world: World, october: Period, here: Club, lock: PeriodLock
) -> None:
    founded_later(here)
    above = close_period(unit=world.province, period=october, reason="Tỉnh chốt", by=None)
    reopen_period(lock=lock, by=None)
    assert owed(world, october) == (1, 1)
    reopen_period(lock=above, by=None)
    assert owed(world, october) == (0, 0)
