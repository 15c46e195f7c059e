"""Pure decisions about a vote: quorum, majority, counts that cannot be, who is elected (R6, R7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _


def has_quorum(present: int, entitled: int, quorum: Fraction) -> bool:
    """Whether at least `quorum` of the `entitled` are there; nobody is never enough."""
    return entitled > 0 and present * quorum.denominator >= entitled * quorum.numerator


def needed_for_quorum(entitled: int, quorum: Fraction) -> int:
    """The fewest who make a quorum."""
    return -(-entitled * quorum.numerator // quorum.denominator)


def has_majority(votes: int, valid: int, majority: Fraction) -> bool:
    """Whether `votes` are more than `majority` of the `valid` ballots."""
    return votes * majority.denominator > valid * majority.numerator


def needed_for_majority(valid: int, majority: Fraction) -> int:
    """The fewest votes that elect."""
    return valid * majority.numerator // majority.denominator + 1


@dataclass(frozen=True)
class Count:
    """What was counted in one contest: `votes` by candidate, each with at most one vote of a ballot.

    A ballot holds at most `places` votes.
    """

    places: int
    present: int
    ballots_out: int
    ballots_in: int
    valid: int
    votes: Mapping[int, int | None]


def impossible(count: Count) -> list[tuple[str, str]]:
    """What cannot be in `count`, as (part of it, sentence); the part is a field of `Count`."""
    numbers = {"out": count.ballots_out, "in": count.ballots_in, "valid": count.valid, "present": count.present}
    votes = [given for given in count.votes.values() if given is not None]
    given = sum(votes)
    most = count.valid * count.places
    checks: Iterable[tuple[bool, str, str]] = (
        (
            min(*numbers.values(), *votes, 0) < 0,
            "votes",
            _("Số phiếu không thể âm. Kiểm tra lại."),
        ),
        (
            count.ballots_out > count.present,
            "ballots_out",
            _("Phát ra %(out)d phiếu mà có mặt %(present)d thành viên, mỗi người một phiếu. Kiểm tra lại.") % numbers,
        ),
        (
            count.ballots_in > count.ballots_out,
            "ballots_in",
            _("Thu vào %(in)d phiếu mà chỉ phát ra %(out)d. Kiểm tra lại.") % numbers,
        ),
        (
            count.valid > count.ballots_in,
            "valid",
            _("Có %(valid)d phiếu hợp lệ mà chỉ thu vào %(in)d. Kiểm tra lại.") % numbers,
        ),
        (
            len(votes) < len(count.votes),
            "votes",
            _("Còn người ứng cử chưa ghi số phiếu. Không được phiếu nào thì ghi 0."),
        ),
        (
            any(each > count.valid for each in votes),
            "votes",
            _("Có người được nhiều phiếu hơn số phiếu hợp lệ (%(valid)d). Kiểm tra lại.") % numbers,
        ),
        (
            given > most,
            "votes",
            _("Cộng lại là %(given)d phiếu, nhiều nhất chỉ có thể là %(most)d. Kiểm tra lại.")
            % {"given": given, "most": most},
        ),
    )
    return [(part, sentence) for is_wrong, part, sentence in checks if is_wrong]


@dataclass(frozen=True)
class Outcome:
    """Who is `elected`, the most votes first; how many places are `left`; among whom to vote again for them.

    `tied` are those who have the majority and the same votes for too few places; they are the ones to vote on again.
    """

    elected: tuple[int, ...]
    left: int
    again: tuple[int, ...]
    tied: tuple[int, ...] = ()


def outcome(*, places: int, valid: int, majority: Fraction, votes: Mapping[int, int]) -> Outcome:
    """The outcome of one round for `places`, from the votes by candidate.

    Those above the majority are elected by their rank. Where a tie among them runs over the last place, the tied are
    voted on again for it. Where places are left, the best of the others are: twice as many as the places, and
    whoever has as many votes as the last of them.
    """
    ranked = sorted(votes, key=lambda key: -votes[key])
    above = [key for key in ranked if has_majority(votes[key], valid, majority)]
    if len(above) > places and votes[above[places - 1]] == votes[above[places]]:
        edge = votes[above[places]]
        elected = tuple(key for key in above if votes[key] > edge)
        tied = tuple(key for key in above if votes[key] == edge)
        return Outcome(elected, places - len(elected), tied, tied)
    elected = tuple(above[:places])
    left = places - len(elected)
    rest = [key for key in ranked if key not in elected]
    return Outcome(elected, left, best(rest, votes, 2 * left))


def best(ranked: list[int], votes: Mapping[int, int], n: int) -> tuple[int, ...]:
    """The first `n` of `ranked`, and those after them with as many votes as the last."""
    chosen = ranked[:n]
    return tuple(key for key in ranked if chosen and votes[key] >= votes[chosen[-1]])
