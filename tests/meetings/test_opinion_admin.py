"""Opinions in the data entry: raised, corrected, answered by those who may, settled. Today is 20/10/2026."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting, Opinion
from tests.builders import World
from tests.meetings.builders import signed_in, text
from tests.meetings.opinions import ANSWER, answered, closed, raised
from tests.reports.builders import held, planned, with_members

OPINIONS = "admin:meetings_opinion"
MET = date(2026, 9, 18)


@pytest.fixture
def xa(world: World) -> Client:
    return signed_in(world.users["xa"])


@pytest.fixture
def meeting(world: World) -> Meeting:
    return held(with_members(world.an_khanh), MET)


def change(opinion: Opinion) -> str:
    return reverse(f"{OPINIONS}_change", args=[opinion.pk])


def fields(client: Client, opinion: Opinion) -> list[str]:
    return list(client.get(change(opinion)).context["adminform"].form.fields)


def test_an_opinion_is_raised_by_the_action(world: World, xa: Client, meeting: Meeting) -> None:
    data = {"meeting": meeting.pk, "text": "Sửa  cống", "area": "", "to_above": "on", "due_on": ""}
    assert xa.post(reverse(f"{OPINIONS}_add"), data).status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.text, opinion.addressed_to.unit, opinion.due_on) == (
        "Sửa cống",
        world.chau_thanh,
        date(2026, 10, 18),
    )
    assert opinion.history.get().history_user == world.users["xa"]


def test_what_the_action_refuses_is_shown_again(xa: Client, world: World, meeting: Meeting) -> None:
    coming = planned(with_members(world.an_khanh), date(2026, 10, 23))
    for place, due_on, sentence in (
        (coming, "", "Kỳ họp chưa tới ngày (23/10/2026)."),
        (meeting, "17/09/2026", "Hạn trả lời không thể trước ngày họp 18/09/2026."),
    ):
        data = {"meeting": place.pk, "text": "Sửa cống", "area": "", "due_on": due_on}
        assert sentence in text(xa.post(reverse(f"{OPINIONS}_add"), data))
    assert not Opinion.objects.exists()


def test_another_units_meeting_is_no_choice(xa: Client, world: World) -> None:
    foreign = held(with_members(world.an_hiep), MET)
    answer = xa.post(reverse(f"{OPINIONS}_add"), {"meeting": foreign.pk, "text": "Sửa cống", "area": ""})
    assert "meeting" in answer.context["adminform"].form.errors
    assert not Opinion.objects.exists()


def test_the_answer_is_asked_of_those_of_the_committee_only(xa: Client, world: World, meeting: Meeting) -> None:
    own, above = raised(meeting), raised(meeting, to_above=True)
    asked = ["text", "area", "due_on"]
    assert fields(xa, own)[:5] == [*asked, "answer", "answered_on"]
    assert set(fields(xa, above)) & {"answer", "answered_on"} == set()
    sent = {"text": "Thay cống", "area": "", "due_on": "01/12/2026", "answer": ANSWER, "answered_on": "19/10/2026"}
    xa.post(change(own), sent)
    xa.post(change(above), sent)
    own.refresh_from_db()
    above.refresh_from_db()
    assert (own.text, own.state, own.answer, own.answered_on) == (
        "Thay cống",
        "answered",
        ANSWER,
        date(2026, 10, 19),
    )
    assert (above.text, above.state, above.answer) == ("Thay cống", "open", "")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"answered_on": "21/10/2026"}, "Ngày 21/10/2026 chưa tới."),
        ({"answered_on": ""}, "Trả lời thì phải có nội dung và ngày."),
        ({"answer": ""}, "Trả lời thì phải có nội dung và ngày."),
    ],
)
def test_a_bad_answer_is_shown_again(xa: Client, meeting: Meeting, data: dict[str, str], sentence: str) -> None:
    opinion = raised(meeting)
    sent = {"text": "Sửa cống", "area": "", "due_on": "01/12/2026", "answer": ANSWER, "answered_on": "19/10/2026"}
    assert sentence in text(xa.post(change(opinion), {**sent, **data}))
    opinion.refresh_from_db()
    assert (opinion.state, opinion.due_on) == ("open", date(2026, 10, 18))


def test_what_is_answered_is_read_only_and_settled_by_its_button(xa: Client, meeting: Meeting) -> None:
    opinion = answered(meeting, on=date(2026, 10, 1))
    assert set(fields(xa, opinion)) & {"text", "area", "due_on", "answer", "answered_on"} == set()
    where = reverse(f"{OPINIONS}_state", args=[opinion.pk, "close"])
    assert where in text(xa.get(change(opinion)))
    assert xa.post(where, {"on": "02/10/2026"}).status_code == 302
    opinion.refresh_from_db()
    assert (opinion.state, opinion.closed_on) == ("closed", date(2026, 10, 2))
    assert "02/10/2026" in text(xa.get(change(opinion)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Trễ", "Rồi"]),
        ({"task": "overdue"}, ["Trễ"]),
        ({"task": "all"}, ["Trễ", "Xong", "Rồi"]),
        ({"q": "TRE"}, ["Trễ"]),
    ],
)
def test_the_list_begins_with_what_is_not_settled(
    xa: Client, meeting: Meeting, query: dict[str, str], found: list[str]
) -> None:
    raised(meeting, "Trễ", due_on=date(2026, 10, 1))
    answered(meeting, "Rồi", on=date(2026, 10, 2), due_on=date(2026, 10, 3))
    closed(meeting, "Xong", on=date(2026, 10, 2), due_on=date(2026, 10, 2))
    answer = xa.get(reverse(f"{OPINIONS}_changelist"), query)
    assert [one.text for one in answer.context["cl"].result_list] == found
    assert "Quá hạn</span>" in text(answer)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_takes_as_many_queries_for_many_rows(
    xa: Client, meeting: Meeting, rows: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        raised(meeting, f"Việc {number}")
    with django_assert_max_num_queries(8):
        xa.get(reverse(f"{OPINIONS}_changelist"))
