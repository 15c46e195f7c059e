"""What needs somebody today: a table of kinds, each with its rows, its sentence and the page on which it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clubs.models import Club
from meetings.actions.guests import INVITED_ABOUT
from reports.needs import (
    crowded_meetings,
    expired_terms,
    overdue_opinions,
    reports_to_receive,
    returned_reports,
    skipped_hosts,
    unagreed_minutes,
    unfinished_elections,
    unfounded_clubs,
    unnumbered_decisions,
    unrecorded_meetings,
    unsent_reports,
    vacant_chairs,
)
from steering.calendar import month_calendar
from steering.models import Unit, UnitKind, UnitType
from steering.periods import PeriodKind

LATE, SOON, MILD = range(3)  # worst first
CSS = {LATE: "late", SOON: "soon", MILD: ""}


@dataclass(frozen=True)
class Kind:
    """`rows` of a unit, as `reports.needs.lines` gives them, given the beginning of today; `what` and `when` are
    sentences with %(subject)s, %(number)d and %(day)s; `page` takes the row's target, the key of its month where it is
    `of_month`, and `more`."""

    rows: Callable[[Unit, datetime], Any]
    rank: int
    symbol: str
    what: Any
    when: Any
    verb: Any
    page: str
    permission: str
    more: str = ""
    of_month: bool = False


KINDS: dict[str, Kind] = {
    "unrecorded": Kind(
        unrecorded_meetings,
        LATE,
        "circle-alert",
        _("Kỳ sinh hoạt đã qua, chưa có kết quả"),
        _("họp ngày %(day)s"),
        _("Nhập kết quả"),
        "attendance",
        "meetings.add_attendance",
    ),
    "no_chair": Kind(
        vacant_chairs,
        LATE,
        "circle-alert",
        _("Khuyết chủ nhiệm"),
        _("từ ngày %(day)s"),
        _("Bầu chủ nhiệm"),
        "election_call",
        "clubs.add_election",
    ),
    "election": Kind(
        unfinished_elections,
        LATE,
        "vote",
        _("Cuộc bầu ban chủ nhiệm chưa kết luận"),
        _("bầu ngày %(day)s"),
        _("Làm tiếp"),
        "election",
        "clubs.change_election",
    ),
    "term_over": Kind(
        expired_terms,
        SOON,
        "calendar-clock",
        _("Ban chủ nhiệm hết nhiệm kỳ"),
        _("từ ngày %(day)s"),
        _("Bầu ban chủ nhiệm"),
        "election_call",
        "clubs.add_election",
    ),
    "opinion_overdue": Kind(
        overdue_opinions,
        LATE,
        "message-square-warning",
        _("Kiến nghị quá hạn trả lời"),
        _("hạn trả lời %(day)s"),
        _("Xem và trả lời"),
        "opinion",
        "meetings.change_opinion",
    ),
    "unsent": Kind(
        unsent_reports,
        SOON,
        "file-text",
        _("Báo cáo tháng chưa gửi"),
        _("tháng hết ngày %(day)s"),
        _("Viết và gửi"),
        "edition_write",
        "reports.change_edition",
        of_month=True,
    ),
    "returned": Kind(
        returned_reports,
        LATE,
        "undo-2",
        _("Báo cáo bị trả lại"),
        _("gửi ngày %(day)s"),
        _("Sửa và gửi lại"),
        "edition",
        "reports.change_edition",
    ),
    "to_receive": Kind(
        reports_to_receive,
        SOON,
        "file-text",
        _("Báo cáo chờ nhận"),
        _("gửi ngày %(day)s"),
        _("Xem và nhận"),
        "edition",
        "reports.change_edition",
    ),
    "no_number": Kind(
        unnumbered_decisions,
        SOON,
        "file-text",
        _("Quyết định thành lập chưa có số"),
        _("thành lập ngày %(day)s"),
        _("Ghi số quyết định"),
        "decision_record",
        "steering.change_decision",
    ),
    "minutes": Kind(
        unagreed_minutes,
        SOON,
        "notebook-pen",
        _("Biên bản chưa thông qua"),
        _("họp ngày %(day)s"),
        _("Thông qua biên bản"),
        "minutes_agree",
        "meetings.change_minutes",
    ),
    "unfounded": Kind(
        unfounded_clubs,
        SOON,
        "file-text",
        _("Câu lạc bộ dự kiến chưa thành lập"),
        _("đề nghị ngày %(day)s"),
        _("Ghi quyết định, thành lập"),
        "club_found_planned",
        "clubs.change_club",
    ),
    "skipped": Kind(
        skipped_hosts,
        SOON,
        "rotate-cw",
        _("%(subject)s %(number)d kỳ chưa được đăng cai"),
        _("từ ngày %(day)s"),
        _("Xem lượt đăng cai"),
        "club",
        "meetings.add_meeting",
    ),
    "crowded": Kind(
        crowded_meetings,
        MILD,
        "users",
        _("Mời %(number)d người, trên mức khoảng %(about)d"),
        _("họp ngày %(day)s"),
        _("Xem danh sách mời"),
        "meeting_guests",
        "meetings.add_guest",
    ),
}


@dataclass(frozen=True)
class Todo:
    """One line; `scope_paths` let a permission be asked on it as on any other row."""

    kind: Kind
    club: Club | None
    target: int
    since: date
    scope: str
    subject: str
    number: int

    @property
    def what(self) -> str:
        return str(self.kind.what) % {"subject": self.place, "number": self.number, "about": INVITED_ABOUT}

    @property
    def place(self) -> str:
        """The unit that `subject` holds by its type and name."""
        first, _blank, name = self.subject.partition(" ")
        return f"{UnitType(first).prefix} {name}" if name else ""

    @property
    def where(self) -> str:
        """The club, with the unit above its own where the name does not tell it; without a club, the unit."""
        if self.club is None:
            return self.place
        above = self.club.unit.parent
        if above is None or above.kind == UnitKind.PROVINCE or above.name in self.club.name:
            return str(self.club)
        return f"{self.club}, {above.in_sentence}"

    @property
    def when(self) -> str:
        return str(self.kind.when) % {"day": f"{self.since:%d/%m/%Y}"}

    @property
    def css(self) -> str:
        return CSS[self.kind.rank]

    @property
    def address(self) -> str:
        month = [month_key(self.since)] if self.kind.of_month else []
        return reverse(self.kind.page, args=[self.target, *month]) + self.kind.more

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.scope,)


def month_key(day: date) -> str:
    return month_calendar().containing(PeriodKind.MONTH, day).key


def needs(unit: Unit, today: datetime) -> Any:
    """Everything at and below `unit`, in one query that can be sliced and counted: the worst and the oldest first.

    `turn` numbers the rows of a kind, the oldest first; `of_kind` is how many it has.
    """
    found = [
        kind.rows(unit, today).annotate(
            kind_key=Cast(Value(key), CharField(max_length=20)),
            rank=Cast(Value(kind.rank), IntegerField()),
            turn=Window(RowNumber(), order_by=[F("since"), F("target")]),
            of_kind=Window(Count("*")),
        )
        for key, kind in KINDS.items()
    ]
    return found[0].union(*found[1:], all=True).order_by("rank", "since", "kind_key", "target", "subject")


def some_of_each(rows: Any, n: int) -> tuple[list[dict[str, Any]], int]:
    """`n` of the rows, so that no kind hides the others: the first of each before the second of any; and how many rows
    there are. One query."""
    first = list(rows.order_by("turn", "rank", "since")[: max(n, len(KINDS))])
    chosen = sorted(first[:n], key=lambda row: (row["rank"], row["since"], row["turn"]))
    return chosen, sum(row["of_kind"] for row in first if row["turn"] == 1)


def todos(rows: Iterable[dict[str, Any]]) -> list[Todo]:
    """The rows of `needs` with their clubs, in one query more."""
    rows = list(rows)
    clubs = Club.objects.with_place().in_bulk({row["club_pk"] for row in rows} - {None})
    return [
        Todo(
            KINDS[row["kind_key"]],
            clubs.get(row["club_pk"]),
            **{name: row[name] for name in ("target", "since", "scope", "subject", "number")},
        )
        for row in rows
    ]
