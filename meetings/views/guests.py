"""People invited to a meeting besides its members (R12)."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clubs.models import SEATS, Club, Membership
from meetings.actions import invitation_warning, revise_invited
from meetings.guest_forms import GuestsForm
from meetings.guests import frequent_guests, hamlet_names, places_left, suggestions
from meetings.models import Guest, Meeting
from meetings.views.planning import FORM_METHODS
from meetings.views.records import lead
from meetings.views.refusals import when_closed
from steering.actions import require
from steering.pages import Done, FormPage, visible_or_404
from steering.querysets import how_many

EARLIER = 60


@require_http_methods(FORM_METHODS)
def invited(request: HttpRequest, pk: int) -> HttpResponse:
    """About 15 people besides the members; more is warned of (R12)."""
    sitting = how_many(Membership.objects.sitting().filter(club=OuterRef("club")))
    meeting: Any = visible_or_404(Meeting.objects.with_place().annotate(sitting=sitting), request.user, pk=pk)
    require(request.user, "add", Guest(meeting=meeting))  # type: ignore[arg-type]
    if closed := when_closed(request, meeting, _("Người được mời")):
        return closed
    back = reverse("meeting", args=[pk])
    rows = list(meeting.guests.filter(is_invited=True))
    wanted = places_left(len(rows))
    form = GuestsForm(request.POST or None, rows=rows, earlier=suggestions(meeting, rows)[:EARLIER], wanted=wanted)

    def write(data: dict[str, Any]) -> Done:
        revise_invited(meeting=meeting, revision=form.revision(), by=request.user)  # type: ignore[arg-type]
        count = meeting.guests.filter(is_invited=True).count()
        if warning := invitation_warning(count):
            messages.warning(request, warning)
        return Done(_("Đã lưu danh sách %(n)d người được mời.") % {"n": count}, back)

    return FormPage(
        title=_("Người được mời"),
        verb=_("Lưu danh sách"),
        form=form,
        write=write,
        back=back,
        of=meeting,
        template="meetings/guests_form.html",
        context={
            "lead": lead(meeting),
            "club": meeting.club,
            "count": len(rows),
            "wanted": wanted,
            "warning": invitation_warning(len(rows)),
            "hamlets": hamlet_names(meeting.club.unit),
            "frequent": to_admit(request, meeting.club) if meeting.sitting < SEATS else [],
        },
    ).answer(request)


def to_admit(request: HttpRequest, club: Club) -> list[dict[str, Any]]:
    """Guests who come again and again, for whoever may admit members."""
    return frequent_guests(club) if request.user.has_perm("clubs.add_membership", club) else []
