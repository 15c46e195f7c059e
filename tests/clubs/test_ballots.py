"""Quorum, majority, counts that cannot be, outcomes: the rules of a vote, tried on numbers alone."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clubs.ballots import (
    Count,
    Outcome,
    has_majority,
    has_quorum,
    impossible,
    needed_for_majority,
    needed_for_quorum,
    outcome,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
shares = st.sampled_from([HALF, TWO_THIRDS, Fraction(3, 4)])
numbers = st.integers(0, 25)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, dict[int, int]]:
    """(places, valid ballots, votes by candidate) as they can come out of a ballot box."""
    places, valid = draw(st.integers(1, 2)), draw(numbers)
    candidates = draw(st.integers(1, 5))
    votes = dict.fromkeys(range(candidates), 0)
    for _ballot in range(valid):
        for chosen in draw(st.sets(st.sampled_from(range(candidates)), max_size=places)):
            votes[chosen] += 1
    return places, valid, votes


# Quorum and majority


@pytest.mark.parametrize(
    ("present", "entitled", "enough"), [(16, 24, True), (15, 24, False), (17, 25, True), (0, 0, False)]
)
def test_two_thirds_of_the_members_are_a_quorum(present: int, entitled: int, enough: bool) -> None:
    assert has_quorum(present, entitled, TWO_THIRDS) is enough


@pytest.mark.parametrize(("votes", "valid", "enough"), [(10, 20, False), (11, 20, True), (0, 0, False)])
def test_half_of_the_ballots_is_no_majority(votes: int, valid: int, enough: bool) -> None:
    assert has_majority(votes, valid, HALF) is enough


@given(st.integers(1, 25), shares)
def test_the_number_needed_is_the_first_that_is_enough(whole: int, share: Fraction) -> None:
    quorum, majority = needed_for_quorum(whole, share), needed_for_majority(whole, share)
    assert (has_quorum(quorum, whole, share), has_quorum(quorum - 1, whole, share)) == (True, False)
    assert (has_majority(majority, whole, share), has_majority(majority - 1, whole, share)) == (True, False)


# What cannot be


@pytest.mark.parametrize(
    ("changed", "part", "sentence"),
    [
        ({"ballots_out": 21}, "ballots_out", "Phát ra 21 phiếu mà có mặt 20 thành viên, mỗi người một phiếu."),
        ({"ballots_in": 21}, "ballots_in", "Thu vào 21 phiếu mà chỉ phát ra 20."),
        ({"valid": 19}, "valid", "Có 19 phiếu hợp lệ mà chỉ thu vào 18."),
        ({"votes": {1: 18, 2: 0}}, "votes", "Có người được nhiều phiếu hơn số phiếu hợp lệ (17)."),
        ({"votes": {1: 10, 2: 8}}, "votes", "Cộng lại là 18 phiếu, nhiều nhất chỉ có thể là 17."),
        ({"votes": {1: 10, 2: None}}, "votes", "Còn người ứng cử chưa ghi số phiếu."),
        ({"votes": {1: 10, 2: -1}}, "votes", "Số phiếu không thể âm."),
    ],
)
def test_numbers_that_cannot_be_are_named(changed: dict[str, object], part: str, sentence: str) -> None:
    facts = {"places": 1, "present": 20, "ballots_out": 20, "ballots_in": 18, "valid": 17, "votes": {1: 10, 2: 7}}
    assert impossible(Count(**facts)) == []  # type: ignore[arg-type]
    found = impossible(Count(**{**facts, **changed}))  # type: ignore[arg-type]
    assert part in [each for each, _words in found]
    assert any(words.startswith(sentence) for _part, words in found)


@given(counts())
def test_what_a_ballot_box_gives_is_possible(counted: tuple[int, int, dict[int, int]]) -> None:
    places, valid, votes = counted
    assert impossible(Count(places, 25, valid, valid, valid, votes)) == []


# Outcomes


@pytest.mark.parametrize(
    ("places", "valid", "votes", "expected"),
    [
        (1, 20, {1: 12, 2: 8}, Outcome((1,), 0, ())),
        (1, 20, {1: 10, 2: 10}, Outcome((), 1, (1, 2))),
        (1, 20, {1: 8, 2: 6, 3: 6}, Outcome((), 1, (1, 2, 3))),
        (1, 20, {1: 9, 2: 7, 3: 4}, Outcome((), 1, (1, 2))),
        (1, 20, {1: 10}, Outcome((), 1, (1,))),
        (2, 20, {1: 15, 2: 12, 3: 5}, Outcome((1, 2), 0, ())),
        (2, 18, {1: 12, 2: 12, 3: 12}, Outcome((), 2, (1, 2, 3), (1, 2, 3))),
        (2, 20, {1: 16, 2: 12, 3: 12}, Outcome((1,), 1, (2, 3), (2, 3))),
        (2, 20, {1: 13, 2: 10, 3: 9, 4: 2}, Outcome((1,), 1, (2, 3))),
        (2, 20, {1: 13}, Outcome((1,), 1, ())),
    ],
)
def test_who_is_elected_and_among_whom_to_vote_again(
    places: int, valid: int, votes: dict[int, int], expected: Outcome
) -> None:
    assert outcome(places=places, valid=valid, majority=HALF, votes=votes) == expected


@given(counts(), shares)
def test_whoever_is_elected_has_the_majority_and_nobody_left_out_has_more(
    counted: tuple[int, int, dict[int, int]], majority: Fraction
) -> None:
    places, valid, votes = counted
    found = outcome(places=places, valid=valid, majority=majority, votes=votes)
    others = votes.keys() - set(found.elected)
    assert all(has_majority(votes[key], valid, majority) for key in found.elected)
    assert all(votes[key] >= votes[other] for key in found.elected for other in others)
    assert len(found.elected) + found.left == places


@given(counts(), shares)
def test_a_tie_elects_none_of_the_tied_and_no_order_of_names_decides(
    counted: tuple[int, int, dict[int, int]], majority: Fraction
) -> None:
    places, valid, votes = counted
    found = outcome(places=places, valid=valid, majority=majority, votes=votes)
    turned = outcome(places=places, valid=valid, majority=majority, votes=dict(reversed(votes.items())))
    assert set(found.elected) == set(turned.elected)
    assert set(found.again) == set(turned.again)
    assert not set(found.elected) & set(found.again)
    for one in found.elected:
        assert all(votes[one] > votes[other] for other in found.again)


@given(counts(), shares)
def test_one_votes_again_exactly_while_places_are_left_and_somebody_can_take_them(
    counted: tuple[int, int, dict[int, int]], majority: Fraction
) -> None:
    places, valid, votes = counted
    found = outcome(places=places, valid=valid, majority=majority, votes=votes)
    assert bool(found.again) == (found.left > 0 and len(votes) > len(found.elected))
