"""A club's members: the seats, the list, the file; and the pages about people who were entered twice."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from clubs.actions import admit_member, give_consent, leave_club, merge_people, withdraw_consent
from clubs.models import Club, Person, Purpose
from steering.versions import version_of
from tests.builders import World, club, member, person, secretary

GIVEN = date(2026, 9, 1)
SENT = {"once": ""}  # a form without fields still sends its number


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def here(world: World) -> Club:
    return club(world.an_khanh)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def names(client: Client, here: Club, **conditions: str) -> list[str]:
    return [str(row) for row in client.get(reverse("club_members", args=[here.pk]), conditions).context["page"]]


# Seats and list


def test_all_25_seats_are_there_with_words_for_who_holds_them(xa: Client, here: Club) -> None:
    member(here, full_name="Lê Thị Hoa")
    member(here, full_name="Hội Phụ nữ", kind="collective", representative="Lê Thị Lan")
    answer = xa.get(reverse("club_members", args=[here.pk]))
    assert [str(holder or "") for _seat, holder in answer.context["seats"]] == ["Lê Thị Hoa", "Hội Phụ nữ", *[""] * 23]
    page = text(answer)
    assert "từ 15/01/2025" in page and page.count("Trống") == 23 and "đại diện: Lê Thị Lan" in page


def test_the_list_is_sorted_searched_and_shows_former_members_when_asked(xa: Client, here: Club) -> None:
    lan, hoa = member(here, full_name="Lê Thị Lan"), member(here, full_name="Trần Thị Hoa")
    assert names(xa, here) == ["Lê Thị Lan", "Trần Thị Hoa"]
    assert names(xa, here, sort="name") == ["Trần Thị Hoa", "Lê Thị Lan"]
    assert names(xa, here, q="tran hoa") == ["Trần Thị Hoa"]
    leave_club(membership=lan, on=GIVEN, reason="Chuyển nơi ở", by=None)
    assert names(xa, here) == [str(hoa)]
    assert names(xa, here, who="former") == [str(lan)]
    assert names(xa, here, who="all") == [str(lan), str(hoa)]
    assert names(xa, here, who="nobody", sort="abc", page="-1", sector="x") == [str(hoa)]


def test_who_has_not_agreed_is_counted_on_the_clubs_page_and_listed(xa: Client, here: Club) -> None:
    asked = member(here)
    unasked = member(here)
    member(here, kind="collective", representative="Lê Thị Lan")
    give_consent(person=asked.person, purpose=Purpose.MEMBERSHIP, given_on=GIVEN, by=None)
    page = text(xa.get(reverse("club", args=[here.pk])))
    assert f'href="{reverse("club_members", args=[here.pk])}?consent=missing"' in page
    assert "1 thành viên chưa có ý kiến đồng ý" in page
    assert names(xa, here, consent="missing") == [str(unasked)]


def test_a_secretary_reads_the_list_but_not_who_agreed(here: Club, client: Client) -> None:
    member(here)
    client.force_login(secretary("thu_ky", here))
    answer = client.get(reverse("club_members", args=[here.pk]), {"consent": "missing"})
    assert len(answer.context["page"]) == 1
    assert "chưa có ý kiến" not in text(answer)
    assert "chưa có ý kiến" not in text(client.get(reverse("club", args=[here.pk])))


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_the_list_needs_six_queries(world: World, xa: Client, rows: int, django_assert_max_num_queries: Any) -> None:
    here = club(world.an_khanh)
    for _ in range(rows):
        member(here)
    with django_assert_max_num_queries(6):
        assert xa.get(reverse("club_members", args=[here.pk])).status_code == 200


# The file


def cells(answer: Any) -> list[list[Any]]:
    return [list(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]


def test_the_file_says_no_more_than_the_list_is_for(xa: Client, here: Club) -> None:
    member(here, full_name="Lê Thị Hoa", birth_year=1970, phone="0912345678", job="=1+1")
    shy = member(here, full_name="Lê Thị Lan", phone="0912345679")
    consent = give_consent(person=shy.person, purpose=Purpose.CONTACT, given_on=GIVEN, by=None)
    withdraw_consent(consent=consent, on=GIVEN, by=None)
    rows = cells(xa.get(reverse("club_members_file", args=[here.pk])))
    assert rows[0] == [
        "Ghế",
        "Họ và tên",
        "Người đại diện",
        "Chức danh",
        "Thành phần",
        "Ngày kết nạp",
        "Ngày rời",
        "Điện thoại",
    ]
    assert [(row[1], row[7]) for row in rows[1:]] == [("Lê Thị Hoa", "0912 345 678"), ("Lê Thị Lan", None)]
    assert "Xuất 2 dòng" in LogEntry.objects.get().change_message


def test_the_file_holds_what_the_list_shows_and_no_formula(xa: Client, here: Club) -> None:
    member(here, full_name="=HYPERLINK(1)")
    member(here, full_name="Lê Thị Lan")
    rows = cells(xa.get(reverse("club_members_file", args=[here.pk]), {"q": "hyperlink"}))
    assert [row[1] for row in rows[1:]] == ["'=HYPERLINK(1)"]


def test_a_secretary_takes_no_telephones_along(here: Club, client: Client) -> None:
    member(here, phone="0912345678")
    client.force_login(secretary("thu_ky", here))
    assert "Điện thoại" not in cells(client.get(reverse("club_members_file", args=[here.pk])))[0]


# Entered twice


@pytest.fixture
def pair(world: World) -> tuple[Person, Person]:
    return tuple(person(world.an_khanh, "Lê Thị Hoa", birth_year=1970) for _ in range(2))  # type: ignore[return-value]


def test_pairs_are_listed_in_ones_own_place(world: World, xa: Client, pair: tuple[Person, Person]) -> None:
    assert xa.get(reverse("duplicates")).context["pairs"] == [pair]
    assert f'href="{reverse("person_merge", args=[pair[0].pk, pair[1].pk])}"' in text(xa.get(reverse("duplicates")))
    xa.force_login(world.users["xa_khac"])
    answer = xa.get(reverse("duplicates"))
    assert answer.context["pairs"] == []
    assert "Không có cặp nào" in text(answer)


def test_those_who_share_a_telephone_are_a_list_of_their_own(world: World, xa: Client) -> None:
    first = person(world.an_khanh, "Lê Thị Hoa", phone="0912345678")
    second = person(world.hamlet, "Lê Thị Hoa", phone="0912345678")
    assert xa.get(reverse("duplicates")).context["pairs"] == []
    assert xa.get(reverse("duplicates"), {"by": "phone"}).context["pairs"] == [(first, second)]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_of_pairs_needs_six_queries(
    world: World, xa: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        for _ in range(2):
            person(world.an_khanh, f"Lê Thị Hoa {number}", birth_year=1970)
    with django_assert_max_num_queries(6):
        assert xa.get(reverse("duplicates")).status_code == 200


def test_both_stand_side_by_side_with_what_follows(xa: Client, here: Club, pair: tuple[Person, Person]) -> None:
    keep, gone = pair
    Person.objects.filter(pk=gone.pk).update(job="Làm vườn")
    for someone, day in ((keep, GIVEN), (gone, date(2026, 3, 1))):
        admit_member(club=here, person=someone, joined_on=day, by=None)
    answer = xa.get(reverse("person_merge", args=[keep.pk, gone.pk]))
    assert ("Nghề nghiệp, chức vụ", "–", "Làm vườn", "Làm vườn") in answer.context["rows"]
    assert f"Ở {here} người này giữ hai ghế: ghế 2 ở lại, ghế 1 trống từ hôm nay." in text(answer)
    assert f'href="{reverse("person_merge", args=[gone.pk, keep.pk])}"' in text(answer)


def test_merging_leads_to_the_one_that_was_kept(xa: Client, here: Club, pair: tuple[Person, Person]) -> None:
    keep, gone = pair
    seated = admit_member(club=here, person=gone, joined_on=GIVEN, by=None)
    answer = xa.post(reverse("person_merge", args=[keep.pk, gone.pk]), SENT)
    assert answer.headers["Location"] == reverse("member", args=[seated.pk])
    gone.refresh_from_db()
    seated.refresh_from_db()
    assert (gone.merged_into, seated.person) == (keep, keep)
    assert xa.get(reverse("duplicates")).context["pairs"] == []
    assert xa.get(reverse("person_merge", args=[keep.pk, gone.pk])).status_code == 404


def test_what_stands_in_the_way_is_told_before_and_after(world: World, xa: Client, pair: tuple[Person, Person]) -> None:
    body = person(world.an_khanh, "Lê Thị Hoa", kind="collective", representative="Lê Thị Lan")
    where = reverse("person_merge", args=[pair[0].pk, body.pk])
    for answer in (xa.get(where), xa.post(where, SENT)):
        assert "Một bên là cá nhân, một bên là tập thể." in text(answer)
    body.refresh_from_db()
    assert body.merged_into is None


def test_only_who_may_change_both_merges(world: World, xa: Client, pair: tuple[Person, Person]) -> None:
    elsewhere = person(world.an_hiep, "Lê Thị Hoa", birth_year=1970)
    assert xa.get(reverse("person_merge", args=[pair[0].pk, elsewhere.pk])).status_code == 404
    assert xa.post(reverse("person_merge", args=[elsewhere.pk, pair[0].pk])).status_code == 404
    xa.force_login(world.users["xem"])
    assert xa.post(reverse("person_merge", args=[pair[0].pk, pair[1].pk])).status_code == 403
    xa.force_login(world.users["tinh"])
    assert xa.post(reverse("person_merge", args=[pair[0].pk, elsewhere.pk]), SENT).status_code == 302


def test_no_seat_ends_in_a_club_that_one_may_not_change(world: World, xa: Client, pair: tuple[Person, Person]) -> None:
    high = club(world.chau_thanh, name="CLB huyện")
    for someone in pair:
        admit_member(club=high, person=someone, joined_on=GIVEN, by=None)
    assert xa.post(reverse("person_merge", args=[pair[0].pk, pair[1].pk]), SENT).status_code == 403
    assert high.memberships.sitting().count() == 2
    xa.force_login(world.users["huyen"])
    assert xa.post(reverse("person_merge", args=[pair[0].pk, pair[1].pk]), SENT).status_code == 302


def test_who_changed_the_record_meanwhile_is_told(world: World, xa: Client, pair: tuple[Person, Person]) -> None:
    keep, gone = pair
    version = version_of(keep)
    keep.job, keep._history_user = "Làm vườn", world.users["huyen"]
    keep.save()
    page = text(xa.post(reverse("person_merge", args=[keep.pk, gone.pk]), {"version": version}))
    assert "Người huyen vừa sửa" in page
    assert Person.objects.unmerged().count() == 2


def test_somebody_merged_is_offered_nowhere(xa: Client, here: Club, pair: tuple[Person, Person]) -> None:
    merge_people(keep=pair[0], gone=pair[1], by=None)
    offered = xa.get(reverse("club_admit", args=[here.pk])).context["form"].fields["person"].queryset
    assert list(offered) == [pair[0]]
    assert text(xa.get("/tim/", {"q": "le thi hoa"})).count("<b>Lê Thị Hoa</b>") == 1
    found = xa.get(reverse("admin:clubs_person_changelist")).context["cl"].queryset
    assert list(found) == [pair[0]]
