"""Test data, built through the same actions as the site's."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from clubs.actions import (
    admit_member,
    appoint_secretary,
    call_election,
    conclude_election,
    found_club,
    record_count,
    record_presence,
    save_person,
    set_candidates,
)
from clubs.models import Club, Election, Membership, Office, Person
from steering.actions import appoint, create_unit, found_committee
from steering.models import Decision, SteeringCommittee, Unit, User
from steering.roles import Role

numbers = count(1)
FOUNDED = date(2025, 1, 15)


@dataclass
class World:
    province: Unit
    chau_thanh: Unit  # a district with three communes
    ba_tri: Unit  # another district, one commune
    an_khanh: Unit
    tan_phu: Unit
    phu_duc: Unit
    an_hiep: Unit  # the commune of Ba Tri
    hamlet: Unit  # of An Khánh, with three groups
    groups: list[Unit]
    users: dict[str, User]


def unit(parent: Unit | None, type: str, name: str, code: str = "") -> Unit:
    return create_unit(parent=parent, type=type, name=name, code=code, valid_from=date(2000, 1, 1), by=None)


def build_world() -> World:
    province = unit(None, "tinh", "Bến Tre", "83")
    chau_thanh, ba_tri = unit(province, "huyen", "Châu Thành", "831"), unit(province, "huyen", "Ba Tri", "836")
    an_khanh, tan_phu, phu_duc = (
        unit(chau_thanh, "xa", name, code)
        for name, code in (("An Khánh", "28810"), ("Tân Phú", "28819"), ("Phú Đức", "28822"))
    )
    an_hiep = unit(ba_tri, "xa", "An Hiệp", "29125")
    hamlet = unit(an_khanh, "ap", "Phước Hậu")
    groups = [unit(hamlet, "to", f"số {n}") for n in (1, 2, 10)]
    for place in (province, chau_thanh, ba_tri, an_khanh, tan_phu, phu_duc, an_hiep):
        found_committee(committee=SteeringCommittee(unit=place, valid_from=date(2001, 1, 1)), by=None)
    users = {
        "tinh": officer("tinh", Role.PROVINCE, province),
        "huyen": officer("huyen", Role.DISTRICT, chau_thanh),
        "xa": officer("xa", Role.COMMUNE, an_khanh),
        "xem": officer("xem", Role.VIEWER, chau_thanh),
        "xa_khac": officer("xa_khac", Role.COMMUNE, an_hiep),
    }
    return World(province, chau_thanh, ba_tri, an_khanh, tan_phu, phu_duc, an_hiep, hamlet, groups, users)


def officer(username: str, role: str, place: Unit) -> User:
    user = User.objects.create_user(username, f"{username}@example.vn", "mat-khau-thu", full_name=f"Người {username}")
    appoint(user=user, role=role, unit=place, valid_from=date(2020, 1, 1), by=None)
    return user


def secretary(username: str, club_: Club) -> User:
    user = User.objects.create_user(username, f"{username}@example.vn", "mat-khau-thu", full_name=f"Thư ký {username}")
    appoint_secretary(user=user, club=club_, valid_from=date(2020, 1, 1), by=None)
    return user


def club(place: Unit, **facts: Any) -> Club:
    """A club founded on 15/01/2025 at the level of `place`."""
    facts = {"name": f"CLB {place} {next(numbers)}", "level": place.kind, "founded_on": FOUNDED, **facts}
    covers = facts.pop("covers", ())
    return found_club(club=Club(unit=place, **facts), covers=covers, by=None)


def founded_by_decision(place: Unit, **facts: Any) -> Club:
    """A club whose founding decision is on record, without its number."""
    facts = {"name": f"CLB {place} {next(numbers)}", "level": place.kind, "founded_on": FOUNDED, **facts}
    return found_club(club=Club(unit=place, **facts), decision=Decision(), by=None)


def person(place: Unit, full_name: str = "", **facts: Any) -> Person:
    return save_person(person=Person(unit=place, full_name=full_name or f"Lê Văn {next(numbers)}", **facts), by=None)


def member(club_: Club, joined_on: date = FOUNDED, **facts: Any) -> Membership:
    return admit_member(club=club_, person=person(club_.unit, **facts), joined_on=joined_on, by=None)


def elect(*members: Membership, role: str = "chair", on: date) -> Office:
    """The term of the first of `members`, all of them elected on `on` by everybody."""
    election = call_election(club=members[0].club, held_on=on, places={role: len(members)}, by=None)
    set_candidates(contest=election.contests.get(), members=members, by=None)
    count_votes(election)
    conclude_election(election=election, by=None)
    return Office.objects.get(election=election, membership=members[0])


def count_votes(election: Election) -> None:
    """Everybody there votes for everybody who stands."""
    everybody = election.club.memberships.active_on(election.held_on).count()
    record_presence(election=election, present=everybody, teller="Võ Thanh Phong", by=None)
    for contest in election.contests.all():
        votes = dict.fromkeys(contest.candidates.values_list("pk", flat=True), everybody)
        ballots = {"ballots_out": everybody, "ballots_in": everybody, "valid": everybody}
        record_count(contest=contest, votes=votes, **ballots, by=None)
