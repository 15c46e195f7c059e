"""R11 on values: what holds for any list of hosts and any history."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rules import Host, NoEligibleHost, Slot, Turn, assign_hosts, meeting_day, next_host, rank_hosts

START = date(2024, 1, 10)
sizes = st.integers(min_value=2, max_value=12)


def hosts(number: int) -> list[Host]:
    return [Host(n, f"Ấp {n}", f"{n:06d}") for n in range(1, number + 1)]


def play(eligible: list[Host], turns: list[Turn], rounds: int) -> list[Turn]:
    """The next `rounds` turns after `turns`, a month apart."""
    day = max((turn.on for turn in turns), default=START)
    played = list(turns)
    for _ in range(rounds):
        day += timedelta(days=30)
        played.append(Turn(next_host(eligible, played).host.unit_id, day))
    return played[len(turns) :]


def ids(turns: list[Turn]) -> list[int]:
    return [turn.unit_id for turn in turns]


@given(sizes, st.integers(min_value=1, max_value=4))
def test_an_unchanging_list_hosts_exactly_once_per_round(number: int, rounds: int) -> None:
    played = ids(play(hosts(number), [], number * rounds))
    for start in range(0, len(played), number):
        assert sorted(played[start : start + number]) == list(range(1, number + 1))


@given(sizes, st.integers(min_value=0, max_value=30))
def test_a_new_host_joins_within_a_round_and_never_twice_running(number: int, before: int) -> None:
    past = play(hosts(number), [], before)
    joined = ids(play(hosts(number + 1), past, 2 * (number + 1)))
    assert number + 1 in joined[: number + 1]
    assert all(first != second for first, second in pairwise(joined))


@given(sizes, st.integers(min_value=0, max_value=30), st.data())
def test_a_closed_host_drops_out_and_the_others_keep_their_order(number: int, before: int, data: st.DataObject) -> None:
    past = play(hosts(number), [], before)
    closed = data.draw(st.integers(min_value=1, max_value=number))
    left = [host for host in hosts(number) if host.unit_id != closed]
    with_everybody = ids(play(hosts(number), past, number))
    assert ids(play(left, past, number - 1)) == [unit for unit in with_everybody if unit != closed]


@given(sizes, st.integers(min_value=0, max_value=30))
def test_a_turn_that_was_postponed_stays_owed(number: int, before: int) -> None:
    past = play(hosts(number), [], before)
    owed = next_host(hosts(number), past).host.unit_id
    passed_over = next_host(hosts(number), past, declined=[owed]).host.unit_id
    after = [*past, Turn(passed_over, START + timedelta(days=5000))]
    assert passed_over != owed
    assert next_host(hosts(number), after).host.unit_id == owed


@given(sizes, st.integers(min_value=1, max_value=30), st.data())
def test_a_merged_unit_inherits_its_predecessors_latest_turn(number: int, before: int, data: st.DataObject) -> None:
    past = play(hosts(number), [], before)
    merged = data.draw(st.sets(st.integers(min_value=1, max_value=number), min_size=1, max_size=number))
    heir = Host(99, "Ấp mới", "000099", frozenset(merged))
    rest = [host for host in hosts(number) if host.unit_id not in merged]
    choice = next(choice for choice in rank_hosts([heir, *rest], past) if choice.host == heir)
    assert choice.last_on == max((turn.on for turn in past if turn.unit_id in merged), default=None)


@given(sizes, st.integers(min_value=0, max_value=20), st.data())
def test_an_override_is_no_turn_and_so_moves_nobody(number: int, before: int, data: st.DataObject) -> None:
    """An overridden meeting is not among the turns, so the order is what it was before it."""
    past = play(hosts(number), [], before)
    shuffled = data.draw(st.permutations(past))
    assert [c.host for c in rank_hosts(hosts(number), shuffled)] == [c.host for c in rank_hosts(hosts(number), past)]


def test_the_reason_is_a_sentence_one_can_read() -> None:
    tan_phu, ap_3 = Host(1, "Xã Tân Phú", "1"), Host(2, "Ấp 3", "2")
    assert next_host([tan_phu, ap_3], [Turn(2, START)]).reason == "Xã Tân Phú: chưa từng đăng cai"
    turns = [Turn(2, date(2025, 3, 12)), Turn(1, date(2025, 4, 9))]
    first, second = rank_hosts([tan_phu, ap_3], turns)
    assert first.reason == "Ấp 3: lần gần nhất 03/2025, tính đến lượt này lâu nhất trong 2 nơi"
    assert second.reason == "Xã Tân Phú: lần gần nhất 04/2025"
    assert next_host([ap_3], turns).reason == "Ấp 3: nơi duy nhất trong lượt"


def test_hosts_in_a_row_have_each_waited_longest_by_their_own_turn() -> None:
    turns = [Turn(n, date(2025, n, 12)) for n in (1, 2, 3)]
    slots = [Slot(date(2025, month, 12), hosts(3)) for month in (4, 5, 6)]
    for slot, choice in zip(slots, assign_hosts(slots, turns), strict=True):
        month = f"{choice.host.unit_id:02d}/2025"
        assert choice.why == f"lần gần nhất {month}, tính đến lượt này lâu nhất trong 3 nơi"
        assert choice.host == rank_hosts(slot.hosts, turns)[0].host
        turns.append(Turn(choice.host.unit_id, slot.day))


def test_nobody_eligible_is_said_with_what_to_do() -> None:
    with pytest.raises(NoEligibleHost, match="Nhập các đơn vị trực thuộc"):
        next_host([], [])
    with pytest.raises(NoEligibleHost, match="Mọi nơi trong lượt đều xin thôi"):
        next_host(hosts(2), [], declined=[1, 2])


def test_a_closed_usual_day_moves_by_a_week_then_to_the_nearest_day() -> None:
    first, last = date(2026, 9, 15), date(2026, 10, 14)
    usual = meeting_day(first, last, 2, 4, ())
    assert usual == date(2026, 10, 7)
    assert meeting_day(first, last, 2, 4, {usual}) == date(2026, 10, 14)
    assert meeting_day(first, last, 2, 4, {usual, last}) == date(2026, 10, 8)
    to_the_end = {usual + timedelta(days=n) for n in range(8)}
    assert meeting_day(first, last, 2, 4, to_the_end) == date(2026, 10, 6)


periods = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(periods, st.integers(27, 92), st.integers(0, 6), st.integers(1, 4), st.sets(st.integers(0, 30), max_size=20))
def test_a_meeting_day_is_open_and_in_its_period(
    first: date, length: int, weekday: int, week: int, closed_offsets: set[int]
) -> None:
    last = first + timedelta(days=length)
    closed = {first + timedelta(days=offset) for offset in closed_offsets}
    day = meeting_day(first, last, weekday, week, closed)
    assert first <= day <= last
    assert day not in closed


@given(periods, st.integers(0, 6), st.integers(1, 4))
def test_without_closed_days_it_is_the_usual_weekday_of_the_usual_week(first: date, weekday: int, week: int) -> None:
    day = meeting_day(first, first + timedelta(days=29), weekday, week, ())
    assert day.weekday() == weekday
    assert (day - first).days // 7 == week - 1


def test_a_period_without_an_open_day_is_refused() -> None:
    days = {START + timedelta(days=n) for n in range(28)}
    with pytest.raises(ValueError, match="không còn ngày nào để họp"):
        meeting_day(START, START + timedelta(days=27), 4, 2, days)
