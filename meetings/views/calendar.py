"""A month of meetings, day by day."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clubs.models.clubs import Weekday
from meetings.models import Meeting
from steering.models import ClosedDay

SHOWN = 4  # meetings in one cell; the rest stand in the day's list
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass
class Day:
    """A cell. `left` counts the meetings that are not shown; `closed` is why nobody works, empty on other days."""

    on: date
    meetings: list[Any] = field(default_factory=list)
    closed: str = ""

    @property
    def left(self) -> int:
        return self.meetings[0].in_day - len(self.meetings) if self.meetings else 0


@require_safe
@permission_required("meetings.view_meeting", raise_exception=True)
def calendar(request: HttpRequest, month: str = "") -> HttpResponse:
    first = first_day_of(month)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    rows = Meeting.objects.visible_to(request.user).between(first, last)  # type: ignore[arg-type]
    now = timezone.now()
    meetings = list(rows.first_of_each_day(SHOWN, now).select_related("club"))
    context = {
        "first": first,
        "previous": (first - timedelta(days=1)).replace(day=1),
        "next": last + timedelta(days=1),
        "today": timezone.localdate(),
        "now": now,
        "weekdays": Weekday.labels,
        "weeks": weeks(first, meetings),
        "counts": meetings[0] if meetings else None,
    }
    return render(request, "meetings/calendar.html", context)


def first_day_of(month: str) -> date:
    """The first day of "2026-10", of the current month without one. Raises Http404 for what is no month."""
    if not month:
        return timezone.localdate().replace(day=1)
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        first = date.min
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise Http404(_("Không có tháng này trong lịch."))
    return first


def weeks(first: date, meetings: Any) -> list[list[Day | None]]:
    """The month in weeks from Monday to Sunday; None where a day belongs to another month."""
    met = defaultdict(list)
    for meeting in meetings:
        met[meeting.day].append(meeting)
    closed = dict(ClosedDay.objects.filter(day__range=(first, first + timedelta(days=30))).values_list("day", "name"))
    return [
        [Day(day, met[day], closed.get(day, "")) if day.month == first.month else None for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
