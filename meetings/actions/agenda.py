"""A meeting's agenda (R13): lines in order, added, corrected and taken off; begun from another one or a template."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from clubs.actions.tallies import recount
from meetings.actions.locks import lock_counted, lock_meeting
from meetings.actions.revisions import Revision, revise
from meetings.agendas import agenda_of
from meetings.models import AgendaItem, Material, Meeting
from meetings.tallies import MEETINGS
from steering.actions import save_checked
from steering.models import User

AGENDA = "agenda"  # kept with the history of a meeting, whose own fields such a change does not touch
COLUMNS = ("place", "area", "title", "presenter", "minutes")
LAST = 32000  # the place of a line that was given none


class Line(NamedTuple):
    """A line without its place; `minutes` is how long it is planned to take."""

    area: str = ""
    title: str = ""
    presenter: str = ""
    minutes: int | None = None


@transaction.atomic
def revise_agenda(*, meeting: Meeting, revision: Revision, by: User | None) -> list[AgendaItem]:
    """Add, correct and take off lines, values as in `COLUMNS`; the new ones. The places become 1 to n.

    A line without a place comes last.
    """
    meeting = lock_counted(meeting)
    before = dict(meeting.agenda.values_list("pk", "place"))
    placed = Revision(
        changed={pk: (values[0] or LAST, *values[1:]) for pk, values in revision.changed.items()},
        removed=revision.removed,
        added=[(values[0] or LAST, *values[1:]) for values in revision.added],
    )
    new = revise(meeting.agenda, placed, COLUMNS, same=("area", "title"))
    if new is not None:
        number_agenda(meeting=meeting, before=before, by=by)
    return new or []


@transaction.atomic
def number_agenda(*, meeting: Meeting, before: Mapping[int, int], by: User | None) -> None:
    """Put the lines in order after they were written, and tell it in the meeting's history; see `renumber`."""
    meeting = lock_counted(meeting)
    renumber(meeting.agenda.all(), before)
    meeting._change_reason = AGENDA  # type: ignore[attr-defined]  # read by simple-history
    save_checked(meeting, by=by)
    recount(meeting.club, on=meeting.period_last_day, book=MEETINGS)


def renumber(items: Iterable[Any], before: Mapping[int, int]) -> None:
    """Give `items`, rows of one list, the places 1 to n; `before` are their places before they were moved, by id.

    A line moved to a place that is taken comes before the one there when it moved up, after it when it moved down.
    """

    def order(item: Any) -> tuple[int, int, int]:
        was = before.get(item.pk, LAST + 1)
        return item.place, (item.place > was) - (item.place < was), item.pk

    ordered = sorted(items, key=order)
    moved = [item for place, item in enumerate(ordered, 1) if item.place != place]
    for place, item in enumerate(ordered, 1):
        item.place = place
    if moved:
        type(moved[0])._default_manager.bulk_update(moved, ["place"])


def add_to_agenda(*, meeting: Meeting, lines: Sequence[Line], by: User | None) -> list[AgendaItem]:
    """Put `lines` at the end; what is there already is left out. The new ones."""
    return revise_agenda(meeting=meeting, revision=Revision(added=[(None, *line) for line in lines]), by=by)


@transaction.atomic
def set_agenda(*, meeting: Meeting, items: Sequence[Sequence[Any]], by: User | None) -> list[AgendaItem]:
    """Put `items`, each the beginning of a `Line`, in the place of those recorded."""
    rows = meeting.agenda.values_list("pk", flat=True)
    added = [(None, *Line(*item)) for item in items]
    return revise_agenda(meeting=meeting, revision=Revision(removed=list(rows), added=added), by=by)


@transaction.atomic
def attach_materials(*, item: AgendaItem, materials: Iterable[Material], by: User | None) -> None:
    """Let just `materials` be read with a line of the agenda; told in the meeting's history where that is a change."""
    meeting = lock_meeting(item.meeting)
    wanted = {material.pk for material in materials}
    if wanted == set(item.materials.values_list("pk", flat=True)):
        return
    item.materials.set(wanted)
    meeting._change_reason = AGENDA  # type: ignore[attr-defined]  # read by simple-history
    save_checked(meeting, by=by)


def keep_opinions(meeting: Meeting) -> None:
    """Store the lines that came onto the agenda by themselves, once the meeting is being held."""
    for item in agenda_of(meeting):
        if item.pk is None:
            item.save()
