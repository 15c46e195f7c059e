"""Opinions from the meetings: the list, an opinion's page, and what is done about it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import answer_opinion, change_opinion, may_answer, raise_opinion, require_answerer
from meetings.actions.opinions import check_took_place
from meetings.models import Meeting, Opinion, OpinionState
from meetings.opinion_filters import UNSETTLED, OpinionFilter
from meetings.opinion_forms import AnswerForm, OpinionForm, RaiseForm
from meetings.opinion_journal import journal
from meetings.sheets import opinions_download
from meetings.state_changes import OPINION_CHANGES
from meetings.views.planning import FORM_METHODS
from steering.actions import require
from steering.filters import units_to_choose
from steering.pages import Done, FormPage, chips, page_of, visible_or_404
from steering.state_changes import open_changes, state_page

ENTRIES = 12


@require_safe
@permission_required("meetings.view_opinion", raise_exception=True)
def opinions(request: HttpRequest) -> HttpResponse:
    found = filtered(request)
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "chips": chips(request, found.form),
        "club": found.form.cleaned_data.get("club"),
        "today": timezone.localdate(),
        "default_sort": "due",
    }
    return render(request, "meetings/opinions.html", context)


def filtered(request: HttpRequest) -> OpinionFilter:
    """The opinions the reader may see, under the conditions of the address, else those that are not settled."""
    user: Any = request.user
    data = request.GET.copy()
    data.setdefault("state", UNSETTLED)
    units = units_to_choose(request) if user.has_perm("steering.view_unit") else None
    rows = Opinion.objects.visible_to(user).with_place()
    found = OpinionFilter(data, queryset=rows, user=user, units=units)
    found.form.is_valid()
    return found


@require_safe
@permission_required("meetings.view_opinion", raise_exception=True)
def opinions_file(request: HttpRequest) -> HttpResponse:
    """What the list shows, all pages of it, as a workbook."""
    return opinions_download(request.user, filtered(request).qs)  # type: ignore[arg-type]  # pages ask for a login


def opinion_or_404(request: HttpRequest, pk: int) -> Opinion:
    found: Opinion = visible_or_404(Opinion.objects.with_place(), request.user, pk=pk)
    return found


@require_safe
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = opinion_or_404(request, pk), request.user
    context = {
        "opinion": found,
        "crumbs": crumbs(found),
        "today": timezone.localdate(),
        "may_answer": found.state == OpinionState.OPEN and may_answer(user, found),  # type: ignore[arg-type]
        "changes": open_changes(OPINION_CHANGES, found.state),
        "on_agendas": found.on_agendas.select_related("meeting").order_by("-meeting__starts_at"),
        "entries": journal(found, ENTRIES),
    }
    return render(request, "meetings/opinion.html", context)


def crumbs(found: Opinion) -> list[tuple[str, str]]:
    meeting = found.meeting
    return [
        (pgettext("plural", "Kiến nghị"), reverse("opinions")),
        (str(meeting.club), reverse("club", args=[meeting.club_id])),
        (meeting.title, reverse("meeting", args=[meeting.pk])),
    ]


@require_http_methods(FORM_METHODS)
def raise_at(request: HttpRequest, pk: int) -> HttpResponse:
    """A new opinion from a meeting that took place; from another one, back to it with the reason."""
    rows = Meeting.objects.with_place().select_related("club__manager__unit__parent")
    meeting: Meeting = visible_or_404(rows, request.user, pk=pk)
    require(request.user, "add", Opinion(meeting=meeting))  # type: ignore[arg-type]
    back = reverse("meeting", args=[pk])
    try:
        check_took_place(meeting)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(back)

    def write(data: dict[str, Any]) -> Done:
        raised = raise_opinion(meeting=meeting, by=request.user, **data)  # type: ignore[arg-type]
        words = {"committee": raised.addressed_to, "day": f"{raised.due_on:%d/%m/%Y}"}
        return Done(_("Đã ghi kiến nghị gửi %(committee)s, hạn trả lời %(day)s.") % words, back)

    return FormPage(
        title=_("Ghi kiến nghị"),
        verb=_("Ghi kiến nghị"),
        form=RaiseForm(request.POST or None, meeting=meeting),
        write=write,
        back=back,
        context={"lead": _("%(club)s, %(day)s") % {"club": meeting.club, "day": f"{meeting.day:%d/%m/%Y}"}},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = opinion_or_404(request, pk)
    require(request.user, "change", found)  # type: ignore[arg-type]
    back = reverse("opinion", args=[pk])
    initial = {"text": found.text, "area": found.area, "due_on": found.due_on}

    def write(data: dict[str, Any]) -> Done:
        change_opinion(opinion=found, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã lưu kiến nghị."), back)

    return FormPage(
        title=_("Sửa kiến nghị"),
        verb=_("Lưu kiến nghị"),
        form=OpinionForm(request.POST or None, initial=initial),
        write=write,
        back=back,
        of=found,
        context={"lead": found.meeting.club},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """By those of the committee that was asked, nobody else."""
    found = opinion_or_404(request, pk)
    require_answerer(request.user, found)  # type: ignore[arg-type]
    back = reverse("opinion", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        answer_opinion(opinion=found, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã trả lời kiến nghị của %(club)s.") % {"club": found.meeting.club}, back)

    return FormPage(
        title=_("Trả lời kiến nghị"),
        verb=_("Trả lời"),
        form=AnswerForm(request.POST or None),
        write=write,
        back=back,
        of=found,
        template="meetings/answer.html",
        context={"opinion": found, "lead": found.meeting.club},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def state(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    found = opinion_or_404(request, pk)
    require(request.user, "change", found)  # type: ignore[arg-type]
    back = reverse("opinion", args=[pk])
    return state_page(request, found, OPINION_CHANGES, state=found.state, verb=verb, back=back)
