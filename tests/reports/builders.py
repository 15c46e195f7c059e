"""Clubs with a life of their own, for the figures: built through the actions, as everywhere."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from clubs.models import Club
from meetings.actions import did_not_meet, invite, plan_meeting, record_attendance, set_agenda
from meetings.models import Meeting
from steering.models import Unit
from tests.builders import club, member, unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def planned(club_: Club, day: date, **facts: Any) -> Meeting:
    """A meeting at 07:30 on `day`; a commune without hamlets gets one to be the host."""
    if club_.level == "commune" and not club_.unit.children.exists():
        unit(club_.unit, "ap", "1")
    return plan_meeting(club=club_, starts_at=datetime.combine(day, time(7, 30), ZONE), by=None, **facts)


def held(
    club_: Club, day: date, statuses: Mapping[int, str] | None = None, guests: int = 0, areas: str = ""
) -> Meeting:
    """A meeting that took place, with attendance by exception and areas as "credit health"."""
    meeting = planned(club_, day)
    invite(meeting=meeting, guests=[(f"Khách {n}", "UBND") for n in range(guests)], by=None)
    set_agenda(meeting=meeting, items=[(area, f"Nội dung {n}") for n, area in enumerate(areas.split())], by=None)
    return record_attendance(meeting=meeting, statuses=statuses or {}, by=None)


def not_held(club_: Club, day: date) -> Meeting:
    return did_not_meet(meeting=planned(club_, day), reason="Mưa bão", by=None)


def with_members(place: Unit, people: int = 2, collectives: int = 0, **facts: Any) -> Club:
    new = club(place, **facts)
    for _ in range(people):
        member(new, joined_on=new.founded_on)
    for n in range(collectives):
        member(
            new, joined_on=new.founded_on, kind="collective", full_name=f"Hội {n} {new}", representative="Trần Thị Lụa"
        )
    return new
