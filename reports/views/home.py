"""The home page: what one came to know, before any table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clubs.models import Club
from reports.figures import figures
from reports.output import part_name
from steering.access import may_use_admin, own_unit
from steering.calendar import reporting_calendar
from steering.models import User
from steering.periods import PeriodKind


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The figures of the user's own unit; for who may not see these, such as a secretary, their clubs by name."""
    user: User = request.user  # type: ignore[assignment]  # everybody here has logged in
    unit = own_unit(user)
    context: dict[str, Any] = {"unit": unit, "place": unit or "", "uses_admin": may_use_admin(user)}
    if unit is not None and user.has_perm("reports.view_report", unit):
        period = reporting_calendar().containing(PeriodKind.MONTH, timezone.localdate())
        found = figures(unit, period)
        context |= {"figures": found, "rows": [(part_name(found, part), part) for part in found.by_unit]}
    elif unit is not None:
        context["clubs"] = Club.objects.live().visible_to(user)
    return render(request, "reports/home.html", context)
