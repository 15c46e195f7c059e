"""The home page: what one came to know, then what there is to do."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clubs.models import Club
from meetings.models import Meeting, MeetingState
from meetings.next_step import next_step
from reports.needs import TO_COME
from reports.pictures import trend_picture
from reports.rules import total_standing
from reports.tables import midnight
from reports.todo import needs, some_of_each, todos
from reports.trend import overview
from steering.access import own_unit
from steering.calendar import reporting_calendar
from steering.models import Unit, User

TODOS = 5
COMING = 5
RECENT = 5
SILENT = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The figures of one's own unit; for a secretary, the own club's next meeting."""
    user: User = request.user  # type: ignore[assignment]  # everybody here has logged in
    unit = own_unit(user)
    if unit is None:
        return render(request, "reports/home_nowhere.html")
    if user.has_perm("reports.view_report", unit):
        return render(request, "reports/home.html", {"unit": unit, **of_unit(unit)})
    return render(request, "reports/home_club.html", of_clubs(user))


def of_unit(unit: Unit) -> dict[str, Any]:
    """Eight queries, whatever the number of rows."""
    found = overview(unit, reporting_calendar(), timezone.localdate())
    waiting, all_waiting = some_of_each(needs(unit, midnight()), TODOS)
    coming = Meeting.objects.under(unit).filter(state__in=TO_COME, starts_at__gte=timezone.now())
    period, figures = found.months[-1]
    return {
        "today": timezone.localdate(),
        "found": found,
        "clubs": total_standing(found.clubs.values()),
        "period": period,
        "figures": figures,
        "trend": trend_picture(found.months),
        "todos": todos(waiting),
        "todo_count": all_waiting,
        "coming": coming.with_place().order_by("starts_at", "pk")[:COMING],
    }


def of_clubs(user: User) -> dict[str, Any]:
    """The next meeting with its next step, those that passed without a record, then the last ones."""
    clubs = list(Club.objects.live().visible_to(user).with_place())
    meetings = Meeting.objects.filter(club__in=clubs).with_place().order_by("starts_at", "pk")
    put_off = Q(state=MeetingState.POSTPONED, period_last_day__gte=timezone.localdate())
    meeting = meetings.filter(Q(state__in=TO_COME, starts_at__gte=midnight()) | put_off).first()
    return {
        "clubs": clubs,
        "meeting": meeting,
        **(step_of(meeting, user) if meeting else {}),
        "silent": list(meetings.filter(state__in=TO_COME, starts_at__lt=midnight())[:SILENT]),
        "recent": meetings.filter(Q(starts_at__lt=timezone.now()) | Q(state=MeetingState.HELD)).reverse()[:RECENT],
        "now": timezone.now(),
    }


def step_of(meeting: Meeting, user: User) -> dict[str, Any]:
    """The next step and its page, where there is one that the user may take."""
    step = next_step(meeting, timezone.localdate())
    may = step is not None and user.has_perm(step.permission, meeting)
    return {"step": step, "step_address": step.address(meeting)} if step and may else {}
