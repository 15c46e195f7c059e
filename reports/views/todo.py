"""The whole list of what needs somebody at and below one's own unit."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reports.tables import midnight
from reports.todo import needs, todos
from steering.access import own_unit
from steering.pages import page_of


@require_safe
@permission_required("reports.view_report", raise_exception=True)
def todo(request: HttpRequest) -> HttpResponse:
    unit = own_unit(request.user)  # type: ignore[arg-type]  # pages ask for a login
    if unit is None:
        return redirect("home")
    page = page_of(request, needs(unit, midnight()))
    return render(request, "reports/todo.html", {"unit": unit, "page": page, "todos": todos(page.object_list)})
