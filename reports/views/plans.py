"""A unit's expansion plan of a year: what was planned, what was founded, what is left (R14)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reports.actions import set_plan
from reports.actions.plans import columns_of
from reports.forms import PlanForm
from reports.models import PLANNING_KINDS, ExpansionPlan
from reports.rules import COLUMNS, FIRST_YEAR, LAST_YEAR, Standing, total_standing
from reports.standing import year_standings
from steering.actions import require
from steering.calendar import month_calendar
from steering.models import Unit
from steering.pages import Done, FormPage
from steering.periods import Period, PeriodKind


def plan_or_404(request: HttpRequest, pk: int, year: int) -> ExpansionPlan:
    """The plan of a unit that the reader may see, unsaved and empty where there is none yet."""
    units = Unit.objects.permitting(request.user, "reports.view_expansionplan").with_parents()  # type: ignore[arg-type]
    unit = units.filter(pk=pk, kind__in=PLANNING_KINDS).first()
    if unit is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("Không có trang này trong phạm vi của anh, chị."))
    plan = ExpansionPlan.objects.filter(unit=unit, year=year).first() or ExpansionPlan(year=year)
    plan.unit = unit  # with those above it
    return plan


def year_period(year: int) -> Period:
    return month_calendar().period(PeriodKind.YEAR, year, 1)


@require_safe
def plan(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    found = plan_or_404(request, pk, year)
    period = year_period(year)
    standings = year_standings(found.unit, period, found.numbers)
    context = {
        "plan": found,
        "unit": found.unit,
        "period": period,
        "rows": [(ExpansionPlan._meta.get_field(name).verbose_name, standings[name]) for name in COLUMNS],  # type: ignore[union-attr]
        "total": total_standing(standings.values()),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
    }
    return render(request, "reports/plan.html", context)


def open_standings(found: ExpansionPlan) -> dict[str, Standing]:
    """How the clubs stand in the columns that the unit has."""
    standings = year_standings(found.unit, year_period(found.year), found.numbers)
    return {name: standings[name] for name in columns_of(found.unit, found.year)}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_change(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    found, user = plan_or_404(request, pk, year), request.user
    require(user, "change" if found.pk else "add", found)  # type: ignore[arg-type]
    back = reverse("plan", args=[pk, year])
    words = {"year": year, "unit": found.unit.in_sentence}

    def write(data: dict[str, Any]) -> Done:
        set_plan(unit=found.unit, year=year, by=user, **data)  # type: ignore[arg-type]
        return Done(_("Đã lưu kế hoạch năm %(year)d của %(unit)s.") % words, back)

    return FormPage(
        title=_("Kế hoạch mở rộng năm %(year)d, %(unit)s") % words,
        verb=_("Lưu kế hoạch"),
        form=PlanForm(request.POST or None, numbers=found.numbers, standings=open_standings(found)),
        write=write,
        back=back,
        of=found if found.pk else None,
        context={"lead": _("Số câu lạc bộ sẽ thành lập trong năm, thêm vào số đang có đầu năm.")},
    ).answer(request)
