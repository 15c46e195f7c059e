"""The caps of R4, R5 and R6, from the actions down to the database, with eight writers at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from clubs.actions import (
    admit_member,
    appoint_officer,
    change_membership,
    dissolve_club,
    end_office,
    found_club,
    leave_club,
)
from clubs.models import Club, Membership, Office, Person
from tests.builders import FOUNDED, World, build_world, club, elect, founded_by_decision, member, person

WRITERS = 8
DAY = date(2026, 10, 1)


def sentence(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(error.value.messages)


def test_the_26th_member_is_refused_with_a_sentence(world: World) -> None:
    full = club(world.an_khanh)
    for _ in range(25):
        member(full)
    with pytest.raises(ValidationError) as error:
        member(full)
    assert sentence(error) == "Câu lạc bộ đã đủ 25 thành viên. Muốn kết nạp thêm, cần có người rời câu lạc bộ trước."
    assert full.memberships.sitting().count() == 25


def test_the_database_itself_has_no_26th_seat(world: World) -> None:
    full = club(world.an_khanh)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(club=full, person=person(world.an_khanh), seat=26, joined_on=DAY)
    first = member(full)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(club=full, person=person(world.an_khanh), seat=first.seat, joined_on=DAY)


def test_leaving_works_in_a_full_club_and_frees_the_seat(world: World) -> None:
    full = club(world.an_khanh)
    seats = [member(full) for _ in range(25)]
    leave_club(membership=seats[6], on=DAY, reason="Chuyển nơi ở", by=None)
    assert member(full, joined_on=DAY).seat == 7


def test_a_backdated_admission_never_makes_26_on_one_day(world: World) -> None:
    full = club(world.an_khanh)
    seats = [member(full) for _ in range(25)]
    leave_club(membership=seats[0], on=DAY, reason="Xin rời", by=None)
    with pytest.raises(ValidationError):
        member(full, joined_on=date(2026, 9, 30))
    assert full.memberships.active_on(date(2026, 9, 30)).count() == 25


def test_nobody_sits_twice_in_one_club_but_anybody_in_two(world: World) -> None:
    first, second = club(world.an_khanh), club(world.tan_phu)
    someone = person(world.an_khanh)
    admit_member(club=first, person=someone, joined_on=DAY, by=None)
    with pytest.raises(ValidationError) as error:
        admit_member(club=first, person=someone, joined_on=DAY, by=None)
    assert "đang là thành viên" in sentence(error)
    assert admit_member(club=second, person=someone, joined_on=DAY, by=None).seat == 1


def test_a_district_has_two_clubs_at_most(world: World) -> None:
    first, second = club(world.chau_thanh), club(world.chau_thanh, kind="poor_people")
    assert (first.district_slot, second.district_slot) == (1, 2)
    with pytest.raises(ValidationError) as error:
        club(world.chau_thanh)
    assert sentence(error) == (
        "Huyện Châu Thành đã có đủ 2 câu lạc bộ cấp huyện. Một huyện có nhiều nhất 2. Chọn cấp khác hoặc huyện khác."
    )
    dissolve_club(club=first, on=DAY, reason="Sáp nhập", by=None)
    assert club(world.chau_thanh).district_slot == 1


def test_the_database_itself_has_no_third_district_slot(world: World) -> None:
    first = club(world.chau_thanh)
    for slot in (1, 3):
        copy = Club(name=f"CLB {slot}", level="district", unit=world.chau_thanh, founded_on=FOUNDED, district_slot=slot)
        copy.path = f"{world.chau_thanh.path}c900{slot}"
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save()
    assert list(Club.objects.all()) == [first]


def test_no_commune_is_covered_by_two_district_clubs(world: World) -> None:
    club(world.chau_thanh, covers=[world.an_khanh, world.tan_phu])
    with pytest.raises(ValidationError) as error:
        club(world.chau_thanh, covers=[world.tan_phu])
    assert "đã thuộc địa bàn" in sentence(error)
    assert Club.objects.count() == 1


def test_one_chair_two_vice_chairs_one_office_each(world: World) -> None:
    here = founded_by_decision(world.an_khanh)
    people = [member(here) for _ in range(5)]
    appoint_officer(membership=people[0], role="chair", started_on=DAY, by=None)
    appoint_officer(membership=people[1], role="vice_chair", started_on=DAY, by=None)
    with pytest.raises(ValidationError) as error:
        appoint_officer(membership=people[0], role="vice_chair", started_on=DAY, by=None)
    assert "Mỗi người chỉ giữ một chức danh" in sentence(error)
    appoint_officer(membership=people[2], role="vice_chair", started_on=DAY, by=None)
    for role in ("chair", "vice_chair"):
        with pytest.raises(ValidationError) as error:
            appoint_officer(membership=people[3], role=role, started_on=DAY, by=None)
        assert "phải được bầu" in sentence(error)
    assert Office.objects.held().count() == 3


def test_only_the_first_officers_are_appointed(world: World) -> None:
    here = founded_by_decision(world.an_khanh)
    first, second = member(here), member(here)
    office = appoint_officer(membership=first, role="chair", started_on=FOUNDED, by=None)
    assert (office.decision, office.election, office.term_ends_on) == (here.founding_decision, None, date(2030, 1, 15))
    end_office(office=office, on=DAY, by=None)
    with pytest.raises(ValidationError) as error:
        appoint_officer(membership=second, role="chair", started_on=DAY, by=None)
    assert sentence(error) == (
        "Chức danh này đã có người giữ rồi, người tiếp theo phải được bầu. Chỉ ban chủ nhiệm đầu tiên mới ghi theo quyết "
        "định thành lập. Mở cuộc bầu ban chủ nhiệm."
    )


def test_a_club_without_its_founding_decision_has_none_to_name_officers(world: World) -> None:
    with pytest.raises(ValidationError) as error:
        appoint_officer(membership=member(club(world.an_khanh)), role="chair", started_on=DAY, by=None)
    assert sentence(error) == (
        "Câu lạc bộ chưa ghi quyết định thành lập, nên chưa ghi ban chủ nhiệm đầu tiên được. Ghi quyết định trước, hoặc mở "
        "cuộc bầu ban chủ nhiệm."
    )


def test_the_database_itself_has_no_officer_from_nowhere(world: World) -> None:
    seated = member(club(world.an_khanh))
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(club=seated.club, membership=seated, role="chair", started_on=DAY)


def test_an_officer_is_a_sitting_natural_person(world: World) -> None:
    here = club(world.an_khanh)
    gone = member(here)
    leave_club(membership=gone, on=DAY, reason="Xin rời", by=None)
    collective = member(here, kind="collective", full_name="Hội Phụ nữ xã", representative="Trần Thị Lụa")
    for membership, words in ((gone, "phải là thành viên"), (collective, "Tập thể không giữ chức danh")):
        with pytest.raises(ValidationError) as error:
            appoint_officer(membership=membership, role="chair", started_on=DAY, by=None)
        assert words in sentence(error)


def test_whoever_leaves_gives_up_the_office_the_same_day(world: World) -> None:
    here = club(world.an_khanh)
    chair = member(here)
    office = elect(chair, on=date(2026, 1, 1))
    leave_club(membership=chair, on=DAY, reason="Nghỉ hưu", by=None)
    office.refresh_from_db()
    assert office.ended_on == DAY


def test_whoever_turns_out_to_have_left_earlier_held_no_office_after_that_day(world: World) -> None:
    chair = member(club(world.an_khanh))
    office = elect(chair, on=date(2026, 1, 1))
    end_office(office=office, on=date(2026, 10, 10), by=None)
    leave_club(membership=chair, on=DAY, reason="Nghỉ hưu", by=None)
    office.refresh_from_db()
    assert office.ended_on == DAY


# Eight writers, each with a connection of its own


def race(work: Callable[[int], object]) -> list[BaseException | None]:
    """Run `work(0)` … `work(7)` at the same moment; what each raised, or None."""
    barrier = Barrier(WRITERS)

    def run(number: int) -> BaseException | None:
        try:
            barrier.wait(timeout=30)
            work(number)
        except ValidationError as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


@pytest.mark.django_db(transaction=True)
def test_eight_writers_cannot_make_a_26th_member() -> None:
    world = build_world()
    here = club(world.an_khanh)
    for _ in range(22):
        member(here)
    people = [person(world.an_khanh) for _ in range(WRITERS)]
    errors = race(lambda n: admit_member(club=here, person=people[n], joined_on=DAY, by=None))
    assert sum(error is None for error in errors) == 3
    assert sorted(here.memberships.sitting().values_list("seat", flat=True)) == list(range(1, 26))


@pytest.mark.django_db(transaction=True)
def test_eight_writers_cannot_found_a_third_district_club() -> None:
    world = build_world()

    def found(number: int) -> Club:
        new = Club(unit=world.chau_thanh, name=f"CLB số {number}", level="district", founded_on=FOUNDED)
        return found_club(club=new, by=None)

    assert sum(error is None for error in race(found)) == 2
    assert sorted(Club.objects.values_list("district_slot", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_eight_writers_cannot_make_two_chairs() -> None:
    world = build_world()
    here = founded_by_decision(world.an_khanh)
    members = [member(here) for _ in range(WRITERS)]
    errors = race(lambda n: appoint_officer(membership=members[n], role="chair", started_on=DAY, by=None))
    assert sum(error is None for error in errors) == 1
    assert Person.objects.filter(memberships__offices__role="chair").count() == 1


# Correcting since when somebody sits


def test_a_corrected_day_of_joining_keeps_every_rule_of_joining(world: World) -> None:
    here = club(world.an_khanh)
    gone = member(here)
    leave_club(membership=gone, on=DAY, reason="Xin rời", by=None)
    second = member(here, joined_on=DAY)
    assert second.seat == gone.seat
    for joined_on, words in (
        (date(2026, 9, 30), "ghế 1 còn người khác"),
        (date(2025, 1, 1), "thành lập ngày 15/01/2025"),
        (date(2027, 1, 1), "chưa tới"),
    ):
        with pytest.raises(ValidationError) as error:
            change_membership(membership=second, joined_on=joined_on, sector="other", by=None)
        assert words in sentence(error)
    elect(second, on=date(2026, 10, 5))
    with pytest.raises(ValidationError) as error:
        change_membership(membership=second, joined_on=date(2026, 10, 6), sector="other", by=None)
    assert "giữ chức danh từ 05/10/2026" in sentence(error)
    moved = change_membership(membership=second, joined_on=date(2026, 10, 3), sector="union", by=None)
    assert (moved.joined_on, moved.sector) == (date(2026, 10, 3), "union")
