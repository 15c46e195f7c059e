"""The pages about people: who they are, what they agreed to, moving to another club, who speaks for a collective."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clubs.actions import admit_member, give_consent, merge_people, withdraw_consent
from clubs.models import Club, Consent, Person, Purpose
from steering.versions import version_of
from tests.builders import World, club, member, person, secretary

GIVEN = date(2026, 9, 1)
PDF = b"%PDF-1.7 a signed paper"


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def here(world: World) -> Club:
    return club(world.an_khanh)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def agreed(someone: Person, purpose: str = Purpose.CONTACT) -> Consent:
    return give_consent(person=someone, purpose=purpose, given_on=GIVEN, by=None)


# A person's page


def test_a_persons_page_says_where_they_sit_and_what_they_asked_for(world: World, xa: Client, here: Club) -> None:
    seated = member(here, full_name="Lê Thị Hoa", birth_year=1970, phone="0912345678")
    page = text(xa.get(reverse("person", args=[seated.person_id])))
    assert all(words in page for words in ("Lê Thị Hoa", "1970", str(here), "ghế 1", "Chưa có ý kiến"))
    assert "0912" not in page


def test_a_record_that_was_merged_leads_to_the_one_that_was_kept(world: World, xa: Client) -> None:
    keep, gone = person(world.an_khanh), person(world.an_khanh)
    merge_people(keep=keep, gone=gone, by=None)
    assert xa.get(reverse("person", args=[gone.pk])).headers["Location"] == reverse("person", args=[keep.pk])
    assert xa.get(reverse("admin:clubs_person_change", args=[gone.pk])).headers["Location"] == reverse(
        "admin:clubs_person_change", args=[keep.pk]
    )


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_persons_page_needs_the_same_queries_for_any_number_of_clubs(
    world: World, xa: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    someone = member(club(world.an_khanh)).person
    for _ in range(rows):
        admit_member(club=club(world.an_khanh), person=someone, joined_on=GIVEN, by=None)
    with django_assert_max_num_queries(8):
        assert xa.get(reverse("person", args=[someone.pk])).status_code == 200


def test_a_members_page_needs_eight_queries(
    world: World, xa: Client, here: Club, django_assert_max_num_queries: Any
) -> None:
    seated = member(here)
    for purpose in Purpose.values:
        agreed(seated.person, purpose)
    with django_assert_max_num_queries(8):
        assert xa.get(reverse("member", args=[seated.pk])).status_code == 200


# Consent


def test_no_box_is_ticked_beforehand_and_each_says_its_words(xa: Client, here: Club) -> None:
    page = text(xa.get(reverse("consent_give", args=[member(here).person_id])))
    assert page.count('name="agrees"') == 3
    assert "checked" not in page
    assert "Tôi đồng ý để cán bộ phụ trách câu lạc bộ giữ số điện thoại của tôi" in page


def test_what_was_ticked_is_recorded_with_its_day_manner_and_proof(xa: Client, here: Club, world: World) -> None:
    seated = member(here)
    data = {
        "agrees": ["membership", "public_name"],
        "given_on": "01/09/2026",
        "manner": "spoken",
        "proof": SimpleUploadedFile("giay.pdf", PDF),
    }
    answer = xa.post(reverse("consent_give", args=[seated.person_id]), data)
    assert answer.headers["Location"] == reverse("member", args=[seated.pk])
    found = list(seated.person.consents.order_by("purpose"))
    assert [(c.purpose, c.given_on, c.manner, c.wording) for c in found] == [
        ("membership", GIVEN, "spoken", "1"),
        ("public_name", GIVEN, "spoken", "1"),
    ]
    assert found[0].history.get().history_user == world.users["xa"]
    paper: Any = xa.get(reverse("consent_proof", args=[found[0].pk]))
    assert b"".join(paper.streaming_content) == PDF
    assert "Mở bản ký" in text(xa.get(reverse("member", args=[seated.pk])))


def test_only_what_is_not_agreed_to_is_asked(xa: Client, here: Club) -> None:
    someone = member(here).person
    agreed(someone)
    page = text(xa.get(reverse("consent_give", args=[someone.pk])))
    assert 'value="contact"' not in page and 'value="membership"' in page


def test_nothing_ticked_is_nothing_agreed_to(xa: Client, here: Club) -> None:
    answer = xa.post(reverse("consent_give", args=[member(here).person_id]), {"given_on": "mai", "manner": "signed"})
    page = text(answer)
    assert set(answer.context["form"].errors) == {"agrees", "given_on"}
    assert 'value="mai"' in page
    assert not Consent.objects.exists()


def test_a_proof_that_is_no_paper_is_refused_and_nothing_written(xa: Client, here: Club) -> None:
    data = {"agrees": ["contact"], "given_on": "01/09/2026", "manner": "signed"}
    page = text(
        xa.post(
            reverse("consent_give", args=[member(here).person_id]), {**data, "proof": SimpleUploadedFile("a.pdf", b"x")}
        )
    )
    assert "Tệp này không phải PDF, PNG hay JPEG." in page
    assert not Consent.objects.exists()


def test_a_proof_is_for_those_who_may_read_consents(world: World, here: Club, client: Client) -> None:
    consent = give_consent(
        person=member(here).person,
        purpose=Purpose.CONTACT,
        given_on=GIVEN,
        proof=SimpleUploadedFile("giay.pdf", PDF),
        by=None,
    )
    where, statuses = reverse("consent_proof", args=[consent.pk]), {}
    assert client.get(where).status_code == 302
    for user in [*world.users.values(), secretary("thu_ky", here)]:
        client.force_login(user)
        statuses[user.username] = client.get(where).status_code
    assert statuses == {"tinh": 200, "huyen": 200, "xa": 200, "xem": 200, "xa_khac": 404, "thu_ky": 404}
    client.force_login(world.users["xa"])
    assert client.get(reverse("consent_proof", args=[agreed(member(here).person).pk])).status_code == 404
    assert client.post(where).status_code == 405


def test_taking_back_says_what_follows_and_hides_the_telephone(xa: Client, here: Club) -> None:
    seated = member(here, phone="0912345678")
    consent = agreed(seated.person)
    assert "0912 345 678" in text(xa.get(reverse("member", args=[seated.pk])))
    where = reverse("consent_withdraw", args=[consent.pk])
    assert "Số điện thoại không còn hiện ra" in text(xa.get(where))
    assert xa.post(where, {"on": "01/10/2026"}).headers["Location"] == reverse("member", args=[seated.pk])
    page = text(xa.get(reverse("member", args=[seated.pk])))
    assert "không hiện, vì đã rút lại sự đồng ý" in page and "Đã rút lại từ 01/10/2026" in page
    assert "0912" not in page
    assert "0912" not in text(xa.get(reverse("member_change", args=[seated.pk])))
    xa.post(reverse("member_change", args=[seated.pk]), {"kind": "individual", "full_name": "Lê Văn Mới"})
    seated.person.refresh_from_db()
    assert (seated.person.full_name, str(seated.person.phone)) == ("Lê Văn Mới", "0912 345 678")


def test_without_consent_to_the_list_the_page_says_what_to_do(xa: Client, here: Club) -> None:
    seated = member(here)
    withdraw_consent(consent=agreed(seated.person, Purpose.MEMBERSHIP), on=date(2026, 10, 1), by=None)
    assert "nếu vẫn không đồng ý thì ghi nhận rời câu lạc bộ" in text(xa.get(reverse("member", args=[seated.pk])))


def test_who_took_it_back_meanwhile_is_told(world: World, xa: Client, here: Club) -> None:
    consent = agreed(member(here).person)
    version = version_of(consent)
    withdraw_consent(consent=consent, on=date(2026, 10, 1), by=world.users["huyen"])
    data = {"on": "02/10/2026", "version": version}
    page = text(xa.post(reverse("consent_withdraw", args=[consent.pk]), data))
    assert "Người huyen vừa sửa" in page


def test_a_secretary_does_not_read_what_members_agreed_to(here: Club, client: Client) -> None:
    seated = member(here)
    client.force_login(secretary("thu_ky", here))
    assert "Đồng ý về dữ liệu cá nhân" not in text(client.get(reverse("member", args=[seated.pk])))


# To another club


def moving(there: Club, **more: str) -> dict[str, Any]:
    return {"to": there.pk, "on": "01/10/2026", **more}


def test_a_transfer_is_read_once_more_and_then_done(world: World, here: Club, client: Client) -> None:
    client.force_login(world.users["huyen"])
    seated, there = member(here), club(world.tan_phu)
    where = reverse("member_transfer", args=[seated.pk])
    page = text(client.post(where, moving(there)))
    assert f"Ghế 1 ở {here} trống từ ngày này." in page and f"Vào ghế 1 ở {there} cùng ngày." in page
    assert not there.memberships.exists()
    client.post(where, moving(there, agreed="1"))
    seated.refresh_from_db()
    assert (seated.left_on, there.memberships.get().person) == (date(2026, 10, 1), seated.person)


def test_a_club_one_may_not_admit_into_is_not_offered(world: World, xa: Client, here: Club) -> None:
    seated, there = member(here), club(world.tan_phu)
    where = reverse("member_transfer", args=[seated.pk])
    assert "cán bộ phụ trách câu lạc bộ kia kết nạp" in text(xa.get(where))
    assert "Không có lựa chọn này" in text(xa.post(where, moving(there, agreed="1")))
    seated.refresh_from_db()
    assert seated.left_on is None


def test_a_full_club_is_told_with_what_was_typed_still_there(world: World, here: Club, client: Client) -> None:
    client.force_login(world.users["huyen"])
    seated, there = member(here), club(world.tan_phu)
    for _ in range(25):
        member(there)
    page = text(client.post(reverse("member_transfer", args=[seated.pk]), moving(there)))
    assert "Câu lạc bộ đã đủ 25 thành viên." in page and 'value="01/10/2026"' in page


# Who speaks for a collective


def test_representatives_stand_on_the_members_page_over_time(xa: Client, here: Club) -> None:
    seated = member(here, full_name="Hội Phụ nữ", kind="collective", representative="Lê Thị Lan")
    data = {"full_name": "Trần Thị Mai", "since": "01/10/2026"}
    xa.post(reverse("representative_change", args=[seated.person_id]), data)
    page = text(xa.get(reverse("member", args=[seated.pk])))
    assert "01/10/2026 – nay" in page and "từ đầu – 01/10/2026" in page
    assert "Đồng ý về dữ liệu cá nhân" not in page


def test_an_individual_has_no_such_page(xa: Client, here: Club) -> None:
    assert xa.get(reverse("representative_change", args=[member(here).person_id])).status_code == 404
