"""The search of the header: what is found for whom, by which words and dates."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clubs.actions import admit_member, dissolve_club, leave_club
from clubs.models import Club, Membership
from meetings.actions import plan_club
from meetings.models import Meeting
from meetings.views.search import Asked
from steering.actions import close_unit, create_numbered_units
from tests.builders import World, club, member, person, secretary, unit

TODAY = date(2026, 10, 20)


@pytest.fixture
def here(world: World) -> Club:
    """The club of An Khánh, with a member and its meetings of October to December."""
    here = club(world.an_khanh, name="CLB giảm nghèo Hoa Sen")
    member(here, full_name="Nguyễn Thị Lụa")
    plan_club(club=here, until=date(2026, 12, 31), by=None)
    return here


def look(client: Client, words: str, **more: str) -> Any:
    return client.get(reverse("search"), {"q": words, **more})


def found(answer: Any) -> dict[str, list[str]]:
    return {group.name: [str(row) for row in group.shown] for group in answer.context["groups"]}


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# Words


@pytest.mark.parametrize(
    "words", ["hoa sen", "Hoa Sen", "sen hoa", "  HOA   sen ", "hoa sen an khanh", "chau thanh sen"]
)
def test_a_club_is_found_by_words_in_any_order_with_or_without_diacritics(
    world: World, here: Club, client: Client, words: str
) -> None:
    club(world.tan_phu, name="CLB Tân Phú")
    client.force_login(world.users["tinh"])
    assert found(look(client, words))["clubs"] == ["CLB giảm nghèo Hoa Sen"]


def test_everything_that_matches_stands_under_its_kind(world: World, here: Club, client: Client) -> None:
    person(world.an_khanh, "Lê Khánh An")
    client.force_login(world.users["tinh"])
    answer = found(look(client, "an khanh"))
    assert answer["units"][:2] == ["Xã An Khánh", "Ấp Phước Hậu"]
    assert answer["clubs"] == ["CLB giảm nghèo Hoa Sen"]
    assert answer["people"] == ["Lê Khánh An"]
    assert len(answer["meetings"]) == Meeting.objects.count() == 3


def test_words_as_they_were_typed_come_first(world: World, client: Client) -> None:
    for name in ("Lê An Khánh", "Trần Khánh An"):
        person(world.an_khanh, name)
    client.force_login(world.users["tinh"])
    assert found(look(client, "khanh an"))["people"] == ["Trần Khánh An", "Lê An Khánh"]
    assert found(look(client, "an khanh"))["people"] == ["Lê An Khánh", "Trần Khánh An"]


def test_units_no_longer_in_force_and_clubs_that_ended_come_last(world: World, client: Client) -> None:
    create_numbered_units(parent=world.an_khanh, type="ap", last=2, by=None)
    close_unit(unit=world.an_khanh.children.get(name="1"), on=date(2026, 1, 1), by=None)  # type: ignore[misc]
    gone, _live = club(world.an_khanh, name="CLB Sen 1"), club(world.an_khanh, name="CLB Sen 2")
    dissolve_club(club=gone, on=TODAY, reason="sáp nhập xã", by=None)
    client.force_login(world.users["tinh"])
    assert found(look(client, "ap an khanh"))["units"][-1] == "Ấp 1"
    assert "kết thúc 01/01/2026" in text(look(client, "ap an khanh"))
    assert found(look(client, "sen"))["clubs"] == ["CLB Sen 2", "CLB Sen 1"]


def test_at_most_ten_of_each_with_the_way_to_all(world: World, client: Client) -> None:
    for n in range(10):
        person(world.an_khanh, f"Lê Văn {n}")
        club(world.an_khanh, name=f"CLB Sen {n}")
    client.force_login(world.users["tinh"])
    assert "Xem tất cả" not in text(look(client, "sen")) + text(look(client, "le van"))
    person(world.an_khanh, "Lê Văn 10")
    club(world.an_khanh, name="CLB Sen 10")
    assert len(found(look(client, "sen"))["clubs"]) == 10
    assert 'href="/cau-lac-bo/?q=sen">Xem tất cả câu lạc bộ' in text(look(client, "sen"))
    assert 'href="/tim/?q=le+van&amp;of=people">Xem tất cả người, tập thể' in text(look(client, "le van"))
    everybody = look(client, "le van", of="people")
    assert len(found(everybody)["people"]) == 11
    assert list(found(everybody)) == ["people"]


def test_the_ways_to_all_keep_the_words(world: World, client: Client) -> None:
    create_numbered_units(parent=world.hamlet, type="to", last=20, by=None)
    client.force_login(world.users["tinh"])
    assert 'href="/don-vi/?q=phuoc+hau">Xem tất cả đơn vị' in text(look(client, "phuoc hau"))
    everywhere = client.get("/don-vi/?q=phuoc+hau", follow=True)
    assert everywhere.redirect_chain == [(f"/don-vi/{world.province.pk}/?q=phuoc+hau", 302)]
    assert everywhere.context["page"].paginator.count == 21


# Who sees what


def test_each_finds_what_lies_at_the_own_place(world: World, here: Club, client: Client) -> None:
    theirs = club(world.an_hiep, name="CLB giảm nghèo Hoa Sứ")
    member(theirs, full_name="Trần Thị Lụa")
    seen = {}
    for username in ("tinh", "huyen", "xa", "xem", "xa_khac"):
        client.force_login(world.users[username])
        seen[username] = (found(look(client, "hoa"))["clubs"], found(look(client, "lua"))["people"])
    mine, other = ["CLB giảm nghèo Hoa Sen"], ["CLB giảm nghèo Hoa Sứ"]
    assert seen == {
        "tinh": ([*mine, *other], ["Nguyễn Thị Lụa", "Trần Thị Lụa"]),
        "huyen": (mine, ["Nguyễn Thị Lụa"]),
        "xa": (mine, ["Nguyễn Thị Lụa"]),
        "xem": (mine, ["Nguyễn Thị Lụa"]),
        "xa_khac": (other, ["Trần Thị Lụa"]),
    }
    client.force_login(world.users["xa_khac"])
    assert found(look(client, "an khanh")) == {}


def test_a_secretary_finds_the_own_club_its_members_and_meetings(world: World, here: Club, client: Client) -> None:
    beside = club(world.an_khanh, name="CLB bên cạnh")
    member(beside, full_name="Lê Thị Lụa")
    client.force_login(secretary("thuky", here))
    assert found(look(client, "lua")) == {"people": ["Nguyễn Thị Lụa"]}
    assert list(found(look(client, "an khanh"))) == ["clubs", "meetings"]
    assert found(look(client, "clb"))["clubs"] == ["CLB giảm nghèo Hoa Sen"]


def test_a_person_leads_to_the_seat_the_reader_may_see(world: World, here: Club, client: Client) -> None:
    seated = Membership.objects.get()
    client.force_login(world.users["xa"])
    html = text(look(client, "lua"))
    assert f'href="/thanh-vien/{seated.pk}/"' in html
    assert "ghế 1, CLB giảm nghèo Hoa Sen" in html
    leave_club(membership=seated, on=TODAY, reason="chuyển nơi ở", by=None)
    assert "rời CLB giảm nghèo Hoa Sen ngày 20/10/2026" in text(look(client, "lua"))


def test_a_seat_in_another_units_club_is_not_told(world: World, client: Client) -> None:
    lua = person(world.an_khanh, "Nguyễn Thị Lụa")
    high = club(world.chau_thanh, name="CLB huyện")
    admit_member(club=high, person=lua, joined_on=TODAY, by=None)
    client.force_login(world.users["xa"])
    html = text(look(client, "lua"))
    assert "CLB huyện" not in html
    assert f'href="{reverse("person", args=[lua.pk])}"' in html
    client.force_login(world.users["xem"])
    assert "ghế 1, CLB huyện" in text(look(client, "lua"))


def test_no_result_tells_nothing_of_a_person_but_name_and_place(world: World, client: Client) -> None:
    member(club(world.an_khanh), full_name="Nguyễn Thị Lụa", phone="0912345678", birth_year=1961)
    client.force_login(world.users["xa"])
    html = text(look(client, "lua"))
    assert not [secret for secret in ("912345678", "912 345 678", "1961") if secret in html]


# Dates


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("16/10/2026", Asked("", date(2026, 10, 16), date(2026, 10, 16))),
        ("1/2/2026", Asked("", date(2026, 2, 1), date(2026, 2, 1))),
        ("02/2026", Asked("", date(2026, 2, 1), date(2026, 2, 28))),
        ("12/2026", Asked("", date(2026, 12, 1), date(2026, 12, 31))),
        ("an khánh 10/2026", Asked("an khánh", date(2026, 10, 1), date(2026, 10, 31))),
        ("ngày 16/10/2026 an khánh", Asked("an khánh", date(2026, 10, 16), date(2026, 10, 16))),
        ("tháng 10/2026", Asked("", date(2026, 10, 1), date(2026, 10, 31))),
        ("31/02/2026", Asked("31/02/2026")),
        ("13/2026", Asked("13/2026")),
        ("0/0/2026", Asked("0/0/2026")),
        ("01/0001", Asked("01/0001")),
        ("01/9999", Asked("01/9999")),
        ("an khánh", Asked("an khánh")),
    ],
)
def test_what_is_asked(typed: str, asked: Asked) -> None:
    assert Asked.parse(typed) == asked


def test_a_day_finds_its_meetings(world: World, here: Club, client: Client) -> None:
    meeting = Meeting.objects.order_by("starts_at")[0]
    client.force_login(world.users["tinh"])
    day = f"{meeting.starts_at:%d/%m/%Y}"
    answer = look(client, day)
    assert found(answer) == {"meetings": [str(meeting)]}
    assert f"Kỳ sinh hoạt trong ngày {day}" in text(answer)
    assert found(look(client, f"hoa sen {day}")) == {"meetings": [str(meeting)]}
    assert found(look(client, f"tan phu {day}")) == {}


def test_a_month_finds_its_meetings_in_order(world: World, here: Club, client: Client) -> None:
    unit(world.tan_phu, "ap", "Thuận")
    other = club(world.tan_phu, name="CLB Tân Phú", weekday=0)
    plan_club(club=other, until=date(2026, 12, 31), by=None)
    client.force_login(world.users["tinh"])
    of_november = Meeting.objects.filter(starts_at__month=11).order_by("starts_at")
    assert len(of_november) == 2
    assert found(look(client, "11/2026")) == {"meetings": [str(m) for m in of_november]}
    assert found(look(client, "hoa sen 11/2026")) == {"meetings": [str(m) for m in of_november if m.club == here]}


def test_the_latest_meetings_of_a_club_come_first(world: World, here: Club, client: Client) -> None:
    client.force_login(world.users["tinh"])
    latest = [str(meeting) for meeting in Meeting.objects.order_by("-starts_at")]
    assert found(look(client, "hoa sen"))["meetings"] == latest


# Nothing


def test_nothing_asked_says_how_to_ask(world: World, client: Client) -> None:
    client.force_login(world.users["xa"])
    for words in ("", "   "):
        answer = look(client, words)
        assert found(answer) == {}
        assert "Gõ vào ô tìm ở đầu trang" in text(answer)


def test_nothing_found_says_so_and_keeps_the_words(world: World, client: Client) -> None:
    client.force_login(world.users["xa"])
    html = text(look(client, "<b>không có"))
    assert "Không tìm thấy “&lt;b&gt;không có”" in html
    assert 'name="q" value="&lt;b&gt;không có"' in html


@pytest.mark.parametrize("words", ["%", "_", "'", "\x00", "-" * 5000, "a " * 300, "💧", "/", "99/99/99999"])
def test_odd_words_find_nothing_and_break_nothing(world: World, client: Client, words: str) -> None:
    client.force_login(world.users["tinh"])
    answer = look(client, words, of="nothing", page="x")
    assert answer.status_code == 200


# The ladder


def test_the_form_of_the_header_leads_here_from_every_page(world: World, client: Client) -> None:
    client.force_login(world.users["xa"])
    assert 'role="search" action="/tim/"' in text(client.get("/"))


def test_a_stranger_logs_in_first(db: None, client: Client) -> None:
    assert look(client, "an").headers["Location"] == "/dang-nhap/?next=/tim/%3Fq%3Dan"


def test_only_reading(world: World, client: Client) -> None:
    client.force_login(world.users["xa"])
    assert client.post(reverse("search"), {"q": "an"}).status_code == 405


@pytest.mark.parametrize("words", ["an khanh", "10/2026", "an khanh 10/2026"])
def test_the_number_of_queries_is_fixed(world: World, client: Client, words: str) -> None:
    client.force_login(world.users["tinh"])
    counts = []
    for more in (1, 2, 47):
        for _n in range(more):
            member(here := club(world.an_khanh), full_name="Lê An Khánh")
            plan_club(club=here, until=date(2026, 11, 30), by=None)
        with CaptureQueriesContext(connection) as queries:
            assert look(client, words).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 6


def test_a_district_beyond_the_own_province_is_not_found(world: World, client: Client) -> None:
    unit(unit(None, "tinh", "Trà Vinh", "84"), "huyen", "Càng Long", "844")
    client.force_login(world.users["tinh"])
    assert found(look(client, "cang long")) == {}
