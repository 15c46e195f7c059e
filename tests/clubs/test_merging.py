"""One person entered twice becomes one again. Today is 20/10/2026."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from clubs.actions import (
    admit_member,
    apply_to_club,
    appoint_officer,
    give_consent,
    leave_club,
    merge_people,
    withdraw_consent,
)
from clubs.actions.merging import references
from clubs.models import Club, Contest, Election, Membership, Office, Person, Purpose
from steering.models import Decision
from tests.builders import FOUNDED, World, club, member, person

TODAY, EARLIER, LATER = date(2026, 10, 20), date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def pair(world: World) -> tuple[Person, Person]:
    return twins(world)


def twins(world: World) -> tuple[Person, Person]:
    return person(world.an_khanh, "Lê Thị Hoa", birth_year=1970), person(world.an_khanh, "Lê Thị Hoà", birth_year=1970)


def merged(pair: tuple[Person, Person]) -> Person:
    keep, gone = pair
    found = merge_people(keep=keep, gone=gone, by=None)
    gone.refresh_from_db()
    assert (found, gone.merged_into) == (keep, keep)
    return found


def seat(here: Club, someone: Person, joined_on: date = EARLIER) -> Membership:
    return admit_member(club=here, person=someone, joined_on=joined_on, by=None)


def decided(world: World) -> Club:
    decision = Decision.objects.create(issuer_unit=world.an_khanh, subject="Về việc thành lập câu lạc bộ")
    return club(world.an_khanh, founding_decision=decision)


# Finding them


def test_twins_have_one_name_unit_and_year(world: World, pair: tuple[Person, Person]) -> None:
    person(world.an_khanh, "Lê Thị Hoa", birth_year=1971)
    person(world.tan_phu, "Lê Thị Hoa", birth_year=1970)
    assert [(p, p.twin) for p in Person.objects.twins()] == [(pair[1], pair[0].pk)]


def test_collectives_have_no_year_and_unknown_years_are_no_sign(world: World) -> None:
    bodies = [person(world.an_khanh, "Hội Phụ nữ", kind="collective", representative=f"Lê {n}") for n in ("A", "B")]
    for _ in range(2):
        person(world.an_khanh, "Lê Thị Hoa")
    assert list(Person.objects.twins()) == bodies[1:]


def test_a_shared_telephone_is_a_weaker_sign(world: World) -> None:
    first = person(world.an_khanh, "Lê Thị Hoa", phone="0912345678")
    second = person(world.tan_phu, "Lê Thị Hoa", phone="0912345678", birth_year=1970)
    person(world.tan_phu, "Lê Văn Hòa", phone="0912345678")
    assert [(p, p.twin) for p in Person.objects.twins_by_phone()] == [(second, first.pk)]
    assert not Person.objects.twins().exists()


def test_twins_are_looked_for_in_ones_own_place(world: World, pair: tuple[Person, Person]) -> None:
    found = {name: list(Person.objects.visible_to(user).twins()) for name, user in world.users.items()}
    assert found == {"tinh": [pair[1]], "huyen": [pair[1]], "xa": [pair[1]], "xem": [pair[1]], "xa_khac": []}


def test_somebody_about_to_be_entered_again_is_found(world: World, pair: tuple[Person, Person]) -> None:
    def like(**facts: object) -> set[Person]:
        return set(Person.objects.like(Person(**{"full_name": "le thi hoa", "unit": world.an_khanh, **facts})))

    assert like() == like(birth_year=1970) == set(pair)
    assert like(birth_year=1990) == set()
    assert like(unit=world.tan_phu) == set()
    assert like(unit=world.tan_phu, birth_year=1970) == set(pair)
    assert like(full_name="Lê Thị Hồng") == set()


# Merging


def test_every_relation_of_a_person_is_known_to_the_merge() -> None:
    """A new one: does it bear being moved as it is? Then add it here; else see to it in `merge_people` first."""
    known = {"memberships", "applications", "consents", "representatives", "merged"}
    assert {relation.get_accessor_name() for relation in Person._meta.related_objects} == known


def test_everything_moves_and_nothing_points_to_the_record_that_goes(world: World, pair: tuple[Person, Person]) -> None:
    keep, gone = pair
    seated = seat(club(world.an_khanh), gone)
    application = apply_to_club(club=club(world.tan_phu), person=gone, applied_on=LATER, by=None)
    consent = give_consent(person=gone, purpose=Purpose.CONTACT, given_on=LATER, by=None)
    merged(pair)
    assert list(keep.memberships.all()) == [seated]
    assert list(keep.applications.all()) == [application]
    assert list(keep.consents.all()) == [consent]
    assert list(references(gone)) == []


def test_blanks_are_filled_and_what_is_there_stays(world: World) -> None:
    keep = person(world.an_khanh, "Lê Thị Hoa", job="Làm vườn")
    gone = person(world.an_khanh, "Lê Thị Hoà", job="Làm thuê", birth_year=1970, sex="f", phone="0912345678")
    found = merged((keep, gone))
    assert (found.full_name, found.job, found.birth_year, found.sex, str(found.phone)) == (
        "Lê Thị Hoa",
        "Làm vườn",
        1970,
        "f",
        "0912 345 678",
    )


def test_who_was_merged_is_in_no_list_search_or_choice(world: World, pair: tuple[Person, Person]) -> None:
    merged(pair)
    assert list(Person.objects.visible_to(world.users["tinh"]).search("le thi hoa")) == [pair[0]]
    assert not Person.objects.visible_to(world.users["tinh"]).twins().exists()
    with pytest.raises(ValidationError) as refusal:
        seat(club(world.an_khanh), pair[1])
    assert refusal.value.messages == ["Hồ sơ này đã nhập vào hồ sơ khác. Tìm và chọn lại người này."]


def test_of_two_seats_in_one_club_the_earlier_stays(world: World, pair: tuple[Person, Person]) -> None:
    here = club(world.an_khanh)
    later, earlier = seat(here, pair[0], LATER), seat(here, pair[1], EARLIER)
    merged(pair)
    later.refresh_from_db()
    earlier.refresh_from_db()
    assert (earlier.person, earlier.left_on) == (pair[0], None)
    assert (later.left_on, later.leaving_reason) == (TODAY, "Nhập người trùng")
    assert here.memberships.sitting().count() == 1


def test_the_seat_with_the_office_stays_though_it_is_the_later_one(world: World, pair: tuple[Person, Person]) -> None:
    here = decided(world)
    plain, chair = seat(here, pair[0], EARLIER), seat(here, pair[1], LATER)
    appoint_officer(membership=chair, role="chair", started_on=LATER, by=None)
    merged(pair)
    plain.refresh_from_db()
    assert plain.left_on == TODAY
    assert Office.objects.held().get().membership.person == pair[0]


def test_two_offices_in_one_club_are_not_one_persons(world: World, pair: tuple[Person, Person]) -> None:
    here = decided(world)
    for someone, role in zip(pair, ("chair", "vice_chair"), strict=True):
        appoint_officer(membership=seat(here, someone), role=role, started_on=EARLIER, by=None)
    with pytest.raises(ValidationError) as refusal:
        merged(pair)
    assert refusal.value.messages == [f"Cả hai đang giữ chức danh ở {here}. Kết thúc một nhiệm kỳ trước, rồi nhập."]
    assert (Office.objects.held().count(), here.memberships.sitting().count()) == (2, 2)


def test_seats_in_two_clubs_both_stay(world: World, pair: tuple[Person, Person]) -> None:
    seat(club(world.an_khanh), pair[0])
    seat(club(world.tan_phu), pair[1])
    merged(pair)
    assert pair[0].memberships.sitting().count() == 2


def test_one_who_sat_before_and_one_who_sits_are_one_history(world: World, pair: tuple[Person, Person]) -> None:
    here = club(world.an_khanh)
    leave_club(membership=seat(here, pair[1], FOUNDED), on=EARLIER, reason="Chuyển nơi ở", by=None)
    seat(here, pair[0], LATER)
    merged(pair)
    days = pair[0].memberships.order_by("joined_on").values_list("joined_on", "left_on")
    assert list(days) == [(FOUNDED, EARLIER), (LATER, None)]


def test_nobody_waits_twice_after_it_nor_where_they_sit(world: World, pair: tuple[Person, Person]) -> None:
    here, there = club(world.an_khanh), club(world.tan_phu)
    seat(here, pair[0])
    needless = apply_to_club(club=here, person=pair[1], applied_on=EARLIER, by=None)
    first = apply_to_club(club=there, person=pair[1], applied_on=EARLIER, by=None)
    second = apply_to_club(club=there, person=pair[0], applied_on=LATER, by=None)
    merged(pair)
    states = []
    for application in (needless, first, second):
        application.refresh_from_db()
        states.append((application.state, application.reason, application.decided_on))
    withdrawn = ("withdrawn", "Nhập người trùng", TODAY)
    assert states == [withdrawn, ("pending", "", None), withdrawn]


def test_of_two_consents_the_later_goes_on(world: World, pair: tuple[Person, Person]) -> None:
    for someone, day in zip(pair, (LATER, EARLIER), strict=True):
        give_consent(person=someone, purpose=Purpose.CONTACT, given_on=day, by=None)
    merged(pair)
    days = pair[0].consents.order_by("given_on").values_list("given_on", "withdrawn_on")
    assert list(days) == [(EARLIER, LATER), (LATER, None)]


def test_what_was_taken_back_on_one_record_stays_taken_back(world: World, pair: tuple[Person, Person]) -> None:
    give_consent(person=pair[0], purpose=Purpose.CONTACT, given_on=EARLIER, by=None)
    consent = give_consent(person=pair[1], purpose=Purpose.CONTACT, given_on=EARLIER, by=None)
    withdraw_consent(consent=consent, on=LATER, by=None)
    merged(pair)
    assert not Person.objects.consents_to(Purpose.CONTACT).exists()
    assert list(pair[0].consents.values_list("withdrawn_on", flat=True)) == [LATER, LATER]


def test_agreed_again_after_it_was_taken_back_is_agreed(world: World, pair: tuple[Person, Person]) -> None:
    consent = give_consent(person=pair[1], purpose=Purpose.CONTACT, given_on=EARLIER, by=None)
    withdraw_consent(consent=consent, on=LATER, by=None)
    give_consent(person=pair[0], purpose=Purpose.CONTACT, given_on=LATER, by=None)
    merged(pair)
    assert list(Person.objects.consents_to(Purpose.CONTACT)) == [pair[0]]


def test_collectives_have_one_representative_after_it(world: World) -> None:
    bodies = tuple(person(world.an_khanh, "Hội Phụ nữ", kind="collective", representative=f"Lê {n}") for n in "AB")
    found = merged((bodies[0], bodies[1]))
    assert found.representative == "Lê A"
    rows = found.representatives.order_by("pk").values_list("full_name", "valid_until")
    assert list(rows) == [("Lê A", None), ("Lê B", TODAY)]


def test_a_merge_of_a_merge_points_to_the_last(world: World, pair: tuple[Person, Person]) -> None:
    merged(pair)
    third = person(world.an_khanh, "Lê Thị Hoa", birth_year=1970)
    merge_people(keep=third, gone=Person.objects.get(pk=pair[0].pk), by=None)
    assert {p.merged_into for p in Person.objects.filter(pk__in=[p.pk for p in pair])} == {third}


def test_a_candidate_is_not_merged_away_in_the_middle_of_an_election(world: World, pair: tuple[Person, Person]) -> None:
    here = club(world.an_khanh)
    seat(here, pair[0], EARLIER)
    running = seat(here, pair[1], LATER)
    election = Election.objects.create(club=here, held_on=TODAY, quorum="2/3", majority="1/2")
    Contest.objects.create(election=election, role="chair").candidates.create(membership=running)
    with pytest.raises(ValidationError) as refusal:
        merged(pair)
    assert refusal.value.messages == [f"Người này đang ứng cử ở {here}. Làm xong cuộc bầu cử trước, rồi nhập."]


def test_what_cannot_be_one_is_told(world: World, pair: tuple[Person, Person]) -> None:
    keep, gone = pair
    with pytest.raises(ValidationError) as refusal:
        merge_people(keep=keep, gone=keep, by=None)
    assert refusal.value.messages == ["Hai hồ sơ này là một. Chọn hồ sơ khác."]
    body = person(world.an_khanh, "Lê Thị Hoa", kind="collective", representative="Lê Thị Lan")
    with pytest.raises(ValidationError) as refusal:
        merge_people(keep=keep, gone=body, by=None)
    assert refusal.value.messages == ["Một bên là cá nhân, một bên là tập thể. Sửa loại cho đúng rồi nhập."]
    merged(pair)
    with pytest.raises(ValidationError) as refusal:
        merge_people(keep=keep, gone=gone, by=None)
    assert refusal.value.messages == ["Một trong hai hồ sơ đã nhập vào hồ sơ khác. Mở lại danh sách người nhập trùng."]


def test_the_history_says_who_merged_and_stays_readable(world: World, pair: tuple[Person, Person]) -> None:
    keep, gone = pair
    seated = member(club(world.an_khanh))
    seated.person = gone
    seated.save()
    merge_people(keep=keep, gone=gone, by=world.users["xa"])
    last = seated.history.order_by("-history_id").first()
    assert (last.history_user, last.person) == (world.users["xa"], keep)
    assert [str(row.person) for row in seated.history.order_by("history_id")][1:] == ["Lê Thị Hoà", "Lê Thị Hoa"]
    assert Membership.objects.get().history.count() == 3
