"""Elections and regulations for tests, in the middle of things."""

from datetime import date
from typing import Any

from clubs.actions import (
    adopt_regulation,
    call_election,
    open_next_round,
    record_count,
    record_presence,
    set_candidates,
)
from clubs.models import Club
from tests.builders import member


def build_election(here: Club) -> dict[str, Any]:
    """A regulation with two versions, and an election of 02/10/2026 at which a tie for the chair has opened a second round;
    nobody is elected vice-chair yet."""
    terms = {"cadence": "month", "term_months": 60, "quorum": "1/2", "majority": "1/2"}
    for month in (2, 3):
        regulation = adopt_regulation(club=here, adopted_on=date(2025, month, 1), text="Điều 1.", **terms, by=None)  # type: ignore[arg-type]
    found = call_election(club=here, held_on=date(2026, 10, 2), places={"chair": 1, "vice_chair": 2}, by=None)
    chair, vice = found.contests.order_by("role")
    set_candidates(contest=chair, members=[member(here), member(here)], by=None)
    set_candidates(contest=vice, members=[member(here)], by=None)
    there = here.memberships.sitting().count()
    record_presence(election=found, present=there, teller="Võ Thanh Phong", by=None)
    for contest, n in ((chair, 2), (vice, 1)):
        votes = dict.fromkeys(contest.candidates.values_list("pk", flat=True), n)
        record_count(contest=contest, ballots_out=4, ballots_in=4, valid=4, votes=votes, by=None)
    return {
        "clubs_regulation": regulation,
        "clubs_election": found,
        "clubs_contest": vice,
        "clubs_second": open_next_round(contest=chair, by=None),
    }
