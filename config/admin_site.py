"""The data-entry site of commune staff: the stock admin, in the order people work."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steering.access import may_use_admin

GROUPS: list[tuple[Any, list[str]]] = [
    (
        _("Câu lạc bộ"),
        ["clubs.Club", "clubs.Person", "clubs.Membership", "clubs.Application", "clubs.Consent", "clubs.Regulation"],
    ),
    (_("Sinh hoạt"), ["meetings.Meeting", "meetings.Opinion", "meetings.AgendaTemplate", "steering.ClosedDay"]),
    (_("Thư viện"), ["meetings.ProductionModel", "meetings.Material"]),
    (_("Ban chỉ đạo"), ["steering.SteeringCommittee", "steering.Decision", "steering.DocumentTemplate"]),
    (pgettext_lazy("plural", "Đơn vị"), ["steering.Unit", "steering.Succession"]),
    (_("Báo cáo"), ["reports.ExpansionPlan", "reports.Recipient"]),
    (_("Tài khoản"), ["steering.User", "steering.Appointment"]),
]


class LabelledChoices(AutocompleteJsonView):
    """Offers each row under the label its page gives it, so that namesakes can be told apart."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "choice_label", str)
        return {**super().serialize_result(obj, to_field_name), "text": label(obj)}


class DataEntrySite(admin.AdminSite):
    site_header = _("Câu lạc bộ giảm nghèo")
    site_title = _("Câu lạc bộ giảm nghèo")
    index_title = _("Nhập liệu")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        return may_use_admin(request.user)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one way in; whoever is in already, but has no work here, is told so."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME, reverse("admin:index")))

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return LabelledChoices.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Models in `GROUPS`' order; a model that the user may not see is left out, an empty group too."""
        if app_label is not None:
            return super().get_app_list(request, app_label)
        shown = {
            f"{app['app_label']}.{model['object_name']}": (app, model)
            for app in super().get_app_list(request)
            for model in app["models"]
        }
        groups = []
        for name, labels in GROUPS:
            found = [shown[label] for label in labels if label in shown]
            if found:
                models = [
                    {**model, "hint": getattr(self._registry[model["model"]], "hint", "")} for _app, model in found
                ]
                groups.append({**found[0][0], "name": name, "models": models})
        return groups
