"""The line of hosts that pages show is that by which hosts are given their turns. Today is 20/10/2026."""

from datetime import date
from typing import Any

from clubs.actions.clubs import set_coverage
from clubs.models import Club
from meetings.actions import plan_club, ranked_hosts
from meetings.actions.hosts import host_turns
from meetings.line import line_today
from steering.actions import close_unit
from steering.models import Succession
from tests.builders import World, club, unit

TODAY = date(2026, 10, 20)


def shown(of: Club) -> list[str]:
    line = line_today(of, host_turns(of))
    assert line == ranked_hosts(of, TODAY)
    return [choice.host.name for choice in line]


def test_a_district_club_rotates_over_what_it_covers_today(world: World) -> None:
    here = club(world.chau_thanh)
    assert shown(here) == ["Xã An Khánh", "Xã Phú Đức", "Xã Tân Phú"]
    set_coverage(club=here, units=[world.an_khanh, world.tan_phu], on=date(2026, 9, 1), by=None)
    assert shown(here) == ["Xã An Khánh", "Xã Tân Phú"]
    set_coverage(club=here, units=[world.tan_phu], on=TODAY, by=None)
    assert shown(here) == ["Xã Tân Phú"]
    set_coverage(club=here, units=[], on=TODAY, by=None)
    assert len(shown(here)) == 3


def test_a_unit_that_took_over_others_stands_where_they_stood(world: World) -> None:
    here = club(world.hamlet)
    plan_club(club=here, until=date(2026, 11, 1), by=None)
    old, middle = world.groups[0], unit(world.hamlet, "to", "số 3")
    new = unit(world.hamlet, "to", "số 0")
    for before, after in ((old, middle), (middle, new)):
        Succession.objects.create(predecessor=before, successor=after, effective_on=TODAY)
        close_unit(unit=before, on=TODAY, by=None)
    later = unit(world.hamlet, "to", "số 4")
    Succession.objects.create(predecessor=new, successor=later, effective_on=date(2026, 10, 21))
    assert shown(here) == ["Tổ NDTQ số 2", "Tổ NDTQ số 4", "Tổ NDTQ số 10", "Tổ NDTQ số 0"]


def test_without_its_level_in_the_regime_a_club_has_no_line(world: World, settings: Any) -> None:
    here = club(world.chau_thanh)
    settings.TWO_LEVELS_SINCE = TODAY
    assert shown(here) == []


def test_it_takes_one_query_for_many_units(world: World, django_assert_num_queries: Any) -> None:
    here = Club.objects.select_related("unit").get(pk=club(world.chau_thanh, covers=[world.tan_phu]).pk)
    with django_assert_num_queries(1):
        assert [choice.host.name for choice in line_today(here, [])] == ["Xã Tân Phú"]
