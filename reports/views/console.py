"""The console: who needs a call, and the clubs' last twelve months like a heat map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from clubs.models import Club
from reports.actions.reminders import remind_unit
from reports.console import club_rows, days_late, last_reported, unit_rows
from reports.figures import MeetingFigures, figures
from reports.models import ReminderChannel
from reports.obligations import WORDS, Duty, worst_first
from reports.rules import last_months
from reports.views.reports import units_and_period
from steering.access import own_unit
from steering.calendar import reporting_calendar
from steering.language import on_record
from steering.models import Unit
from steering.pages import Done, FormPage, page_of
from steering.periods import Period, PeriodKind

MONTHS = 12
LEGEND = (Duty.ON_TIME, Duty.LATE, Duty.DID_NOT_MEET, Duty.MISSING, Duty.PENDING, Duty.NOT_DUE)


@require_safe
@permission_required("reports.view_report", raise_exception=True)
def own_console(request: HttpRequest) -> HttpResponse:
    """To the month that runs, of one's own unit."""
    unit = own_unit(request.user)  # type: ignore[arg-type]  # pages ask for a login
    if unit is None:
        return redirect("home")
    period = reporting_calendar().containing(PeriodKind.MONTH, timezone.localdate())
    return redirect("console", pk=unit.pk, key=period.key)


@require_safe
def console(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    (unit, *children), period, calendar = month_or_404(request, pk, key)
    today = timezone.localdate()
    found = figures(unit, period, calendar=calendar, children=children)
    rows = unit_rows(found, unit, period, calendar.previous(period), today)
    months = last_months(calendar, period.last_day, MONTHS)
    clubs = Club.objects.under(unit).live().with_place()
    page = page_of(request, clubs.order_by("unit__path", "sort_key", "pk"))
    context = {
        "unit": unit,
        "period": period,
        "before": calendar.previous(period),
        "after": calendar.next(period) if calendar.next(period).first_day <= today else None,
        "figures": found.meetings,
        "calls": worst_first(row for row in rows if row.needs_call),
        "others": [row for row in rows if not row.needs_call],
        "months": months,
        "page": page,
        "clubs": club_rows(list(page.object_list), months, calendar, today),
        "legend": [(duty, WORDS[duty]) for duty in LEGEND],
        "crumbs": [(_("Báo cáo"), reverse("reports"))],
    }
    return render(request, "reports/console.html", context)


def month_or_404(request: HttpRequest, pk: int, key: str) -> Any:
    units, period, calendar = units_and_period(request, pk, key)
    if period.kind != PeriodKind.MONTH:
        raise Http404(_("Bảng theo dõi xem theo tháng. Chọn một tháng."))
    return units, period, calendar


class RemindForm(forms.Form):
    channel = forms.ChoiceField(
        label=gettext_lazy("Nhắc bằng"),
        choices=ReminderChannel,
        initial=ReminderChannel.EMAIL,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Zalo: chép tin nhắn bên dưới, gửi, rồi ghi nhận ở đây."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Say what is missing to those of a unit below: by e-mail, or as a text to copy."""
    (unit, *children), period, calendar = month_or_404(request, pk, key)
    above = unit.parent
    if above is None or not request.user.has_perm("reports.view_report", above):
        raise Http404(_("Không có trang này trong phạm vi của anh, chị."))
    if not request.user.has_perm("reports.change_edition", above):
        raise PermissionDenied
    found = figures(unit, period, calendar=calendar, children=children)
    before, numbers = calendar.previous(period), found.meetings
    late = days_late(last_reported([unit]).get(unit.pk, ""), before, timezone.localdate())
    asked = periods_asked(period, before, late, numbers)
    words = {"period": ", ".join(one.label for one in asked), "unit": unit.in_sentence}
    subject = str(_("Nhắc báo cáo sinh hoạt %(period)s, %(unit)s") % words)
    text = reminder_text(unit, asked, late, numbers)
    back = reverse("console", args=[above.pk, key])

    def write(data: dict[str, Any]) -> Done:
        remind_unit(unit=unit, period=period, subject=subject, text=text, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã nhắc %(unit)s.") % {"unit": unit.in_sentence}, back)

    return FormPage(
        title=_("Nhắc %(unit)s") % {"unit": unit.in_sentence},
        verb=_("Nhắc"),
        form=RemindForm(request.POST or None),
        write=write,
        back=back,
        template="reports/remind.html",
        context={"lead": subject, "text": text},
    ).answer(request)


def periods_asked(period: Period, before: Period, late: int, numbers: MeetingFigures) -> list[Period]:
    """The months whose reports are asked for: the one before while it is overdue; this one where something is missing."""
    overdue = [before] if late else []
    return [*overdue, period] if numbers.missing or not overdue else overdue


def reminder_text(unit: Unit, asked: list[Period], late: int, numbers: MeetingFigures) -> str:
    """What to send, in Vietnamese whatever the sender reads: what is missing, until when, where to write it down.

    With `late`, the first of the months `asked` for is that many days overdue.
    """
    with on_record():
        lines = [_("Kính gửi %(unit)s,") % {"unit": unit.in_sentence}]
        if late:
            words = {"period": asked[0].label, "n": late}
            lines.append(_("Báo cáo %(period)s đã quá hạn %(n)d ngày. Xin ghi kết quả và gửi ngay.") % words)
            lines += address_lines(unit, asked[0])
        for period in asked[1:] if late else asked:
            lines += [*month_lines(period, numbers), *address_lines(unit, period)]
        return "\n".join(lines)


def month_lines(period: Period, numbers: MeetingFigures) -> list[str]:
    lines = []
    if numbers.missing:
        words = {"missing": numbers.missing, "due": numbers.due, "period": period.label}
        lines.append(_("Còn thiếu kết quả %(missing)d trên %(due)d kỳ sinh hoạt %(period)s.") % words)
    if period.due_on < timezone.localdate():
        return [*lines, _("Xin ghi kết quả và gửi báo cáo ngay.")]
    day = f"{period.due_on:%d/%m/%Y}"
    return [*lines, _("Xin ghi kết quả và gửi báo cáo trước ngày %(day)s.") % {"day": day}]


def address_lines(unit: Unit, period: Period) -> list[str]:
    """Where the report of `period` is, when the site's own address is known."""
    return [settings.SITE_URL.rstrip("/") + reverse("report", args=[unit.pk, period.key])] if settings.SITE_URL else []
