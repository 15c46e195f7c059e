"""What people agree to about their data, and take back (domain 6). Today is 20/10/2026."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from clubs.actions import give_consent, withdraw_consent
from clubs.consent import AFTER_WITHDRAWAL, WORDINGS, newest, text_of
from clubs.models import Consent, Membership, Person, Purpose
from tests.builders import World, club, member, person, secretary

GIVEN, BACK = date(2026, 9, 1), date(2026, 10, 1)


def gives(someone: Person, purpose: str = Purpose.CONTACT, given_on: date = GIVEN) -> Consent:
    return give_consent(person=someone, purpose=purpose, given_on=given_on, by=None)


def test_every_purpose_has_its_words_and_what_follows() -> None:
    assert list(WORDINGS) == list(AFTER_WITHDRAWAL) == Purpose.values
    assert all(text.startswith("Tôi đồng ý để ") for versions in WORDINGS.values() for text in versions.values())


def test_a_new_consent_is_in_the_newest_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = gives(person(world.an_khanh))
    monkeypatch.setitem(WORDINGS, Purpose.CONTACT, {**WORDINGS[Purpose.CONTACT], "2": "Tôi đồng ý để gọi điện."})
    second = gives(person(world.an_khanh))
    assert (first.wording, second.wording, newest(Purpose.CONTACT)) == ("1", "2", "2")
    assert text_of(second.purpose, second.wording) == "Tôi đồng ý để gọi điện."


def test_each_purpose_is_agreed_to_by_itself(world: World) -> None:
    someone, other = person(world.an_khanh), person(world.an_khanh)
    gives(someone, Purpose.MEMBERSHIP)
    gives(other, Purpose.CONTACT)
    assert list(Person.objects.consents_to(Purpose.MEMBERSHIP)) == [someone]
    assert list(Person.objects.consents_to(Purpose.CONTACT)) == [other]
    assert not Person.objects.consents_to(Purpose.PUBLIC_NAME).exists()


def test_who_recorded_it_stands_in_the_history(world: World) -> None:
    consent = give_consent(person=person(world.an_khanh), purpose=Purpose.CONTACT, given_on=GIVEN, by=world.users["xa"])
    withdraw_consent(consent=consent, on=BACK, by=world.users["huyen"])
    by = [row.history_user for row in consent.history.order_by("history_id")]
    assert by == [world.users["xa"], world.users["huyen"]]


def test_what_was_taken_back_is_agreed_to_no_more_until_given_again(world: World) -> None:
    seated = member(club(world.an_khanh))
    withdraw_consent(consent=gives(seated.person), on=BACK, by=None)
    assert not Person.objects.consents_to(Purpose.CONTACT).exists()
    assert Membership.objects.with_consents().get().is_not_called
    gives(seated.person, given_on=BACK)
    assert list(Person.objects.consents_to(Purpose.CONTACT)) == [seated.person]
    assert not Membership.objects.with_consents().get().is_not_called


def test_whoever_was_never_asked_may_still_be_called(world: World) -> None:
    member(club(world.an_khanh))
    found = Membership.objects.with_consents().get()
    assert (found.is_agreed, found.is_named, found.is_not_called) == (False, False, False)


def test_members_who_have_not_agreed_are_found_and_collectives_are_not_asked(world: World) -> None:
    here = club(world.an_khanh)
    member(here, full_name="Hội Phụ nữ", kind="collective", representative="Lê Thị Lan")
    asked, unasked, gone_back = (member(here) for _ in range(3))
    gives(asked.person, Purpose.MEMBERSHIP)
    withdraw_consent(consent=gives(gone_back.person, Purpose.MEMBERSHIP), on=BACK, by=None)
    assert set(here.memberships.sitting().without_consent()) == {unasked, gone_back}


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 10, 21), {"given_on": ["Ngày đồng ý chưa tới. Ghi khi người đó đã đồng ý."]}),
        (
            date(2026, 9, 30),
            {"given_on": ["Lần đồng ý trước rút lại ngày 01/10/2026. Ghi ngày đồng ý lại từ ngày đó."]},
        ),
    ],
)
def test_days_on_which_nobody_can_have_agreed_are_told(world: World, day: date, sentence: dict[str, list[str]]) -> None:
    someone = person(world.an_khanh)
    withdraw_consent(consent=gives(someone), on=BACK, by=None)
    with pytest.raises(ValidationError) as refusal:
        gives(someone, given_on=day)
    assert refusal.value.message_dict == sentence


def test_nobody_agrees_twice_nor_takes_back_twice(world: World) -> None:
    consent = gives(person(world.an_khanh))
    with pytest.raises(ValidationError) as refusal:
        gives(consent.person)
    assert refusal.value.messages == ["Người này đã đồng ý cho mục đích này."]
    withdraw_consent(consent=consent, on=BACK, by=None)
    with pytest.raises(ValidationError) as refusal:
        withdraw_consent(consent=consent, on=BACK, by=None)
    assert refusal.value.messages == ["Sự đồng ý này đã rút lại từ 01/10/2026."]


def test_taking_back_has_its_days_too(world: World) -> None:
    consent = gives(person(world.an_khanh))
    with pytest.raises(ValidationError) as refusal:
        withdraw_consent(consent=consent, on=date(2026, 10, 21), by=None)
    assert refusal.value.message_dict == {"on": ["Ngày rút lại chưa tới. Ghi khi người đó đã rút lại."]}
    with pytest.raises(ValidationError) as refusal:
        withdraw_consent(consent=consent, on=date(2026, 8, 31), by=None)
    assert refusal.value.messages == ["Ngày rút lại không thể trước ngày đồng ý. Sửa lại ngày."]


def test_a_collective_need_not_agree(world: World) -> None:
    body = person(world.an_khanh, "Hội Phụ nữ", kind="collective", representative="Lê Thị Lan")
    with pytest.raises(ValidationError) as refusal:
        gives(body)
    assert refusal.value.messages == ["Tập thể không phải ghi sự đồng ý. Chỉ ghi cho cá nhân."]


def test_consents_are_read_where_the_person_is_by_those_who_may(world: World) -> None:
    here = club(world.an_khanh)
    consent = gives(member(here).person)
    readers = {name: list(Consent.objects.visible_to(user)) for name, user in world.users.items()}
    assert readers == {"tinh": [consent], "huyen": [consent], "xa": [consent], "xem": [consent], "xa_khac": []}
    assert list(Consent.objects.visible_to(secretary("thu_ky", here))) == []
