"""A club that pauses or ends: its meetings to come are called off, opinions settled or left to the committee."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions import dissolve_club, merge_clubs, suspend_club
from clubs.actions.ending import NOBODY, Moves
from clubs.models import Club
from meetings.actions.opinions import answer_opinion, close_opinion
from meetings.actions.states import cancel_meeting
from meetings.models import Meeting, MeetingState, Opinion, OpinionState
from meetings.models.meetings import OPEN_STATES
from meetings.querysets import midnight
from steering.models import Decision, User

NO_ANSWERS: Mapping[int, str] = {}


def meetings_to_call_off(club: Club, since: date) -> Any:
    """Meetings still to be held on `since` or after it, and those put off without a new day."""
    to_come = Q(starts_at__gte=midnight(since)) | Q(state=MeetingState.POSTPONED)
    return Meeting.objects.filter(to_come, club=club, state__in=OPEN_STATES)


def call_off(club: Club, since: date, reason: str, by: User | None) -> None:
    """The last first, so that no host moves up for a meeting that is called off next."""
    for meeting in meetings_to_call_off(club, since).order_by("-starts_at"):
        cancel_meeting(meeting=meeting, reason=reason, by=by)


def check_not_met(club: Club, since: date) -> None:
    """Raise ValidationError when the club met on `since` or after it."""
    met = Meeting.objects.filter(club=club, state=MeetingState.HELD).since(since).order_by("-starts_at").first()
    if met is not None:
        raise ValidationError(
            {"on": _("Câu lạc bộ còn họp ngày %(day)s. Chọn một ngày sau ngày đó.") % {"day": f"{met.day:%d/%m/%Y}"}}
        )


@transaction.atomic
def pause_club(*, club: Club, on: date, reason: str, by: User | None) -> Club:
    """Suspend a club from `on`, inclusive, and call off its meetings from that day.

    Raises ValidationError: not active, a meeting held on that day or since.
    """
    check_not_met(club, on)
    suspend_club(club=club, on=on, reason=reason, by=by)
    call_off(club, on, reason, by)
    return club


@transaction.atomic
def end_club(
    *,
    club: Club,
    on: date,
    reason: str,
    into: Club | None = None,
    moves: Moves = NOBODY,
    answers: Mapping[int, str] = NO_ANSWERS,
    settled: Iterable[Opinion] = (),
    decision: Decision | None = None,
    by: User | None,
) -> Club:
    """Merge a club `into` another, or dissolve it where that is None, with all that hangs on it.

    Its meetings from `on` are called off. `answers`, by opinion, are given and settle it; so are the opinions `settled`,
    answered before. What is in neither stays with the committee that was asked. Raises ValidationError as
    `dissolve_club` and `merge_clubs` do, and for a meeting held on that day or since.
    """
    check_not_met(club, on)
    call_off(club, on, reason, by)
    today = timezone.localdate()
    for opinion in Opinion.objects.filter(pk__in=answers, meeting__club=club, state=OpinionState.OPEN):
        answered = answer_opinion(opinion=opinion, answer=answers[opinion.pk], answered_on=today, by=by)
        close_opinion(opinion=answered, on=today, by=by)
    for opinion in settled:
        close_opinion(opinion=opinion, on=today, by=by)
    shared: dict[str, Any] = {"club": club, "on": on, "reason": reason, "moves": moves, "decision": decision, "by": by}
    return dissolve_club(**shared) if into is None else merge_clubs(**shared, into=into)
