"""What people are reminded of by e-mail: a table of kinds, who is told, and what the letter says.

A thing is told of once it is due and, if it lasts, once more a week later; each time is a row of `Reminder`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, MeetingState, Minutes, MinutesState, Opinion, OpinionState, Reminder
from meetings.querysets import SILENT
from steering.language import on_record
from steering.models import Appointment, User
from steering.models.units import PATH_STEP
from steering.roles import ROLES, Role

AGAIN = timedelta(days=7)
OLDEST = timedelta(days=60)  # what has been due for longer is no news to anybody; the home page still shows it
CHUNK = 500


# What there is to do


@dataclass(frozen=True)
class Kind:
    """`rows` of the days from the first to the last, both inclusive, as `columns` gives them; each is due `due_in` days
    after its own day. `page` takes a row's target. Whoever is told holds `permission`: the club's secretary if it
    `tells_the_club`, and the officers of the unit in charge, else of the nearest above it if it `climbs`."""

    rows: Callable[[date, date], Any]
    due_in: timedelta
    title: Any
    line: Any  # with %(club)s and %(day)s
    page: str
    permission: str
    tells_the_club: bool = True
    climbs: bool = True


def columns(rows: Any, **named: Any) -> Any:
    """`target`, its own day `on`, the `club` by name, its `club_path`, and the `office`: the path of the unit in charge."""
    return rows.order_by("pk").values(**{"target": F("pk"), **named})


def of_meetings(meetings: Any) -> Any:
    """The committee that manages the club is in charge; without one, whatever is found from the club's unit upwards."""
    return columns(
        meetings.filter(club__ended_on__isnull=True),
        on=TruncDate("starts_at"),
        name=F("club__name"),
        club_path=F("path"),
        office=F("club__manager__unit__path"),
        place=F("club__unit__path"),
    )


def uninvited(first: date, last: date) -> Any:
    return of_meetings(Meeting.objects.between(first, last).filter(state=MeetingState.PLANNED))


def unrecorded(first: date, last: date) -> Any:
    return of_meetings(Meeting.objects.between(first, last).filter(state__in=SILENT))


def without_minutes(first: date, last: date) -> Any:
    agreed = Minutes.objects.filter(meeting=OuterRef("pk"), state=MinutesState.AGREED)
    return of_meetings(Meeting.objects.between(first, last).filter(~Exists(agreed), state=MeetingState.HELD))


def unanswered(first: date, last: date) -> Any:
    return columns(
        Opinion.objects.filter(state=OpinionState.OPEN, due_on__range=(first, last)),
        on=F("due_on"),
        name=F("meeting__club__name"),
        club_path=F("meeting__club__path"),
        office=F("addressed_to__unit__path"),
        place=F("addressed_to__unit__path"),
    )


KINDS: dict[str, Kind] = {
    "unrecorded": Kind(
        unrecorded,
        timedelta(days=1),
        gettext_lazy("Kỳ sinh hoạt đã qua, chưa có kết quả"),
        gettext_lazy("%(club)s, họp ngày %(day)s"),
        "attendance",
        "meetings.add_attendance",
    ),
    "uninvited": Kind(
        uninvited,
        timedelta(days=-3),
        gettext_lazy("Kỳ sinh hoạt sắp tới, chưa ghi nhận đã mời"),
        gettext_lazy("%(club)s, họp ngày %(day)s"),
        "meeting_invitation",
        "meetings.change_meeting",
    ),
    "no_minutes": Kind(
        without_minutes,
        timedelta(days=3),
        gettext_lazy("Kỳ sinh hoạt đã họp, chưa thông qua biên bản"),
        gettext_lazy("%(club)s, họp ngày %(day)s"),
        "meeting_minutes",
        "meetings.add_minutes",
    ),
    "unanswered": Kind(
        unanswered,
        timedelta(days=1),
        gettext_lazy("Kiến nghị quá hạn trả lời"),
        gettext_lazy("%(club)s, hạn trả lời ngày %(day)s"),
        "opinion",
        "meetings.change_opinion",
        tells_the_club=False,
        climbs=False,
    ),
}


@dataclass(frozen=True)
class Thing:
    """One thing to do; `told_on` is the day from which it is told of: when it became due, or a week later."""

    kind: str
    target: int
    club: str
    on: date
    told_on: date

    @property
    def line(self) -> str:
        return str(KINDS[self.kind].line) % {"club": self.club, "day": f"{self.on:%d/%m/%Y}"}

    @property
    def address(self) -> str:
        return settings.SITE_URL.rstrip("/") + reverse(KINDS[self.kind].page, args=[self.target])


def things(day: date) -> Iterator[tuple[Thing, dict[str, Any]]]:
    """Everything due on `day`, each with its row, kind by kind; one query a kind."""
    for key, kind in KINDS.items():
        latest = day - kind.due_in
        # what is still to come is told of until its day, not for two months
        first = day if kind.due_in < timedelta(0) else latest - OLDEST
        for row in kind.rows(first, latest).iterator(CHUNK):
            due_on = row["on"] + kind.due_in
            told_on = due_on if day < due_on + AGAIN else due_on + AGAIN
            yield Thing(key, row["target"], row["name"], row["on"], told_on), row


# Who is told


class Staff:
    """Whoever works here on a day and can be written to, by the place of the appointment; one query."""

    def __init__(self, day: date) -> None:
        self.at: defaultdict[str, list[Appointment]] = defaultdict(list)
        rows = Appointment.objects.active_on(day).filter(user__is_active=True).exclude(user__email="")
        for appointment in rows.select_related("user").order_by("pk"):
            self.at[appointment.path].append(appointment)

    def here(self, path: str, permission: str) -> list[User]:
        """Those appointed at this very place whose role holds `permission`."""
        found = self.at.get(path, ())
        return [a.user for a in found if permission in ROLES[Role(a.role)].permissions]

    def nearest(self, path: str, permission: str) -> list[User]:
        """Those of the unit at `path`, or of the first above it that has any."""
        for end in range(len(path), 0, -PATH_STEP):
            if found := self.here(path[:end], permission):
                return found
        return []

    def who_can(self, kind: Kind, row: dict[str, Any]) -> list[User]:
        club = self.here(row["club_path"], kind.permission) if kind.tells_the_club else []
        find = self.nearest if kind.climbs else self.here
        return [*club, *find(row["office"] or row["place"], kind.permission)]


# What is sent


@dataclass
class Digest:
    """One letter: everything that `user` has not been told yet."""

    user: User
    things: list[Thing] = field(default_factory=list)

    @property
    def subject(self) -> str:
        with on_record():
            return _("Câu lạc bộ giảm nghèo: %(n)d việc chờ anh, chị") % {"n": len(self.things)}

    @property
    def body(self) -> str:
        with on_record():
            greeting = _("Kính gửi anh, chị %(name)s,") % {"name": self.user}
            intro = _("Trang Câu lạc bộ giảm nghèo xin nhắc những việc sau:")
            close = _("Việc đã làm xong thì không nhắc nữa. Thư này gửi tự động, xin không trả lời.\nTrân trọng.")
            return "\n\n".join([greeting, intro, *self.parts(), close]) + "\n"

    def parts(self) -> Iterator[str]:
        """Each kind under its title, each line with its link."""
        for key, kind in KINDS.items():
            lines = [f"- {thing.line}\n  {thing.address}" for thing in self.things if thing.kind == key]
            if lines:
                yield "\n".join([f"{kind.title}:", *lines])

    def records(self) -> list[Reminder]:
        return [
            Reminder(user=self.user, kind=thing.kind, target=thing.target, due_on=thing.told_on)
            for thing in self.things
        ]


def digests(day: date) -> Iterable[Digest]:
    """The letters to be sent on `day`, nothing in them that their reader has been told of already."""
    staff, told = Staff(day), told_since(day - OLDEST)
    found: dict[int, Digest] = {}
    for thing, row in things(day):
        for user in dict.fromkeys(staff.who_can(KINDS[thing.kind], row)):
            if (user.pk, thing.kind, thing.target, thing.told_on) not in told:
                found.setdefault(user.pk, Digest(user)).things.append(thing)
    return found.values()


def told_since(day: date) -> set[tuple[int, str, int, date]]:
    rows = Reminder.objects.filter(due_on__gte=day).order_by()
    return set(rows.values_list("user", "kind", "target", "due_on").iterator(CHUNK))
