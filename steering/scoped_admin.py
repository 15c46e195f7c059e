"""What every admin page of the project shares: rows of one's own place only, and writing through the actions."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import BaseInlineFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from steering.actions import require, save_checked


class ActionForm(ModelForm):
    """A form that shows what an action refused, beside the field it is about, with nothing typed lost."""

    refusal: ValidationError | None = None

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if self.refusal is not None:
            by_field = self.refusal.message_dict if hasattr(self.refusal, "error_dict") else {}
            for name, errors in (by_field or {"": self.refusal.messages}).items():
                self.add_error(name if name in self.fields else None, ValidationError(list(errors)))
        return data


class ScopedChoices:
    """Foreign keys offer, and accept, only rows the user may see."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        related = db_field.remote_field.model
        if hasattr(related, "SCOPE") and "queryset" not in kwargs:
            kwargs["queryset"] = related.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class MissingIs404:
    """A row that is not there, or is somebody else's, is not found: no redirect with a message."""

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404(_("Không có trang này trong phạm vi của anh, chị."))


class ScopedAdmin(ScopedChoices, MissingIs404, SimpleHistoryAdmin):
    """Base of every model page. Subclasses say in `perform` which action writes."""

    form = ActionForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    actions_selection_counter = False

    def perform(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> models.Model:
        """Write `obj` through its action and return it as saved. Raises ValidationError."""
        return save_checked(obj, by=request.user)  # type: ignore[arg-type]

    # rows and objects

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset: Any = super().get_queryset(request)
        return queryset.visible_to(request.user) if hasattr(self.model, "SCOPE") else queryset

    def _may(self, request: HttpRequest, verb: str, obj: Any) -> bool:
        permission = f"{self.opts.app_label}.{verb}_{self.opts.model_name}"
        return request.user.has_perm(permission, obj if hasattr(self.model, "SCOPE") else None)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "add", None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "delete", obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        self._visible_or_404(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        self._visible_or_404(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _visible_or_404(self, request: HttpRequest, object_id: str) -> Any:
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404(_("Không có trang này trong phạm vi của anh, chị."))
        return obj

    # writing

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form_class = super().get_form(request, obj, change=change, **kwargs)
        return type(form_class.__name__, (form_class,), {"refusal": getattr(request, "refusal", None)})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]  # read by get_form
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if hasattr(self.model, "SCOPE"):
            self._require(request, "change" if change else "add", obj)
        saved = self.perform(request, obj, form, change)
        obj.__dict__.update(saved.__dict__)  # the admin goes on with its own instance

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseInlineFormSet, change: bool) -> None:
        inline = self._inline_of(request, formset)
        rows = formset.save(commit=False)
        for gone in formset.deleted_objects:
            gone.delete()
        for row in rows:
            inline.perform(request, row)
        formset.save_m2m()

    def _inline_of(self, request: HttpRequest, formset: BaseInlineFormSet) -> Any:
        return next(
            inline for inline in self.get_inline_instances(request, formset.instance) if inline.model is formset.model
        )

    def _require(self, request: HttpRequest, verb: str, obj: Any) -> None:
        try:
            require(request.user, verb, obj)  # type: ignore[arg-type]
        except PermissionDenied as error:
            raise ValidationError(str(error)) from error

    def warn(self, request: HttpRequest, sentence: str | None) -> None:
        if sentence:
            messages.warning(request, sentence)


class ScopedInline(ScopedChoices, admin.TabularInline):
    """Rows inside their parent's page; whoever may do the verb on the parent may do it on them."""

    extra = 0

    def perform(self, request: HttpRequest, row: Any) -> None:
        """Write one new or changed row through its action. Raises ValidationError."""
        save_checked(row, by=request.user)  # type: ignore[arg-type]

    def _may(self, request: HttpRequest, verb: str, parent: Any) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.{verb}_{self.opts.model_name}", parent)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view", obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "add", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "delete", obj)
