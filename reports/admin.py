"""Expansion plans, for those who set them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.actions import set_plan
from reports.models import ExpansionPlan, Recipient
from reports.rules import COLUMNS
from steering.scoped_admin import ScopedAdmin


@admin.register(ExpansionPlan)
class ExpansionPlanAdmin(ScopedAdmin):
    hint = _("Mỗi đơn vị, mỗi năm một kế hoạch: số câu lạc bộ sẽ thành lập, theo cấp.")
    own_place = "unit"
    list_display = ("unit", "year", *COLUMNS)
    list_filter = ("year",)
    list_select_related = ("unit",)
    autocomplete_fields = ("unit",)
    fields = ("unit", "year", *COLUMNS)

    def get_readonly_fields(self, request: HttpRequest, obj: ExpansionPlan | None = None) -> tuple[str, ...]:
        return ("unit", "year") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"year": timezone.localdate().year, **super().get_changeform_initial_data(request)}

    def perform(self, request: HttpRequest, obj: ExpansionPlan, form: Any, change: bool) -> ExpansionPlan:
        return set_plan(unit=obj.unit, year=obj.year, **obj.numbers, by=request.user)  # type: ignore[arg-type]


@admin.register(Recipient)
class RecipientAdmin(ScopedAdmin):
    hint = _("Địa chỉ nhận báo cáo của từng đơn vị qua thư điện tử.")
    own_place = "unit"
    list_display = ("full_name", "email", "unit")
    list_select_related = ("unit",)
    autocomplete_fields = ("unit",)
    fields = ("unit", "full_name", "email")
