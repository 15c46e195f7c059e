"""Elections from the call to the new terms (R6): who may stand, what may be counted, what a conclusion changes."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from clubs.actions import (
    admit_member,
    adopt_regulation,
    call_election,
    call_off_election,
    change_election,
    conclude_election,
    drop_round,
    end_office,
    leave_club,
    open_next_round,
    record_count,
    record_presence,
    set_candidates,
    suspend_club,
)
from clubs.models import Club, Contest, Election, Membership, Office
from tests.builders import FOUNDED, World, build_world, club, elect, member
from tests.clubs.test_caps import WRITERS, race

DAY = date(2026, 10, 1)
CHAIR, BOTH = {"chair": 1}, {"chair": 1, "vice_chair": 2}


@pytest.fixture
def here(world: World) -> Club:
    """A club of nine members."""
    found = club(world.an_khanh, name="CLB xã An Khánh")
    for number in range(9):
        member(found, full_name=f"Lê Văn Số {number}")
    return found


def members(here: Club) -> list[Membership]:
    return list(here.memberships.order_by("seat"))


def called(here: Club, places: dict[str, int], **standing: list[int]) -> Election:
    """An election at which everybody is there, with those who stand by their seats."""
    election = call_election(club=here, held_on=DAY, places=places, by=None)
    for role, seats in standing.items():
        set_candidates(contest=contest(election, role), members=seated(here, seats), by=None)
    record_presence(election=election, present=9, teller="Võ Thanh Phong", by=None)
    return election


def seated(here: Club, seats: list[int]) -> list[Membership]:
    return list(here.memberships.filter(seat__in=seats).order_by("seat"))


def contest(election: Election, role: str, round: int = 1) -> Contest:
    found: Contest = election.contests.get(role=role, round=round)
    return found


def counted(contest: Contest, **votes: int) -> Contest:
    """A count of nine valid ballots, votes by seat: s1=5, s2=4."""
    by_seat = {f"s{candidate.membership.seat}": candidate.pk for candidate in contest.candidates.all()}
    found = {by_seat[seat]: n for seat, n in votes.items()}
    return record_count(contest=contest, ballots_out=9, ballots_in=9, valid=9, votes=found, by=None)


def refusal(action: Any, **facts: Any) -> str:
    with pytest.raises(ValidationError) as error:
        action(**facts, by=None)
    return " ".join(error.value.messages)


def officers(here: Club, day: date) -> list[tuple[str, int]]:
    """Who holds office on `day`: (office, seat)."""
    rows = here.offices.filter(started_on__lte=day).exclude(ended_on__lte=day)
    return sorted(rows.values_list("role", "membership__seat"))


# The call


def test_an_election_keeps_the_rules_of_the_regulation_in_force_that_day(here: Club) -> None:
    assert (called(here, CHAIR).quorum, Election.objects.get().majority) == ("2/3", "1/2")
    call_off_election(election=Election.objects.get(), reason="Mưa bão", by=None)
    facts = {"cadence": "month", "term_months": 30, "quorum": "1/2", "majority": "2/3"}
    adopt_regulation(club=here, adopted_on=date(2026, 9, 1), text="Điều 1.", **facts, by=None)
    election = call_election(club=here, held_on=DAY, places=CHAIR, by=None)
    assert (election.quorum, election.majority) == ("1/2", "2/3")


def test_what_cannot_be_called_is_refused_with_a_sentence(world: World, here: Club) -> None:
    call = {"club": here, "held_on": DAY, "places": CHAIR}
    assert "Chưa chọn chức danh nào" in refusal(call_election, **{**call, "places": {}})
    assert "không bầu 3 người được" in refusal(call_election, **{**call, "places": {"vice_chair": 3}})
    assert "thành lập ngày 15/01/2025" in refusal(call_election, **{**call, "held_on": date(2025, 1, 14)})
    suspended = suspend_club(club=club(world.tan_phu), on=DAY, reason="Bão", by=None)
    assert "đang hoạt động mới bầu" in refusal(call_election, **{**call, "club": suspended})
    call_election(**call, by=None)
    assert "đang có một cuộc bầu cử chưa xong" in refusal(call_election, **call)


def test_one_vice_chair_is_elected_only_into_a_vacancy(here: Club) -> None:
    first, second = seated(here, [1, 2])
    elect(first, second, role="vice_chair", on=date(2026, 9, 1))
    call = {"club": here, "held_on": DAY, "places": {"vice_chair": 1}}
    assert "Cả hai phó chủ nhiệm còn tại chức" in refusal(call_election, **call)
    end_office(office=Office.objects.get(membership=first), on=date(2026, 9, 20), by=None)
    assert call_election(**call, by=None).contests.get().places == 1


def test_no_election_is_held_before_officers_who_began_later(here: Club) -> None:
    elect(members(here)[0], on=DAY)
    call = {"club": here, "held_on": date(2026, 9, 30), "places": CHAIR}
    assert "đã thay đổi ngày 01/10/2026" in refusal(call_election, **call)


def test_day_and_offices_change_until_presence_is_recorded(here: Club) -> None:
    election = call_election(club=here, held_on=date(2026, 11, 5), places=CHAIR, by=None)
    set_candidates(contest=contest(election, "chair"), members=members(here)[:2], by=None)
    change_election(election=election, held_on=DAY, places=BOTH, by=None)
    assert [(c.role, c.places, c.candidates.count()) for c in election.contests.all()] == [
        ("chair", 1, 2),
        ("vice_chair", 2, 0),
    ]
    change_election(election=election, held_on=DAY, places={"vice_chair": 2}, by=None)
    assert [c.role for c in election.contests.all()] == ["vice_chair"]
    record_presence(election=election, present=9, teller="", by=None)
    assert "Đã ghi số có mặt" in refusal(change_election, election=election, held_on=DAY, places=CHAIR)


# Who stands


def test_only_members_of_that_day_who_are_natural_persons_stand(world: World, here: Club) -> None:
    election = call_election(club=here, held_on=DAY, places=CHAIR, by=None)
    group = member(here, kind="collective", full_name="Hội Phụ nữ xã", representative="Trần Thị Lụa")
    late = member(here, joined_on=date(2026, 10, 2))
    gone = leave_club(membership=members(here)[0], on=DAY, reason="Xin thôi", by=None)
    stranger = member(club(world.tan_phu))
    for someone, words in ((group, "là tập thể"), (late, "không phải thành viên"), (gone, "không phải thành viên")):
        assert words in refusal(set_candidates, contest=contest(election, "chair"), members=[someone])
    assert "không phải thành viên" in refusal(set_candidates, contest=contest(election, "chair"), members=[stranger])
    assert not contest(election, "chair").candidates.exists()


def test_whoever_loses_as_chair_may_stand_as_vice_chair_and_nobody_is_elected_twice(here: Club) -> None:
    election = called(here, BOTH, chair=[1, 2])
    vice = contest(election, "vice_chair")
    assert "đang ứng cử chức danh khác" in refusal(set_candidates, contest=vice, members=seated(here, [2, 3]))
    counted(contest(election, "chair"), s1=6, s2=3)
    assert "đã trúng cử chức danh khác" in refusal(set_candidates, contest=vice, members=seated(here, [1, 3]))
    set_candidates(contest=vice, members=seated(here, [2, 3]), by=None)
    counted(vice, s2=7, s3=6)
    by_seat = {c.membership.seat: c.pk for c in contest(election, "chair").candidates.all()}
    corrected = {"ballots_out": 9, "ballots_in": 9, "valid": 9, "votes": {by_seat[1]: 3, by_seat[2]: 6}}
    assert "mỗi người chỉ giữ một chức danh" in refusal(record_count, contest=contest(election, "chair"), **corrected)
    conclude_election(election=election, by=None)
    assert officers(here, DAY) == [("chair", 1), ("vice_chair", 2), ("vice_chair", 3)]


def test_a_list_is_closed_once_it_is_counted(here: Club) -> None:
    election = called(here, CHAIR, chair=[1, 2])
    counted(contest(election, "chair"), s1=6, s2=3)
    assert "đã kiểm phiếu" in refusal(set_candidates, contest=contest(election, "chair"), members=[])


# The count


def test_nothing_is_counted_before_its_day(here: Club) -> None:
    election = call_election(club=here, held_on=date(2026, 11, 5), places=CHAIR, by=None)
    assert "Chưa tới ngày bầu (05/11/2026)" in refusal(record_presence, election=election, present=9, teller="")


def test_the_entitled_are_the_members_of_that_day(here: Club) -> None:
    member(here, joined_on=date(2026, 10, 2))
    leave_club(membership=members(here)[8], on=date(2026, 9, 30), reason="Xin thôi", by=None)
    election = call_election(club=here, held_on=DAY, places=CHAIR, by=None)
    assert "có 8 thành viên, không thể có mặt 9" in refusal(record_presence, election=election, present=9, teller="")
    assert record_presence(election=election, present=8, teller="", by=None).entitled == 8


def test_a_count_that_cannot_be_is_refused_and_nothing_is_kept(here: Club) -> None:
    election = called(here, CHAIR, chair=[1, 2])
    one, two = contest(election, "chair").candidates.values_list("pk", flat=True)
    count = {"contest": contest(election, "chair"), "ballots_out": 9, "ballots_in": 9, "valid": 9}
    assert "Cộng lại là 10 phiếu, nhiều nhất chỉ có thể là 9." in refusal(record_count, **count, votes={one: 5, two: 5})
    assert "Phát ra 10 phiếu mà có mặt 9" in refusal(
        record_count, **{**count, "ballots_out": 10}, votes={one: 5, two: 4}
    )
    assert "vừa thay đổi" in refusal(record_count, **count, votes={one: 5})
    assert contest(election, "chair").valid is None
    counted(contest(election, "chair"), s1=5, s2=4)
    assert "Đã phát 9 phiếu" in refusal(record_presence, election=election, present=8, teller="")


def test_without_a_quorum_nothing_is_counted_and_the_election_fails(here: Club) -> None:
    election = called(here, CHAIR, chair=[1])
    record_presence(election=election, present=5, teller="", by=None)
    why = "Có mặt 5 trên 9 thành viên, cần ít nhất 6."
    candidate = contest(election, "chair").candidates.get().pk
    count = {"ballots_out": 5, "ballots_in": 5, "valid": 5, "votes": {candidate: 5}}
    assert refusal(record_count, contest=contest(election, "chair"), **count).startswith(why)
    failed = conclude_election(election=election, by=None)
    assert (failed.state, failed.failure) == ("failed", why)
    assert not Office.objects.exists()


def test_a_count_is_corrected_until_the_election_is_over(here: Club) -> None:
    election = called(here, CHAIR, chair=[1, 2])
    counted(contest(election, "chair"), s1=3, s2=6)
    counted(contest(election, "chair"), s1=6, s2=3)
    conclude_election(election=election, by=None)
    assert officers(here, DAY) == [("chair", 1)]
    votes = {c.pk: 4 for c in contest(election, "chair").candidates.all()}
    again = {"contest": contest(election, "chair"), "ballots_out": 9, "ballots_in": 9, "valid": 9, "votes": votes}
    assert "đã kết thúc, kết quả giữ nguyên" in refusal(record_count, **again)


# Rounds


def test_a_tie_leads_to_a_second_round_and_perhaps_a_third(here: Club) -> None:
    election = called(here, CHAIR, chair=[1, 2, 3])
    first = counted(contest(election, "chair"), s1=4, s2=4, s3=1)
    second = open_next_round(contest=first, by=None)
    assert [c.membership.seat for c in second.candidates.all()] == [1, 2]
    assert "Chưa kiểm phiếu: Chủ nhiệm, vòng 2" in refusal(conclude_election, election=election)
    assert "Đã mở vòng sau" in refusal(
        record_count,
        contest=first,
        ballots_out=9,
        ballots_in=9,
        valid=9,
        votes={c.pk: 1 for c in first.candidates.all()},
    )
    record_count(
        contest=second, ballots_out=9, ballots_in=8, valid=8, votes={c.pk: 4 for c in second.candidates.all()}, by=None
    )
    third = open_next_round(contest=second, by=None)
    assert third.round == 3
    counted(third, s1=4, s2=5)
    conclude_election(election=election, by=None)
    assert officers(here, DAY) == [("chair", 2)]


def test_vice_chairs_elected_in_two_rounds_begin_together(here: Club) -> None:
    election = called(here, {"vice_chair": 2}, vice_chair=[1, 2, 3])
    first = counted(contest(election, "vice_chair"), s1=8, s2=4, s3=4)
    second = open_next_round(contest=first, by=None)
    assert second.places == 1
    counted(second, s2=6, s3=3)
    conclude_election(election=election, by=None)
    assert officers(here, DAY) == [("vice_chair", 1), ("vice_chair", 2)]


def test_a_round_is_taken_back_to_leave_the_place_vacant(here: Club) -> None:
    election = called(here, {"vice_chair": 2}, vice_chair=[1, 2])
    first = counted(contest(election, "vice_chair"), s1=8, s2=4)
    drop_round(contest=open_next_round(contest=first, by=None), by=None)
    assert "không bỏ vòng 1" in refusal(drop_round, contest=first)
    conclude_election(election=election, by=None)
    assert officers(here, DAY) == [("vice_chair", 1)]
    by_election = called(here, {"vice_chair": 1}, vice_chair=[3])
    counted(contest(by_election, "vice_chair"), s3=9)
    conclude_election(election=by_election, by=None)
    assert officers(here, DAY) == [("vice_chair", 1), ("vice_chair", 3)]


# What it changes


def test_old_terms_end_and_new_ones_begin_on_the_day_and_reelection_is_a_new_term(here: Club) -> None:
    one, two, three = seated(here, [1, 2, 3])
    elect(one, on=FOUNDED)
    elect(two, three, role="vice_chair", on=FOUNDED)
    election = called(here, BOTH, chair=[2], vice_chair=[3, 4])
    counted(contest(election, "chair"), s2=9)
    counted(contest(election, "vice_chair"), s3=9, s4=8)
    conclude_election(election=election, by=None)
    assert officers(here, date(2026, 9, 30)) == [("chair", 1), ("vice_chair", 2), ("vice_chair", 3)]
    assert officers(here, DAY) == [("chair", 2), ("vice_chair", 3), ("vice_chair", 4)]
    assert [str(o.election_id) for o in Office.objects.held()] == [str(election.pk)] * 3
    terms = list(Office.objects.filter(membership=three).order_by("started_on").values_list("started_on", "ended_on"))
    assert terms == [(FOUNDED, DAY), (DAY, None)]
    assert set(Office.objects.held().values_list("term_ends_on", flat=True)) == {date(2031, 10, 1)}


def test_a_vice_chair_elected_chair_leaves_the_other_office(here: Club) -> None:
    one, two = seated(here, [1, 2])
    elect(one, two, role="vice_chair", on=FOUNDED)
    elect(one, on=DAY)
    assert officers(here, DAY) == [("chair", 1), ("vice_chair", 2)]


def test_a_by_election_fills_the_rest_of_the_term(here: Club) -> None:
    one, two, three = seated(here, [1, 2, 3])
    elect(one, on=FOUNDED)
    elect(two, role="vice_chair", on=FOUNDED)
    end_office(office=Office.objects.get(role="chair"), on=date(2026, 9, 1), by=None)
    assert elect(three, on=DAY).term_ends_on == date(2030, 1, 15)


def test_where_nobody_is_elected_the_officers_stay(here: Club) -> None:
    elect(members(here)[0], on=FOUNDED)
    election = called(here, CHAIR, chair=[2, 3])
    counted(contest(election, "chair"), s2=4, s3=4)
    failed = conclude_election(election=election, by=None)
    assert (failed.state, failed.failure) == ("failed", "Không ai được quá một nửa số phiếu hợp lệ.")
    assert officers(here, DAY) == [("chair", 1)]


def test_somebody_elected_who_has_left_since_held_office_until_then(here: Club) -> None:
    election = called(here, CHAIR, chair=[1])
    counted(contest(election, "chair"), s1=9)
    leave_club(membership=members(here)[0], on=date(2026, 10, 10), reason="Chuyển nơi ở", by=None)
    conclude_election(election=election, by=None)
    assert (officers(here, date(2026, 10, 9)), officers(here, date(2026, 10, 10))) == ([("chair", 1)], [])


def test_somebody_who_turns_out_to_have_left_before_takes_no_office(here: Club) -> None:
    election = called(here, CHAIR, chair=[1])
    counted(contest(election, "chair"), s1=9)
    leave_club(membership=members(here)[0], on=date(2026, 9, 10), reason="Chuyển nơi ở", by=None)
    assert "không nhận chức được" in refusal(conclude_election, election=election)
    call_off_election(election=election, reason="Người trúng cử đã rời câu lạc bộ", by=None)
    assert not Office.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_people_conclude_one_election_once() -> None:
    world = build_world()
    here = club(world.an_khanh)
    chair = member(here)
    for _ in range(8):
        member(here)
    election = called(here, CHAIR, chair=[chair.seat])
    counted(contest(election, "chair"), s1=9)
    errors = race(lambda n: conclude_election(election=election, by=None))
    assert sum(error is None for error in errors) == 1
    assert (len(errors), Office.objects.count()) == (WRITERS, 1)


def test_an_admission_later_that_day_changes_nothing_of_an_election_that_is_over(world: World, here: Club) -> None:
    election = called(here, CHAIR, chair=[1])
    counted(contest(election, "chair"), s1=9)
    conclude_election(election=election, by=None)
    admit_member(club=here, person=member(club(world.tan_phu)).person, joined_on=DAY, by=None)
    election.refresh_from_db()
    assert (election.entitled, election.present) == (9, 9)
