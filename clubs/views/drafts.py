"""Draft decisions about a club as Word files; their number, their date and their signature are the office's."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clubs import drafts
from clubs.documents import DISSOLVING, FOUNDING, KINDS, MERGING, OFFICERS
from clubs.models import Club
from clubs.views.proposals import club_to_change
from steering.actions.documents import WORD, document
from steering.official import DocumentKind
from steering.text import fold


@require_safe
def draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    club = club_to_change(request, pk)
    wanted = next((each for each in KINDS if each.key == kind), None)
    if wanted is None:
        raise Http404(_("Không có loại văn bản này."))
    try:
        return word_file(wanted, club, context(wanted, club))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("club", pk)


def context(kind: DocumentKind, club: Club) -> dict[str, Any]:
    """What a draft of this kind says of `club` as it is on record. Raises ValidationError."""
    if kind is FOUNDING:
        return drafts.founding(club)
    if kind is OFFICERS:
        return drafts.officers(club)
    gone = club.memberships.filter(left_on=club.ended_on) if club.ended_on else club.memberships.sitting()
    return drafts.ending(
        club,
        on=club.ended_on,
        reason=club.ending_reason,
        into=club.merged_into,
        leaving=gone.count() if kind is DISSOLVING else 0,
        moving=gone.count() if kind is MERGING else 0,
    )


def word_file(kind: DocumentKind, club: Club, context: dict[str, Any]) -> HttpResponse:
    """A draft, named so."""
    name = f"du-thao-{kind.key}-{slugify(fold(str(club)))}.docx"
    return HttpResponse(
        document(kind, context),
        content_type=WORD,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
