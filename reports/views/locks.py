"""Closing a month for what counts in its report, opening it again, and opening it for one club."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from clubs.actions import open_for_club
from clubs.models import Club, PeriodLock
from meetings.actions import close_period, reopen_period
from reports.views.editions import FORM_METHODS
from reports.views.reports import units_and_period
from steering.actions import require
from steering.pages import Done, FormPage, visible_or_404
from steering.picker import PickField


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=200, initial=gettext_lazy("Sở đã chốt báo cáo kỳ này")
    )


class ExceptionForm(forms.Form):
    club = PickField(Club.objects.none(), label=gettext_lazy("Câu lạc bộ được mở riêng"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=200)
    until = forms.DateField(
        label=gettext_lazy("Mở đến hết ngày"),
        initial=timezone.localdate,
        help_text=gettext_lazy("ngày/tháng/năm"),
    )

    def __init__(self, *args: Any, lock: PeriodLock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        club: Any = self.fields["club"]
        club.queryset = Club.objects.under(lock.unit).live()


@require_http_methods(FORM_METHODS)
def close(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    (unit, *_children), period, _calendar = units_and_period(request, pk, key)
    require(request.user, "add", PeriodLock(unit=unit))  # type: ignore[arg-type]
    back = reverse("report", args=[pk, key])
    words = {"period": period.label, "unit": unit.in_sentence}

    def write(data: dict[str, Any]) -> Done:
        close_period(unit=unit, period=period, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã khóa kỳ %(period)s, %(unit)s.") % words, back)

    return FormPage(
        title=_("Khóa kỳ %(period)s, %(unit)s") % words,
        verb=_("Khóa kỳ"),
        form=CloseForm(request.POST or None),
        write=write,
        back=back,
        consequences=[
            _("Điểm danh, khách, chương trình, ngày họp, kết quả của kỳ này không sửa được nữa; ai sửa sẽ thấy lý do."),
            _(
                "Thành lập, giải thể, kết nạp, rời câu lạc bộ, nhân rộng mô hình có ngày trong kỳ này cũng không ghi thêm được."
            ),
            _("Biên bản, kiến nghị và kỳ khác vẫn ghi được. Có thể mở riêng cho một câu lạc bộ, đến một ngày."),
        ],
    ).answer(request)


def lock_or_404(request: HttpRequest, pk: int) -> PeriodLock:
    rows = PeriodLock.objects.select_related("unit__parent")
    found: PeriodLock = visible_or_404(rows, request.user, pk=pk)
    require(request.user, "change", found)  # type: ignore[arg-type]
    return found


@require_http_methods(FORM_METHODS)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = lock_or_404(request, pk)
    back = reverse("report", args=[found.unit_id, found.period_key])

    def write(data: dict[str, Any]) -> Done:
        reopen_period(lock=found, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã mở khóa: %(what)s.") % {"what": found}, back)

    return FormPage(
        title=_("Mở khóa: %(what)s") % {"what": found},
        verb=_("Mở khóa"),
        form=forms.Form(request.POST or None),
        write=write,
        back=back,
        consequences=[
            _("Mọi câu lạc bộ lại sửa được kỳ này. Báo cáo đã gửi giữ nguyên, khác thế nào trang báo cáo nói rõ.")
        ],
    ).answer(request)


@require_http_methods(FORM_METHODS)
def except_club(request: HttpRequest, pk: int) -> HttpResponse:
    found = lock_or_404(request, pk)
    back = reverse("report", args=[found.unit_id, found.period_key])

    def write(data: dict[str, Any]) -> Done:
        exception = open_for_club(lock=found, by=request.user, **data)  # type: ignore[arg-type]
        words = {"club": exception.club, "day": f"{exception.until:%d/%m/%Y}"}
        return Done(_("%(club)s sửa được kỳ này đến hết ngày %(day)s.") % words, back)

    return FormPage(
        title=_("Mở riêng cho một câu lạc bộ: %(what)s") % {"what": found},
        verb=_("Mở riêng"),
        form=ExceptionForm(request.POST or None, lock=found),
        write=write,
        back=back,
    ).answer(request)
