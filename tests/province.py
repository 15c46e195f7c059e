"""A province as full as a real one's pages: lists of several pages, clubs of every kind, a year of meetings."""

from datetime import date
from random import Random

from django.db import transaction

from clubs.actions import call_election, found_club
from clubs.models import Club
from config.demo.clubs import fill
from config.demo.meetings import hold_meetings
from steering.actions import found_committee
from steering.models import Decision, SteeringCommittee
from tests.builders import World, club, member, person, unit

COMMUNES = 55
SINCE = date(2025, 11, 1)


@transaction.atomic
def fill_province(world: World, here: Club) -> None:
    """Let `here` be a club in full life, beside more clubs, units and committees than a page of a list holds."""
    random = Random(2009)  # noqa: S311 - the same province every time
    for number in range(COMMUNES):
        place = unit(world.chau_thanh, "xa", f"Tân Lợi {number}", str(30000 + number))
        found_committee(committee=SteeringCommittee(unit=place, valid_from=date(2001, 1, 1)), by=None)
        latest = club(place, name=f"CLB xã Tân Lợi {number}, huyện Châu Thành")
        if number == 0:
            call_election(club=latest, held_on=date(2026, 11, 1), places={"chair": 1}, by=None)
    unnumbered = Decision(signer="Trần Văn Bình")
    draft = Club(name="CLB xã Phú Đức", level="commune", unit=world.phu_duc, founded_on=date(2026, 10, 1))
    found_club(club=draft, decision=unnumbered, by=None)
    member(here, full_name="Hội Phụ nữ xã An Khánh", kind="collective", representative="Lê Thị Lan")
    for _entered_twice in range(2):
        person(world.an_khanh, "Nguyễn Thị Hồng Nhung", birth_year=1970)
    for number in range(17):
        member(here, full_name=f"Nguyễn Thị Hồng Nhung {number}", job="Hội Phụ nữ")
    places = world.ba_tri, unit(world.tan_phu, "ap", "Tân Thạnh"), world.hamlet
    kinds = "work", "poor_people", "poor_people"
    unit(places[1], "to", "số 1")
    unit(world.an_khanh, "ap", "Bình An")
    full = [club(place, kind=kind, founded_on=date(2009, 3, 2)) for place, kind in zip(places, kinds, strict=True)]
    for number, other in enumerate(full):
        fill(other, number, random)
    hold_meetings([here, *full], SINCE, random, by=world.users["tinh"])
