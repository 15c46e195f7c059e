"""Whom a club knows as guests: those it invited before, and those who come so often that they might become members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef
from django.utils import timezone

from clubs.models import Club, Membership
from meetings.actions.guests import INVITED_ABOUT
from meetings.guest_rules import Known, spread
from meetings.models import Guest, Meeting, MeetingState
from steering.models import Unit, UnitKind

MOST_KNOWN = 300  # the latest; who was not invited for so long is not asked again by a list
RECENT, OFTEN = 6, 3  # of so many meetings held, somebody who came to so many comes again and again
MOST_NAMED = 5


def suggestions(meeting: Meeting, invited: Iterable[Guest]) -> list[Known]:
    """Everybody the club invited to another meeting, who is not on this one's list and no member, in the order of
    `spread`; `invited` are those on the list."""
    pairs = Guest.objects.filter(meeting__club=meeting.club_id, is_invited=True).values("full_name", "body")
    here = Guest.objects.filter(meeting=meeting.pk, full_name=OuterRef("full_name"), body=OuterRef("body"))
    counted: Any = pairs.filter(~Exists(here), ~is_member(meeting.club)).annotate(
        place=Max("hamlet"), times=Count("pk"), latest=Max("meeting__starts_at")
    )
    known = [
        Known(row["full_name"], row["body"], row["place"], row["times"], timezone.localdate(row["latest"]))
        for row in counted.order_by("-latest", "full_name", "body")[:MOST_KNOWN]
    ]
    return spread(known, Counter(guest.hamlet for guest in invited))


def is_member(club: Club) -> Exists:
    """Whether somebody of a guest's name sits in the club."""
    return Exists(Membership.objects.sitting().filter(club=club, person__full_name=OuterRef("full_name")))


def places_left(invited: int) -> int:
    """How many more make about fifteen."""
    return max(0, INVITED_ABOUT - invited)


def frequent_guests(club: Club) -> list[dict[str, Any]]:
    """People who were invited and came to at least 3 of the club's latest 6 meetings, no members so far: `full_name`,
    `body`, how many `times`."""
    latest = Meeting.objects.filter(club=club, state=MeetingState.HELD).order_by("-starts_at").values("pk")[:RECENT]
    came = Guest.objects.filter(meeting__in=latest, is_invited=True, has_come=True)
    counted: Any = (
        came.filter(~is_member(club)).values("full_name", "body").annotate(times=Count("meeting", distinct=True))
    )
    return list(counted.filter(times__gte=OFTEN).order_by("-times", "full_name", "body")[:MOST_NAMED])


def guests_to_admit(club: Club, meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """`frequent_guests`, without a query while the club's `meetings`, the latest first, tell that there are none."""
    held = [meeting for meeting in meetings if meeting.state == MeetingState.HELD][:RECENT]
    return frequent_guests(club) if sum(bool(meeting.guest_count) for meeting in held) >= OFTEN else []


def hamlet_names(unit: Unit) -> list[str]:
    """The hamlets in force at and below `unit`, as one writes them: "Ấp Phước Hậu"."""
    units = Unit.objects.under(unit).active_on(timezone.localdate()).filter(kind=UnitKind.HAMLET)
    return list(dict.fromkeys(map(str, units.order_by("sort_key", "pk"))))
