"""Minutes of a meeting: reading them, writing the draft, agreeing on it, correcting what was agreed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import agree_minutes, correct_minutes, minutes_to_agree, minutes_to_correct, minutes_to_write
from meetings.actions import save_minutes as save
from meetings.documents import MINUTES
from meetings.minutes import begin, context, differences, item_words, outdated, with_counts
from meetings.minutes_forms import CorrectionForm, MinutesForm
from meetings.models import Meeting, Minutes, MinutesState
from meetings.views.planning import FORM_METHODS, meeting_or_404
from meetings.views.records import lead
from steering.actions import require
from steering.actions.documents import WORD, document
from steering.pages import Done, FormPage
from steering.text import fold


def crumbs(meeting: Meeting) -> list[tuple[str, str]]:
    return [
        (str(meeting.club), reverse("club", args=[meeting.club_id])),
        (meeting.title, reverse("meeting", args=[meeting.pk])),
    ]


def meeting_to_read(request: HttpRequest, pk: int) -> Meeting:
    meeting = meeting_or_404(request, pk)
    require(request.user, "view", Minutes(meeting=meeting))  # type: ignore[arg-type]
    return meeting


def of_number(versions: Iterable[Minutes], number: int) -> Minutes:
    found = next((each for each in versions if each.version == number), None)
    if found is None:
        raise Http404(_("Biên bản không có lần này."))
    return found


@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes in force, else the draft; with every version."""
    meeting = meeting_to_read(request, pk)
    versions = list(meeting.minutes.all())
    agreed = (each for each in versions if each.state == MinutesState.AGREED)
    return minutes_page(request, meeting, versions, next(agreed, versions[0] if versions else None))


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    meeting = meeting_to_read(request, pk)
    versions = list(meeting.minutes.all())
    return minutes_page(request, meeting, versions, of_number(versions, number))


def minutes_page(
    request: HttpRequest, meeting: Meeting, versions: list[Minutes], shown: Minutes | None
) -> HttpResponse:
    for each in versions:
        each.meeting = meeting
    before = next((each for each in versions if shown and each.version == shown.version - 1), None)
    page = {
        "meeting": meeting,
        "crumbs": crumbs(meeting),
        "versions": versions,
        "latest": versions[0] if versions else None,
        "outdated": outdated(versions, meeting),
        "minutes": with_counts(shown) if shown else None,
        "items": [item_words(entry) for entry in shown.items] if shown else [],
        "differences": differences(shown, before) if shown and before else [],
    }
    return render(request, "meetings/minutes.html", page)


@require_http_methods(FORM_METHODS)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft, which may be saved half finished."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "add", Minutes(meeting=meeting))  # type: ignore[arg-type]
    back = reverse("meeting_minutes", args=[pk])
    try:
        draft = minutes_to_write(meeting)
    except ValidationError as refusal:
        return refused(request, meeting, refusal)
    draft.meeting = meeting
    is_new = draft.pk is None
    form = MinutesForm(request.POST or None, minutes=begin(draft, request.user) if is_new else draft)  # type: ignore[arg-type]

    def carry_out(data: dict[str, Any]) -> Done:
        save(meeting=meeting, by=request.user, **form.text())  # type: ignore[arg-type]
        return Done(_("Đã lưu dự thảo biên bản."), back)

    return FormPage(
        title=_("Biên bản"),
        verb=_("Lưu dự thảo"),
        form=form,
        write=carry_out,
        back=reverse("meeting", args=[pk]),
        of=None if is_new else draft,
        template="meetings/minutes_form.html",
        context={"lead": lead(meeting), "meeting": meeting},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """What will stay as it is for good is said before."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "change", Minutes(meeting=meeting))  # type: ignore[arg-type]
    back = reverse("meeting_minutes", args=[pk])
    try:
        draft = minutes_to_agree(meeting)
    except ValidationError as refusal:
        return refused(request, meeting, refusal)

    def carry_out(data: dict[str, Any]) -> Done:
        agree_minutes(meeting=meeting, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã thông qua biên bản."), back)

    return FormPage(
        title=_("Thông qua biên bản"),
        verb=_("Thông qua"),
        form=forms.Form(request.POST if request.method == "POST" else None),
        write=carry_out,
        back=back,
        of=draft,
        consequences=agree_follows(meeting, draft),
        context={"lead": lead(meeting)},
    ).answer(request)


def agree_follows(meeting: Meeting, draft: Minutes) -> list[str]:
    counts = {"there": meeting.there_count, "members": meeting.member_count, "guests": meeting.guest_count}
    return [
        _("Chủ tọa: %(chair)s. Thư ký: %(secretary)s.") % {"chair": draft.chair, "secretary": draft.secretary},
        _("Ghi vào biên bản: %(there)d/%(members)d thành viên có mặt, %(guests)d khách dự.") % counts,
        _(
            "Từ đó lời ghi và các con số trong biên bản giữ nguyên. Có chỗ sai thì đính chính bằng một lần mới, kèm lý do."
        ),
    ]


@require_http_methods(FORM_METHODS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, pk)
    require(request.user, "add", Minutes(meeting=meeting))  # type: ignore[arg-type]
    try:
        agreed = minutes_to_correct(meeting)
    except ValidationError as refusal:
        return refused(request, meeting, refusal)

    def carry_out(data: dict[str, Any]) -> Done:
        correct_minutes(meeting=meeting, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã mở dự thảo đính chính. Sửa chỗ sai rồi thông qua."), reverse("minutes_write", args=[pk]))

    return FormPage(
        title=_("Đính chính biên bản"),
        verb=_("Mở dự thảo đính chính"),
        form=CorrectionForm(request.POST or None),
        write=carry_out,
        back=reverse("meeting_minutes", args=[pk]),
        of=agreed,
        consequences=[
            _("Biên bản đã thông qua giữ nguyên và vẫn đọc được."),
            _("Một dự thảo mới mở ra với lời ghi của biên bản ấy; thông qua rồi thì dự thảo thay biên bản ấy."),
        ],
        context={"lead": lead(meeting)},
    ).answer(request)


def refused(request: HttpRequest, meeting: Meeting, refusal: ValidationError) -> HttpResponse:
    """Only why there is nothing to write, agree on or correct now."""
    page = {"meeting": meeting, "crumbs": crumbs(meeting), "refusal": " ".join(refusal.messages)}
    return render(request, "meetings/no_minutes.html", page)


@require_safe
def minutes_document(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version as a Word file to sign; its number and its signatures are the office's."""
    meeting = meeting_to_read(request, pk)
    found = of_number(meeting.minutes.all(), number)
    found.meeting = meeting
    draft = "du-thao-" if found.state == MinutesState.DRAFT else ""
    name = f"{draft}bien-ban-{fold(str(meeting.club)).replace(' ', '-')}-{meeting.day:%Y-%m-%d}-lan-{number}.docx"
    return HttpResponse(
        document(MINUTES, context(found)),
        content_type=WORD,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
