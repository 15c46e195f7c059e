"""The year ahead of a club: period by period what is planned, what is owed, and where each host stands in the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from clubs.models import Club, ClubStatus
from meetings.actions.hosts import club_turns
from meetings.actions.turns import COMING
from meetings.duty import life_of
from meetings.line import line_today
from meetings.models import Meeting, MeetingForm, MeetingState
from meetings.planning_forms import AHEAD
from meetings.rules import Choice
from steering.calendar import month_calendar
from steering.periods import Period, PeriodKind


@dataclass(frozen=True)
class Row:
    """A meeting of a period, or None where one is owed and not planned yet."""

    period: Period
    meeting: Meeting | None
    is_coming: bool = False

    @property
    def has_turn(self) -> bool:
        """Whether its host may decline it or exchange it."""
        return self.is_coming and self.meeting is not None and self.meeting.is_turn


@dataclass(frozen=True)
class Place:
    """A host in the line, with the next day on which it hosts, None where none is planned."""

    choice: Choice
    next_on: date | None


def year_ahead(club: Club, meetings: Sequence[Meeting]) -> list[Row]:
    """From the period of today to that of a year later; `meetings` are all those of the club, by their days."""
    today, now, life = timezone.localdate(), timezone.now(), life_of(club)
    rows = []
    for period in month_calendar().between(PeriodKind(club.cadence), today, today + AHEAD):
        own = [meeting for meeting in meetings if meeting.day in period]
        rows += [Row(period, meeting, meeting.state in COMING and meeting.starts_at > now) for meeting in own]
        if club.status == ClubStatus.ACTIVE and life.owes(period) and not any(fulfils(meeting) for meeting in own):
            rows.append(Row(period, None))
    return rows


def fulfils(meeting: Meeting) -> bool:
    return meeting.form == MeetingForm.REGULAR and meeting.state != MeetingState.CANCELLED


def host_line(club: Club, meetings: Sequence[Meeting]) -> list[Place]:
    """The club's hosts as they stand today, the due one first."""
    now = timezone.now()
    ranked = line_today(club, club_turns(m for m in meetings if m.starts_at <= now))
    coming = [m for m in meetings if m.form == MeetingForm.REGULAR and m.state in COMING and m.starts_at > now]
    return [
        Place(choice, min((m.day for m in coming if m.host_id == choice.host.unit_id), default=None))
        for choice in ranked
    ]
