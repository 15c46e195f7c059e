"""Clubs as officers see them: the list, and a club's page with its seats, its next hosts and its meetings."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clubs.checklist import OFFICERS, Step, founding_steps
from clubs.forms import ClubFilter
from clubs.imports import ClubResource
from clubs.journal import entries, journal
from clubs.models import SEATS, Application, Club, ClubStatus, OfficeRole
from clubs.rules import seat_map
from clubs.sheets import download
from clubs.state_changes import CLUB_CHANGES
from meetings.actions.hosts import club_turns
from meetings.guests import guests_to_admit
from meetings.line import line_today
from meetings.models import Meeting, MeetingState, Opinion
from meetings.models.meetings import OPEN_STATES
from meetings.querysets import with_next_meeting
from steering.filters import units_to_choose
from steering.pages import all_or_404, chips, page_of, unit_crumbs, visible_or_404
from steering.state_changes import open_changes

RECENT = 5
HOSTS_AHEAD = 4
ENTRIES = 4


def filtered(request: HttpRequest) -> ClubFilter:
    """The clubs the reader may see, under the conditions of the address."""
    clubs = Club.objects.visible_to(request.user).with_place().with_numbers()  # type: ignore[arg-type]
    return ClubFilter(request.GET, queryset=clubs, units=units_to_choose(request))


@require_safe
@permission_required("clubs.view_club", raise_exception=True)
def clubs(request: HttpRequest) -> HttpResponse:
    found = filtered(request)
    page = page_of(request, with_next_meeting(found.qs, timezone.now()))
    context = {
        "filter": found,
        "page": page,
        "chips": chips(request, found.form),
        "seats": SEATS,
        "default_sort": "name",
    }
    return render(request, "clubs/list.html", context)


@require_safe
@permission_required("clubs.view_club", raise_exception=True)
def clubs_file(request: HttpRequest) -> HttpResponse:
    """What the list shows, all pages of it, as a workbook."""
    return download(ClubResource(user=request.user), filtered(request).qs)  # type: ignore[arg-type]


@require_safe
def club(request: HttpRequest, pk: int) -> HttpResponse:
    found, waiting = club_and_waiting(request, pk)
    members = list(found.memberships.sitting().select_related("person").with_office().with_consents().order_by("seat"))
    is_live = found.status in (ClubStatus.ACTIVE, ClubStatus.SUSPENDED)
    may_seat = is_live and len(members) < SEATS and request.user.has_perm("clubs.add_membership", found)
    meetings, opinions = meetings_of(found)
    now = timezone.now()
    coming = [m for m in reversed(meetings) if m.state in OPEN_STATES and m.starts_at >= now]
    context = {
        "club": found,
        "crumbs": crumbs(request, found),
        "seats": seat_map(SEATS, members),
        "members": members,
        "collectives": sum(m.person.kind == "collective" for m in members),
        "free": SEATS - len(members),
        "frequent": guests_to_admit(found, meetings) if may_seat else [],
        "unasked": sum(not m.is_agreed and m.person.kind == "individual" for m in members),
        "waiting": waiting,
        "offices": offices(members),
        "recent": [m for m in meetings if m not in coming][:RECENT],
        "coming": coming[:2],
        "hosts": next_hosts(found, meetings, coming) if is_live else [],
        "total": len(meetings),
        "now": now,
        "opinions": opinions,
        "today": timezone.localdate(),
        "changes": open_changes(CLUB_CHANGES, found.status),
        "steps": steps(found, members, meetings),
        "is_live": is_live,
        "may_name": is_live and found.founding_decision is not None and found.slots_used < OFFICERS,
        "entries": entries(journal(found)[:ENTRIES]),
    }
    return render(request, "clubs/club.html", context)


def club_and_waiting(request: HttpRequest, pk: int) -> tuple[Any, list[Application]]:
    """The club with all that its page says of it, and the applications that wait, the first one first; in one query."""
    rows = Club.objects.with_place().with_waiting().with_slots_used()
    rows = rows.select_related("founder", "manager__unit", "proposal")
    rows = rows.select_related("merged_into", "founding_decision__issuer_unit", "ending_decision__issuer_unit")
    found = all_or_404(rows, request.user, pk=pk)
    return found[0], [row.waiting for row in found if hasattr(row, "waiting")]


def steps(found: Club, members: list[Any], meetings: list[Meeting]) -> list[Step]:
    officers = sum(bool(m.office_role) for m in members)
    return founding_steps(found, members=len(members), officers=officers, meetings=len(meetings))


def meetings_of(found: Club) -> tuple[list[Meeting], list[Opinion]]:
    """The club's meetings, the latest first, and its opinions still to be settled, the first one due first; in one query."""
    rows: list[Any] = list(
        Meeting.objects.filter(club=found).select_related("host").with_unsettled().order_by("-starts_at")
    )
    opinions = [row.unsettled for row in rows if hasattr(row, "unsettled")]
    return list(dict.fromkeys(rows)), sorted(opinions, key=lambda opinion: (opinion.due_on, opinion.pk))


def crumbs(request: HttpRequest, found: Club) -> list[tuple[str, str]]:
    return [*unit_crumbs(request.user, found.unit), (_("Câu lạc bộ"), reverse("clubs"))]


def offices(members: list[Any]) -> list[tuple[OfficeRole, Any]]:
    """The three offices in order, each with its holder or None (R6)."""
    chairs = [m for m in members if m.office_role == OfficeRole.CHAIR]
    vices = [m for m in members if m.office_role == OfficeRole.VICE_CHAIR]
    wanted = [(OfficeRole.CHAIR, chairs, 0), (OfficeRole.VICE_CHAIR, vices, 0), (OfficeRole.VICE_CHAIR, vices, 1)]
    return [(role, holders[place] if place < len(holders) else None) for role, holders, place in wanted]


def next_hosts(found: Club, meetings: list[Meeting], coming: list[Meeting]) -> list[dict[str, Any]]:
    """Where the club meets next and why: meetings planned already, then those whose turn follows."""
    planned = [
        {
            "name": str(m.host),
            "at": m.starts_at,
            "why": m.host_reason.removeprefix(f"{m.host}: "),
            "is_invited": m.state == MeetingState.INVITED,
        }
        for m in coming
    ]
    ranked = line_today(found, club_turns(meetings))
    following: list[dict[str, Any]] = [{"name": choice.host.name, "at": None, "why": choice.why} for choice in ranked]
    return [*planned, *following][:HOSTS_AHEAD]


@require_safe
def club_journal(request: HttpRequest, pk: int) -> HttpResponse:
    found: Club = visible_or_404(Club.objects.with_place(), request.user, pk=pk)
    page = page_of(request, journal(found))
    context = {"club": found, "crumbs": [*crumbs(request, found), (str(found), reverse("club", args=[pk]))]}
    return render(request, "clubs/journal.html", {**context, "page": page, "entries": entries(page.object_list)})
