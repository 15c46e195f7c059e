"""What somebody new in the job reads first. Today is 20/10/2026."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import Material
from steering.actions import save_checked, set_standing_agency
from steering.models import CommitteeSeat, User
from tests.builders import World, club, elect, member, officer, secretary
from tests.meetings.builders import signed_in, text
from tests.meetings.library_builders import material
from tests.reports.builders import planned, with_members


def read(user: User) -> Any:
    return signed_in(user).get(reverse("first_reading")).context


def page(user: User) -> str:
    return " ".join(text(signed_in(user).get(reverse("first_reading"))).split())


def test_papers_of_ones_own_line_come_the_nearest_first(world: World) -> None:
    places = (world.province, world.chau_thanh, world.an_khanh, world.hamlet, world.tan_phu, world.an_hiep)
    for place in places:
        material(place, f"Của {place}", is_first_reading=True)
    material(world.an_khanh, "Không phải đọc trước")
    material(world.an_khanh, "Đã hết hiệu lực", is_first_reading=True, valid_until=date(2026, 10, 20))
    titles = [row.title for row in read(world.users["xa"])["materials"]]
    assert titles == ["Của Xã An Khánh", "Của Huyện Châu Thành", "Của Ấp Phước Hậu", "Của Tỉnh Bến Tre"]
    of_the_district = [row.title for row in read(world.users["huyen"])["materials"]]
    assert of_the_district[0] == "Của Huyện Châu Thành"
    assert set(of_the_district) == {f"Của {place}" for place in places if place != world.an_hiep}


def test_the_own_committee_with_its_head_and_whom_to_ask_above(world: World) -> None:
    district = world.chau_thanh.committees.get()
    set_standing_agency(committee=district, name="Phòng Nông nghiệp", on=date(2025, 3, 1), by=None)
    seat = {"role": "head", "position": "Phó Chủ tịch", "valid_from": date(2025, 1, 1)}
    own = world.an_khanh.committees.get()
    save_checked(CommitteeSeat(committee=own, full_name="Trần Thị Lụa", **seat), by=None)
    found = read(world.users["xa"])
    assert (found["committee"], found["committee"].head) == (own, "Trần Thị Lụa")
    assert [(one.unit.name, one.agency) for one in found["above"]] == [
        ("Châu Thành", "Phòng Nông nghiệp"),
        ("Bến Tre", None),
    ]
    shown = page(world.users["xa"])
    assert "Phòng Nông nghiệp" in shown
    assert reverse("committee", args=[own.pk]) in shown
    assert reverse("committee", args=[district.pk]) not in shown


def test_the_province_asks_its_own_standing_agency(world: World) -> None:
    own = world.province.committees.get()
    set_standing_agency(committee=own, name="Sở Nông nghiệp và Môi trường", on=date(2025, 3, 1), by=None)
    assert read(world.users["tinh"])["above"] == []
    assert page(world.users["tinh"]).count("Sở Nông nghiệp và Môi trường") == 2


def test_clubs_are_counted_with_those_without_a_chair_and_the_next_five_meetings(world: World) -> None:
    here, other = with_members(world.an_khanh), club(world.hamlet)
    with_members(world.an_hiep)
    elect(here.memberships.all()[0], on=date(2026, 1, 5))
    soon = [planned(here, date(2026, 11, 6)), planned(other, date(2026, 10, 30))]
    planned(here, date(2026, 9, 18))
    found = read(world.users["xa"])
    assert found["numbers"] == {"total": 2, "without_chair": 1}
    assert list(found["coming"]) == soon[::-1]
    shown = page(world.users["xa"])
    assert (reverse("todo") in shown, f"{reverse('clubs')}?vacancy=chair" in shown) == (True, True)


def test_a_secretary_reads_about_the_own_club(world: World) -> None:
    here, foreign = with_members(world.an_khanh), with_members(world.an_khanh)
    planned(here, date(2026, 11, 6))
    found = read(secretary("thu_ky", here))
    assert [(one, one.next_at.day) for one in found["clubs"]] == [(here, 6)]
    shown = page(secretary("thu_ky_2", here))
    assert (here.name in shown, foreign.name in shown, reverse("todo") in shown) == (True, False, False)
    assert "chưa ghi; hỏi chủ nhiệm bản đã thông qua" in shown


def test_a_place_without_a_committee_has_that_of_the_one_above(world: World) -> None:
    reader = officer("xem_ap", "viewer", world.hamlet)
    assert read(reader)["committee"] == world.an_khanh.committees.get()


def test_home_and_the_library_lead_there(world: World) -> None:
    address = reverse("first_reading")
    for user in (world.users["xa"], secretary("thu_ky", club(world.an_khanh))):
        assert address in text(signed_in(user).get(reverse("home")))
        assert address in text(signed_in(user).get(reverse("library")))


@pytest.mark.parametrize("rows", [1, 3, 15])
@pytest.mark.parametrize(("user", "queries"), [("xa", 6), ("thuky", 5)])
def test_it_takes_as_many_queries_for_many_rows(
    world: World, rows: int, user: str, queries: int, django_assert_num_queries: Any
) -> None:
    here = with_members(world.an_khanh)
    world.users["thuky"] = secretary("thuky", here)
    for n in range(rows):
        material(world.an_khanh, f"Tài liệu {n}", is_first_reading=True)
        member(here)
        planned(club(world.hamlet), date(2026, 11, 6))
    client = signed_in(world.users[user])
    with django_assert_num_queries(queries):
        client.get(reverse("first_reading"))
    assert Material.objects.count() == rows


def test_anonymous_goes_to_the_login_and_post_is_refused(world: World, client: Client) -> None:
    assert client.get(reverse("first_reading")).url.startswith(reverse("login"))
    assert signed_in(world.users["xa"]).post(reverse("first_reading")).status_code == 405
