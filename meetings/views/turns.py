"""The year's plan of a club: who hosts when, two hosts that exchange, one that asks to be spared (R11)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clubs.models import Club
from meetings.actions import decline_turn, swap_hosts
from meetings.actions.rotation import HostChange
from meetings.actions.turns import COMING
from meetings.host_words import changed_words, follows
from meetings.models import DeclinedTurn, Meeting, MeetingForm
from meetings.turn_forms import DeclineForm, SwapForm
from meetings.views.planning import FORM_METHODS, meeting_or_404
from meetings.views.refusals import refused
from meetings.year import host_line, year_ahead
from steering.actions import require
from steering.pages import Done, FormPage, visible_or_404


@require_safe
def year(request: HttpRequest, pk: int) -> HttpResponse:
    """A row a period, from today's to a year ahead."""
    club: Club = visible_or_404(Club.objects.with_place().prefetch_related("suspensions"), request.user, pk=pk)
    declined = Prefetch("declined", DeclinedTurn.objects.select_related("unit"))
    meetings = list(
        club.meetings.select_related("host", "joins__club").prefetch_related(declined).order_by("starts_at")
    )
    rows = year_ahead(club, meetings)
    context = {
        "club": club,
        "crumbs": [(_("Câu lạc bộ"), reverse("clubs")), (str(club), reverse("club", args=[pk]))],
        "rows": rows,
        "owed": sum(row.meeting is None for row in rows),
        "last": rows[-1].period if rows else None,
        "places": host_line(club, meetings),
        "now": timezone.now(),
        "today": timezone.localdate(),
    }
    return render(request, "meetings/year.html", context)


@require_http_methods(FORM_METHODS)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, pk)
    require(request.user, "change", meeting)  # type: ignore[arg-type]
    changes: list[HostChange] = []

    def write(data: dict[str, Any]) -> Done:
        changes.extend(decline_turn(meeting=meeting, reason=data["reason"], by=request.user))  # type: ignore[arg-type]
        words = {"old": meeting.host, "new": changes[0].meeting.host.in_sentence, "n": changed_words(changes)}
        sentence = _("%(old)s được thôi lượt này, nay tại %(new)s. %(n)s") % words
        return Done(sentence, reverse("club_year", args=[meeting.club_id]))

    return FormPage(
        title=_("Xin thôi lượt: %(what)s") % {"what": meeting},
        verb=_("Ghi nhận xin thôi lượt"),
        form=DeclineForm(request.POST or None),
        write=write,
        back=reverse("meeting", args=[pk]),
        of=meeting,
        locks=meeting.club,
        review=lambda: follows(changes),
        context={
            "lead": _("%(host)s xin không đăng cai kỳ %(period)s. Nơi đến lượt kế tiếp thay vào.")
            % {"host": meeting.host, "period": meeting.period_label}
        },
    ).answer(request)


@require_http_methods(FORM_METHODS)
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    """With another meeting of the club that is still to come."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "change", meeting)  # type: ignore[arg-type]
    changes: list[HostChange] = []
    others = others_to_swap(meeting)
    if not others:
        return refused(request, meeting, _("Đổi lượt"), ValidationError(nobody_to_swap_with()))
    form = SwapForm(request.POST or None, meetings=others)

    def write(data: dict[str, Any]) -> Done:
        changes.extend(swap_hosts(meeting=meeting, other=form.chosen, by=request.user))  # type: ignore[arg-type]
        first, second = changes[0].meeting, changes[1].meeting
        words = {
            "first": first.period_label,
            "first_host": first.host.in_sentence,
            "second": second.period_label,
            "second_host": second.host.in_sentence,
        }
        sentence = _("Đã đổi lượt: kỳ %(first)s tại %(first_host)s, kỳ %(second)s tại %(second_host)s.") % words
        return Done(sentence, reverse("club_year", args=[meeting.club_id]))

    return FormPage(
        title=_("Đổi lượt: %(what)s") % {"what": meeting},
        verb=_("Đổi lượt"),
        form=form,
        write=write,
        back=reverse("meeting", args=[pk]),
        of=meeting,
        locks=meeting.club,
        review=lambda: follows(changes),
        context={
            "lead": _("Kỳ %(period)s đang tại %(host)s. Hai nơi đổi cho nhau, lượt của nơi khác không đổi.")
            % {"period": meeting.period_label, "host": meeting.host.in_sentence}
        },
    ).answer(request)


def nobody_to_swap_with() -> str:
    return _("Câu lạc bộ không còn kỳ sắp họp nào ở nơi khác để đổi. Lên lịch thêm kỳ sau, rồi đổi lượt.")


def others_to_swap(meeting: Meeting) -> list[Meeting]:
    """The club's other meetings to come that another host has its turn at, in the order of their days."""
    rows = Meeting.objects.filter(
        club=meeting.club_id,
        form=MeetingForm.REGULAR,
        state__in=COMING,
        is_override=False,
        starts_at__gt=timezone.now(),
    )
    return list(rows.exclude(pk=meeting.pk).exclude(host=meeting.host_id).select_related("host").order_by("starts_at"))
