"""Moving to another club, and who speaks for a collective. Today is 20/10/2026."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from clubs.actions import appoint_officer, change_representative, leave_club, save_person, transfer_member
from clubs.models import Person
from steering.models import Decision
from tests.builders import FOUNDED, World, club, member, person

DAY = date(2026, 10, 1)


# Transfers


def test_a_member_leaves_one_club_and_sits_in_the_other_on_the_same_day(world: World) -> None:
    here, there = club(world.an_khanh), club(world.tan_phu)
    member(there)
    seated = member(here)
    arrived = transfer_member(membership=seated, to=there, on=DAY, by=None)
    seated.refresh_from_db()
    assert (seated.left_on, seated.leaving_reason) == (DAY, f"Chuyển sang {there}")
    assert (arrived.person, arrived.club, arrived.joined_on, arrived.seat) == (seated.person, there, DAY, 2)


def test_an_office_ends_with_the_transfer(world: World) -> None:
    decision = Decision.objects.create(issuer_unit=world.an_khanh, subject="Về việc thành lập câu lạc bộ")
    here, there = club(world.an_khanh, founding_decision=decision), club(world.tan_phu)
    office = appoint_officer(membership=member(here), role="chair", started_on=FOUNDED, by=None)
    arrived = transfer_member(membership=office.membership, to=there, on=DAY, by=None)
    office.refresh_from_db()
    assert office.ended_on == DAY
    assert not arrived.offices.exists()


def test_a_full_club_takes_nobody_and_the_old_seat_stays(world: World) -> None:
    here, there = club(world.an_khanh), club(world.tan_phu)
    for _ in range(25):
        member(there)
    seated = member(here)
    with pytest.raises(ValidationError) as refusal:
        transfer_member(membership=seated, to=there, on=DAY, by=None)
    assert refusal.value.messages == [
        "Câu lạc bộ đã đủ 25 thành viên. Muốn kết nạp thêm, cần có người rời câu lạc bộ trước."
    ]
    seated.refresh_from_db()
    assert seated.left_on is None


def test_what_is_no_transfer_is_told(world: World) -> None:
    here, there = club(world.an_khanh), club(world.tan_phu)
    seated = member(here)
    with pytest.raises(ValidationError) as refusal:
        transfer_member(membership=seated, to=here, on=DAY, by=None)
    assert refusal.value.message_dict == {"to": ["Người này đang ở câu lạc bộ đó. Chọn câu lạc bộ khác."]}
    with pytest.raises(ValidationError) as refusal:
        transfer_member(membership=seated, to=there, on=date(2026, 10, 21), by=None)
    assert refusal.value.messages == ["Ngày rời chưa tới. Ghi khi người đó đã rời câu lạc bộ."]
    leave_club(membership=seated, on=DAY, reason="Chuyển nơi ở", by=None)
    with pytest.raises(ValidationError) as refusal:
        transfer_member(membership=seated, to=there, on=DAY, by=None)
    assert refusal.value.messages == [f"{seated} đã rời câu lạc bộ ngày 01/10/2026. Kết nạp ở câu lạc bộ kia."]


# Representatives


@pytest.fixture
def body(world: World) -> Person:
    return person(world.an_khanh, "Hội Phụ nữ", kind="collective", representative="Lê Thị Lan")


def over_time(body: Person) -> list[tuple[str, date | None, date | None]]:
    return [(r.full_name, r.valid_from, r.valid_until) for r in body.representatives.order_by("pk")]


def test_a_new_collective_has_its_first_representative(body: Person) -> None:
    assert over_time(body) == [("Lê Thị Lan", None, None)]


def test_another_one_follows_and_is_todays(body: Person) -> None:
    change_representative(person=body, full_name="Trần Thị Mai", since=DAY, by=None)
    body.refresh_from_db()
    assert body.representative == "Trần Thị Mai"
    assert over_time(body) == [("Lê Thị Lan", None, DAY), ("Trần Thị Mai", DAY, None)]


def test_a_corrected_name_is_no_change_of_hands(body: Person) -> None:
    body.representative = "Lê Thị Lành"
    save_person(person=body, by=None)
    assert over_time(body) == [("Lê Thị Lành", None, None)]


def test_a_collective_turned_individual_is_represented_no_more(body: Person) -> None:
    body.kind, body.representative = "individual", ""
    save_person(person=body, by=None)
    assert over_time(body) == [("Lê Thị Lan", None, date(2026, 10, 20))]


def test_a_change_of_hands_has_its_days(world: World, body: Person) -> None:
    change_representative(person=body, full_name="Trần Thị Mai", since=DAY, by=None)
    with pytest.raises(ValidationError) as refusal:
        change_representative(person=body, full_name="Võ Thị Nga", since=DAY, by=None)
    assert refusal.value.message_dict == {"since": ["Trần Thị Mai đại diện từ 01/10/2026. Ghi ngày sau đó."]}
    with pytest.raises(ValidationError) as refusal:
        change_representative(person=body, full_name="Võ Thị Nga", since=date(2026, 10, 21), by=None)
    assert refusal.value.message_dict == {"since": ["Ngày này chưa tới. Ghi khi người mới đã thay."]}
    with pytest.raises(ValidationError) as refusal:
        change_representative(person=person(world.an_khanh), full_name="Võ Thị Nga", since=DAY, by=None)
    assert refusal.value.messages == ["Cá nhân không có người đại diện. Chọn một tập thể."]


def test_individuals_have_no_representative(world: World) -> None:
    someone = person(world.an_khanh)
    save_person(person=someone, by=None)
    assert not someone.representatives.exists()
