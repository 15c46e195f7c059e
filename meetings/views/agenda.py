"""What a meeting is about: its lines written down, or taken from the last meeting or a template."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from meetings.actions import add_to_agenda, attach_materials, revise_agenda
from meetings.agenda_forms import AgendaForm, MaterialsForm, SourceForm, sources
from meetings.agendas import agenda_of, total_minutes
from meetings.models import AgendaItem
from meetings.views.planning import FORM_METHODS, meeting_or_404
from meetings.views.records import lead
from meetings.views.refusals import when_closed
from steering.actions import require
from steering.pages import Done, FormPage


@require_http_methods(FORM_METHODS)
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, pk)
    require(request.user, "add", AgendaItem(meeting=meeting))  # type: ignore[arg-type]
    if closed := when_closed(request, meeting, _("Chương trình")):
        return closed
    items = agenda_of(meeting)
    form = AgendaForm(request.POST or None, rows=[item for item in items if item.pk])

    def write(data: dict[str, Any]) -> Done:
        revise_agenda(meeting=meeting, revision=form.revision(), by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã lưu chương trình."), reverse("meeting", args=[pk]))

    return FormPage(
        title=_("Chương trình"),
        verb=_("Lưu chương trình"),
        form=form,
        write=write,
        back=reverse("meeting", args=[pk]),
        of=meeting,
        template="meetings/agenda_form.html",
        context={
            "lead": lead(meeting),
            "meeting": meeting,
            "coming": [item for item in items if item.pk is None],
            "total": total_minutes(items),
        },
    ).answer(request)


@require_http_methods(FORM_METHODS)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be added is read once more before it is; what is there already is left out."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "add", AgendaItem(meeting=meeting))  # type: ignore[arg-type]
    if closed := when_closed(request, meeting, _("Lấy nội dung có sẵn")):
        return closed
    back = reverse("meeting_agenda", args=[pk])
    found = sources(meeting)
    form = SourceForm(request.POST or None, found=found)
    added: list[AgendaItem] = []

    def write(data: dict[str, Any]) -> Done:
        added.extend(add_to_agenda(meeting=meeting, lines=form.lines, by=request.user))  # type: ignore[arg-type]
        if not added:
            raise ValidationError(_("Mọi nội dung ở đó đã có trong chương trình. Chọn nguồn khác, hoặc quay lại."))
        words = ngettext("Đã thêm %(n)d nội dung.", "Đã thêm %(n)d nội dung.", len(added))
        return Done(words % {"n": len(added)}, back)

    return FormPage(
        title=_("Lấy nội dung có sẵn"),
        verb=_("Thêm vào chương trình"),
        form=form,
        write=write,
        back=back,
        of=meeting,
        review=lambda: [added_words(item) for item in added],
        template="meetings/agenda_copy.html",
        context={"lead": lead(meeting), "found": found},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def materials(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Policies and guides to be read with one line."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "add", AgendaItem(meeting=meeting))  # type: ignore[arg-type]
    found = get_object_or_404(AgendaItem.objects.select_related("meeting"), pk=item, meeting=meeting)
    form = MaterialsForm(request.POST or None, item=found)

    def write(data: dict[str, Any]) -> Done:
        attach_materials(item=found, materials=data["materials"], by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã lưu tài liệu kèm theo."), reverse("meeting", args=[pk]))

    return FormPage(
        title=_("Tài liệu kèm theo: %(what)s") % {"what": found},
        verb=_("Lưu tài liệu kèm theo"),
        form=form,
        write=write,
        back=reverse("meeting", args=[pk]),
        of=meeting,
        context={"lead": lead(meeting)},
    ).answer(request)


def added_words(item: AgendaItem) -> str:
    """ "Thêm: Hướng dẫn vay vốn, Vay vốn, 20 phút"."""
    parts = [item.title, str(item.get_area_display()), item.presenter]
    if item.minutes:
        parts.append(_("%(n)s phút") % {"n": item.minutes})
    return _("Thêm: %(what)s") % {"what": ", ".join(part for part in parts if part)}
