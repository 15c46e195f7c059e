"""The month of meetings. Today is Tuesday, 20/10/2026."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from meetings.models import Meeting
from meetings.views.calendar import SHOWN
from steering.models import ClosedDay, User
from tests.builders import World, club, secretary
from tests.meetings.builders import signed_in, text
from tests.reports.builders import ZONE, held, planned, with_members


@pytest.fixture
def huyen(world: World) -> User:
    return world.users["huyen"]


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh, name="CLB xã An Khánh")


def month(user: User, *asked: str) -> Any:
    answer = signed_in(user).get(reverse("calendar", args=asked))
    assert answer.status_code == 200
    return answer


def days(answer: Any) -> dict[int, Any]:
    return {day.on.day: day for week in answer.context["weeks"] for day in week if day}


def test_weeks_begin_on_monday_and_hold_the_days_of_the_month_only(huyen: User) -> None:
    first, *_rest, last = month(huyen).context["weeks"]
    assert [day.on.day if day else None for day in first] == [None, None, None, 1, 2, 3, 4]
    assert [day.on.day if day else None for day in last] == [26, 27, 28, 29, 30, 31, None]


def test_a_meeting_is_a_link_with_its_hour_club_and_state(huyen: User, here: Club) -> None:
    meeting = held(here, date(2026, 10, 16))
    answer = month(huyen, "2026-10")
    assert days(answer)[16].meetings == [meeting]
    page = text(answer)
    assert (
        f'<a href="{reverse("meeting", args=[meeting.pk])}"><span class="num">07:30</span> CLB xã An Khánh</a>' in page
    )
    assert "Đã họp" in page
    assert "1 kỳ, 1 đã họp" in page


def test_an_evening_meeting_stands_on_its_own_day(huyen: User, here: Club) -> None:
    meeting = planned(here, date(2026, 10, 16))
    for at, day in ((datetime(2026, 10, 31, 23, 30, tzinfo=ZONE), 31), (datetime(2026, 10, 1, 0, 15, tzinfo=ZONE), 1)):
        meeting.starts_at = at
        meeting.save()
        assert [place for place, cell in days(month(huyen)).items() if cell.meetings] == [day]


def test_closed_days_are_named(huyen: User) -> None:
    ClosedDay.objects.create(day=date(2026, 9, 2), name="Quốc khánh")
    assert "Nghỉ: Quốc khánh" in text(month(huyen, "2026-09"))
    assert "Quốc khánh" not in text(month(huyen, "2026-10"))


def test_a_full_day_shows_a_few_and_links_to_the_rest(huyen: User, here: Club) -> None:
    many(here, SHOWN + 3)
    answer = month(huyen)
    day = days(answer)[16]
    assert (len(day.meetings), day.left) == (SHOWN, 3)
    assert f'href="{reverse("meetings")}?day=2026-10-16">còn 3 kỳ' in text(answer)


def test_the_months_around_are_one_step_away(huyen: User) -> None:
    page = text(month(huyen, "2026-12"))
    assert f'href="{reverse("calendar", args=["2026-11"])}"' in page
    assert f'href="{reverse("calendar", args=["2027-01"])}"' in page


def test_a_meeting_without_a_record_is_counted_with_a_way_to_it(huyen: User, here: Club) -> None:
    planned(here, date(2026, 10, 16))
    assert f'<a href="{reverse("meetings")}?state=silent">1 chưa có kết quả</a>' in text(month(huyen))


@pytest.mark.parametrize("wrong", ["2026-13", "2026", "hom-nay", "0001-01", "9999-12"])
def test_what_is_no_month_is_not_found(huyen: User, wrong: str) -> None:
    assert signed_in(huyen).get(reverse("calendar", args=[wrong])).status_code == 404


def test_only_ones_own_meetings_are_shown(world: World, huyen: User, here: Club) -> None:
    planned(with_members(world.an_hiep), date(2026, 10, 16))
    planned(club(world.hamlet), date(2026, 10, 16))
    mine = planned(here, date(2026, 10, 16))
    assert len(days(month(huyen))[16].meetings) == 2
    assert days(month(secretary("thu_ky", here)))[16].meetings == [mine]


def test_anonymous_goes_to_the_login_and_post_is_refused(world: World, client: Client) -> None:
    assert client.get(reverse("calendar")).url.startswith(reverse("login"))
    client.force_login(world.users["huyen"])
    assert client.post(reverse("calendar")).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50, 2000])
def test_a_month_takes_as_many_queries_for_many_meetings(
    huyen: User, here: Club, rows: int, django_assert_num_queries: Any
) -> None:
    many(here, rows, every_day=True)
    client = signed_in(huyen)
    with django_assert_num_queries(4):
        answer = client.get(reverse("calendar"))
    assert answer.context["counts"].total == rows
    assert len(answer.content) < 150_000


def many(here: Club, rows: int, every_day: bool = False) -> None:
    """Visits, of which there may be as many as one likes in a period; `every_day` spreads them over the month."""
    one = planned(here, date(2026, 10, 16), form="visit")
    facts = {field.attname: getattr(one, field.attname) for field in Meeting._meta.concrete_fields} | {"id": None}
    days_on = [timedelta(days=number % 28 - 14 if every_day else 0) for number in range(rows - 1)]
    Meeting.objects.bulk_create(Meeting(**{**facts, "starts_at": one.starts_at + shift}) for shift in days_on)
