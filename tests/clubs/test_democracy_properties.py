"""Whatever happens in a club and in whatever order: on no day more than 25 members, one chair, two vice-chairs (R5, R6).

To try another thing that people do, write it as a step below and name it in STEPS; one that is refused changes nothing.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clubs.actions import (
    admit_member,
    call_election,
    call_off_election,
    change_membership,
    conclude_election,
    end_office,
    leave_club,
    merge_people,
    set_candidates,
    transfer_member,
)
from clubs.models import SEATS, Club, Membership
from tests.builders import FOUNDED, World, club, count_votes, person

FIRST, DAYS, START = date(2026, 6, 1), 60, 22

Step = Callable[[Club, date, int], object]


def admit(here: Club, day: date, n: int) -> object:
    """Somebody new, or for every third step somebody who has been a member before."""
    left = here.memberships.filter(left_on__isnull=False)
    again = left[n % left.count()].person if n % 3 == 0 and left.exists() else None
    return admit_member(club=here, person=again or person(here.unit), joined_on=day, by=None)


def leave(here: Club, day: date, n: int) -> object:
    return leave_club(membership=one_of(here, n), on=day, reason="Chuyển nơi ở", by=None)


def correct(here: Club, day: date, n: int) -> object:
    return change_membership(membership=one_of(here, n), joined_on=day, sector="other", by=None)


def resign(here: Club, day: date, n: int) -> object:
    held = here.offices.held().order_by("pk")
    return end_office(office=held[n % held.count()], on=day, by=None) if held.exists() else None


def elect_board(here: Club, day: date, n: int) -> object:
    return vote(here, day, n, {"chair": 1, "vice_chair": 2})


def elect_chair(here: Club, day: date, n: int) -> object:
    return vote(here, day, n, {"chair": 1})


def elect_one_vice_chair(here: Club, day: date, n: int) -> object:
    return vote(here, day, n, {"vice_chair": 1})


def move_away(here: Club, day: date, n: int) -> object:
    return transfer_member(membership=one_of(here, n), to=club(here.unit), on=day, by=None)


def move_here(here: Club, day: date, n: int) -> object:
    elsewhere = admit_member(club=club(here.unit), person=person(here.unit), joined_on=FOUNDED, by=None)
    return transfer_member(membership=elsewhere, to=here, on=day, by=None)


def merge(here: Club, day: date, n: int) -> object:
    """Two who sit were one and the same all along."""
    return merge_people(keep=one_of(here, n).person, gone=one_of(here, n + 1 + day.day).person, by=None)


def one_of(here: Club, n: int) -> Membership:
    sitting = here.memberships.sitting().order_by("seat")
    found: Membership = sitting[n % sitting.count()]
    return found


def vote(here: Club, day: date, n: int, places: dict[str, int]) -> object:
    """An election of as many as there are places, beginning with the n-th member; called off where it is refused."""
    election = call_election(club=here, held_on=day, places=places, by=None)
    members = list(here.memberships.active_on(day).order_by("seat"))
    try:
        with transaction.atomic():
            for contest in election.contests.all():
                standing = [members[(n + each) % len(members)] for each in range(contest.places)]
                set_candidates(contest=contest, members=standing, by=None)
                n += contest.places
            count_votes(election)
            return conclude_election(election=election, by=None)
    except ValidationError:
        return call_off_election(election=election, reason="Không bầu được", by=None)


WHAT_PEOPLE_DO: tuple[Step, ...] = (admit, leave, correct, resign, move_away, move_here, merge)
STEPS: dict[str, Step] = {
    step.__name__: step for step in (*WHAT_PEOPLE_DO, elect_board, elect_chair, elect_one_vice_chair)
}
what_happens = st.lists(
    st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, DAYS), st.integers(0, SEATS)), max_size=14
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=what_happens)
def test_no_day_ever_has_more_than_25_members_one_chair_and_two_vice_chairs(
    world: World, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        here = club(world.an_khanh)
        for _ in range(START):
            admit_member(club=here, person=person(here.unit), joined_on=FOUNDED, by=None)
        for name, after, n in steps:
            with suppress(ValidationError), transaction.atomic():
                STEPS[name](here, FIRST + timedelta(days=after), n)
        for day in days_of(here):
            check(here, day)
        transaction.set_rollback(True)


def days_of(here: Club) -> set[date]:
    """Every day on which something begins or ends: between them nothing changes."""
    columns = [
        ("memberships", "joined_on"),
        ("memberships", "left_on"),
        ("offices", "started_on"),
        ("offices", "ended_on"),
    ]
    return {
        day for relation, column in columns for day in getattr(here, relation).values_list(column, flat=True) if day
    }


def check(here: Club, day: date) -> None:
    members = set(here.memberships.active_on(day).values_list("pk", flat=True))
    terms = here.offices.filter(started_on__lte=day).exclude(ended_on__lte=day)
    held = list(terms.values_list("role", "membership"))
    roles = [role for role, _member in held]
    assert len(members) <= SEATS, day
    assert (roles.count("chair") <= 1, roles.count("vice_chair") <= 2) == (True, True), day
    assert len({member for _role, member in held}) == len(held), day
    assert {member for _role, member in held} <= members, day
