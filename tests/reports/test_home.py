"""The home page: own figures only, for each role."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import Meeting
from steering.models import User
from tests.builders import World, club, secretary
from tests.reports.builders import held, with_members


def page(client: Client, user: User) -> str:
    client.force_login(user)
    response = client.get("/")
    assert response.status_code == 200
    return str(response.content.decode())


def big_numbers(html: str) -> list[int]:
    return [int(part[part.index(">") + 1 : part.index("<")]) for part in html.split('class="big')[1:]]


def test_the_equation_and_the_meetings_of_the_own_unit(world: World, client: Client) -> None:
    club(world.chau_thanh)
    club(world.hamlet, kind="poor_people")
    held(with_members(world.an_khanh), date(2026, 10, 16))
    club(world.an_hiep)  # another district's
    html = page(client, world.users["huyen"])
    assert big_numbers(html) == [3, 1, 1, 0, 1, 3, 1, 0, 0, 2]
    assert "Huyện Châu Thành (trực tiếp)" in html
    assert "từ 15/10/2026 đến 14/11/2026" in html
    assert "An Hiệp" not in html


def test_missing_meetings_stand_out(world: World, client: Client) -> None:
    one = with_members(world.an_khanh)
    held(one, date(2026, 10, 16))
    assert "text-bad" not in page(client, world.users["xa"])
    Meeting.objects.update(state="planned")
    assert 'class="big text-bad">1<' in page(client, world.users["xa"])


@pytest.mark.parametrize(("username", "works_there"), [("tinh", True), ("huyen", True), ("xa", True), ("xem", False)])
def test_the_way_to_data_entry_is_for_who_works_there(
    world: World, client: Client, username: str, works_there: bool
) -> None:
    assert ('href="/nhap-lieu/"' in page(client, world.users[username])) is works_there


def test_a_secretary_sees_the_own_club_by_name_and_no_figures(world: World, client: Client) -> None:
    own, other = club(world.an_khanh, name="CLB của tôi"), club(world.an_khanh, name="CLB bên cạnh")
    html = page(client, secretary("thu_ky", own))
    assert (own.name in html, other.name in html, big_numbers(html)) == (True, False, [])
    assert "/nhap-lieu/" not in html


def test_who_has_no_appointment_reads_what_to_do(world: World, client: Client) -> None:
    club(world.an_khanh, name="CLB xã")
    html = page(client, User.objects.create_user("moi", "moi@example.vn", "mat-khau-thu"))
    assert "chưa được phân công ở đơn vị nào" in html
    assert big_numbers(html) == []
    assert "CLB xã" not in html


def test_an_anonymous_visitor_logs_in_first(db: None, client: Client) -> None:
    assert client.get("/").headers["Location"] == "/dang-nhap/?next=/"


def test_only_reading(world: World, client: Client) -> None:
    client.force_login(world.users["tinh"])
    assert client.post("/").status_code == 405


def test_the_number_of_queries_is_fixed(world: World, client: Client) -> None:
    counts = []
    for more in (1, 2, 47):
        for _ in range(more):
            held(with_members(world.an_khanh, people=1), date(2026, 10, 16), guests=1, areas="credit")
        client.force_login(world.users["tinh"])
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 12
