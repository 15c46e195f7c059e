"""The lists that hang on a meeting: people invited (R12) and topics (R13)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.plan import lock_meeting
from meetings.models import AgendaItem, Guest, Meeting
from steering.actions import save_checked
from steering.models import User
from steering.text import clean

INVITED_ABOUT = 15  # R12: "about"; more is warned of, never refused
INVITED, TOPICS = (
    "invited",
    "topics",
)  # kept with the history of a meeting, whose own fields such a change may not touch
Pair = tuple[str, str]
COLUMNS: dict[type, Pair] = {Guest: ("full_name", "body"), AgendaItem: ("area", "title")}


@dataclass(frozen=True)
class Revision:
    """What somebody did to a list: rows changed (id → values), removed (ids) and added. Rows not named stay."""

    changed: Mapping[int, Pair] = field(default_factory=dict)
    removed: Collection[int] = ()
    added: Sequence[Pair] = ()


def revise(rows: Any, revision: Revision) -> list[Any] | None:
    """Carry `revision` out on the related manager `rows`; the new rows, or None when nothing became different.

    A row that is in the list already is not added again; one that somebody else removed meanwhile stays removed.
    """
    columns = COLUMNS[rows.model]
    present = {row.pk: row for row in rows.all()}
    removed = present.keys() & set(revision.removed)
    rows.filter(pk__in=removed).delete()
    changed = [
        pk for pk, pair in revision.changed.items() if pk in present.keys() - removed and differs(present[pk], pair)
    ]
    for pk in changed:
        row = present[pk]
        for column, value in zip(columns, revision.changed[pk], strict=True):
            setattr(row, column, clean(value))
        row.clean_fields(exclude=["meeting"])
        row.save()
    taken = {values(row) for pk, row in present.items() if pk not in removed}
    wanted = dict.fromkeys((clean(first), clean(second)) for first, second in revision.added)
    new = [
        rows.model(meeting=rows.instance, **dict(zip(columns, pair, strict=True)))
        for pair in wanted
        if pair not in taken
    ]
    for row in new:
        row.clean_fields(exclude=["meeting"])
    rows.bulk_create(new)
    return new if new or removed or changed else None


def values(row: Any) -> Pair:
    first, second = COLUMNS[type(row)]
    return getattr(row, first), getattr(row, second)


def differs(row: Any, pair: Pair) -> bool:
    return values(row) != (clean(pair[0]), clean(pair[1]))


@transaction.atomic
def revise_invited(*, meeting: Meeting, revision: Revision, by: User | None) -> list[Guest]:
    """Add, correct and take off people invited; the new ones. See `invitation_warning` for R12."""
    meeting = lock_meeting(meeting)
    new = revise(meeting.guests, revision)
    if new is not None:
        meeting._change_reason = INVITED  # type: ignore[attr-defined]  # read by simple-history
        meeting.invited_count = meeting.guests.count()
        save_checked(meeting, by=by)
    return new or []


def invite(*, meeting: Meeting, guests: Sequence[Pair], by: User | None) -> list[Guest]:
    """Add guests (full name, body); whoever is invited already is left out."""
    return revise_invited(meeting=meeting, revision=Revision(added=guests), by=by)


@transaction.atomic
def count_invited(*, meeting: Meeting, by: User | None) -> int:
    """Keep the count beside the meeting after its invitations were written row by row, and return it."""
    meeting = lock_meeting(meeting)
    count = meeting.guests.count()
    if count != meeting.invited_count:
        meeting.invited_count = count
        save_checked(meeting, by=by)
    return count


def invitation_warning(count: int) -> str | None:
    """A sentence above about 15 guests (R12), else None."""
    if count <= INVITED_ABOUT:
        return None
    return _("%(count)d người là nhiều hơn mức khoảng %(about)d. Vẫn lưu được, nếu nơi họp đủ chỗ.") % {
        "count": count,
        "about": INVITED_ABOUT,
    }


@transaction.atomic
def revise_topics(*, meeting: Meeting, revision: Revision, by: User | None) -> list[AgendaItem]:
    """Add, correct and take off topics (policy area, content); the new ones (R13)."""
    meeting = lock_meeting(meeting)
    new = revise(meeting.agenda, revision)
    if new is not None:
        meeting._change_reason = TOPICS  # type: ignore[attr-defined]
        save_checked(meeting, by=by)
    return new or []


@transaction.atomic
def set_topics(*, meeting: Meeting, topics: Sequence[Pair], by: User | None) -> list[AgendaItem]:
    """Put `topics` (policy area, content) in the place of those recorded."""
    rows = meeting.agenda.values_list("pk", flat=True)
    return revise_topics(meeting=meeting, revision=Revision(removed=list(rows), added=topics), by=by)
