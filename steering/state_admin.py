"""Pages that move a row from one state to another: one intent, one address, what will happen said before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from steering.scoped_admin import ScopedAdmin


class StateForm(forms.Form):
    on = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Lý do"), max_length=200)


@dataclass(frozen=True)
class StateChange:
    """A way out of `from_states`. `asks` names the fields of `StateForm` that its action takes."""

    verb: str
    title: Any
    consequence: Any
    from_states: tuple[str, ...]
    action: Callable[..., Any]
    asks: tuple[str, ...] = ("on", "reason")


class StateAdmin(ScopedAdmin):
    """A model page with buttons for the state changes that its row allows. The actions take the row as `row_name`."""

    state_field = "status"
    state_changes: tuple[StateChange, ...] = ()
    change_form_template = "admin/state_change_form.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.state_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_state"
        return [path("<int:object_id>/state/<slug:verb>/", view, name=name), *super().get_urls()]

    def open_changes(self, obj: Any) -> list[StateChange]:
        return [change for change in self.state_changes if getattr(obj, self.state_field) in change.from_states]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        may = obj is not None and self.has_change_permission(request, obj)
        links = [(change.title, self._state_url(obj, change.verb)) for change in self.open_changes(obj)] if may else []
        return super().render_change_form(request, {**context, "state_links": links}, *args, **kwargs)

    def _state_url(self, obj: Any, verb: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_state", args=[obj.pk, verb])

    def _change_url(self, obj: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])

    def state_view(self, request: HttpRequest, object_id: int, verb: str) -> HttpResponse:
        obj = self._visible_or_404(request, str(object_id))
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        change = next((change for change in self.open_changes(obj) if change.verb == verb), None)
        if change is None:
            messages.error(request, _("Việc này không hợp với tình trạng hiện nay. Xem lại rồi chọn việc khác."))
            return HttpResponseRedirect(self._change_url(obj))
        form = StateForm(request.POST or None)
        for name in set(form.fields) - set(change.asks):
            del form.fields[name]
        if request.method == "POST" and form.is_valid():
            try:
                change.action(**{self.opts.model_name: obj}, by=request.user, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, ValidationError(refusal.messages))
            else:
                messages.success(request, _("%(verb)s: %(what)s.") % {"verb": change.title, "what": obj})
                return HttpResponseRedirect(self._change_url(obj))
        context = {"title": f"{change.title}: {obj}", "change": change, "form": form}
        return self.side_page(request, obj, "admin/state.html", context)

    def side_page(self, request: HttpRequest, obj: Any, template: str, context: dict[str, Any]) -> HttpResponse:
        """A page beside the row's own, with the way back to it."""
        shared = {"opts": self.opts, "original": obj, "back": self._change_url(obj)}
        return TemplateResponse(request, template, {**self.admin_site.each_context(request), **shared, **context})
