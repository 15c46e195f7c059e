"""What a calendar feed shows: the meetings its owner may see today, of the club or the unit it was opened for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import CalendarFeed, Meeting
from meetings.querysets import MeetingQuerySet, midnight
from steering.access import granted_paths
from steering.language import on_record

PAST = timedelta(days=60)


@dataclass(frozen=True)
class Edition:
    """What a reader asks for to know whether anything is new. Both are others every day, for what no meeting tells of:
    a renamed club, a right that ended."""

    tag: str
    changed_at: datetime


def live_feed(key: str) -> CalendarFeed | None:
    """The feed at an address; None when it is revoked, unknown, or its owner has no work here any more."""
    found = CalendarFeed.objects.current().select_related("user", "club", "unit").filter(key=key).first()
    return found if found and granted_paths(found.user, "meetings.view_meeting") else None


def meetings_of(feed: CalendarFeed) -> MeetingQuerySet:
    """From two months ago to the last that is planned, called-off ones too: a calendar has to hear of it."""
    rows: MeetingQuerySet = Meeting.objects.visible_to(feed.user).since(timezone.localdate() - PAST)
    if feed.club_id:
        return rows.filter(club=feed.club_id)
    return rows.under(feed.unit) if feed.unit else rows


def edition(meetings: MeetingQuerySet) -> Edition:
    """One query, however many meetings there are."""
    traces, today = meetings.traces(), timezone.localdate()
    tag = "-".join(map(str, [f"{today:%Y%m%d}", traces["n"], *traces["latest"]]))
    return Edition(f'"{tag}"', max(traces["at"] or midnight(today), midnight(today)))


def name_of(feed: CalendarFeed) -> str:
    """How a calendar calls it: "Sinh hoạt: Xã An Khánh"."""
    with on_record():
        of = feed.club or feed.unit
        return _("Sinh hoạt: %(of)s") % {"of": of} if of else _("Sinh hoạt câu lạc bộ giảm nghèo")
