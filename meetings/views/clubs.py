"""Clubs as officers see them: the list, and a club's page with its seats, its next hosts and its meetings."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clubs.checklist import founding_steps
from clubs.forms import ClubFilter
from clubs.imports import ClubResource
from clubs.journal import entries, journal
from clubs.models import SEATS, Club, ClubStatus, OfficeRole
from clubs.rules import seat_map
from clubs.sheets import download
from clubs.state_changes import CLUB_CHANGES
from meetings.actions.hosts import club_turns, ranked_hosts
from meetings.guests import guests_to_admit
from meetings.models import Meeting, MeetingState, Opinion
from meetings.models.meetings import OPEN_STATES
from meetings.querysets import with_next_meeting
from steering.filters import units_to_choose
from steering.pages import chips, page_of, unit_crumbs, visible_or_404
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
    rows = (
        Club.objects.with_place()
        .with_waiting()
        .select_related("founding_decision__issuer_unit", "founder", "manager__unit", "proposal")
    )
    rows = rows.select_related("merged_into", "ending_decision__issuer_unit")
    found: Any = visible_or_404(rows, request.user, pk=pk)
    members = list(found.memberships.sitting().select_related("person").with_office().with_consents().order_by("seat"))
    meetings = list(Meeting.objects.filter(club=found).select_related("host").order_by("-starts_at"))
    now = timezone.now()
    coming = [m for m in reversed(meetings) if m.state in OPEN_STATES and m.starts_at >= now]
    context = {
        "club": found,
        "crumbs": crumbs(request, found),
        "seats": seat_map(SEATS, members),
        "members": members,
        "collectives": sum(m.person.kind == "collective" for m in members),
        "free": SEATS - len(members),
        "frequent": guests_to_admit(found, meetings) if len(members) < SEATS else [],
        "unasked": sum(not m.is_agreed and m.person.kind == "individual" for m in members),
        "waiting": found.applications.waiting().select_related("person") if found.waiting_count else [],
        "offices": offices(members),
        "recent": [m for m in meetings if m not in coming][:RECENT],
        "coming": coming[:2],
        "hosts": next_hosts(found, meetings, coming),
        "total": len(meetings),
        "now": now,
        "opinions": list(Opinion.objects.filter(meeting__club=found).unsettled().select_related("addressed_to__unit")),
        "today": timezone.localdate(),
        "changes": open_changes(CLUB_CHANGES, found.status),
        "steps": founding_steps(
            found,
            members=len(members),
            officers=sum(bool(m.office_role) for m in members),
            meetings=len(meetings),
        ),
        "is_live": found.status in (ClubStatus.ACTIVE, ClubStatus.SUSPENDED),
        "entries": entries(journal(found)[:ENTRIES]),
    }
    return render(request, "clubs/club.html", context)


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
    ranked = ranked_hosts(found, timezone.localdate(), club_turns(meetings))
    following: list[dict[str, Any]] = [{"name": choice.host.name, "at": None, "why": choice.why} for choice in ranked]
    return [*planned, *following][:HOSTS_AHEAD]


@require_safe
def club_journal(request: HttpRequest, pk: int) -> HttpResponse:
    found: Club = visible_or_404(Club.objects.with_place(), request.user, pk=pk)
    page = page_of(request, journal(found))
    context = {"club": found, "crumbs": [*crumbs(request, found), (str(found), reverse("club", args=[pk]))]}
    return render(request, "clubs/journal.html", {**context, "page": page, "entries": entries(page.object_list)})
