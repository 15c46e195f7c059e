"""The list of production models and a model's page. Everybody who works here reads all of it. Today is 20/10/2026."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from meetings.actions import change_model, change_replication, drop_replication
from meetings.models import ProductionModel, Replication
from steering.models import User
from tests.builders import World, secretary
from tests.meetings.builders import signed_in, text
from tests.meetings.library_builders import model, replication
from tests.reports.builders import held, planned, with_members

MET = date(2026, 10, 9)


@pytest.fixture
def xa(world: World) -> User:
    return world.users["xa"]


def listed(user: User, **query: Any) -> list[str]:
    page = signed_in(user).get(reverse("library"), query).context["page"]
    return [row.name for row in page.object_list]


def shown(user: User, of: ProductionModel) -> str:
    return " ".join(text(signed_in(user).get(reverse("model", args=[of.pk]))).split())


def three(world: World) -> None:
    goats = model(world.hamlet, cost=12_000_000, introduced_on=date(2026, 3, 2), source="Ngân hàng Chính sách xã hội")
    crabs = model(world.an_hiep, "Nuôi cua", sector="aquaculture", cost=20_000_000, introduced_on=date(2026, 1, 5))
    model(world.tan_phu, "Đan giỏ", sector="craft", introduced_on=date(2026, 5, 4))
    replication(goats, world.tan_phu, households=4)
    replication(goats, world.phu_duc, households=5)
    replication(crabs, world.an_hiep, households=30)


# The list


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Đan giỏ", "Nuôi dê sinh sản", "Nuôi cua"]),
        ({"q": "nuoi"}, ["Nuôi dê sinh sản", "Nuôi cua"]),
        ({"q": "CHINH sach"}, ["Nuôi dê sinh sản"]),
        ({"q": "dan gio"}, ["Đan giỏ"]),
        ({"sector": "craft"}, ["Đan giỏ"]),
        ({"sort": "name"}, ["Đan giỏ", "Nuôi cua", "Nuôi dê sinh sản"]),
        ({"sort": "-replicated"}, ["Nuôi dê sinh sản", "Nuôi cua", "Đan giỏ"]),
        ({"sort": "-households"}, ["Nuôi cua", "Nuôi dê sinh sản", "Đan giỏ"]),
        ({"sort": "-cost"}, ["Nuôi cua", "Nuôi dê sinh sản", "Đan giỏ"]),
        ({"sort": "nonsense", "sector": "x", "unit": "x", "page": "x"}, ["Đan giỏ", "Nuôi dê sinh sản", "Nuôi cua"]),
        ({"q": "không có đâu"}, []),
    ],
)
def test_models_of_the_whole_province_are_found_and_put_in_order(
    world: World, xa: User, query: dict[str, str], names: list[str]
) -> None:
    three(world)
    assert listed(xa, **query) == names


def test_the_list_is_narrowed_to_any_district_whoever_reads(world: World, xa: User) -> None:
    three(world)
    units = signed_in(xa).get(reverse("library")).context["filter"].form.fields["unit"].queryset
    assert list(units) == [world.ba_tri, world.chau_thanh]
    assert listed(xa, unit=world.ba_tri.pk) == ["Nuôi cua"]
    assert listed(xa, unit=world.an_khanh.pk) == ["Nuôi dê sinh sản"]


def test_a_row_says_where_what_it_costs_and_how_often_it_was_taken_over(world: World, xa: User) -> None:
    three(world)
    page = " ".join(text(signed_in(xa).get(reverse("library"), {"q": "dê"})).split())
    for words in (
        "Ấp Phước Hậu, xã An Khánh, huyện Châu Thành",
        "Chăn nuôi",
        "02/03/2026",
        "12.000.000 đồng",
        'data-label="Nhân rộng">2</td>',
        'data-label="Số hộ">9</td>',
    ):
        assert words in page


def test_nothing_there_leads_on_whoever_may_write(world: World, xa: User) -> None:
    assert "Chưa có mô hình nào" in text(signed_in(xa).get(reverse("library")))
    assert reverse("model_add") in text(signed_in(xa).get(reverse("library")))
    assert reverse("model_add") not in text(signed_in(world.users["xem"]).get(reverse("library")))
    assert "Không có mô hình nào khớp" in text(signed_in(xa).get(reverse("library"), {"q": "xyz"}))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_takes_as_many_queries_for_many_rows(
    world: World, xa: User, rows: int, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        replication(model(world.hamlet, f"Mô hình {n}"), world.tan_phu)
    client = signed_in(xa)
    with django_assert_num_queries(5):
        answer = client.get(reverse("library"))
    assert len(answer.context["page"].object_list) == rows


# A model's page


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh, name="CLB xã An Khánh")


def test_a_page_tells_all_of_it_with_the_sums(world: World, xa: User, here: Club) -> None:
    met = held(here, MET)
    facts = {"cost": 1_234_567, "description": "Chuồng sàn\nHai con", "result": "Bán 3 con", "source": "Hội Nông dân"}
    goats = model(world.hamlet, meeting=met, introduced_on=None, **facts)
    for day in (date(2026, 10, 10), date(2026, 10, 11)):
        replication(goats, world.tan_phu, day, households=3)
    replication(goats, world.an_hiep, date(2026, 10, 12), households=4)
    page = shown(xa, goats)
    for words in (
        '<span class="big">1.234.567</span>',
        "Chuồng sàn<br>Hai con",
        "Bán 3 con",
        "Hội Nông dân",
        f'<a href="{reverse("meeting", args=[met.pk])}">CLB xã An Khánh, 09/10/2026</a>',
        "Xã An Hiệp, huyện Ba Tri",
        "Cộng 2 nơi",
        'data-label="Số hộ">10</td>',
    ):
        assert words in page


def test_whoever_may_not_open_the_meeting_reads_which_it_was(world: World, here: Club) -> None:
    met = held(here, MET)
    page = shown(world.users["xa_khac"], model(world.hamlet, meeting=met, introduced_on=None))
    assert "CLB xã An Khánh, 09/10/2026" in page
    assert reverse("meeting", args=[met.pk]) not in page


@pytest.mark.parametrize(
    ("user", "may_change", "may_replicate", "may_correct"),
    [
        ("xa", True, True, False),
        ("xa_khac", False, True, True),
        ("tinh", True, True, True),
        ("xem", False, False, False),
    ],
)
def test_each_sees_what_is_theirs_to_do(
    world: World, user: str, may_change: bool, may_replicate: bool, may_correct: bool
) -> None:
    goats = model(world.hamlet)
    elsewhere = replication(goats, world.an_hiep)
    page = shown(world.users[user], goats)
    names = (("model_change", goats), ("replication_add", goats), ("replication_change", elsewhere))
    links = tuple(reverse(name, args=[row.pk]) in page for name, row in names)
    assert links == (may_change, may_replicate, may_correct)


def test_the_journal_tells_what_was_done_by_whom(world: World, xa: User) -> None:
    goats = model(world.hamlet)
    row = replication(goats, world.tan_phu, households=3)
    row.households = 8
    change_replication(replication=row, by=xa)
    change_model(model=goats, by=world.users["huyen"])
    drop_replication(replication=row, by=xa)
    answer = signed_in(xa).get(reverse("model", args=[goats.pk]))
    assert [(entry.sentence, entry.who) for entry in answer.context["entries"]] == [
        ("Bỏ lần nhân rộng tại xã Tân Phú, 8 hộ", "Người xa"),
        ("Sửa thông tin mô hình", "Người huyen"),
        ("Sửa lần nhân rộng tại xã Tân Phú, 8 hộ", "Người xa"),
        ("Ghi nhân rộng tại xã Tân Phú, 3 hộ", ""),
        ("Ghi mô hình", ""),
    ]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_page_takes_as_many_queries_for_many_replications(
    world: World, xa: User, here: Club, rows: int, django_assert_num_queries: Any
) -> None:
    goats = model(world.hamlet, meeting=held(here, date(2026, 8, 14)), introduced_on=None)
    for n in range(rows):
        replication(goats, world.groups[n % 3], date(2026, 8, 15) + timedelta(days=n // 3))
    client = signed_in(xa)
    with django_assert_num_queries(6):
        answer = client.get(reverse("model", args=[goats.pk]))
    assert len(answer.context["replications"]) == rows == Replication.objects.count()


# Where one comes from


def test_a_held_meeting_shows_what_it_introduced_and_leads_to_more(world: World, xa: User, here: Club) -> None:
    met = held(here, MET)
    goats = model(world.hamlet, meeting=met, introduced_on=None)
    add = f"{reverse('model_add')}?meeting={met.pk}"
    page = text(signed_in(xa).get(reverse("meeting", args=[met.pk])))
    assert (reverse("model", args=[goats.pk]) in page, add in page) == (True, True)
    read = text(signed_in(secretary("thu_ky", here)).get(reverse("meeting", args=[met.pk])))
    assert (reverse("model", args=[goats.pk]) in read, add in read) == (True, False)
    coming = text(signed_in(xa).get(reverse("meeting", args=[planned(here, date(2026, 11, 6)).pk])))
    assert "Mô hình giới thiệu" not in coming


def test_the_masthead_leads_to_the_library_and_marks_it(world: World, xa: User) -> None:
    page = text(signed_in(xa).get(reverse("materials")))
    assert f'<a href="{reverse("library")}" aria-current="page">Thư viện</a>' in page


def test_anonymous_goes_to_the_login_and_post_is_refused(world: World, xa: User, client: Client) -> None:
    goats = model(world.hamlet)
    for address in (reverse("library"), reverse("model", args=[goats.pk])):
        assert client.get(address).url.startswith(reverse("login"))
        assert signed_in(xa).post(address).status_code == 405
    assert signed_in(xa).get(reverse("model", args=[goats.pk + 1])).status_code == 404
