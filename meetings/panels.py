"""What a meeting's page lists of what hangs on the meeting: papers, models, opinions, who was not simply there, clubs that
go together, hosts that declined. All of it in one query; each row has the columns that the page shows, and no others."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import DateField, IntegerField, Q, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber

from clubs.models import Club
from meetings.models import (
    AttendanceStatus,
    DeclinedTurn,
    Material,
    Meeting,
    MeetingForm,
    MeetingState,
    Opinion,
    ProductionModel,
)
from steering.models import SteeringCommittee, Unit

EXCEPTIONS = (AttendanceStatus.LATE, AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT)


class Row(NamedTuple):
    """`what` it is, its place in its panel, and what all panels share; blank where a panel has no such thing."""

    what: str
    place: int
    pk: int
    number: int | None
    words: str
    more: str
    state: str
    day: Any  # a date
    unit_type: str
    unit_name: str


TEXT = Cast(Value(""), TextField())
BLANK = {
    "number": Cast(Value(None), IntegerField()),
    **dict.fromkeys(("words", "more", "state"), TEXT),
    "day": Cast(Value(None), DateField()),
    **dict.fromkeys(("unit_type", "unit_name"), TEXT),
}


@dataclass
class Panels:
    """`materials` by the id of their agenda line; `exceptions` are the names under each status that anybody has."""

    materials: Mapping[int | None, list[Material]]
    models: list[ProductionModel]
    opinions: list[Opinion]
    exceptions: list[tuple[AttendanceStatus, list[str]]]
    together: list[Any]
    declined: list[DeclinedTurn]


def panels_of(meeting: Meeting, *, with_names: bool) -> Panels:
    """`with_names`: whether the reader may know who was late or absent."""
    parts = [
        part("material", Material.objects.filter(agenda_items__meeting=meeting), number="agenda_items", words="title"),
        opinions_part(meeting),
        part("declined", meeting.declined.all(), words="reason", unit_type="unit__type", unit_name="unit__name"),
    ]
    if meeting.state == MeetingState.HELD:
        parts.append(part("model", meeting.production_models.all(), words="name", state="sector"))
        if with_names:
            parts.append(exceptions_part(meeting))
    if meeting.form == MeetingForm.VISIT:
        parts.append(together_part(meeting))
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(map(Row._make, parts[0].union(*parts[1:], all=True)), key=lambda row: (row.what, row.place)):
        rows[row.what].append(row)
    return in_panels(rows)


def part(what: str, rows: Any, **columns: Any) -> Any:
    """The rows of one panel, in their order, with the columns that all panels share."""
    order = rows.query.order_by or rows.model._meta.ordering
    place = Window(RowNumber(), order_by=order)
    return rows.order_by().values_list(Value(what), place, "pk", *({**BLANK, **columns}).values())


def opinions_part(meeting: Meeting) -> Any:
    to = "addressed_to__unit__"
    columns = {"words": "text", "state": "state", "day": "due_on", "unit_type": f"{to}type", "unit_name": f"{to}name"}
    return part("opinion", meeting.opinions.all(), **columns)


def exceptions_part(meeting: Meeting) -> Any:
    rows = meeting.attendance.exclude(status=AttendanceStatus.PRESENT)
    return part("exception", rows, words="membership__person__full_name", state="status")


def together_part(meeting: Meeting) -> Any:
    """The meetings of the clubs that make this visit."""
    leader = meeting.joins_id or meeting.pk
    rows = Meeting.objects.filter(Q(pk=leader) | Q(joins=leader)).exclude(state=MeetingState.CANCELLED)
    return part("together", rows.order_by("pk"), number="joins", words="club__name", more="path", state="state")


def in_panels(rows: dict[str, list[Row]]) -> Panels:
    materials: dict[int | None, list[Material]] = defaultdict(list)
    for row in rows["material"]:
        materials[row.number].append(Material(pk=row.pk, title=row.words))
    names = {status: [row.words for row in rows["exception"] if row.state == status] for status in EXCEPTIONS}
    return Panels(
        materials=materials,
        models=[ProductionModel(pk=row.pk, name=row.words, sector=row.state) for row in rows["model"]],
        opinions=[opinion_of(row) for row in rows["opinion"]],
        exceptions=[(status, found) for status, found in names.items() if found],
        together=sorted((joined_of(row) for row in rows["together"]), key=lambda each: (each.joins_id or 0, each.pk)),
        declined=[DeclinedTurn(pk=row.pk, unit=unit_of(row), reason=row.words) for row in rows["declined"]],
    )


def unit_of(row: Row) -> Unit:
    return Unit(type=row.unit_type, name=row.unit_name)


def opinion_of(row: Row) -> Opinion:
    to = SteeringCommittee(unit=unit_of(row))
    return Opinion(pk=row.pk, text=row.words, state=row.state, due_on=row.day, addressed_to=to)


def joined_of(row: Row) -> Meeting:
    return Meeting(pk=row.pk, joins_id=row.number, state=row.state, club=Club(name=row.words, path=row.more))
