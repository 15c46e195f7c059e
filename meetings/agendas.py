"""What a meeting is about: what was written down, and the club's opinions that come back until they are settled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from meetings.models import AgendaItem, Meeting, Opinion, OpinionState
from meetings.models.meetings import OPEN_STATES
from steering.language import on_record

LONGEST = 300  # of a title


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """The lines of one meeting's agenda, in order; see `agendas_of`."""
    return agendas_of([meeting])[meeting.pk]


def agendas_of(meetings: Iterable[Meeting]) -> dict[int, list[AgendaItem]]:
    """By the meeting's id, its lines in order: the stored ones, then, at the club's next meeting that is still to be
    held, each opinion of an earlier meeting that is not closed, as an item not stored yet (R13). Two queries."""
    found = {meeting.pk: meeting for meeting in meetings}
    lines: dict[int, list[AgendaItem]] = {pk: [] for pk in found}
    for item in AgendaItem.objects.filter(meeting__in=found):
        lines[item.meeting_id].append(item)
    clubs = {meeting.club_id for meeting in found.values() if meeting.state in OPEN_STATES}
    for opinion in unsettled(clubs):
        meeting = found.get(opinion.next_pk)
        if meeting is not None and opinion.meeting.starts_at < meeting.starts_at:
            items = lines[meeting.pk]
            if opinion.pk not in [item.opinion_id for item in items]:
                items.append(item_about(opinion, meeting, place=len(items) + 1))
    return lines


def unsettled(clubs: Iterable[int]) -> Any:
    """Opinions of the clubs (ids) that are not closed, each with `next_pk` of the club's next meeting or None."""
    coming = Meeting.objects.filter(club=OuterRef("meeting__club"), state__in=OPEN_STATES).order_by("starts_at", "pk")
    rows = Opinion.objects.filter(meeting__club__in=clubs).exclude(state=OpinionState.CLOSED)
    return (
        rows.select_related("meeting")
        .annotate(next_pk=Subquery(coming.values("pk")[:1]))
        .order_by("meeting__starts_at", "pk")
    )


def item_about(opinion: Opinion, meeting: Meeting, place: int) -> AgendaItem:
    """An unsaved line: "Kiến nghị ngày 09/09/2026: sửa cầu ấp 3"."""
    with on_record():
        raised = f"{opinion.meeting.day:%d/%m/%Y}"
        title = _("Kiến nghị ngày %(day)s: %(what)s") % {"day": raised, "what": " ".join(opinion.text.split())}
    if len(title) > LONGEST:
        title = f"{title[: LONGEST - 1]}…"
    return AgendaItem(meeting=meeting, opinion=opinion, area=opinion.area, title=title, place=place)


def total_minutes(items: Iterable[AgendaItem]) -> int:
    return sum(item.minutes or 0 for item in items)
