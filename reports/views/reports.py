"""The report of a unit and a period on the screen, on paper and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from clubs.actions.locks import lock_over
from reports.columns import CLUBS, MODELS, OPINIONS, attendance, cells, columns_of, topics
from reports.downloads import download
from reports.figures import Figures, UnitFigures, figures
from reports.files import CONTENT_TYPES
from reports.letters import issuing_unit
from reports.models import PLANNING_KINDS, REPORTING_KINDS, Edition
from reports.output import part_name
from reports.pictures import opinions_picture, topics_picture, units_picture
from reports.rules import begun_periods, percent, reported_period
from steering.access import own_unit
from steering.calendar import reporting_calendar
from steering.language import on_record
from steering.models import Unit
from steering.periods import Period, PeriodKind, ReportingCalendar

KIND_WORDS = {
    PeriodKind.MONTH: gettext_lazy("Tháng"),
    PeriodKind.QUARTER: gettext_lazy("Quý"),
    PeriodKind.HALF_YEAR: gettext_lazy("6 tháng"),
    PeriodKind.YEAR: gettext_lazy("Năm"),
}
PICK = "ky"  # the period chosen in the page's own form


@dataclass(frozen=True)
class Reported:
    unit: Unit
    period: Period
    calendar: ReportingCalendar
    figures: Figures


@require_safe
@permission_required("reports.view_report", raise_exception=True)
def reports(request: HttpRequest) -> HttpResponse:
    """To the period that runs, of one's own unit."""
    unit = own_unit(request.user)  # type: ignore[arg-type]  # pages ask for a login
    if unit is None:
        return redirect("home")
    period = reporting_calendar().containing(PeriodKind.MONTH, timezone.localdate())
    return redirect("report", pk=unit.pk, key=period.key)


def units_and_period(request: HttpRequest, pk: int, key: str) -> tuple[list[Unit], Period, ReportingCalendar]:
    """The unit first, then those directly below it. Two queries; the units above the first come with it."""
    units = Unit.objects.permitting(request.user, "reports.view_report").with_parents()  # type: ignore[arg-type]
    found = list(units.filter(Q(pk=pk) | Q(parent=pk)).order_by("sort_key", "pk"))
    unit = [one for one in found if one.pk == pk]
    calendar = reporting_calendar()
    period = reported_period(calendar, key, timezone.localdate())
    if not unit or period is None:
        raise Http404(_("Không có báo cáo này. Chọn đơn vị trong phạm vi được phân công và một kỳ đã bắt đầu."))
    return [*unit, *(one for one in found if one.pk != pk)], period, calendar


def reported_or_404(request: HttpRequest, pk: int, key: str) -> Reported:
    """Five queries at most; the unit, those above and those directly below it come in one."""
    (unit, *children), period, calendar = units_and_period(request, pk, key)
    return Reported(unit, period, calendar, figures(unit, period, calendar=calendar, children=children))


@require_safe
def report(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    if chosen := request.GET.get(PICK):
        return redirect(reverse("report", args=[pk, key_or_404(chosen)]))
    found = reported_or_404(request, pk, key)
    numbers = found.figures
    called = attendance(numbers)
    there = numbers.attendance.present + numbers.attendance.late
    is_running = found.period.last_day >= timezone.localdate()
    columns = columns_of(found.period)
    context = {
        "unit": found.unit,
        "period": found.period,
        "figures": numbers,
        "attended": percent(there, sum(n for _status, n in called)),
        "is_running": is_running,
        "crumbs": crumbs(request, found),
        "issuer": issuing_unit(found.unit),
        "plans": found.unit.kind in PLANNING_KINDS,
        **sending(found),
        "lock": lock_over(found.unit.path, found.period.last_day) if is_month(found.period) else None,
        "today": timezone.localdate(),
        "is_closable": is_month(found.period) and not is_running,
        "columns": columns,
        "units_picture": units_picture(numbers),
        "topics_picture": topics_picture(numbers),
        "opinions_picture": opinions_picture(numbers),
        "rows": [(name, address, cells(part, columns)) for name, address, part in lines(found)],
        "total": cells(numbers, columns),
        "clubs": [(column.label, n) for column, n in cells(numbers, CLUBS)],
        "topics": topics(numbers),
        "opinions": [(column.label, n) for column, n in cells(numbers, OPINIONS)],
        "models": [(column.label, n) for column, n in cells(numbers, MODELS)],
        "attendance": called,
        **other_periods(found),
    }
    return render(request, "reports/report.html", context)


def is_month(period: Period) -> bool:
    return period.kind == PeriodKind.MONTH


def sending(found: Reported) -> dict[str, Any]:
    """The newest version of the report that goes upward, None while there is none; `reports` where there is to be one."""
    if found.unit.kind not in REPORTING_KINDS:
        return {"reports": False}
    rows = Edition.objects.filter(unit=found.unit, period_key=found.period.key).order_by("-version")
    edition = rows.defer("figures").first()
    is_late = edition is None and found.period.due_on < timezone.localdate()
    return {"reports": True, "edition": edition, "is_late": is_late}


def key_or_404(key: str) -> str:
    """The key of a period chosen by hand, once it is one."""
    period = reported_period(reporting_calendar(), key, timezone.localdate())
    if period is None:
        raise Http404
    return period.key


def lines(found: Reported) -> Iterator[tuple[str, str, UnitFigures]]:
    """Name, address of its own report ("" for what sits at the unit itself) and figures of each part."""
    for unit, part in zip(found.figures.units, found.figures.by_unit, strict=True):
        address = reverse("report", args=[unit.pk, found.period.key]) if unit.pk != found.unit.pk else ""
        yield part_name(found.figures, part), address, part


def crumbs(request: HttpRequest, found: Reported) -> list[tuple[str, str]]:
    """The units above, each with its report of the same period where the reader may open it."""
    steps, unit = [], found.unit.parent
    while unit is not None:
        is_open = request.user.has_perm("reports.view_report", unit)
        steps.append((str(unit), reverse("report", args=[unit.pk, found.period.key]) if is_open else ""))
        unit = unit.parent
    return [(_("Báo cáo"), reverse("reports")), *reversed(steps)]


def other_periods(found: Reported) -> dict[str, Any]:
    """The periods before and after, where there are any, and all of the year to choose from."""
    calendar, period, today = found.calendar, found.period, timezone.localdate()
    begun = begun_periods(calendar, period.year, today)
    before = reported_period(calendar, calendar.previous(period).key, today)
    after = reported_period(calendar, calendar.next(period).key, today)
    return {
        "before": before and (before, reverse("report", args=[found.unit.pk, before.key])),
        "after": after and (after, reverse("report", args=[found.unit.pk, after.key])),
        "choices": [(KIND_WORDS[kind], periods) for kind, periods in begun.items()],
        "pick": PICK,
    }


@require_safe
def report_file(request: HttpRequest, pk: int, key: str, kind: str) -> HttpResponse:
    """The figures as they are now, in the document with the words written so far."""
    if kind not in CONTENT_TYPES:
        raise Http404(_("Không có dạng tệp này."))
    with on_record():
        found = reported_or_404(request, pk, key)
        written = sending(found).get("edition") if kind == "docx" else None
        return download(request.user, found.unit, found.period, found.figures, kind, written)  # type: ignore[arg-type]
