"""The members of one club: all 25 seats, the list with those who left, and the list as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clubs.member_forms import MemberFilter
from clubs.models import SEATS, Club, ClubStatus, Membership
from clubs.rosters import CallableRosterResource, RosterResource
from clubs.rules import seat_map
from clubs.sheets import download
from clubs.views.members import club_or_404
from steering.pages import chips, page_of


def filtered(request: HttpRequest, club: Club) -> MemberFilter:
    """The club's members, under the conditions of the address."""
    user: Any = request.user
    rows = club.memberships.select_related("person").with_office().with_consents()
    may_read = user.has_perm("clubs.view_consent", club)
    return MemberFilter(request.GET, queryset=rows, may_read_consents=may_read)


@require_safe
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    club = club_or_404(request, pk)
    found = filtered(request, club)
    members = list(club.memberships.sitting().select_related("person").with_office().order_by("seat"))
    context = {
        "club": club,
        "seats": seat_map(SEATS, members),
        "members": members,
        "free": SEATS - len(members),
        "collectives": sum(member.person.kind == "collective" for member in members),
        "is_live": club.status in (ClubStatus.ACTIVE, ClubStatus.SUSPENDED),
        "filter": found,
        "page": page_of(request, found.qs),
        "chips": chips(request, found.form),
        "default_sort": "seat",
        "today": timezone.localdate(),
    }
    return render(request, "clubs/roster.html", context)


@require_safe
def roster_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list shows, all pages of it, as a workbook; with telephones for those who may change members."""
    user: Any = request.user
    club = club_or_404(request, pk)
    may_call = user.has_perm("clubs.change_membership", Membership(club=club))
    resource = CallableRosterResource if may_call else RosterResource
    return download(resource(user=user), filtered(request, club).qs)
