"""What stands in the place of a form that would be refused: why, before anybody has typed a word."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from clubs.actions.locks import check_unlocked
from meetings.models import Meeting


def refused(request: HttpRequest, meeting: Meeting, title: str, refusal: ValidationError) -> HttpResponse:
    back = reverse("meeting", args=[meeting.pk])
    page: dict[str, Any] = {
        "title": title,
        "meeting": meeting,
        "crumbs": [(str(meeting.club), reverse("club", args=[meeting.club_id])), (meeting.title, back)],
        "refusal": " ".join(refusal.messages),
        "back": back,
    }
    return render(request, "meetings/refused.html", page)


def when_closed(request: HttpRequest, meeting: Meeting, title: str) -> HttpResponse | None:
    """The page that says why a meeting of a closed month is not changed; None while it may be.

    A form that was sent goes to its action, which refuses it beside what was typed. No month is closed before its end.
    """
    if request.method == "POST" or meeting.period_last_day >= timezone.localdate():
        return None
    try:
        check_unlocked([(meeting.path, meeting.period_last_day)])
    except ValidationError as refusal:
        return refused(request, meeting, title, refusal)
    return None
