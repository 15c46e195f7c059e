"""Exchange and study visits: planned on a page of their own, made by several clubs together, and what they brought (R13)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clubs.models import Club, ClubStatus
from meetings.actions import join_clubs, plan_visit, save_learnt
from meetings.actions.visits import check_may_be_joined
from meetings.models import Meeting
from meetings.turn_forms import JoinForm, LearntForm, VisitForm
from meetings.views.planning import FORM_METHODS, club_to_plan, meeting_or_404
from steering.actions import require
from steering.pages import Done, FormPage


def clubs_to_join(request: HttpRequest, club: Club) -> Any:
    """Active clubs for which the reader may plan, but `club`; those of one place stand together."""
    rows = Club.objects.permitting(request.user, "meetings.add_meeting").filter(status=ClubStatus.ACTIVE)  # type: ignore[arg-type]
    return rows.exclude(pk=club.pk).order_by("path")


@require_http_methods(FORM_METHODS)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    club = club_to_plan(request, pk)
    form = VisitForm(request.POST or None, club=club, others=clubs_to_join(request, club))

    def write(data: dict[str, Any]) -> Done:
        facts = {"host": data["host"], "purpose": data["purpose"], "others": data["others"]}
        visit = plan_visit(club=club, starts_at=form.moment, by=request.user, **facts)  # type: ignore[arg-type]
        words = {"day": f"{visit.day:%d/%m/%Y}", "host": visit.host.in_sentence}
        return Done(_("Đã lên lịch chuyến đi ngày %(day)s đến %(host)s.") % words, reverse("meeting", args=[visit.pk]))

    return FormPage(
        title=_("Lên lịch giao lưu, tham quan"),
        verb=_("Lên lịch chuyến đi"),
        form=form,
        write=write,
        back=reverse("club_year", args=[pk]),
        template="meetings/visit_form.html",
        context={"lead": club},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """More clubs for a visit that has not begun; of any other meeting, back to its page with the reason."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "add", Meeting(club=meeting.club))  # type: ignore[arg-type]
    back = reverse("meeting", args=[pk])
    try:
        check_may_be_joined(meeting)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(back)
    there = meeting.joined_by.exclude(state="cancelled").values("club")
    form = JoinForm(request.POST or None, others=clubs_to_join(request, meeting.club).exclude(pk__in=there))

    def write(data: dict[str, Any]) -> Done:
        new = join_clubs(meeting=meeting, clubs=data["others"], by=request.user)  # type: ignore[arg-type]
        words = ngettext("Thêm %(n)d câu lạc bộ đi cùng.", "Thêm %(n)d câu lạc bộ đi cùng.", len(new))
        return Done(words % {"n": len(new)}, back)

    return FormPage(
        title=_("Thêm câu lạc bộ đi cùng"),
        verb=_("Thêm câu lạc bộ"),
        form=form,
        write=write,
        back=back,
        of=meeting,
        context={"lead": lead(meeting)},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def learnt(request: HttpRequest, pk: int) -> HttpResponse:
    """What a club brought home; each writes its own."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "change", meeting)  # type: ignore[arg-type]
    back = reverse("meeting", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        save_learnt(meeting=meeting, learnt=data["learnt"], by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã lưu điều học được."), back)

    return FormPage(
        title=_("Điều học được"),
        verb=_("Lưu điều học được"),
        form=LearntForm(request.POST or None, initial={"learnt": meeting.learnt}),
        write=write,
        back=back,
        of=meeting,
        context={"lead": lead(meeting)},
    ).answer(request)


def lead(meeting: Meeting) -> str:
    return _("%(club)s đi %(host)s, %(day)s") % {
        "club": meeting.club,
        "host": meeting.host.in_sentence,
        "day": f"{meeting.day:%d/%m/%Y}",
    }
