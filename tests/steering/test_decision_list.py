"""The list of decisions: found without diacritics, by issuer, year and what they lack; in a fixed number of queries."""

from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from steering.actions import save_checked
from steering.models import Decision
from tests.builders import World, club, secretary

PDF = b"%PDF-1.7 a paper"


@pytest.fixture
def tinh(world: World, client: Client, settings: Any, tmp_path: Any) -> Client:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(world.users["tinh"])
    return client


def decision(place: Any, **facts: Any) -> Decision:
    return save_checked(Decision(**{"issuer_unit": place, "subject": "Về việc thành lập", **facts}), by=None)


def found(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse("decisions"), asked).context["page"]
    return [str(row) for row in page]


@pytest.fixture
def three(world: World, tinh: Client) -> list[Decision]:
    return [
        decision(
            world.an_khanh, number=5, issued_on=date(2026, 1, 15), signer="Lê Văn Ký", file=ContentFile(PDF, "q.pdf")
        ),
        decision(world.an_hiep, number=5, issued_on=date(2025, 3, 1), subject="Về việc giải thể CLB ấp Giồng Dài"),
        decision(world.chau_thanh, issuer_body="bcd"),
    ]


def test_those_without_a_day_come_first_then_the_latest(tinh: Client, three: list[Decision]) -> None:
    assert found(tinh) == ["…/QĐ-UBND", "05/QĐ-UBND, 15/01/2026", "05/QĐ-UBND, 01/03/2025"]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"q": "giong dai"}, [1]),
        ({"q": "le van ky"}, [0]),
        ({"q": "an khanh"}, [0]),
        ({"q": "05/qd"}, [0, 1]),
        ({"year": "2025"}, [1]),
        ({"body": "bcd"}, [2]),
        ({"lacks": "number"}, [2]),
        ({"lacks": "paper"}, [2, 1]),
        ({"q": "khong co"}, []),
        ({"year": "1999"}, [2, 0, 1]),
    ],
)
def test_decisions_are_found(tinh: Client, three: list[Decision], asked: dict[str, str], numbers: list[int]) -> None:
    assert found(tinh, **asked) == [str(three[n]) for n in numbers]


def test_each_condition_is_a_chip(tinh: Client, three: list[Decision]) -> None:
    answer = tinh.get(reverse("decisions"), {"year": "2025", "lacks": "paper"})
    assert answer.context["chips"] == [("Năm: 2025", "?lacks=paper"), ("Còn thiếu: Chưa có bản ký", "?year=2025")]


def test_one_sees_those_of_the_own_place(world: World, client: Client, three: list[Decision]) -> None:
    client.force_login(world.users["xa"])
    assert found(client) == [str(three[0])]
    client.force_login(secretary("thu_ky", club(world.an_khanh)))
    assert client.get(reverse("decisions")).status_code == 403
    client.logout()
    assert client.get(reverse("decisions")).url == f"/dang-nhap/?next={reverse('decisions')}"


def test_the_list_is_two_links_from_home(tinh: Client) -> None:
    assert f'href="{reverse("decisions")}"' in tinh.get(reverse("committees")).content.decode()
    assert tinh.post(reverse("decisions")).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_needs_six_queries(world: World, tinh: Client, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(1, rows + 1):
        decision(world.an_khanh, number=number, issued_on=date(2026, 1, 15))
    with django_assert_num_queries(6):
        assert tinh.get(reverse("decisions")).status_code == 200
