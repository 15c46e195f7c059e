"""Meetings as officers and secretaries see them: the list, and a meeting's page."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Exists, OuterRef, Q
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
from meetings.models import AttendanceStatus, DeclinedTurn, Meeting, MeetingForm, MeetingState
from meetings.models.meetings import OPEN_STATES
from meetings.next_step import next_step
from meetings.state_changes import MEETING_CHANGES
from steering.filters import units_to_choose
from steering.pages import chips, page_of, visible_or_404
from steering.state_changes import open_changes

OWN_PERIOD = ("period", "club", "day", "state")  # without any of them, the list shows the current period
ENTRIES = 6
EXCEPTIONS = (AttendanceStatus.LATE, AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT)


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
    rows = Meeting.objects.with_place().with_neighbours()
    found: Any = visible_or_404(
        rows.annotate(is_declined=Exists(DeclinedTurn.objects.filter(meeting=OuterRef("pk")))), user, pk=pk
    )
    agenda = agenda_of(found)
    minutes = list(found.minutes.all()) if found.state == MeetingState.HELD else []
    latest = minutes[0].state if minutes else ""
    step = next_step(found, timezone.localdate(), has_agenda=bool(agenda), minutes=latest)
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
        "exceptions": exceptions(found) if user.has_perm("meetings.view_attendance", found) else [],
        "guests": [guest for guest in guests if guest.is_invited],
        "unexpected": [guest for guest in guests if not guest.is_invited],
        "warning": invitation_warning(found.invited_count),
        "agenda": agenda,
        "total": total_minutes(agenda),
        "minutes": minutes,
        "models": found.production_models.all(),  # shown of a meeting that was held
        "opinions": list(found.opinions.select_related("addressed_to__unit")),
        "has_taken_place": has_taken_place(found),
        "today": timezone.localdate(),
        "declined": found.declined.select_related("unit") if found.is_declined else [],
        "together": together(found, user) if found.form == MeetingForm.VISIT else [],
        "entries": journal(found, ENTRIES),
    }
    return render(request, "meetings/meeting.html", context)


def together(found: Meeting, user: Any) -> list[Any]:
    """The meetings of the clubs that make this visit, the leading one first, each with whether `user` may open it."""
    leader = found.joins_id or found.pk
    rows = Meeting.objects.filter(Q(pk=leader) | Q(joins=leader)).exclude(state=MeetingState.CANCELLED)
    meetings: list[Any] = sorted(rows.select_related("club"), key=lambda meeting: (meeting.joins_id or 0, meeting.pk))
    for meeting in meetings:
        meeting.is_open_to_reader = user.has_perm("meetings.view_meeting", meeting)
    return meetings


def crumbs(found: Meeting) -> list[tuple[str, str]]:
    return [(_("Sinh hoạt"), reverse("meetings")), (str(found.club), reverse("club", args=[found.club_id]))]


def exceptions(found: Meeting) -> list[tuple[AttendanceStatus, list[str]]]:
    """Who was not simply there: the names under each status, by seat; a status without anybody is left out."""
    rows = found.attendance.exclude(status=AttendanceStatus.PRESENT).select_related("membership__person")
    names: dict[str, list[str]] = {status: [] for status in EXCEPTIONS}
    for row in rows:
        names[row.status].append(str(row.membership.person))
    return [(status, names[status]) for status in EXCEPTIONS if names[status]]
