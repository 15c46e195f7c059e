"""What people asked for and agreed to: applications that wait, consents, one who moved to another club, one entered twice."""

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from clubs.actions import (
    apply_to_club,
    change_representative,
    give_consent,
    save_person,
    transfer_member,
    withdraw_consent,
)
from clubs.models import SEATS, Club, Manner, Person, PersonKind, Purpose
from config.demo.clubs import individual
from config.demo.names import someone

WISHES = ("Muốn học cách làm ăn", "Muốn vay vốn chăn nuôi", "Muốn giúp bà con trong ấp", "")


def settle_people(clubs: list[Club], random: Random) -> None:
    """After the clubs have their members and officers."""
    for number, club in enumerate(clubs):
        members = list(club.memberships.sitting().select_related("person", "club__unit").with_office().order_by("seat"))
        agree(members, random)
        for _n in range(number % 7 == 0 and 1 + number % 2):
            applies(club, individual(club, "hamlet", random), random)
    own = next(
        club for club in clubs if club.level == "commune" and club.kind == "work"
    )  # where the demo's logins work
    enter_twice(own, random)
    move_on(own, clubs)
    hand_over(clubs, random)


def agree(members: list[Any], random: Random) -> None:
    """Most agreed to being on the list when they joined, half to being called, officers to being named in public."""
    for member in members:
        if member.person.kind == PersonKind.COLLECTIVE:
            continue
        chances = {
            Purpose.MEMBERSHIP: 0.85,
            Purpose.CONTACT: 0.4,
            Purpose.PUBLIC_NAME: 0.8 if member.office_role else 0,
        }
        for purpose, chance in chances.items():
            if random.random() < chance:
                manner = random.choice([Manner.SIGNED, Manner.SIGNED, Manner.SPOKEN])
                consent = give_consent(
                    person=member.person, purpose=purpose, given_on=member.joined_on, manner=manner, by=None
                )
                if purpose == Purpose.CONTACT and random.random() < 0.03:
                    withdraw_consent(consent=consent, on=timezone.localdate() - timedelta(days=20), by=None)


def applies(club: Club, person: Person, random: Random) -> None:
    applied_on = timezone.localdate() - timedelta(days=random.randint(3, 40))
    apply_to_club(club=club, person=person, applied_on=applied_on, wish=random.choice(WISHES), by=None)


def enter_twice(club: Club, random: Random) -> None:
    """Somebody on record applies, and is entered as if new."""
    known = club.memberships.sitting().filter(person__birth_year__isnull=False).order_by("-seat")[0].person
    again = Person(full_name=known.full_name, birth_year=known.birth_year, unit=known.unit, job="Làm vườn")
    applies(club, save_person(person=again, by=None), random)


def move_on(club: Club, clubs: list[Club]) -> None:
    """One member of `club` has moved to the next club that has room."""
    leaving = club.memberships.sitting().filter(offices=None, person__kind=PersonKind.INDIVIDUAL).order_by("seat")[1]
    there = next(c for c in clubs if c != club and c.memberships.sitting().count() < SEATS)
    transfer_member(membership=leaving, to=there, on=timezone.localdate() - timedelta(days=30), by=None)


def hand_over(clubs: list[Club], random: Random) -> None:
    """One collective has another representative."""
    body = Person.objects.filter(kind=PersonKind.COLLECTIVE, memberships__club__in=clubs).order_by("pk")[0]
    since = timezone.localdate() - timedelta(days=60)
    change_representative(person=body, full_name=someone(random)[0], since=since, by=None)
