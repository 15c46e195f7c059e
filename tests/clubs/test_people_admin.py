"""Applications and consents in the data entry. Today is 20/10/2026."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.actions import apply_to_club, give_consent, withdraw_consent
from clubs.imports import MemberResource
from clubs.models import Application, Club, Consent, Purpose
from tests.builders import World, club, member, person


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def here(world: World) -> Club:
    return club(world.an_khanh)


def listed(client: Client, page: str, **conditions: str) -> list[Any]:
    return list(client.get(reverse(f"admin:clubs_{page}_changelist"), conditions).context["cl"].result_list)


def test_an_application_is_added_and_the_applicant_admitted(world: World, xa: Client, here: Club) -> None:
    data = {"club": here.pk, "person": person(world.an_khanh).pk, "applied_on": "05/10/2026", "wish": "Muốn vay vốn"}
    xa.post(reverse("admin:clubs_application_add"), data)
    application = Application.objects.get()
    xa.post(reverse("admin:clubs_application_state", args=[application.pk, "admit"]), {"on": "10/10/2026"})
    application.refresh_from_db()
    assert (application.state, application.membership and application.membership.joined_on) == (
        "admitted",
        date(2026, 10, 10),
    )


def test_those_who_wait_are_listed_first_and_the_decided_when_asked_for(world: World, xa: Client, here: Club) -> None:
    waiting, decided = (
        apply_to_club(club=here, person=person(world.an_khanh), applied_on=date(2026, 10, 5), by=None) for _ in range(2)
    )
    data = {"on": "10/10/2026", "reason": "Ở xã khác"}
    xa.post(reverse("admin:clubs_application_state", args=[decided.pk, "refuse"]), data)
    assert listed(xa, "application") == [waiting]
    assert listed(xa, "application", state="refused") == [decided]
    page = xa.get(reverse("admin:clubs_application_change", args=[decided.pk])).content.decode()
    assert "Ở xã khác" in page and 'name="wish"' not in page


def test_a_member_cannot_apply_and_reads_why(xa: Client, here: Club) -> None:
    data = {"club": here.pk, "person": member(here).person_id, "applied_on": "05/10/2026"}
    page = xa.post(reverse("admin:clubs_application_add"), data).content.decode()
    assert "Người này đang là thành viên của câu lạc bộ. Không cần làm đơn." in page
    assert not Application.objects.exists()


def test_a_consent_is_added_in_its_newest_words_and_taken_back(xa: Client, here: Club) -> None:
    someone = member(here).person
    data = {"person": someone.pk, "purpose": "contact", "given_on": "05/10/2026", "manner": "spoken"}
    xa.post(reverse("admin:clubs_consent_add"), data)
    consent = Consent.objects.get()
    assert (consent.person, consent.wording, consent.manner) == (someone, "1", "spoken")
    where = reverse("admin:clubs_consent_change", args=[consent.pk])
    assert "Ngày rút lại chưa tới." in xa.post(where, {"withdrawn_on": "21/10/2026"}).content.decode()
    xa.post(where, {"withdrawn_on": "10/10/2026"})
    consent.refresh_from_db()
    assert consent.withdrawn_on == date(2026, 10, 10)


def test_the_telephone_of_somebody_not_to_be_called_is_not_shown_and_stays(xa: Client, here: Club) -> None:
    someone = member(here, full_name="Lê Thị Hoa", phone="0912345678").person
    where = reverse("admin:clubs_person_change", args=[someone.pk])
    assert "0912" in xa.get(where).content.decode()
    consent = give_consent(person=someone, purpose=Purpose.CONTACT, given_on=date(2026, 9, 1), by=None)
    withdraw_consent(consent=consent, on=date(2026, 10, 1), by=None)
    assert "0912" not in xa.get(where).content.decode()
    xa.post(where, {"kind": "individual", "full_name": "Lê Thị Hòa", "unit": someone.unit_id})
    someone.refresh_from_db()
    assert (someone.full_name, str(someone.phone)) == ("Lê Thị Hòa", "0912 345 678")


def test_the_exported_list_leaves_out_that_telephone(world: World, xa: Client, here: Club) -> None:
    shy = member(here, phone="0912345678").person
    consent = give_consent(person=shy, purpose=Purpose.CONTACT, given_on=date(2026, 9, 1), by=None)
    withdraw_consent(consent=consent, on=date(2026, 10, 1), by=None)
    sheet = MemberResource(user=world.users["xa"]).export(here.memberships.all())
    assert sheet.dict[0]["Điện thoại"] == ""
