"""The list of meetings: what it shows, what it finds, who sees it. Today is 20/10/2026, in the period 15/10 – 14/11."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from meetings.actions import cancel_meeting, postpone_meeting
from meetings.models import Meeting
from steering.models import User
from tests.builders import World, club, secretary
from tests.meetings.builders import signed_in, text
from tests.reports.builders import held, not_held, planned, with_members

PAST, SOON = date(2026, 10, 16), date(2026, 11, 6)


def listed(user: User, **query: Any) -> list[Meeting]:
    return list(signed_in(user).get(reverse("meetings"), query).context["page"].object_list)


@pytest.fixture
def huyen(world: World) -> User:
    return world.users["huyen"]


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh, name="CLB xã An Khánh")


def test_the_current_period_is_shown_by_time(world: World, huyen: User, here: Club) -> None:
    later, sooner = planned(here, SOON), planned(club(world.hamlet), date(2026, 10, 30))
    planned(here, date(2026, 9, 18))
    planned(here, date(2026, 11, 20))
    assert listed(huyen) == [sooner, later]


def test_a_row_says_where_when_how_many_and_what_became_of_it(huyen: User, here: Club) -> None:
    meeting = held(here, PAST, guests=12)
    page = text(signed_in(huyen).get(reverse("meetings")))
    for words in (
        f'<a href="{reverse("meeting", args=[meeting.pk])}">CLB xã An Khánh</a>',
        "Xã An Khánh, huyện Châu Thành",
        "16/10, 07:30",
        "Ấp Phước Hậu",
        ">12</td>",
        ">2/2</td>",
        "Đã họp",
        "Kỳ tháng 11/2026, từ 15/10/2026 đến 14/11/2026: 1 đã họp",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ({"period": "2026-10"}, [18]),
        ({"period": ""}, [18, 16, 6]),
        ({"period": "2026"}, [18, 16, 6]),
        ({"period": "nonsense"}, [18, 16, 6]),
        ({"day": "2026-10-16"}, [16]),
        ({"state": "silent"}, [18, 16]),
        ({"state": "held"}, []),
        ({"level": "commune"}, [16, 6]),
        ({"level": "hamlet"}, []),
        ({"q": "an khanh"}, [16, 6]),
        ({"q": "chau thanh"}, [16, 6]),
        ({"q": "ba tri"}, []),
        ({"sort": "-when"}, [6, 16]),
    ],
)
def test_conditions(huyen: User, here: Club, query: dict[str, str], days: list[int]) -> None:
    for day, form in ((date(2026, 9, 18), "regular"), (PAST, "regular"), (SOON, "visit")):
        planned(here, day, form=form)
    assert [meeting.day.day for meeting in listed(huyen, **query)] == days


@pytest.mark.parametrize(
    "query", [{"sort": "x"}, {"state": "x"}, {"day": "x"}, {"club": "x"}, {"unit": "x"}, {"page": "x"}]
)
def test_an_address_with_nonsense_still_shows_the_list(huyen: User, here: Club, query: dict[str, str]) -> None:
    meeting = planned(here, PAST)
    assert listed(huyen, **query) == [meeting]


def test_a_unit_narrows_to_what_lies_below_it(world: World, huyen: User, here: Club) -> None:
    mine = planned(club(world.hamlet), PAST)
    planned(with_members(world.tan_phu), PAST)
    assert listed(huyen, unit=world.an_khanh.pk) == [mine]


def test_one_club_shows_all_its_meetings_the_latest_first(huyen: User, here: Club) -> None:
    first, last = planned(here, date(2026, 3, 20)), planned(here, SOON)
    assert listed(huyen, club=here.pk) == [last, first]
    page = text(signed_in(huyen).get(reverse("meetings"), {"club": here.pk}))
    assert "Câu lạc bộ: CLB xã An Khánh" in page
    assert 'name="q"' not in page.split("<main")[1]


def test_what_did_not_go_as_planned_is_not_missing(huyen: User, here: Club, world: World) -> None:
    not_held(here, PAST)
    postpone_meeting(meeting=planned(club(world.hamlet), PAST), reason="Bão", by=None)
    cancel_meeting(meeting=planned(club(world.hamlet), PAST), reason="Bão", by=None)
    silent = planned(club(world.hamlet), PAST)
    assert listed(huyen, state="silent") == [silent]
    assert [m.get_state_display() for m in listed(huyen, state="did_not_meet")] == ["Không họp, có lý do"]


def test_the_period_is_a_chip_only_when_it_was_asked_for(huyen: User, here: Club) -> None:
    client = signed_in(huyen)
    assert client.get(reverse("meetings")).context["chips"] == []
    asked = client.get(reverse("meetings"), {"period": "2026-10", "day": "2026-10-01"})
    assert asked.context["chips"] == [("Kỳ: Tháng 10/2026", "?day=2026-10-01"), ("Ngày: 01/10/2026", "?period=2026-10")]


def test_nothing_there_says_what_to_do_next(world: World) -> None:
    assert "Chọn câu lạc bộ để lên lịch" in text(signed_in(world.users["huyen"]).get(reverse("meetings")))
    assert "Chọn câu lạc bộ để lên lịch" not in text(signed_in(world.users["xem"]).get(reverse("meetings")))
    nothing = signed_in(world.users["huyen"]).get(reverse("meetings"), {"q": "xyz"})
    assert "Không có kỳ sinh hoạt nào khớp" in text(nothing)


def test_another_units_meetings_are_not_listed_nor_its_club_known(world: World, huyen: User) -> None:
    foreign = with_members(world.an_hiep)
    planned(foreign, PAST)
    assert listed(huyen) == []
    assert "CLB Xã An Hiệp" not in text(signed_in(huyen).get(reverse("meetings"), {"club": foreign.pk}))


def test_a_secretary_sees_the_own_clubs_meetings_only(world: World, here: Club) -> None:
    mine = planned(here, PAST)
    planned(with_members(world.an_khanh), PAST)
    assert listed(secretary("thu_ky", here)) == [mine]


def test_anonymous_goes_to_the_login_and_post_is_refused(world: World, client: Client) -> None:
    assert client.get(reverse("meetings")).url.startswith(reverse("login"))
    client.force_login(world.users["huyen"])
    assert client.post(reverse("meetings")).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize(("query", "queries"), [({}, 5), ({"unit": "an_khanh"}, 6), ({"club": "here"}, 5)])
def test_a_page_takes_as_many_queries_for_many_rows(
    world: World,
    huyen: User,
    here: Club,
    rows: int,
    query: dict[str, str],
    queries: int,
    django_assert_num_queries: Any,
) -> None:
    rows_of(here, rows)
    named = {"an_khanh": world.an_khanh.pk, "here": here.pk}
    client = signed_in(huyen)
    with django_assert_num_queries(queries):
        answer = client.get(reverse("meetings"), {name: named[value] for name, value in query.items()})
    assert len(answer.context["page"].object_list) == rows


def rows_of(here: Club, rows: int) -> None:
    first = planned(here, PAST)
    first.form = "visit"  # as many as one likes in a period
    for _n in range(rows - 1):
        first.pk = None
        first.save()
