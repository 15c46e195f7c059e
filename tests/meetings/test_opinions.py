"""Opinions: where they come from, to whom they go, by when, and who may do what about them. Today is 20/10/2026."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from clubs.models import Club
from meetings.actions import (
    answer_opinion,
    cancel_meeting,
    change_opinion,
    close_opinion,
    mark_invited,
    postpone_meeting,
    raise_opinion,
    reopen_opinion,
)
from meetings.models import Meeting, Opinion
from tests.builders import World, secretary
from tests.meetings.opinions import ANSWER, TEXT, answered, closed, raised
from tests.reports.builders import held, not_held, planned, with_members

TODAY = date(2026, 10, 20)
MET = date(2026, 9, 18)


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh)


@pytest.fixture
def meeting(here: Club) -> Meeting:
    return held(here, MET)


def said(refusal: Any) -> str:
    return " ".join(refusal.value.messages)


# Raising


def test_an_opinion_goes_to_the_managing_committee_within_thirty_days(world: World, meeting: Meeting) -> None:
    opinion = raise_opinion(meeting=meeting, text="  Sửa  cống\u200b ", area="livelihood", by=world.users["xa"])
    assert (opinion.text, opinion.area, opinion.state) == ("Sửa cống", "livelihood", "open")
    assert (opinion.addressed_to.unit, opinion.due_on) == (world.an_khanh, date(2026, 10, 18))
    assert opinion.history.get().history_user == world.users["xa"]


def test_or_to_the_committee_above_it(world: World, meeting: Meeting) -> None:
    assert raised(meeting, to_above=True).addressed_to.unit == world.chau_thanh
    of_hamlet = held(with_members(world.hamlet), MET)
    assert raised(of_hamlet).addressed_to.unit == world.an_khanh
    assert raised(of_hamlet, to_above=True).addressed_to.unit == world.chau_thanh
    assert raised(held(with_members(world.chau_thanh), MET), to_above=True).addressed_to.unit == world.province


def test_the_committee_in_force_is_asked_where_the_one_that_founded_the_club_is_no_more(
    world: World, meeting: Meeting
) -> None:
    former = world.an_khanh.committees.get()
    former.valid_until = date(2026, 6, 1)
    former.save()
    now = world.an_khanh.committees.create(valid_from=date(2026, 6, 1))
    assert raised(meeting).addressed_to == now


@pytest.mark.parametrize(
    ("place", "to_above", "sentence"),
    [
        (
            "an_khanh",
            False,
            "Xã An Khánh chưa có ban chỉ đạo đang hoạt động. Lập ban chỉ đạo trước, hoặc gửi cấp khác.",
        ),
        (
            "chau_thanh",
            True,
            "Huyện Châu Thành chưa có ban chỉ đạo đang hoạt động. Lập ban chỉ đạo trước, hoặc gửi cấp khác.",
        ),
    ],
)
def test_no_committee_in_force_no_opinion(
    world: World, meeting: Meeting, place: str, to_above: bool, sentence: str
) -> None:
    getattr(world, place).committees.update(valid_until=TODAY)
    with pytest.raises(ValidationError) as refusal:
        raised(meeting, to_above=to_above)
    assert (said(refusal), Opinion.objects.count()) == (sentence, 0)


def test_a_club_without_a_manager_is_told_so(meeting: Meeting) -> None:
    Club.objects.update(manager=None)
    with pytest.raises(ValidationError) as refusal:
        raised(meeting)
    assert said(refusal) == "Câu lạc bộ chưa có ban chỉ đạo quản lý. Lập ban chỉ đạo của xã, huyện rồi ghi kiến nghị."


def test_nobody_is_above_the_province(world: World, meeting: Meeting) -> None:
    Club.objects.update(manager=world.province.committees.get())
    with pytest.raises(ValidationError) as refusal:
        raised(meeting, to_above=True)
    assert "Trên Ban chỉ đạo giảm nghèo tỉnh Bến Tre không còn cấp nào." in said(refusal)


@pytest.mark.parametrize("day", [TODAY, date(2026, 10, 16)])
def test_a_meeting_whose_day_has_come_may_have_opinions_before_its_record(here: Club, day: date) -> None:
    meeting = planned(here, day)
    assert raised(meeting).meeting == meeting
    assert raised(mark_invited(meeting=meeting, by=None)).meeting == meeting


def test_a_meeting_to_come_has_none(here: Club) -> None:
    with pytest.raises(ValidationError) as refusal:
        raised(planned(here, date(2026, 10, 23)))
    assert said(refusal) == "Kỳ họp chưa tới ngày (23/10/2026). Ghi kiến nghị vào ngày họp hoặc sau đó."


@pytest.mark.parametrize("become", ["postponed", "cancelled", "did_not_meet"])
def test_a_meeting_that_did_not_take_place_has_none(here: Club, become: str) -> None:
    if become == "did_not_meet":
        meeting = not_held(here, MET)
    else:
        act = {"postponed": postpone_meeting, "cancelled": cancel_meeting}[become]
        meeting = act(meeting=planned(here, MET), reason="Bão", by=None)
    with pytest.raises(ValidationError) as refusal:
        raised(meeting)
    assert "nên không có kiến nghị. Ghi vào kỳ đã họp." in said(refusal)


@pytest.mark.parametrize(("due_on", "is_kept"), [(date(2026, 9, 17), False), (MET, True), (date(2027, 1, 1), True)])
def test_it_is_never_due_before_the_meeting(meeting: Meeting, due_on: date, is_kept: bool) -> None:
    if is_kept:
        assert raised(meeting, due_on=due_on).due_on == due_on
        return
    with pytest.raises(ValidationError) as refusal:
        raised(meeting, due_on=due_on)
    assert refusal.value.message_dict == {
        "due_on": ["Hạn trả lời không thể trước ngày họp 18/09/2026. Chọn ngày họp hoặc ngày sau đó."]
    }


def test_an_empty_text_is_none(meeting: Meeting) -> None:
    with pytest.raises(ValidationError) as refusal:
        raised(meeting, " \u200b ")
    assert list(refusal.value.message_dict) == ["text"]


# Changing


def test_text_area_and_day_change_while_it_is_open(meeting: Meeting) -> None:
    opinion = change_opinion(
        opinion=raised(meeting), text="Nạo vét  kênh", area="clean_water", due_on=date(2026, 12, 1), by=None
    )
    assert (opinion.text, opinion.area, opinion.due_on) == ("Nạo vét kênh", "clean_water", date(2026, 12, 1))
    assert list(Opinion.objects.search("kenh")) == [opinion]
    with pytest.raises(ValidationError):
        change_opinion(opinion=opinion, text="Nạo vét", area="", due_on=date(2026, 9, 17), by=None)
    answer_opinion(opinion=opinion, answer="Sẽ làm", answered_on=TODAY, by=None)
    with pytest.raises(ValidationError) as refusal:
        change_opinion(opinion=opinion, text="Khác", area="", due_on=TODAY, by=None)
    assert said(refusal) == (
        "Kiến nghị này đang là “Đã trả lời”, không làm việc này được nữa. Xem lại trang kiến nghị."
    )


# Answering


@pytest.mark.parametrize(
    ("who", "to_above", "may"),
    [
        ("tinh", False, True),
        ("huyen", False, True),
        ("xa", False, True),
        ("xa_khac", False, False),
        ("xem", False, False),
        ("thuky", False, False),
        ("tinh", True, True),
        ("huyen", True, True),
        ("xa", True, False),
        ("xem", True, False),
        ("thuky", True, False),
    ],
)
def test_only_those_of_the_committee_asked_answer(
    world: World, here: Club, meeting: Meeting, who: str, to_above: bool, may: bool
) -> None:
    world.users["thuky"] = secretary("thuky", here)
    opinion = raised(meeting, to_above=to_above)
    if not may:
        with pytest.raises(PermissionDenied) as refusal:
            answer_opinion(opinion=opinion, answer=ANSWER, answered_on=TODAY, by=world.users[who])
        asked = "huyện Châu Thành" if to_above else "xã An Khánh"
        assert str(refusal.value) == (f"Kiến nghị này gửi Ban chỉ đạo giảm nghèo {asked}. Chỉ cán bộ nơi đó trả lời.")
        opinion.refresh_from_db()
        assert (opinion.state, opinion.answer) == ("open", "")
        return
    found = answer_opinion(opinion=opinion, answer=f" {ANSWER} ", answered_on=TODAY, by=world.users[who])
    assert (found.state, found.answer, found.answered_on) == ("answered", ANSWER, TODAY)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 10, 21), "Ngày 21/10/2026 chưa tới. Ghi hôm nay hoặc ngày trước đó."),
        (date(2026, 9, 17), "Ngày 17/09/2026 trước ngày họp (18/09/2026). Ghi từ ngày đó trở đi."),
        (MET, ""),
        (TODAY, ""),
    ],
)
def test_it_is_answered_from_the_meeting_to_today(meeting: Meeting, day: date, sentence: str) -> None:
    if not sentence:
        assert answered(meeting, on=day).answered_on == day
        return
    with pytest.raises(ValidationError) as refusal:
        answered(meeting, on=day)
    assert refusal.value.message_dict == {"answered_on": [sentence]}


def test_an_answer_needs_its_words(meeting: Meeting) -> None:
    with pytest.raises(ValidationError) as refusal:
        answer_opinion(opinion=raised(meeting), answer="  ", answered_on=TODAY, by=None)
    assert said(refusal) == "Trả lời thì phải có nội dung và ngày. Ghi thêm phần còn thiếu."


def test_the_second_of_two_answers_is_refused(meeting: Meeting) -> None:
    opinion = raised(meeting)
    answer_opinion(opinion=opinion, answer="Của người thứ nhất", answered_on=TODAY, by=None)
    with pytest.raises(ValidationError):
        answer_opinion(opinion=opinion, answer="Của người thứ hai", answered_on=TODAY, by=None)
    opinion.refresh_from_db()
    assert opinion.answer == "Của người thứ nhất"


# Settled or not


def test_what_is_answered_is_settled_from_the_answer_to_today(meeting: Meeting) -> None:
    opinion = answered(meeting, on=date(2026, 10, 5))
    for day, sentence in (
        (date(2026, 10, 4), "Ngày 04/10/2026 trước ngày trả lời (05/10/2026). Ghi từ ngày đó trở đi."),
        (date(2026, 10, 21), "Ngày 21/10/2026 chưa tới. Ghi hôm nay hoặc ngày trước đó."),
    ):
        with pytest.raises(ValidationError) as refusal:
            close_opinion(opinion=opinion, on=day, by=None)
        assert refusal.value.message_dict == {"on": [sentence]}
    found = close_opinion(opinion=opinion, on=date(2026, 10, 5), by=None)
    assert (found.state, found.closed_on, found.answer) == ("closed", date(2026, 10, 5), ANSWER)


def test_nothing_is_settled_without_an_answer(meeting: Meeting) -> None:
    with pytest.raises(ValidationError) as refusal:
        close_opinion(opinion=raised(meeting), on=TODAY, by=None)
    assert "“Chờ trả lời”" in said(refusal)


def test_an_answer_that_does_not_settle_it_is_taken_back_and_remembered(meeting: Meeting) -> None:
    for opinion in (answered(meeting, on=TODAY), closed(meeting, "Khác", on=TODAY)):
        found = reopen_opinion(opinion=opinion, reason=" Cống vẫn  hỏng ", by=None)
        assert (found.state, found.answer, found.answered_on, found.closed_on) == ("open", "", None, None)
        assert found.history.first().history_change_reason == "Cống vẫn hỏng"
        assert ANSWER in found.history.values_list("answer", flat=True)
    with pytest.raises(ValidationError):
        reopen_opinion(opinion=found, reason="", by=None)


# Which are picked


def test_what_waits_is_told_from_what_is_late_and_what_is_done(meeting: Meeting) -> None:
    late = raised(meeting, "Muộn", due_on=date(2026, 10, 19))
    due_today = raised(meeting, "Hôm nay", due_on=TODAY)
    told = answered(meeting, "Rồi", on=TODAY, due_on=MET)
    closed(meeting, "Xong", on=TODAY)
    assert list(Opinion.objects.unsettled()) == [told, late, due_today]
    assert list(Opinion.objects.overdue(TODAY)) == [late]
    assert [one.is_overdue(TODAY) for one in (late, due_today, told)] == [True, False, False]


def test_words_find_them_with_or_without_marks_or_by_the_club(world: World, meeting: Meeting) -> None:
    opinion = raised(meeting)
    other = raised(held(club_with(world, "CLB Mặn"), MET), "Làm đường")
    assert list(Opinion.objects.search("CONG  ngan")) == [opinion]
    assert list(Opinion.objects.search("man")) == [opinion, other]
    assert list(Opinion.objects.search("man duong")) == [other]


def club_with(world: World, name: str) -> Club:
    return with_members(world.tan_phu, name=name)


def test_those_for_a_committee_are_not_those_for_the_ones_below_it(world: World, meeting: Meeting) -> None:
    own, above = raised(meeting), raised(meeting, to_above=True)
    assert list(Opinion.objects.addressed_to_places([world.chau_thanh.path])) == [above]
    assert list(Opinion.objects.addressed_to_places([world.an_khanh.path])) == [own]
    assert list(Opinion.objects.addressed_to_places([])) == []


def test_another_districts_officer_sees_none(world: World, meeting: Meeting) -> None:
    opinion = raised(meeting, to_above=True)
    assert list(Opinion.objects.visible_to(world.users["xa_khac"])) == []
    assert list(Opinion.objects.visible_to(world.users["xa"])) == [opinion]


def test_a_long_opinion_is_called_by_its_beginning(meeting: Meeting) -> None:
    assert str(raised(meeting)) == TEXT
    assert str(raised(meeting, "a" * 81)) == "a" * 79 + "…"
