"""An election on the website: the path from the call to the conclusion, and what it reads like afterwards."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.actions import (
    adopt_regulation,
    call_election,
    conclude_election,
    record_count,
    record_presence,
    set_candidates,
)
from clubs.models import Club, Election, Office
from steering.versions import version_of
from tests.builders import World, club, count_votes, elect, member, secretary
from tests.clubs.test_elections import contest, seated

DAY = date(2026, 10, 1)
SENT = {"sent": "1"}  # a form without fields


@pytest.fixture
def here(world: World) -> Club:
    found = club(world.an_khanh, name="CLB xã An Khánh")
    for name in ("Lê Thị Hoa", "Trần Văn Bình", "Phan Ngọc Thảo", "Võ Thanh Phong", "Nguyễn Thị Lụa"):
        member(found, full_name=name)
    return found


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def open_one(here: Club) -> Election:
    """Of chair and both vice-chairs, with two who stand for each."""
    found = call_election(club=here, held_on=DAY, places={"chair": 1, "vice_chair": 2}, by=None)
    set_candidates(contest=contest(found, "chair"), members=seated(here, [1, 2]), by=None)
    set_candidates(contest=contest(found, "vice_chair"), members=seated(here, [3, 4]), by=None)
    return found


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def address(page: str, election: Election, *more: Any) -> str:
    return reverse(page, args=[election.pk, *more])


def step(client: Client, election: Election) -> str:
    found = client.get(address("election", election)).context["step"]
    return found.title if found else ""


# The path


def test_the_whole_path_from_the_call_to_the_new_officers(here: Club, xa: Client) -> None:
    sent = {"held_on": "01/10/2026", "chair": "on", "vice_chair": "2"}
    answer = xa.post(reverse("election_call", args=[here.pk]), sent)
    found = Election.objects.get()
    assert answer.url == address("election", found)
    chair, vice = contest(found, "chair"), contest(found, "vice_chair")
    seats = {m.seat: m.pk for m in here.memberships.all()}
    assert step(xa, found) == "Ghi người ứng cử"
    for each, standing in ((chair, [1, 2]), (vice, [3, 4])):
        xa.post(address("contest_candidates", found, each.pk), {"members": [seats[n] for n in standing]})
    assert step(xa, found) == "Ghi số có mặt"
    xa.post(address("election_presence", found), {"present": "5", "teller": "Nguyễn Thị Lụa"})
    assert step(xa, found) == "Kiểm phiếu: Chủ nhiệm, vòng 1"
    ballots = {"ballots_out": 5, "ballots_in": 5, "valid": 5}
    for each, votes in ((chair, [3, 2]), (vice, [5, 4])):
        pks = each.candidates.values_list("pk", flat=True)
        by_name = {f"votes_{pk}": n for pk, n in zip(pks, votes, strict=True)}
        assert xa.post(address("contest_count", found, each.pk), {**ballots, **by_name}).status_code == 302
    assert step(xa, found) == "Kết luận"
    assert xa.get(address("election_conclude", found)).context["consequences"] == [
        "Lê Thị Hoa làm chủ nhiệm từ 01/10/2026, nhiệm kỳ đến 01/10/2031.",
        "Phan Ngọc Thảo làm phó chủ nhiệm từ 01/10/2026, nhiệm kỳ đến 01/10/2031.",
        "Võ Thanh Phong làm phó chủ nhiệm từ 01/10/2026, nhiệm kỳ đến 01/10/2031.",
        "Kết quả không sửa được nữa.",
    ]
    xa.post(address("election_conclude", found), SENT)
    assert [str(office) for office in Office.objects.held().order_by("role", "slot")] == [
        "Chủ nhiệm: Lê Thị Hoa",
        "Phó chủ nhiệm: Phan Ngọc Thảo",
        "Phó chủ nhiệm: Võ Thanh Phong",
    ]
    page = text(xa.get(reverse("club", args=[here.pk])))
    assert "từ 01/10/2026, nhiệm kỳ đến 01/10/2031" in page


def test_a_tie_leads_to_a_second_round_by_one_button(xa: Client, open_one: Election) -> None:
    record_presence(election=open_one, present=4, teller="", by=None)
    chair = contest(open_one, "chair")
    one, two = chair.candidates.values_list("pk", flat=True)
    ballots = {"ballots_out": 4, "ballots_in": 4, "valid": 4, f"votes_{one}": 2, f"votes_{two}": 2}
    xa.post(address("contest_count", open_one, chair.pk), ballots)
    page = text(xa.get(address("election", open_one)))
    assert "Không ai được đủ 3 phiếu. Bầu vòng sau trong: Lê Thị Hoa, Trần Văn Bình." in page
    xa.post(address("contest_next_round", open_one, chair.pk), SENT)
    assert contest(open_one, "chair", 2).candidates.count() == 2
    assert "Bỏ vòng này" in text(xa.get(address("election", open_one)))
    xa.post(address("contest_drop", open_one, contest(open_one, "chair", 2).pk), SENT)
    assert open_one.contests.filter(round=2).count() == 0


def test_before_its_day_an_election_is_prepared_and_waits(here: Club, xa: Client) -> None:
    coming = call_election(club=here, held_on=date(2026, 11, 5), places={"chair": 1}, by=None)
    set_candidates(contest=coming.contests.get(), members=seated(here, [1]), by=None)
    page = text(xa.get(address("election", coming)))
    assert "Đã chuẩn bị xong. Kiểm phiếu vào ngày bầu, 05/11/2026." in page
    assert address("election_presence", coming) not in page


def test_the_call_suggests_what_is_vacant_and_leads_to_the_open_one(here: Club, xa: Client) -> None:
    asked = reverse("election_call", args=[here.pk])
    one, two = seated(here, [1, 2])
    elect(one, two, role="vice_chair", on=date(2026, 1, 1))
    initial = xa.get(asked).context["form"].initial
    assert (initial["chair"], initial["vice_chair"]) == (1, 0)
    found = call_election(club=here, held_on=DAY, places={"chair": 1}, by=None)
    assert xa.get(asked).url == address("election", found)


# The count


def test_the_form_says_what_follows_from_the_numbers_typed(xa: Client, open_one: Election) -> None:
    record_presence(election=open_one, present=5, teller="", by=None)
    chair = contest(open_one, "chair")
    form = xa.get(address("contest_count", open_one, chair.pk)).context["form"]
    assert form.remarks() == ["Trúng cử khi được quá một nửa số phiếu hợp lệ."]
    one, two = chair.candidates.values_list("pk", flat=True)
    typed = {"ballots_out": 5, "ballots_in": 5, "valid": 4, f"votes_{one}": 4, f"votes_{two}": 1, "remarks-find": "1"}
    answer = xa.post(address("contest_count", open_one, chair.pk), typed)
    assert answer.context["form"].remarks() == [
        "4 phiếu hợp lệ: trúng cử từ 3 phiếu trở lên.",
        "Cộng lại là 5 phiếu, nhiều nhất chỉ có thể là 4. Kiểm tra lại.",
    ]
    assert contest(open_one, "chair").valid is None


def test_numbers_that_cannot_be_are_shown_beside_what_was_typed(xa: Client, open_one: Election) -> None:
    record_presence(election=open_one, present=5, teller="", by=None)
    chair = contest(open_one, "chair")
    one, two = chair.candidates.values_list("pk", flat=True)
    sent = {"ballots_out": 6, "ballots_in": 5, "valid": 5, f"votes_{one}": "ba", f"votes_{two}": 2}
    answer = xa.post(address("contest_count", open_one, chair.pk), sent)
    assert answer.context["form"].errors == {f"votes_{one}": ["Không phải số. Ghi bằng chữ số."]}
    answer = xa.post(address("contest_count", open_one, chair.pk), {**sent, f"votes_{one}": 3})
    assert answer.context["form"].errors == {
        "ballots_out": ["Phát ra 6 phiếu mà có mặt 5 thành viên, mỗi người một phiếu. Kiểm tra lại."]
    }
    assert 'value="6"' in answer.content.decode()
    assert contest(open_one, "chair").valid is None


def test_what_somebody_else_counted_meanwhile_is_told(xa: Client, open_one: Election) -> None:
    record_presence(election=open_one, present=5, teller="", by=None)
    chair = contest(open_one, "chair")
    seen = version_of(chair)
    one, two = chair.candidates.values_list("pk", flat=True)
    sent = {"ballots_out": 5, "ballots_in": 5, "valid": 5, f"votes_{one}": 4, f"votes_{two}": 1}
    xa.post(address("contest_count", open_one, chair.pk), {**sent, "version": seen})
    answer = xa.post(address("contest_count", open_one, chair.pk), {**sent, f"votes_{one}": 3, "version": seen})
    assert answer.context["meanwhile"].who == "Người xa"
    assert chair.candidates.get(pk=one).votes == 4


def test_without_a_quorum_the_way_on_is_to_say_so(xa: Client, open_one: Election) -> None:
    xa.post(address("election_presence", open_one), {"present": "3"})
    assert step(xa, open_one) == "Kết luận: không đủ người"
    assert "Có mặt 3 trên 5 thành viên, cần ít nhất 4." in text(xa.get(address("election", open_one)))
    xa.post(address("election_conclude", open_one), SENT)
    assert Election.objects.get().failure == "Có mặt 3 trên 5 thành viên, cần ít nhất 4."


# Afterwards


def test_afterwards_it_reads_as_a_record_without_buttons(here: Club, xa: Client, open_one: Election) -> None:
    count_all(open_one)
    conclude_election(election=open_one, by=None)
    page = text(xa.get(address("election", open_one)))
    assert "Đã có kết quả" in page
    for button in ("election_conclude", "election_presence", "election_call_off", "election_change"):
        assert address(button, open_one) not in page
    answer = xa.post(address("election_call_off", open_one), {"reason": "Bầu lại"})
    assert "kết quả giữ nguyên" in text(answer)
    listed = text(xa.get(reverse("club_elections", args=[here.pk])))
    assert "Chủ nhiệm: Lê Thị Hoa; Phó chủ nhiệm: Phan Ngọc Thảo; Phó chủ nhiệm: Võ Thanh Phong" in listed


def count_all(election: Election) -> None:
    """The first who stands for chair is elected, and both vice-chairs."""
    record_presence(election=election, present=5, teller="Nguyễn Thị Lụa", by=None)
    for role, votes in (("chair", [5, 0]), ("vice_chair", [5, 4])):
        each = contest(election, role)
        pks = each.candidates.values_list("pk", flat=True)
        by_candidate = dict(zip(pks, votes, strict=True))
        record_count(contest=each, ballots_out=5, ballots_in=5, valid=5, votes=by_candidate, by=None)


def test_an_election_called_off_says_why(xa: Client, open_one: Election) -> None:
    xa.post(address("election_call_off", open_one), {"reason": "Mưa bão"})
    assert "Không thành" in text(xa.get(address("election", open_one)))
    assert "Mưa bão" in text(xa.get(address("election", open_one)))


@pytest.mark.parametrize("rows", [1, 3, 22])
def test_the_page_needs_eight_queries_for_any_number_who_stand(
    world: World, xa: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    here = club(world.tan_phu)
    xa.force_login(world.users["huyen"])
    standing = [member(here) for _ in range(rows)]
    found = call_election(club=here, held_on=DAY, places={"chair": 1}, by=None)
    set_candidates(contest=found.contests.get(), members=standing, by=None)
    if rows == 1:
        count_votes(found)
    with django_assert_max_num_queries(8):
        assert xa.get(address("election", found)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_needs_six_queries_for_any_number_of_elections(
    here: Club, xa: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    Election.objects.bulk_create(
        Election(club=here, held_on=DAY, quorum="2/3", majority="1/2", state="failed", failure="Mưa")
        for _ in range(rows)
    )
    with django_assert_max_num_queries(6):
        assert xa.get(reverse("club_elections", args=[here.pk])).status_code == 200


# Who

PAGES = ("election", "election_change", "election_call_off", "election_presence", "election_conclude")


@pytest.mark.parametrize("where", PAGES)
def test_another_units_election_is_not_found(world: World, client: Client, open_one: Election, where: str) -> None:
    assert client.get(address(where, open_one)).url.startswith("/dang-nhap/")
    client.force_login(world.users["xa_khac"])
    assert client.get(address(where, open_one)).status_code == 404


@pytest.mark.parametrize("where", PAGES[1:])
def test_readers_and_the_secretary_read_only(world: World, client: Client, open_one: Election, where: str) -> None:
    for user in (world.users["xem"], secretary("thu_ky", open_one.club)):
        client.force_login(user)
        assert client.get(address(where, open_one)).status_code == 403
        shown = text(client.get(address("election", open_one)))
        assert "Lê Thị Hoa, Trần Văn Bình" in shown
        assert address(where, open_one) not in shown


def test_a_contest_of_another_election_is_not_found(world: World, here: Club, xa: Client, open_one: Election) -> None:
    strangers = club(world.tan_phu)
    other = call_election(club=strangers, held_on=DAY, places={"chair": 1}, by=None)
    for page in ("contest_candidates", "contest_count", "contest_next_round", "contest_drop"):
        assert xa.get(address(page, open_one, other.contests.get().pk)).status_code == 404


def test_a_page_to_read_takes_no_post(xa: Client, open_one: Election) -> None:
    assert xa.post(address("election", open_one)).status_code == 405


def test_the_clubs_journal_tells_of_regulations_and_elections(here: Club, xa: Client, open_one: Election) -> None:
    terms = {"cadence": "month", "term_months": 60, "quorum": "2/3", "majority": "1/2"}
    adopt_regulation(club=here, adopted_on=DAY, text="Điều 1.", **terms, by=None)  # type: ignore[arg-type]
    xa.post(address("election_call_off", open_one), {"reason": "Mưa bão"})
    told = [entry.sentence for entry in xa.get(reverse("club_journal", args=[here.pk])).context["entries"]]
    assert told[:3] == [
        "Cuộc bầu ban chủ nhiệm ngày 01/10/2026 không thành",
        "Thông qua quy chế lần 1",
        "Mở cuộc bầu ban chủ nhiệm ngày 01/10/2026",
    ]
