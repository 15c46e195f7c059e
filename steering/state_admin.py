"""Pages that move a row from one state to another: one intent, one address, what will happen said before."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from steering.scoped_admin import ScopedAdmin, SideLink
from steering.state_changes import StateChange, StateForm, open_changes


class StateAdmin(ScopedAdmin):
    """A model page with buttons for the state changes that its row allows."""

    state_field = "status"
    state_changes: tuple[StateChange, ...] = ()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.state_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_state"
        return [path("<int:object_id>/state/<slug:verb>/", view, name=name), *super().get_urls()]

    def open_changes(self, obj: Any) -> list[StateChange]:
        return open_changes(self.state_changes, getattr(obj, self.state_field))

    def side_links(self, request: HttpRequest, obj: Any) -> list[SideLink]:
        return [SideLink(change.title, self._state_url(obj, change.verb)) for change in self.open_changes(obj)]

    def _state_url(self, obj: Any, verb: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_state", args=[obj.pk, verb])

    def state_view(self, request: HttpRequest, object_id: int, verb: str) -> HttpResponse:
        obj = self._visible_or_404(request, str(object_id))
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        change = next((change for change in self.open_changes(obj) if change.verb == verb), None)
        if change is None:
            messages.error(request, _("Việc này không hợp với tình trạng hiện nay. Xem lại rồi chọn việc khác."))
            return HttpResponseRedirect(self._change_url(obj))
        form = StateForm(request.POST or None, asks=change.asks)
        if request.method == "POST" and form.is_valid():
            try:
                change.perform(obj, request.user, form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, ValidationError(refusal.messages))
            else:
                messages.success(request, change.done_to(obj))
                return HttpResponseRedirect(self._change_url(obj))
        context = {"title": f"{change.title}: {obj}", "change": change, "form": form}
        return self.side_page(request, obj, "admin/state.html", context)
