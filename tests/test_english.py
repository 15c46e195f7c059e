"""The switch to English: no Vietnamese stays on a page but names, and what is on record stays Vietnamese."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import override

from clubs.imports import ClubResource
from clubs.models import Club
from config.messages import ENGLISH, ROOT, read
from meetings.actions import plan_club, ranked_hosts
from steering.models import SteeringCommittee, Unit
from tests.builders import World, club, unit
from tests.test_access import address, build_objects, rows

OUR_APPS = ("steering", "clubs", "meetings", "reports")
SAID = ("title", "aria-label", "placeholder", "alt", "label", "content")
NOT_SAID = ("script", "style", "textarea")
QUOTED = re.compile(r"“[^”]*”")
NOT_ENGLISH = re.compile(r"[^\W\d_a-zA-Z]")


class Words(HTMLParser):
    """What a page says: its texts, and the attributes that are read out or shown; nothing marked as Vietnamese."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent: list[str] = []  # open elements of the same name as the outermost that is not read
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in self.silent or (not self.silent and (tag in NOT_SAID or given.get("lang") == "vi")):
            self.silent.append(tag)
        if not self.silent:
            self.said += [given[name] or "" for name in SAID if name in given]
            self.said += (
                [given["value"] or ""] if given.get("type") in ("submit", "button") and "value" in given else []
            )

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(" ".join(data.split()))


def data() -> Iterator[str]:
    """Whatever text stands in the database, and the names of units and committees."""
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            fields = [field.name for field in model._meta.fields if isinstance(field, CharField | TextField)]
            if fields and not hasattr(model, "history_type"):
                yield from (str(text) for row in model._default_manager.values_list(*fields) for text in row)
    yield from map(str, [*Unit.objects.all(), *SteeringCommittee.objects.select_related("unit")])


def names(known: set[str]) -> re.Pattern[str]:
    """Texts of the database, whole or as pages show them: a name without its last word, a reason without its host."""
    whole = set(filter(NOT_ENGLISH.search, known))
    parts = {part for text in whole for part in (text.rpartition(" ")[0], text.partition(": ")[2]) if " " in part}
    return re.compile("|".join(map(re.escape, sorted(whole | parts, key=len, reverse=True))), re.IGNORECASE)


def left_in_vietnamese(page: str, known: set[str]) -> set[str]:
    """What the page says with Vietnamese letters, or as a message of ours that has an English translation."""
    ours = {message.id: message.string for message in read(ROOT / ENGLISH) if message.id != message.string}
    unknown = set(Words(page).said) - set(ours.values()) - known
    said = {names(known).sub("", QUOTED.sub("", text)).strip() for text in unknown}
    return {text for text in said if text and (text in ours or NOT_ENGLISH.search(text))}


@pytest.mark.parametrize("role", ["tinh", "thuky"])
def test_no_page_in_english_speaks_vietnamese(role: str, world: World, client: Client) -> None:
    objects = build_objects(world)
    client.force_login(world.users[role])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    known, found = set(data()), {}
    for name, (arguments, _statuses) in rows().items():
        answer = client.get(address(name, arguments, objects))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[name] = left_in_vietnamese(answer.content.decode(), known)
    assert len(found) > 10
    assert {name: words for name, words in found.items() if words} == {}


# What goes on record


@pytest.fixture
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def test_a_unit_created_in_english_has_its_vietnamese_name(world: World, in_english: None) -> None:
    made = unit(world.chau_thanh, "xa", "Phú An Hòa")
    assert (str(made), made.search) == ("Xã Phú An Hòa", "xa phu an hoa")


def test_a_club_left_unnamed_in_english_gets_its_vietnamese_name(world: World, client: Client) -> None:
    client.force_login(world.users["xa"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    schedule = {"cadence": "month", "week": "2", "weekday": "4", "starts_at": "07:30"}
    decision = {"number": "5", "symbol": "QĐ-UBND", "issued_on": "15/01/2025"}
    sent = {"unit": world.an_khanh.pk, "kind": "work", **decision, **schedule, "agreed": "1"}
    client.post(reverse("club_found"), sent)
    found = Club.objects.get()
    assert found.name == "CLB công tác giảm nghèo xã An Khánh"
    assert found.founding_decision.subject == "Về việc thành lập CLB công tác giảm nghèo xã An Khánh"


def test_a_meeting_planned_in_english_keeps_its_reason_in_vietnamese(world: World, in_english: None) -> None:
    (meeting,) = plan_club(club=club(world.chau_thanh), until=date(2026, 11, 10), by=None)
    assert meeting.host_reason == "Xã An Khánh: chưa từng đăng cai"
    assert ranked_hosts(meeting.club, date(2026, 12, 1))[0].why == "never hosted"


def test_a_file_exported_in_english_can_be_imported_again(world: World, in_english: None) -> None:
    here = club(world.an_khanh)
    resource = ClubResource(user=world.users["tinh"])
    sheet = resource.export(Club.objects.all())
    assert sheet.dict[0]["Cấp"] == "Cấp xã"
    sheet.append([f"{here.name} khác", *sheet[0][1:]])
    result = resource.import_data(sheet)
    assert [row.import_type for row in result.rows] == ["skip", "new"]


def test_numbers_and_dates_in_english(in_english: None) -> None:
    assert localize(1234567.5, use_l10n=True) == "1,234,567.5"
    assert localize(date(2026, 10, 5), use_l10n=True) == "05/10/2026"
