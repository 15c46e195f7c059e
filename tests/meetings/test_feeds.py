"""Following meetings from a calendar of one's own. Today is Tuesday, 20/10/2026."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from clubs.models import Club
from meetings.actions import cancel_meeting, change_meeting, close_opinion, open_feed, renew_feed, revoke_feed
from meetings.models import CalendarFeed, Meeting
from steering.actions import end_appointment
from steering.models import User
from tests.builders import World, club, member, secretary
from tests.conftest import TODAY
from tests.meetings.builders import signed_in, text
from tests.meetings.opinions import answered, raised
from tests.reports.builders import held, planned, with_members

SOON = date(2026, 11, 6)


@pytest.fixture
def xa(world: World) -> User:
    return world.users["xa"]


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh, name="CLB xã An Khánh")


def address(feed: CalendarFeed) -> str:
    return reverse("feed", args=[feed.key])


def read(feed: CalendarFeed, **headers: str) -> Any:
    """What a calendar program gets, which logs in nowhere."""
    return Client().get(address(feed), headers=headers)


def events(feed: CalendarFeed) -> list[Any]:
    answer = read(feed)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def urls(*meetings: Meeting) -> list[str]:
    return [f"http://testserver{reverse('meeting', args=[meeting.pk])}" for meeting in meetings]


# What it shows


def test_a_feed_says_what_when_where_and_reminds_a_day_before(xa: User, here: Club) -> None:
    meeting = planned(here, SOON)
    answer = read(open_feed(club=here, by=xa))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert calendar["name"] == calendar["x-wr-calname"] == "Sinh hoạt: CLB xã An Khánh"
    assert calendar.decoded("refresh-interval") == timedelta(hours=6)
    assert calendar["x-published-ttl"].to_ical() == b"PT6H"
    (found,) = calendar.walk("VEVENT")
    assert found["summary"] == "Sinh hoạt tháng 11/2026, CLB xã An Khánh"
    assert found.decoded("dtstart") == meeting.starts_at
    assert (found["location"], found["url"]) == ("ấp Phước Hậu, xã An Khánh", urls(meeting)[0])
    assert [alarm.decoded("trigger") for alarm in found.walk("VALARM")] == [-timedelta(days=1)]


def test_a_feed_names_nobody(xa: User, here: Club) -> None:
    held(here, date(2026, 9, 18), guests=3)
    member(here, full_name="Nguyễn Thị Lụa")
    page = read(open_feed(by=xa)).content.decode()
    assert ("Lụa" in page, "Khách" in page, "Người xa" in page) == (False, False, False)


def test_a_feed_begins_sixty_days_ago_and_has_no_end(xa: User, here: Club, world: World) -> None:
    planned(club(world.hamlet), date(2026, 8, 20))
    first, last = planned(here, date(2026, 8, 21)), planned(here, date(2027, 6, 4))
    assert [event["url"] for event in events(open_feed(by=xa))] == urls(first, last)


def test_a_move_and_a_cancellation_reach_the_calendar_under_the_same_uid(xa: User, here: Club) -> None:
    meeting, feed = planned(here, SOON), open_feed(club=here, by=xa)
    (first,) = events(feed)
    change_meeting(meeting=meeting, starts_at=meeting.starts_at + timedelta(days=1), by=None)
    (moved,) = events(feed)
    cancel_meeting(meeting=meeting, reason="Mưa bão", by=None)
    (called_off,) = events(feed)
    assert first["uid"] == moved["uid"] == called_off["uid"]
    assert [event["sequence"] for event in (first, moved, called_off)] == [0, 1, 2]
    assert [event["status"] for event in (first, moved, called_off)] == ["TENTATIVE", "TENTATIVE", "CANCELLED"]
    assert moved.decoded("dtstart") - first.decoded("dtstart") == timedelta(days=1)


# Whose it is


def test_a_feed_of_a_unit_holds_what_lies_below_it(world: World, here: Club) -> None:
    of_hamlet, of_commune = planned(club(world.hamlet), SOON), planned(here, SOON)
    planned(club(world.tan_phu), SOON)
    feed = open_feed(unit=world.an_khanh, by=world.users["huyen"])
    assert sorted(event["url"] for event in events(feed)) == sorted(urls(of_hamlet, of_commune))


def test_a_feed_shows_no_more_than_its_owner_may_see(world: World, here: Club) -> None:
    planned(here, SOON)
    theirs = planned(club(world.an_hiep), SOON)
    owner = world.users["xa_khac"]
    assert [event["url"] for event in events(open_feed(by=owner))] == urls(theirs)
    assert events(open_feed(club=here, by=owner)) == events(open_feed(unit=world.an_khanh, by=owner)) == []


def test_a_secretary_follows_the_own_club(here: Club, world: World) -> None:
    mine = planned(here, SOON)
    planned(club(world.hamlet), SOON)
    assert [event["url"] for event in events(open_feed(by=secretary("thu_ky", here)))] == urls(mine)


def test_whoever_works_here_no_more_has_no_feed(xa: User, here: Club, world: World) -> None:
    planned(here, SOON)
    feed, other = open_feed(club=here, by=xa), open_feed(club=here, by=world.users["huyen"])
    end_appointment(appointment=xa.appointments.get(), on=TODAY.date(), by=world.users["tinh"])
    User.objects.filter(username="huyen").update(is_active=False)
    assert (read(feed).status_code, read(other).status_code) == (404, 404)


def test_a_revoked_a_former_and_an_unknown_address_are_the_same_404(xa: User, here: Club) -> None:
    revoked, former = open_feed(club=here, by=xa), open_feed(by=xa)
    revoke_feed(feed=revoked, by=xa)
    renewed = renew_feed(feed=former, by=xa)
    answers = [Client().get(reverse("feed", args=[key])) for key in (revoked.key, former.key, "x" * 43)]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.content.replace(answer.request["PATH_INFO"].encode(), b"") for answer in answers}) == 1
    assert read(renewed).status_code == 200


def test_a_key_cannot_be_guessed_and_is_nobody_elses(xa: User, here: Club, world: World) -> None:
    mine, other = open_feed(club=here, by=xa), open_feed(club=here, by=world.users["huyen"])
    assert mine.key != other.key
    assert min(len(mine.key), len(other.key)) >= 43
    assert open_feed(club=here, by=xa) == mine


# What it costs


def test_an_unchanged_feed_is_not_sent_again(xa: User, here: Club) -> None:
    meeting, feed = planned(here, SOON), open_feed(club=here, by=xa)
    first = read(feed)
    for condition in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        again = read(feed, **condition)
        assert (again.status_code, again.content) == (304, b"")
    change_meeting(meeting=meeting, starts_at=meeting.starts_at + timedelta(days=1), by=None)
    assert read(feed, **{"if-none-match": first["ETag"]}).status_code == 200


def test_an_opinion_that_comes_onto_an_agenda_or_leaves_it_is_sent(xa: User, here: Club) -> None:
    earlier = held(here, date(2026, 7, 17))  # itself too long ago for the feed
    planned(here, SOON)
    feed = open_feed(club=here, by=xa)
    tags = [read(feed)["ETag"]]
    opinion = answered(earlier, on=date(2026, 8, 1))
    for is_told in (True, False):
        answer = read(feed, **{"if-none-match": tags[-1]})
        assert answer.status_code == 200
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert ("Kiến nghị ngày 17/07/2026" in event.get("description", "")) is is_told
        tags.append(answer["ETag"])
        if is_told:
            close_opinion(opinion=opinion, on=date(2026, 10, 20), by=None)


def test_an_opinion_of_a_later_day_is_told_to_those_who_ask_by_the_time(xa: User, here: Club) -> None:
    earlier, feed = held(here, date(2026, 9, 18)), open_feed(club=here, by=xa)
    planned(here, SOON)
    first = read(feed)
    with time_machine.travel(TODAY + timedelta(minutes=5)):
        raised(earlier)
        assert read(feed, **{"if-modified-since": first["Last-Modified"]}).status_code == 200


def test_every_day_it_is_read_anew(xa: User, here: Club) -> None:
    feed = open_feed(club=here, by=xa)
    first = read(feed)
    with time_machine.travel(TODAY + timedelta(days=1)):
        for condition in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
            assert read(feed, **condition).status_code == 200


def test_a_feed_is_private_and_for_no_search_engine(xa: User, here: Club) -> None:
    answer = read(open_feed(club=here, by=xa))
    assert answer["Cache-Control"] == "private, max-age=900"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not answer.cookies


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_feed_takes_as_many_queries_for_many_meetings(
    world: World, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        planned(club(world.hamlet), SOON)
    feed = open_feed(by=world.users["huyen"])
    with django_assert_num_queries(6):
        first = read(feed)
    with django_assert_num_queries(3):
        assert read(feed, **{"if-none-match": first["ETag"]}).status_code == 304


# The pages of its owner


def test_a_feed_is_opened_from_a_clubs_page_and_shown_once(xa: User, here: Club) -> None:
    client = signed_in(xa)
    page = reverse("feed_club", args=[here.pk])
    assert f'href="{page}"' in text(client.get(reverse("club", args=[here.pk])))
    assert "không gửi cho người khác" in text(client.get(page))
    for _ in range(2):
        assert client.post(page, {"agreed": "1"}).url == reverse("feeds")
    feed = CalendarFeed.objects.get()
    shown = text(client.get(reverse("feeds")))
    assert (f'value="http://testserver{address(feed)}"' in shown, "Đặt ngày 20/10/2026" in shown) == (True, True)


def test_feeds_of_a_unit_and_of_everything(world: World, here: Club) -> None:
    huyen = signed_in(world.users["huyen"])
    unit_page = reverse("feed_unit", args=[world.an_khanh.pk])
    assert f'href="{unit_page}"' in text(huyen.get(reverse("unit", args=[world.an_khanh.pk])))
    huyen.post(unit_page, {"agreed": "1"})
    huyen.post(reverse("feed_all"), {"agreed": "1"})
    assert list(CalendarFeed.objects.order_by("pk").values_list("club", "unit")) == [
        (None, world.an_khanh.pk),
        (None, None),
    ]


def test_an_address_is_renewed_and_revoked_from_the_page(xa: User, here: Club) -> None:
    client, old = signed_in(xa), open_feed(club=here, by=xa)
    client.post(reverse("feed_renew", args=[old.pk]), {"agreed": "1"})
    new = CalendarFeed.objects.current().get()
    shown = text(client.get(reverse("feeds")))
    assert (old.key in shown, new.key in shown) == (False, True)
    answer = client.post(reverse("feed_revoke", args=[new.pk]), {"agreed": "1"}, follow=True)
    assert "Đã thu hồi địa chỉ lịch: CLB xã An Khánh." in text(answer)
    assert "Anh, chị chưa theo dõi lịch nào" in text(answer)
    assert client.get(reverse("feed_revoke", args=[new.pk])).status_code == 404


@pytest.mark.parametrize("name", ["feed_renew", "feed_revoke"])
def test_nobody_touches_anothers_feed(world: World, here: Club, xa: User, name: str) -> None:
    feed = open_feed(club=here, by=xa)
    assert signed_in(world.users["tinh"]).post(reverse(name, args=[feed.pk]), {"agreed": "1"}).status_code == 404
    assert CalendarFeed.objects.current().get() == feed


def test_nobody_follows_what_they_do_not_see(world: World, here: Club) -> None:
    client = signed_in(world.users["xa_khac"])
    for page in (reverse("feed_club", args=[here.pk]), reverse("feed_unit", args=[world.an_khanh.pk])):
        assert client.post(page, {"agreed": "1"}).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_the_pages_ask_for_a_login_and_the_feed_is_only_read(xa: User, here: Club) -> None:
    feed = open_feed(club=here, by=xa)
    assert Client().get(reverse("feeds")).status_code == 302
    assert Client().post(address(feed)).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_takes_as_many_queries_for_many_feeds(
    world: World, xa: User, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        open_feed(club=club(world.hamlet), by=xa)
    client = signed_in(xa)
    with django_assert_num_queries(3):
        client.get(reverse("feeds"))
