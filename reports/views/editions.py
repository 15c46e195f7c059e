"""Reports as they go upward: writing, sending, receiving, correcting; what was sent beside what the data say now."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from reports.actions import write_edition
from reports.actions.editions import newest
from reports.columns import cells, columns_of
from reports.downloads import download
from reports.edition_forms import EditionForm
from reports.files import CONTENT_TYPES
from reports.frozen import differences, figures_from
from reports.letters import issuing_unit
from reports.models import OPEN, SECTIONS, Edition, EditionState
from reports.output import part_name
from reports.rollup import Rollup, rollup
from reports.state_changes import changes_for
from reports.views.reports import units_and_period
from steering.actions import require
from steering.calendar import reporting_calendar
from steering.language import on_record
from steering.pages import Done, FormPage, page_of, visible_or_404
from steering.periods import Period
from steering.state_changes import state_page

FORM_METHODS = ["GET", "HEAD", "POST"]


def edition_or_404(request: HttpRequest, pk: int) -> Edition:
    rows = Edition.objects.select_related("unit__parent__parent__parent", "sent_by")
    found: Edition = visible_or_404(rows, request.user, pk=pk)
    return found


STATES = [("", _lazy("Tất cả")), *((state, state.label) for state in EditionState)]


@require_safe
@permission_required("reports.view_edition", raise_exception=True)
def editions(request: HttpRequest) -> HttpResponse:
    """The newest version of each report at and below one's own place, the latest period first; by state, if asked."""
    state = request.GET.get("state", "")
    rows = Edition.objects.visible_to(request.user).latest_versions().defer("figures")  # type: ignore[arg-type]
    if state in EditionState.values:
        rows = rows.filter(state=state)
    page = page_of(request, rows.select_related("unit").order_by("-period_key", "unit__path"))
    return render(request, "reports/editions.html", {"page": page, "state": state, "states": STATES})


@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One version. Of the newest that was sent, also what has become different in the data since."""
    found = edition_or_404(request, pk)
    period = reporting_calendar().parse(found.period_key)
    versions = list(Edition.objects.filter(unit=found.unit, period_key=found.period_key).order_by("-version"))
    now = rollup(found.unit, period) if found.is_open or found.pk == versions[0].pk else None
    figures = figures_from(found.figures) if found.figures and not found.is_open else now.figures  # type: ignore[union-attr]
    columns = columns_of(period)
    context = {
        "edition": found,
        "unit": found.unit,
        "period": period,
        "versions": versions,
        "figures": figures,
        "missing": found.missing if not found.is_open else names_missing(now),
        "differences": differences(figures, now.figures) if now and not found.is_open else [],
        "texts": [(Edition._meta.get_field(name).verbose_name, getattr(found, name)) for name in SECTIONS],  # type: ignore[union-attr]
        "columns": columns,
        "rows": [(part_name(figures, part), "", cells(part, columns)) for part in figures.by_unit],
        "total": cells(figures, columns),
        "changes": changes_for(request.user, found),
        "issuer": issuing_unit(found.unit),
    }
    return render(request, "reports/edition.html", context)


def names_missing(now: Rollup | None) -> list[str]:
    return [str(unit) for unit in now.missing] if now else []


@require_http_methods(FORM_METHODS)
def write(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The words of the report of a unit and a period; the first time begins it."""
    (unit, *_children), period, calendar = units_and_period(request, pk, key)
    user: Any = request.user
    found = newest(unit, key)
    require(user, "change" if found else "add", found or Edition(unit=unit))
    if found is not None and found.state not in OPEN:
        return redirect("edition", pk=found.pk)
    before = newest(unit, calendar.previous(period).key)
    form = EditionForm(request.POST or None, instance=found or Edition(unit=unit, period_key=key), before=before)

    def save(data: dict[str, Any]) -> Done:
        written = write_edition(unit=unit, period=period, texts=data, by=user)
        return Done(_("Đã lưu báo cáo, chưa gửi."), reverse("edition", args=[written.pk]))

    return FormPage(
        title=_("Viết báo cáo %(period)s, %(unit)s") % {"period": period.label, "unit": unit.in_sentence},
        verb=_("Lưu"),
        form=form,
        write=save,
        back=reverse("edition", args=[found.pk]) if found else reverse("report", args=[pk, key]),
        of=found,
        template="reports/edition_form.html",
        context={"lead": deadline(period)},
    ).answer(request)


def deadline(period: Period) -> str:
    words = {
        "first": f"{period.first_day:%d/%m/%Y}",
        "last": f"{period.last_day:%d/%m/%Y}",
        "due": f"{period.due_on:%d/%m/%Y}",
    }
    return _("Từ %(first)s đến %(last)s. Hạn nộp %(due)s. Số liệu do hệ thống tính.") % words


@require_http_methods(FORM_METHODS)
def edition_state(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    found = edition_or_404(request, pk)
    changes = changes_for(request.user, found)
    if not changes:
        require(request.user, "change", found)  # type: ignore[arg-type]
    back = reverse("edition", args=[pk])
    return state_page(request, found, changes, state=found.state, verb=verb, back=back, onward=edition_address)


def edition_address(edition: Edition) -> str:
    return reverse("edition", args=[edition.pk])


@require_safe
def edition_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """What was sent, as a file; of a version that is not sent yet there is the file of the figures as they are now."""
    found = edition_or_404(request, pk)
    if kind not in CONTENT_TYPES or found.is_open:
        raise Http404(_("Không có dạng tệp này."))
    with on_record():
        period = reporting_calendar().parse(found.period_key)
        return download(request.user, found.unit, period, figures_from(found.figures), kind, found)  # type: ignore[arg-type]
