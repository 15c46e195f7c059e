"""Opinions in the report: raised, answered, settled, overdue at the end. The period is 15/09 – 14/10/2026."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clubs.models import Club
from meetings.actions import answer_opinion, close_opinion, reopen_opinion
from meetings.models import Meeting, Opinion
from reports.figures import figures
from steering.calendar import reporting_calendar
from steering.models import Unit
from steering.periods import Period
from tests.builders import World
from tests.meetings.opinions import ANSWER, answered, closed, raised
from tests.reports.builders import ZONE, held, planned, with_members

MET = date(2026, 9, 18)


def counts(place: Unit, key: str = "2026-10") -> dict[str, int]:
    return asdict(figures(place, reporting_calendar().parse(key)).opinions)


def numbers(raised: int = 0, answered: int = 0, closed: int = 0, overdue: int = 0) -> dict[str, int]:
    return {"raised": raised, "answered": answered, "closed": closed, "overdue": overdue}


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh)


@pytest.fixture
def meeting(here: Club) -> Meeting:
    return held(here, MET)


def test_those_raised_at_the_meetings_held_of_the_period(world: World, here: Club, meeting: Meeting) -> None:
    raised(meeting)
    raised(meeting, to_above=True)
    raised(planned(here, date(2026, 8, 21)))  # no record of this meeting
    assert counts(world.chau_thanh) == numbers(raised=2, overdue=1)
    assert counts(world.chau_thanh, "2026-09") == numbers()
    assert counts(world.chau_thanh, "2026-Q4") == numbers(raised=2, overdue=3)
    assert counts(world.ba_tri) == numbers()


def test_answered_and_settled_count_on_their_days(world: World, meeting: Meeting) -> None:
    for day in (date(2026, 10, 14), date(2026, 10, 15)):
        close_opinion(opinion=answered(meeting, on=day), on=day, by=None)
    assert counts(world.an_khanh) == numbers(raised=2, answered=1, closed=1)
    assert counts(world.an_khanh, "2026-11") == numbers(answered=1, closed=1)


@pytest.mark.parametrize(
    ("due_on", "answered_on", "overdue"),
    [
        (date(2026, 10, 14), None, 1),
        (date(2026, 10, 15), None, 0),
        (date(2026, 10, 14), date(2026, 10, 14), 0),
        (date(2026, 10, 14), date(2026, 10, 15), 1),
        (date(2026, 10, 1), date(2026, 10, 10), 0),
    ],
)
def test_what_was_due_and_had_no_answer_by_the_last_day_is_overdue(
    world: World, meeting: Meeting, due_on: date, answered_on: date | None, overdue: int
) -> None:
    opinion = raised(meeting, due_on=due_on)
    if answered_on:
        answer_opinion(opinion=opinion, answer=ANSWER, answered_on=answered_on, by=None)
    assert counts(world.an_khanh)["overdue"] == overdue


def test_a_later_answer_leaves_the_period_that_is_over_as_it_was(world: World, meeting: Meeting) -> None:
    opinion = raised(meeting, due_on=date(2026, 10, 1))
    before = counts(world.an_khanh)
    assert before == numbers(raised=1, overdue=1)
    answer_opinion(opinion=opinion, answer=ANSWER, answered_on=date(2026, 10, 20), by=None)
    close_opinion(opinion=opinion, on=date(2026, 10, 20), by=None)
    assert counts(world.an_khanh) == before
    assert counts(world.an_khanh, "2026-11") == numbers(answered=1, closed=1)


def test_while_the_period_runs_nothing_is_overdue_before_its_day_has_passed(world: World, meeting: Meeting) -> None:
    for due_on in (date(2026, 10, 19), date(2026, 10, 20), date(2026, 11, 10)):
        raised(meeting, due_on=due_on)
    assert counts(world.an_khanh, "2026-11")["overdue"] == 1
    with time_machine.travel(datetime(2026, 10, 21, 0, 1, tzinfo=ZONE)):
        assert counts(world.an_khanh, "2026-11")["overdue"] == 2


def test_an_answer_taken_back_counts_no_more(world: World, meeting: Meeting) -> None:
    opinion = closed(meeting, on=date(2026, 10, 10), due_on=date(2026, 10, 9))
    reopen_opinion(opinion=opinion, reason="Cống vẫn hỏng", by=None)
    assert counts(world.an_khanh) == numbers(raised=1, overdue=1)


# An independent slow count


def slow_count(place: Unit, span: Period) -> dict[str, int]:
    """The same by plain loops over objects, day by day."""
    today = datetime.now(ZONE).date()
    here = [one for one in Opinion.objects.all() if one.meeting.club.path.startswith(place.path)]
    end = min(span.last_day + timedelta(days=1), today)
    return {
        "raised": sum(one.meeting.state == "held" and one.meeting.period_last_day in span for one in here),
        "answered": sum(one.answered_on is not None and one.answered_on in span for one in here),
        "closed": sum(one.closed_on is not None and one.closed_on in span for one in here),
        "overdue": sum(
            one.due_on < end and (one.answered_on is None or one.answered_on > span.last_day) for one in here
        ),
    }


DAYS = st.sampled_from([date(2026, 10, day) for day in (9, 13, 14, 15, 16, 19, 20)])
OPINIONS = st.lists(
    st.fixed_dictionaries(
        {
            "place": st.sampled_from(["chau_thanh", "an_khanh", "an_hiep", "hamlet"]),
            "met_on": st.sampled_from([date(2026, 8, 14), date(2026, 9, 11), date(2026, 10, 9)]),
            "due_on": DAYS,
            "answered_on": DAYS | st.none(),
            "is_settled": st.booleans(),
        }
    ),
    max_size=6,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opinions=OPINIONS, key=st.sampled_from(["2026-09", "2026-10", "2026-11", "2026-Q4", "2026"]))
def test_a_slow_count_over_objects_gives_the_same_and_parts_add_up(
    world: World, opinions: list[dict[str, Any]], key: str
) -> None:
    with transaction.atomic():
        meetings: dict[Any, Meeting] = {}
        clubs: dict[str, Club] = {}
        for facts in opinions:
            live(world, facts, clubs, meetings)
        span = reporting_calendar().parse(key)
        for place in (world.province, world.chau_thanh, world.an_khanh):
            found = figures(place, span)
            assert asdict(found.opinions) == slow_count(place, span)
            parts = [asdict(part.opinions) for part in found.by_unit]
            assert {name: sum(part[name] for part in parts) for name in numbers()} == asdict(found.opinions)
        transaction.set_rollback(True)


def live(world: World, facts: dict[str, Any], clubs: dict[str, Club], meetings: dict[Any, Meeting]) -> None:
    """An opinion at a meeting of the one club of a place, with its answer and its end."""
    place, met_on = facts["place"], facts["met_on"]
    if place not in clubs:
        clubs[place] = with_members(getattr(world, place))
    if (place, met_on) not in meetings:
        meetings[place, met_on] = held(clubs[place], met_on)
    opinion = raised(meetings[place, met_on], due_on=facts["due_on"])
    if facts["answered_on"]:
        answer_opinion(opinion=opinion, answer=ANSWER, answered_on=facts["answered_on"], by=None)
        if facts["is_settled"]:
            close_opinion(opinion=opinion, on=facts["answered_on"], by=None)
