"""Every page of the website is reached by links, in at most three steps from home."""

import re
from collections import Counter
from datetime import date, datetime
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from clubs.models import Club
from meetings.actions import agree_minutes, close_period, plan_visit, record_attendance, save_minutes, set_agenda
from meetings.models import Meeting
from steering.calendar import reporting_calendar
from tests.builders import World, club, member
from tests.province import fill_province
from tests.reports.builders import ZONE, planned
from tests.test_access import ROLES, build_objects, rows

STEPS = 3
SAMPLES = 20  # pages of one name that are read for their links; a list's fiftieth row leads to what its first does
# From outside the site: the login, a link in a message; behind a button; the second sheet of a form, after its role.
NOT_BY_LINKS = {"login", "password_set", "set_language", "account_appoint_as"}

SENT = ("href", "action", "name", "value", "id", "for")
GROUPED = re.compile(r"\b1[23]\.\d{3}\b")


class Links(HTMLParser):
    """The addresses that a page leads to: those of its links, and of its forms that only ask. And what is sent back to the
    site but was written for people: the id 12345 as "12.345"."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.grouped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.grouped += [f"{tag} {name}={given[name]}" for name in SENT if GROUPED.search(given.get(name) or "")]
        if tag == "form" and given.get("method") == "post":
            return
        if address := given.get({"a": "href", "form": "action"}.get(tag, "")):
            self.found.append(address)


def links(client: Client, where: str) -> list[str]:
    answer = client.get(where, follow=True)
    if not answer.headers["Content-Type"].startswith("text/html"):
        return []
    parser = Links()
    parser.feed(answer.content.decode())
    assert parser.grouped == [], where
    return [urljoin(where, found) for found in parser.found]


def name_of(where: str) -> str:
    """The name of the page at an address; "" for what is no page."""
    try:
        return resolve(urlsplit(where).path).view_name
    except Resolver404:
        return ""


def reached(client: Client) -> set[str]:
    """The names of the pages that `STEPS` links from home lead to."""
    names, read, step = Counter(["home"]), set(), ["/"]
    for _ in range(STEPS):
        following = [found for where in step for found in links(client, where)]
        step = []
        for where in dict.fromkeys(following):
            name = name_of(where)
            names[name] += 1
            if where not in read and names[name] <= SAMPLES and not name.startswith("admin:"):
                read.add(where)
                step.append(where)
    return set(names)


def fill_month(world: World) -> None:
    """Meetings of the month that runs, on each step of the way; the month before is closed."""
    drafted, agreed = (recorded(club(world.phu_duc)) for _n in range(2))
    save_minutes(meeting=drafted, chair="Lê Thị Chủ", by=None)
    save_minutes(meeting=agreed, chair="Lê Thị Chủ", secretary="Trần Văn Ghi", conclusions="Như bàn.", by=None)
    agree_minutes(meeting=agreed, by=None)
    recorded(club(world.phu_duc))
    for day in (15, 21):
        at = datetime(2026, 10, day, 7, 30, tzinfo=ZONE)
        visit = plan_visit(club=club(world.phu_duc), starts_at=at, host=world.an_hiep, purpose="Nuôi dê", by=None)
        if day == 15:
            member(visit.club)
            record_attendance(meeting=visit, statuses={}, by=None)
    month = reporting_calendar().parse("2026-10")
    close_period(unit=world.province, period=month, reason="Đã chốt báo cáo", by=None)


def recorded(found: Club) -> Meeting:
    """A meeting that was held, with an agenda, and no minutes yet."""
    member(found)
    meeting = planned(found, date(2026, 10, 16))
    set_agenda(meeting=meeting, items=[("credit", "Vay vốn")], by=None)
    return record_attendance(meeting=meeting, statuses={}, by=None)


def test_every_page_is_three_links_from_home_at_most(world: World, client: Client) -> None:
    fill_province(world, build_objects(world)["clubs_club"])
    fill_month(world)
    client.force_login(world.users["tinh"])
    table = rows()
    pages = {name for name, (_arguments, statuses) in table.items() if statuses[ROLES.index("tinh")] in (200, 302)}
    of_the_website = {name for name in pages if not name.startswith("admin:")}
    assert of_the_website - NOT_BY_LINKS - reached(client) == set()
