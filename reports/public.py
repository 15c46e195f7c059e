"""What may be public: read here and nowhere else, so that nothing else gets out (R7, domain 6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from clubs.models import Club, ClubStatus, Office, OfficeRole, Regulation
from meetings.models import Meeting, MeetingState
from reports.figures import figures
from steering.calendar import month_calendar
from steering.models import Unit
from steering.periods import Period, PeriodKind

SHOWN = 12  # meetings to come
BACK = timedelta(days=60)
TO_COME = (MeetingState.PLANNED, MeetingState.INVITED)


def published() -> Any:
    """Clubs that were founded and have not ended."""
    return Club.objects.live()


def club_facts(club: Club) -> dict[str, Any]:
    """Counts, office-holders, the regulation in force, the meetings to come. Four queries."""
    now = timezone.now()
    held = Q(state=MeetingState.HELD, form="regular")
    counted = Meeting.objects.filter(club=club).aggregate(
        ever=Count("pk", filter=held), year=Count("pk", filter=held & Q(starts_at__gte=now - timedelta(days=365)))
    )
    meetings = Meeting.objects.filter(club=club, state__in=TO_COME, starts_at__gte=now).select_related(
        "host__parent__parent__parent"
    )
    return {
        "member_count": club.memberships.sitting().count(),
        "held_ever": counted["ever"],
        "held_this_year": counted["year"],
        "officers": officers(club),
        "regulation": Regulation.objects.filter(club=club, adopted_on__lte=timezone.localdate())
        .order_by("-version")
        .first(),
        "meetings": meetings.order_by("starts_at", "pk")[:SHOWN],
        "is_suspended": club.status == ClubStatus.SUSPENDED,
    }


def officers(club: Club) -> list[tuple[str, str]]:
    """(office, name) of the chair and the vice-chairs; no name where the person has not agreed to its being published."""
    rows = Office.objects.filter(club=club).held().select_related("membership__person").order_by("role", "slot")
    named = set(club.memberships.with_consents().filter(is_named=True).values_list("pk", flat=True))
    return [
        (str(OfficeRole(row.role).label), str(row.membership.person) if row.membership_id in named else "")
        for row in rows
    ]


def coming(club: Club) -> Any:
    """The meetings of the last two months and those to come, called off or not."""
    return Meeting.objects.filter(club=club, starts_at__gte=timezone.now() - BACK).order_by("starts_at", "pk")


def year_of(day: date) -> Period:
    return month_calendar().containing(PeriodKind.YEAR, day)


def statistics(province: Unit, year: Period) -> dict[str, Any]:
    """The figures of the year so far, by the units directly below the province."""
    found = figures(province, year)
    return {"figures": found, "rows": found.by_unit}
