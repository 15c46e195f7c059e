"""Who is invited next: the rule alone, without a database (R12)."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.guest_rules import Known, spread

LONG_AGO, LATELY = date(2026, 3, 6), date(2026, 9, 18)
HAMLETS = ("Ấp 1", "Ấp 2", "Ấp 3", "Ấp 4")


def known(name: str, hamlet: str = "", times: int = 1, last_on: date = LATELY) -> Known:
    return Known(name, "", hamlet, times, last_on)


def names(guests: list[Known]) -> list[str]:
    return [guest.full_name for guest in guests]


def test_who_was_invited_longest_ago_comes_first() -> None:
    assert names(spread([known("Cô Ba"), known("Cô Tư", times=9, last_on=LONG_AGO)])) == ["Cô Tư", "Cô Ba"]


def test_of_the_same_day_who_was_invited_least_often_comes_first() -> None:
    assert names(spread([known("Cô Ba", times=3), known("Cô Tư", times=2)])) == ["Cô Tư", "Cô Ba"]


def test_hamlets_take_turns_even_where_one_waits_longer() -> None:
    waiting = [known(f"Một {n}", "Ấp 1", last_on=LONG_AGO) for n in range(3)]
    assert names(spread([*waiting, known("Hai", "Ấp 2")])) == ["Một 0", "Hai", "Một 1", "Một 2"]


def test_a_hamlet_with_people_on_the_list_already_comes_later() -> None:
    guests = [known("Một", "Ấp 1", last_on=LONG_AGO), known("Hai", "Ấp 2"), known("Hai nữa", "Ấp 2")]
    assert names(spread(guests, {"Ấp 1": 2})) == ["Hai", "Hai nữa", "Một"]


def test_with_equal_pasts_every_hamlet_gets_its_share_of_the_first_fifteen() -> None:
    guests = [known(f"Khách {hamlet} {n}", hamlet) for hamlet in HAMLETS for n in range(20)]
    shares = Counter(guest.hamlet for guest in spread(guests)[:15])
    assert sorted(shares.values()) == [3, 4, 4, 4]


def test_nobody_is_known_yet() -> None:
    assert spread([]) == []


KNOWN = st.builds(
    Known,
    full_name=st.sampled_from(["Cô Ba", "Cô Tư", "Chú Năm"]),
    body=st.just(""),
    hamlet=st.sampled_from(["", *HAMLETS]),
    times=st.integers(1, 9),
    last_on=st.integers(0, 400).map(lambda n: LONG_AGO + timedelta(days=n)),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(KNOWN, max_size=20))
def test_everybody_stands_in_the_line_once_and_no_hamlet_is_passed_over(guests: list[Known]) -> None:
    ordered = spread(guests)
    assert sorted(ordered, key=repr) == sorted(guests, key=repr)
    left, taken = Counter(guest.hamlet for guest in guests), Counter()
    for guest in ordered:
        assert taken[guest.hamlet] == min(taken[hamlet] for hamlet in left if left[hamlet])
        taken[guest.hamlet] += 1
        left[guest.hamlet] -= 1
