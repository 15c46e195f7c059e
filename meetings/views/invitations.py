"""Inviting people to a meeting: the words to send, the documents to sign, the entry for a calendar."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import mark_invited
from meetings.documents import INVITATIONS
from meetings.ics import calendar_of
from meetings.invitations import context, message
from meetings.models import Channel, Meeting
from meetings.record_forms import ChannelForm
from meetings.views.planning import FORM_METHODS
from steering.actions import require
from steering.actions.documents import WORD, document
from steering.pages import Done, FormPage, visible_or_404
from steering.text import fold


def meeting_to_invite_to(request: HttpRequest, pk: int) -> Meeting:
    """With the units above its host, which an invitation names."""
    rows = Meeting.objects.with_place().select_related("host__parent__parent__parent")
    meeting: Meeting = visible_or_404(rows, request.user, pk=pk)
    require(request.user, "change", meeting)  # type: ignore[arg-type]
    return meeting


@require_http_methods(FORM_METHODS)
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The text and the papers of an invitation; saying how it went out makes the meeting an invited one."""
    meeting = meeting_to_invite_to(request, pk)
    back = reverse("meeting", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        mark_invited(meeting=meeting, by=request.user, **data)  # type: ignore[arg-type]
        words = str(Channel(data["through"]).label).lower()
        return Done(_("Đã ghi: mời qua %(channel)s.") % {"channel": words}, back)

    return FormPage(
        title=_("Mời họp"),
        verb=_("Ghi nhận đã mời"),
        form=ChannelForm(request.POST or None, initial={"through": meeting.invited_through}),
        write=write,
        back=back,
        of=meeting,
        template="meetings/invitation.html",
        context={"lead": str(meeting), "meeting": meeting, "message": message(meeting), "kinds": INVITATIONS},
    ).answer(request)


@require_safe
def meeting_document(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A draft of one kind of document as a Word file; its number, its date and its signature are the office's."""
    meeting = meeting_to_invite_to(request, pk)
    wanted = next((each for each in INVITATIONS if each.key == kind), None)
    if wanted is None:
        raise Http404(_("Không có loại văn bản này."))
    name = f"du-thao-{wanted.key}-{fold(str(meeting.club)).replace(' ', '-')}-{meeting.day:%Y-%m-%d}.docx"
    return HttpResponse(
        document(wanted, context(meeting)),
        content_type=WORD,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def meeting_ics(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Meeting.objects.with_place().with_changes()
    meeting: Meeting = visible_or_404(rows, request.user, pk=pk)
    return HttpResponse(
        calendar_of([meeting], request.build_absolute_uri("/")),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="sinh-hoat-{meeting.day:%Y-%m-%d}.ics"'},
    )
