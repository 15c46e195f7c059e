"""Meetings as officers and secretaries see them: the list, and a meeting's page."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clubs.models import Club
from meetings.actions import invitation_warning
from meetings.actions.opinions import has_taken_place
from meetings.agendas import agenda_of, total_minutes
from meetings.filters import MeetingFilter, current_period
from meetings.journal import journal
from meetings.minutes import outdated
from meetings.models import Meeting, MeetingState
from meetings.models.meetings import OPEN_STATES
from meetings.next_step import next_step
from meetings.panels import panels_of
from meetings.state_changes import MEETING_CHANGES
from steering.filters import units_to_choose
from steering.pages import chips, page_of, visible_or_404
from steering.state_changes import open_changes

OWN_PERIOD = ("period", "club", "day", "state")  # without any of them, the list shows the current period
ENTRIES = 6


@require_safe
@permission_required("meetings.view_meeting", raise_exception=True)
def meetings(request: HttpRequest) -> HttpResponse:
    found, now = filtered(request), timezone.now()
    club, day, period = found.value("club"), found.value("day"), found.chosen_period
    counts = found.qs.counted(now) if club or day or period else None  # all meetings there ever were are not counted
    context = {
        "filter": found,
        "page": page_of(request, found.qs, counts["total"] if counts else None),
        "counts": counts,
        "chips": chips(request, found.form),
        "club": club,
        "day": day,
        "period": period,
        "now": now,
        "default_sort": found.default_sort,
    }
    return render(request, "meetings/list.html", context)


def filtered(request: HttpRequest) -> MeetingFilter:
    """The meetings the reader may see, under the conditions of the address, else those of the current period."""
    user: Any = request.user
    data = request.GET.copy()
    if not any(name in data for name in OWN_PERIOD):
        data["period"] = current_period().key
    is_of_many = not data.get("club") and user.has_perm("steering.view_unit")
    units = units_to_choose(request) if is_of_many else None
    rows = Meeting.objects.visible_to(user).with_place()
    return MeetingFilter(data, queryset=rows, units=units, clubs=Club.objects.visible_to(user))


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found: Any = visible_or_404(Meeting.objects.with_place().with_neighbours(), user, pk=pk)
    panels = panels_of(found, with_names=user.has_perm("meetings.view_attendance", found))
    agenda = agenda_of(found)
    minutes = list(found.minutes.all()) if found.state == MeetingState.HELD else []
    written = minutes[0].state if minutes else ""
    step = next_step(found, timezone.localdate(), has_agenda=bool(agenda), minutes=written)
    guests = list(found.guests.all())
    context = {
        "meeting": found,
        "crumbs": crumbs(found),
        "now": timezone.now(),
        "is_open": found.state in OPEN_STATES,
        "is_dead": found.state in (MeetingState.CANCELLED, MeetingState.DID_NOT_MEET),
        "step": step if step and user.has_perm(step.permission, found) else None,
        "step_address": step.address(found) if step else "",
        "changes": open_changes(MEETING_CHANGES, found.state),
        "exceptions": panels.exceptions,
        "guests": [guest for guest in guests if guest.is_invited],
        "unexpected": [guest for guest in guests if not guest.is_invited],
        "warning": invitation_warning(found.invited_count),
        "agenda": [(item, panels.materials[item.pk] if item.pk else []) for item in agenda],
        "total": total_minutes(agenda),
        "minutes": minutes,
        "latest": minutes[0] if minutes else None,
        "outdated": outdated(minutes, found),
        "models": panels.models,
        "opinions": panels.opinions,
        "has_taken_place": has_taken_place(found),
        "today": timezone.localdate(),
        "declined": panels.declined,
        "together": [(each, user.has_perm("meetings.view_meeting", each)) for each in panels.together],
        "entries": journal(found, ENTRIES),
    }
    return render(request, "meetings/meeting.html", context)


def crumbs(found: Meeting) -> list[tuple[str, str]]:
    return [(_("Sinh hoạt"), reverse("meetings")), (str(found.club), reverse("club", args=[found.club_id]))]
