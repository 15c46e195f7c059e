"""The search of the header: units, clubs, people and meetings that the reader may see, a few of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clubs.models import Club, Membership, Person
from meetings.models import Meeting
from steering.models import Unit
from steering.pages import page_of
from steering.text import fold

SHOWN = 10
READ = (
    1000  # rows that match are put in order among so many at most, so that a common word costs no more than a rare one
)
LONGEST = 100  # letters of what is asked
DATE = re.compile(r"(?:\b(?:ngày|ngay|tháng|thang)\s+)?\b(?:(\d{1,2})/)?(\d{1,2})/(\d{4})\b", re.IGNORECASE)
YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Asked:
    """What is looked for: words, and for meetings the days from `first` to `last`, both inclusive, if there was a date."""

    words: str
    first: date | None = None
    last: date | None = None

    @classmethod
    def parse(cls, text: str) -> Asked:
        """ "An Khánh 10/2026" → the words "An Khánh" and all days of October; a date that there is not is words."""
        found = DATE.search(text)
        if found is None or int(found[3]) not in YEARS:
            return cls(text)
        day, month, year = int(found[1] or 0), int(found[2]), int(found[3])
        words = " ".join((text[: found.start()] + text[found.end() :]).split())
        try:
            first = date(year, month, day or 1)
        except ValueError:
            return cls(text)
        return cls(words, first, first if day else (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


@dataclass
class Group:
    """A kind of thing that is searched: its rows in order, and the address of the list that has all of them."""

    name: str
    rows: Any
    more: str
    shown: Iterable[Any] = ()
    has_more: bool = False

    def read(self) -> None:
        found = list(self.rows[: SHOWN + 1])
        self.shown, self.has_more = found[:SHOWN], len(found) > SHOWN


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """At most ten of each; with `of`, all of one kind, page by page."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    asked = Asked.parse(text)
    groups = groups_of(request.user, asked, text) if text else []
    wanted = next((group for group in groups if group.name == request.GET.get("of")), None)
    context: dict[str, Any] = {"words": text, "asked": asked, "now": timezone.now()}
    if wanted is not None:
        wanted.shown = context["page"] = page_of(request, wanted.rows)
        groups = [wanted]
    else:
        for group in groups:
            group.read()
    context["groups"] = [group for group in groups if group.shown]
    return render(request, "search/search.html", context)


def groups_of(user: Any, asked: Asked, text: str) -> list[Group]:
    """With a date, meetings only: nothing else has one."""
    meetings = Group("meetings", meetings_found(user, asked), meetings_list(asked, text))
    if asked.first:
        return [meetings]
    words = urlencode({"q": asked.words})
    return [
        Group("units", units_found(user, asked.words), f"{reverse('units')}?{words}"),
        Group("clubs", clubs_found(user, asked.words), f"{reverse('clubs')}?{words}"),
        Group("people", people_found(user, asked.words), f"{reverse('search')}?{words}&of=people"),
        meetings,
    ]


def meetings_list(asked: Asked, text: str) -> str:
    """The list of meetings under the same conditions; a month with words has none, and is listed here."""
    if asked.first and asked.first != asked.last:
        return f"{reverse('search')}?{urlencode({'q': text, 'of': 'meetings'})}"
    conditions = {"q": asked.words, "day": asked.first.isoformat()} if asked.first else {"q": asked.words, "period": ""}
    return f"{reverse('meetings')}?{urlencode(conditions)}"


def in_order(found: Any, words: str, *order: Any) -> Any:
    """Rows that were found, those with the words as they were typed first."""
    rows = found.model.objects.filter(pk__in=found.order_by().values("pk")[:READ])
    begins = Q(search__startswith=fold(words)) | Q(search__contains=f" {fold(words)}")
    as_typed = Case(When(begins, then=Value(0)), default=Value(1))
    return rows.order_by(as_typed, *order, "pk")


def units_found(user: Any, words: str) -> Any:
    """Those in force first, the higher ones first."""
    in_force = F("valid_until").desc(nulls_first=True)
    found = Unit.objects.visible_to(user).search(words)
    return in_order(found, words, in_force, Length("path"), "sort_key").with_parents()


def clubs_found(user: Any, words: str) -> Any:
    in_being = F("ended_on").desc(nulls_first=True)
    return in_order(Club.objects.visible_to(user).search(words), words, in_being, "sort_key").with_place()


def people_found(user: Any, words: str) -> Any:
    """With the seat that the reader may see, the one held now before former ones: `seat_pk`, `seat`, `seat_club`,
    `seat_left_on`."""
    seats = Membership.objects.visible_to(user).filter(person=OuterRef("pk"))
    seats = seats.order_by(F("left_on").desc(nulls_first=True), "-joined_on", "-pk")
    found = in_order(Person.objects.visible_to(user).search(words), words, "sort_key")
    return found.select_related("unit").annotate(
        seat_pk=Subquery(seats.values("pk")[:1]),
        seat=Subquery(seats.values("seat")[:1]),
        seat_club=Subquery(seats.values("club__name")[:1]),
        seat_left_on=Subquery(seats.values("left_on")[:1]),
    )


def meetings_found(user: Any, asked: Asked) -> Any:
    """The latest first; of a day or a month, in the order in which they happen."""
    meetings = Meeting.objects.visible_to(user)
    if asked.words:
        clubs = Club.objects.visible_to(user).search(asked.words).order_by().values("pk")[:READ]
        meetings = meetings.filter(club__in=clubs)
    if asked.first and asked.last:
        return meetings.between(asked.first, asked.last).with_place().order_by("starts_at", "pk")
    return meetings.with_place().order_by("-starts_at", "pk")
