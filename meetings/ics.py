"""Meetings as entries of a calendar (RFC 5545). An entry keeps its UID for life; each change raises its SEQUENCE."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vDuration

from meetings.agendas import agendas_of
from meetings.invitations import venue
from meetings.models import AgendaItem, Meeting, MeetingState
from steering.language import on_record

LENGTH = timedelta(hours=2)
REMIND = timedelta(days=1)
REFRESH = timedelta(hours=6)
STATUS = {
    MeetingState.INVITED: "CONFIRMED",
    MeetingState.HELD: "CONFIRMED",
    MeetingState.CANCELLED: "CANCELLED",
    MeetingState.DID_NOT_MEET: "CANCELLED",
}


def calendar_of(meetings: Iterable[Any], site: str, name: str = "", *, is_public: bool = False) -> bytes:
    """`meetings` come with `changes` and `changed_at`, see `MeetingQuerySet.with_changes`; `site` ends in "/".

    With a `name` it is a calendar to be read again and again, and says how often. One that `is_public` tells when and
    where, not what about, and leads to the public page of the club.
    """
    with on_record():
        calendar = Calendar()
        calendar.add("prodid", "-//Câu lạc bộ giảm nghèo//VI")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        if name:
            introduce(calendar, name)
        meetings = list(meetings)
        agendas = {} if is_public else agendas_of(meetings)
        for meeting in meetings:
            page = (
                reverse("public_club", args=[meeting.club_id]) if is_public else reverse("meeting", args=[meeting.pk])
            )
            calendar.add_component(entry(meeting, site.rstrip("/") + page, agendas.get(meeting.pk, [])))
        content: bytes = calendar.to_ical()
        return content


def introduce(calendar: Calendar, name: str) -> None:
    """Its name and its rhythm, each under the standard's word (RFC 7986) and the one that older programs know."""
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))


def entry(meeting: Any, address: str, agenda: list[AgendaItem]) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@clbgn")
    event.add("sequence", meeting.changes)
    event.add("dtstamp", meeting.changed_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + LENGTH)
    event.add("summary", f"{meeting.title}, {meeting.club}")
    event.add("location", venue(meeting.host))
    if agenda:
        event.add("description", "\n".join(f"{place}. {item}" for place, item in enumerate(agenda, 1)))
    event.add("url", address)
    event.add("status", STATUS.get(MeetingState(meeting.state), "TENTATIVE"))
    if meeting.state in (MeetingState.PLANNED, MeetingState.INVITED):
        event.add_component(reminder(meeting))
    return event


def reminder(meeting: Meeting) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -REMIND)
    alarm.add("description", _("Ngày mai: %(what)s") % {"what": meeting.title})
    return alarm
