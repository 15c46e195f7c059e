"""R11 over a year in which nothing goes to plan: hosts decline and exchange, meetings are put off, called off, hosted out
of turn, invited to. On values, by the rules that `meetings.actions.rotation` follows."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.rules import Host, Slot, Turn, assign_hosts, first_willing, rank_for

START = date(2026, 1, 10)


@dataclass(eq=False)
class Month:
    """A regular meeting, as much of it as the rules see."""

    number: int
    host: int = 0
    state: str = "planned"  # or invited, off
    is_override: bool = False
    turn_on: date | None = None
    declined: set[int] = field(default_factory=set)

    @property
    def day(self) -> date:
        return START + timedelta(days=30 * self.number)

    @property
    def is_turn(self) -> bool:
        return self.state != "off" and not self.is_override

    @property
    def is_free(self) -> bool:
        return self.state == "planned" and not self.is_override and self.turn_on is None


class Year:
    """A series of meetings whose free ones are given hosts anew after every change of somebody's turn."""

    def __init__(self, hosts: int, months: int) -> None:
        self.hosts = [Host(n, f"Ấp {n}", f"{n:06d}") for n in range(1, hosts + 1)]
        self.months = [Month(n) for n in range(months)]
        self.declines = self.others = 0
        self.rehost()

    def rehost(self) -> None:
        free = [month for month in self.months if month.is_free]
        turns = [Turn(m.host, m.day, m.turn_on) for m in self.months if m.is_turn and m not in free]
        chosen = assign_hosts([Slot(month.day, self.hosts, month.declined) for month in free], turns)
        for month, choice in zip(free, chosen, strict=True):
            month.host = choice.host.unit_id
        self.is_arranged = True

    def happen(self, what: str, here: int, there: int) -> None:
        """What cannot happen there does not."""
        month, other = self.months[here % len(self.months)], self.months[there % len(self.months)]
        getattr(self, what)(month, other)

    def invite(self, month: Month, other: Month) -> None:
        if month.state == "planned":
            month.state = "invited"
            self.is_arranged = False  # nobody gets another host, but there is less to arrange the next time

    def swap(self, month: Month, other: Month) -> None:
        hosts = (month.host, other.host)
        barred = hosts[0] in other.declined or hosts[1] in month.declined
        if month.is_turn and other.is_turn and hosts[0] != hosts[1] and not barred:
            places = (month.turn_on or month.day, other.turn_on or other.day)
            month.host, other.host = other.host, month.host
            month.turn_on = places[1] if places[1] != month.day else None
            other.turn_on = places[0] if places[0] != other.day else None
            self.rehost()

    def decline(self, month: Month, other: Month) -> None:
        if month.is_turn and len(month.declined) < len(self.hosts) - 1:
            self.declines += 1
            month.declined.add(month.host)
            month.turn_on = None
            if month.state == "invited":
                month.host = self.due(month)
            self.rehost()

    def due(self, month: Month) -> int:
        """Whose turn `month` is when what is free after it gives way."""
        later = [other for other in self.months[month.number + 1 :] if other.is_free]
        turns = [Turn(m.host, m.day, m.turn_on) for m in self.months if m.is_turn and m not in (month, *later)]
        slot = Slot(month.day, self.hosts, month.declined)
        line = rank_for(slot, turns, [other.day for other in later])
        return first_willing(line, month.declined).host.unit_id

    def call_off(self, month: Month, other: Month) -> None:
        if month.is_turn:
            self.others += 1
            month.state = "off"
            self.rehost()

    def reopen(self, month: Month, other: Month) -> None:
        if month.state == "off":
            self.others += 1
            month.state = "planned"
            self.rehost()

    def override(self, month: Month, other: Month) -> None:
        if month.is_turn:
            self.others += 1
            month.is_override, month.turn_on = True, None
            self.rehost()

    def visit(self, month: Month, other: Month) -> None:
        """Beside the series: nothing of it is a turn."""
        self.rehost()

    @property
    def spread(self) -> int:
        """By how many turns the host with the most is ahead of the one with the fewest."""
        turns = Counter(month.host for month in self.months if month.is_turn)
        counts = [turns[host.unit_id] for host in self.hosts]
        return max(counts) - min(counts)

    def said(self) -> list[int]:
        return [month.host for month in self.months]


def years(*what: str, most: int = 12) -> st.SearchStrategy[tuple[Year, list[tuple[str, int, int]]]]:
    numbers = st.integers(min_value=0, max_value=30)
    events = st.lists(st.tuples(st.sampled_from(what), numbers, numbers), max_size=most)
    year = st.builds(Year, st.integers(min_value=2, max_value=6), st.integers(min_value=4, max_value=16))
    return st.tuples(year, events)


many = settings(max_examples=100, deadline=None)
Story = tuple[Year, list[tuple[str, int, int]]]


@many
@given(years("swap", "invite", "visit"))
def test_exchanges_invitations_and_visits_change_nobody_elses_turn(story: Story) -> None:
    year, events = story
    for what, here, there in events:
        before = year.said()
        year.happen(what, here, there)
        touched = {here % len(before), there % len(before)} if what == "swap" else set()
        assert all(new == old or n in touched for n, (new, old) in enumerate(zip(year.said(), before, strict=True)))
        after = year.said()
        year.rehost()
        assert year.said() == after
    assert year.spread <= 1


@many
@given(years("call_off", "reopen", "override", "visit"))
def test_what_is_called_off_comes_back_or_is_hosted_out_of_turn_leaves_everybody_even(story: Story) -> None:
    year, events = story
    for event in events:
        year.happen(*event)
        assert year.spread <= 1


@many
@given(years("decline"))
def test_those_who_decline_are_due_next_and_fall_behind_by_the_declines_at_most(story: Story) -> None:
    year, events = story
    for what, here, there in events:
        number = here % len(year.months)
        host = year.months[number].host
        before = year.declines
        year.happen(what, here, there)
        later = [month for month in year.months[number + 1 :] if host not in month.declined]
        spared = year.months[number].declined
        if year.declines > before and len(later) >= len(spared):
            assert host in [month.host for month in later[: len(spared)]]
        assert year.spread <= 1 + year.declines


@many
@given(years("swap", "invite", "decline", "call_off", "reopen", "override", "visit"))
def test_whatever_happens_nothing_settled_changes_and_two_hosts_part_by_two_turns_a_time_at_most(story: Story) -> None:
    year, events = story
    for what, here, there in events:
        touched = {here % len(year.months), there % len(year.months)}
        settled = {m.number: m.host for m in year.months if not m.is_free and m.number not in touched}
        year.happen(what, here, there)
        assert {number: year.months[number].host for number in settled} == settled
        if year.is_arranged:
            once = year.said()
            year.rehost()
            assert year.said() == once
        assert year.spread <= 1 + 2 * (year.declines + year.others)
        assert all(month.host not in month.declined for month in year.months)


@many
@given(years("swap", "invite", "decline", "call_off", "reopen", "override", "visit"))
def test_afterwards_the_round_goes_on_as_if_nothing_had_been(story: Story) -> None:
    """Whatever the year was like, from the meeting after it each host comes once in every round."""
    year, events = story
    for event in events:
        year.happen(*event)
    size, length = len(year.hosts), len(year.months)
    year.months += [Month(length + n) for n in range(3 * size)]
    year.rehost()
    after = year.said()[length:]
    for start in range(2 * size):
        assert sorted(after[start : start + size]) == list(range(1, size + 1))


@many
@given(st.integers(min_value=2, max_value=6), st.integers(min_value=0, max_value=18))
def test_a_turn_fixed_less_than_a_round_ahead_counts_already(hosts: int, ahead: int) -> None:
    """The host invited further ahead is passed over before it, and only there."""
    year = Year(hosts, 20)
    fixed = year.months[ahead]
    fixed.state = "invited"
    before = year.said()
    year.rehost()
    assert year.said() == before
