"""The pages by which people come into a club: applications, admissions, and the warning before entering somebody twice."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clubs.actions import apply_to_club, give_consent, refuse_application
from clubs.models import Application, Club, Consent, Membership, Person
from steering.versions import version_of
from tests.builders import World, club, member, person

ASKED = date(2026, 10, 5)
NEW = {"kind": "individual", "full_name": "Lê Thị Hoa", "birth_year": "1970"}
APPLYING = {**NEW, "applied_on": "05/10/2026", "wish": "Muốn vay vốn"}
ADMITTING = {**NEW, "joined_on": "10/10/2026", "sector": "poor"}


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def here(world: World) -> Club:
    return club(world.an_khanh)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def asks(here: Club, full_name: str, day: date = ASKED) -> Application:
    return apply_to_club(club=here, person=person(here.unit, full_name), applied_on=day, by=None)


def test_somebody_new_applies_and_agrees(xa: Client, here: Club) -> None:
    data = {**APPLYING, "agrees": ["membership"], "manner": "signed"}
    assert xa.post(reverse("club_apply", args=[here.pk]), data).headers["Location"] == reverse("club", args=[here.pk])
    application = Application.objects.get()
    assert (str(application.person), application.applied_on, application.wish) == ("Lê Thị Hoa", ASKED, "Muốn vay vốn")
    assert (Consent.objects.get().purpose, Consent.objects.get().given_on) == ("membership", ASKED)


def test_those_who_wait_stand_on_the_clubs_page_the_first_one_first(xa: Client, here: Club) -> None:
    later, first = asks(here, "Lê Văn Sau", date(2026, 10, 6)), asks(here, "Lê Văn Trước")
    refuse_application(application=asks(here, "Lê Văn Thôi"), on=ASKED, reason="Ở xã khác", by=None)
    answer = xa.get(reverse("club", args=[here.pk]))
    assert list(answer.context["waiting"]) == [first, later]
    assert "Đơn chờ xét" in text(answer)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_clubs_page_with_applications_needs_no_query_more(
    world: World, xa: Client, here: Club, rows: int, django_assert_num_queries: Any
) -> None:
    where = reverse("club", args=[here.pk])
    with CaptureQueriesContext(connection) as without:
        xa.get(where)
    for number in range(rows):
        asks(here, f"Lê Văn {number}")
    with django_assert_num_queries(len(without)):
        assert xa.get(where).status_code == 200


def test_an_applicant_is_admitted_from_the_clubs_page(xa: Client, here: Club) -> None:
    application = asks(here, "Lê Thị Hoa")
    where = reverse("application_admit", args=[application.pk])
    assert "đơn ngày 05/10/2026" in text(xa.get(where))
    xa.post(where, {"joined_on": "10/10/2026", "sector": "poor"})
    seated = Membership.objects.get()
    application.refresh_from_db()
    assert (application.membership, seated.sector, seated.joined_on) == (seated, "poor", date(2026, 10, 10))


def test_the_26th_is_refused_in_a_sentence_and_still_waits(xa: Client, here: Club) -> None:
    for _ in range(25):
        member(here)
    application = asks(here, "Lê Thị Hoa")
    where = reverse("application_admit", args=[application.pk])
    page = text(xa.post(where, {"joined_on": "10/10/2026", "sector": "poor"}))
    assert "Câu lạc bộ đã đủ 25 thành viên." in page and 'value="10/10/2026"' in page
    application.refresh_from_db()
    assert application.state == "pending"


@pytest.mark.parametrize(("verb", "state"), [("refuse", "refused"), ("withdraw", "withdrawn")])
def test_an_application_is_refused_or_withdrawn_with_a_reason(xa: Client, here: Club, verb: str, state: str) -> None:
    application = asks(here, "Lê Thị Hoa")
    where = reverse("application_state", args=[application.pk, verb])
    assert "Trường này" in text(xa.post(where, {"on": "10/10/2026"})) or application.state == "pending"
    xa.post(where, {"on": "10/10/2026", "reason": "Ở xã khác"})
    application.refresh_from_db()
    assert (application.state, application.reason) == (state, "Ở xã khác")
    assert xa.get(where).headers["Location"] == reverse("club", args=[here.pk])


def test_a_day_that_cannot_be_is_told_beside_its_field(xa: Client, here: Club) -> None:
    where = reverse("application_admit", args=[asks(here, "Lê Thị Hoa").pk])
    answer = xa.post(where, {"joined_on": "01/10/2026", "sector": "poor"})
    assert answer.context["form"].errors == {"joined_on": ["Đơn làm ngày 05/10/2026. Ngày kết nạp phải từ ngày đó."]}


def test_who_decided_meanwhile_is_told(world: World, xa: Client, here: Club) -> None:
    application = asks(here, "Lê Thị Hoa")
    version = version_of(application)
    application.wish = "Muốn học nghề"
    application._history_user = world.users["huyen"]
    application.save()
    data = {"joined_on": "10/10/2026", "sector": "poor", "version": version}
    assert "Người huyen vừa sửa" in text(xa.post(reverse("application_admit", args=[application.pk]), data))
    assert not Membership.objects.exists()


def test_applications_of_another_unit_are_not_found(world: World, xa: Client, client: Client) -> None:
    application = asks(club(world.tan_phu), "Lê Thị Hoa")
    assert xa.get(reverse("application_admit", args=[application.pk])).status_code == 404
    assert xa.post(reverse("application_state", args=[application.pk, "refuse"])).status_code == 404
    client.force_login(world.users["xem"])
    assert client.get(reverse("application_admit", args=[application.pk])).status_code == 403


# Admitting at once


def test_the_application_and_the_consent_are_recorded_with_the_admission(xa: Client, here: Club) -> None:
    data = {**ADMITTING, "applied_on": "05/10/2026", "agrees": ["membership", "contact"], "manner": "spoken"}
    xa.post(reverse("club_admit", args=[here.pk]), data)
    seated = Membership.objects.get()
    assert (seated.application.applied_on, seated.application.state) == (ASKED, "admitted")
    consents = seated.person.consents.order_by("purpose").values_list("purpose", "given_on", "manner")
    assert list(consents) == [("contact", ASKED, "spoken"), ("membership", ASKED, "spoken")]


def test_neither_is_needed(xa: Client, here: Club) -> None:
    xa.post(reverse("club_admit", args=[here.pk]), ADMITTING)
    assert Membership.objects.get().person.full_name == "Lê Thị Hoa"
    assert not Application.objects.exists() and not Consent.objects.exists()


def test_what_is_agreed_to_already_is_no_obstacle(world: World, xa: Client, here: Club) -> None:
    known = person(world.an_khanh)
    give_consent(person=known, purpose="membership", given_on=ASKED, by=None)
    data = {"person": known.pk, "joined_on": "10/10/2026", "sector": "poor", "agrees": ["membership"], "manner": ""}
    xa.post(reverse("club_admit", args=[here.pk]), data)
    assert Membership.objects.get().person == known
    assert Consent.objects.get().given_on == ASKED


# Entered twice


def test_whoever_may_be_on_record_is_told_before_being_entered_again(world: World, xa: Client, here: Club) -> None:
    known = person(world.an_khanh, "Lê Thị Hòa", birth_year=1970)
    answer = xa.post(reverse("club_admit", args=[here.pk]), ADMITTING)
    assert "Đã có Lê Thị Hòa, Xã An Khánh, 1970. Dùng người đã có" in text(answer)
    assert answer.context["form"].likely == [known]
    assert f'name="person" value="{known.pk}"' in text(answer)
    assert not Membership.objects.exists()


def test_the_one_on_record_is_taken_or_another_one_entered(world: World, xa: Client, here: Club) -> None:
    known = person(world.an_khanh, "Lê Thị Hòa", birth_year=1970)
    xa.post(reverse("club_admit", args=[here.pk]), {**ADMITTING, "person": known.pk})
    assert here.memberships.get().person == known
    there = club(world.an_khanh)
    xa.post(reverse("club_apply", args=[there.pk]), {**APPLYING, "is_another": "on"})
    assert there.applications.get().person != known
    assert Person.objects.count() == 2


def test_a_namesake_who_sits_here_already_is_told_of_but_not_offered(xa: Client, here: Club) -> None:
    seated = member(here, full_name="Lê Thị Hoa", birth_year=1970)
    page = text(xa.post(reverse("club_admit", args=[here.pk]), ADMITTING))
    assert "đang là thành viên của câu lạc bộ này" in page
    assert f'name="person" value="{seated.person_id}"' not in page


def test_people_of_other_units_are_not_told_of(world: World, xa: Client, here: Club) -> None:
    person(world.an_hiep, "Lê Thị Hoa", birth_year=1970)
    xa.post(reverse("club_admit", args=[here.pk]), ADMITTING)
    assert here.memberships.count() == 1


def test_who_waits_for_a_planned_club_stands_on_its_page(world: World, xa: Client) -> None:
    planned = club(world.an_khanh, founded_on=None)
    asks(planned, "Lê Thị Hoa")
    page = text(xa.get(reverse("club", args=[planned.pk])))
    assert "Đơn chờ xét" in page and "Lê Thị Hoa" in page
    assert reverse("application_admit", args=[planned.applications.get().pk]) not in page
