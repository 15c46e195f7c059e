"""What every admin page of the project shares: rows of one's own place only, and writing through the actions."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import BaseInlineFormSet, CheckboxInput, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from simple_history.admin import SimpleHistoryAdmin

from steering.access import own_unit
from steering.actions import delete_recorded, require, save_checked
from steering.admin_words import changes
from steering.pages import refuse
from steering.text import fold


@dataclass(frozen=True)
class SideLink:
    """A button at the head of a row's page; at most one of them is the main one."""

    title: Any
    address: str
    is_main: bool = False


class ActionForm(ModelForm):
    """A form that shows what an action refused, beside the field it is about, with nothing typed lost."""

    refusal: ValidationError | None = None

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if self.refusal is not None:
            refuse(self, self.refusal)
        return data


class ScopedChoices:
    """Foreign keys offer, and accept, only rows the user may see."""

    add_in_passing: tuple[str, ...] = ()  # foreign keys whose row may be new: a link to add it beside the choice
    starts_today: tuple[str, ...] = ()  # dates that begin as today
    help_texts: dict[str, Any] = {}  # by field, in the place of the model's own
    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        related = db_field.remote_field.model
        pages = self.admin_site._registry.get(related)
        if hasattr(related.objects, "visible_to") and "queryset" not in kwargs:
            rows, beside = related.objects.visible_to(request.user), getattr(pages, "choice_related", ())
            kwargs["queryset"] = rows.select_related(*beside) if beside else rows
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        if hasattr(pages, "choice_label"):
            field.label_from_instance = pages.choice_label
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.starts_today:
            kwargs["initial"] = timezone.localdate
        if db_field.name in self.help_texts:
            kwargs["help_text"] = self.help_texts[db_field.name]
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        widget: Any = field and field.widget
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_add_related &= db_field.name in self.add_in_passing
            widget.can_change_related = widget.can_view_related = False
        if isinstance(widget, AdminSplitDateTime):
            for part, words in zip(widget.widgets, (_("Ngày"), _("Giờ")), strict=True):
                part.attrs["aria-label"] = words
        return field


class FoldedSearch:
    """Search without diacritics: "chau thanh" finds "Châu Thành".

    `folded` names the columns of folded text, each word to be found in one of them; without it, the queryset's own
    `search` decides.
    """

    folded: tuple[str, ...] = ()
    search_fields: ClassVar[Any] = ("pk",)  # switches the box on; get_search_results does the work
    search_help_text: ClassVar[Any] = _lazy("Gõ vài chữ để tìm, không cần dấu.")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if not self.folded:
            return queryset.search(search_term), False
        for word in fold(search_term).split():
            queryset = queryset.filter(self.word_query(word))
        return queryset, False

    def word_query(self, word: str) -> models.Q:
        return models.Q(*[(f"{column}__contains", word) for column in self.folded], _connector=models.Q.OR)

    def is_choosing(self, request: HttpRequest) -> bool:
        """Whether the search is for a choice in a form, not for the list."""
        return "field_name" in request.GET


class MissingIs404:
    """A row that is not there, or is somebody else's, is not found: no redirect with a message."""

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404(_("Không có trang này trong phạm vi của anh, chị."))


class ScopedAdmin(ScopedChoices, MissingIs404, SimpleHistoryAdmin):
    """Base of every model page. Subclasses say in `perform` which action writes."""

    form = ActionForm
    hint: Any = ""  # one sentence: what is kept here
    own_place = ""  # foreign key to a unit that begins as the user's own
    choice_related: tuple[str, ...] = ()  # what `choice_label` reads beside the row
    list_per_page = 50
    list_max_show_all = 0  # "show all" of a province's lists helps nobody
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = "–"

    def perform(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> models.Model:
        """Write `obj` through its action and return it as saved. Raises ValidationError."""
        return save_checked(obj, by=request.user)  # type: ignore[arg-type]

    def choice_label(self, obj: Any) -> str:
        """How a row is told from its namesakes where it is chosen in a form."""
        return str(obj)

    # rows and objects

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset: Any = super().get_queryset(request)
        if self.choice_related:
            queryset = queryset.select_related(*self.choice_related)
        return queryset.visible_to(request.user) if hasattr(self.model, "SCOPE") else queryset

    def get_actions(self, request: HttpRequest) -> Any:
        """Rows are deleted one by one, each with its own page that says so."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        place = own_unit(request.user) if self.own_place else None  # type: ignore[arg-type]  # a login is required
        return {self.own_place: place.pk, **initial} if place else initial

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

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        for newer, older in pairwise(historical_records):
            newer.history_delta_changes = changes(older, newer)

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

    # pages

    def side_links(self, request: HttpRequest, obj: Any) -> list[SideLink]:
        """What else can be done with the row, each on its own page. Asked only of whoever may change it."""
        return []

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Fewer buttons: another new row after a new one, the same page again after a change."""
        obj, is_new = kwargs.get("obj"), kwargs.get("add", False)
        buttons = {"show_save_and_add_another": is_new, "show_save_and_continue": not is_new}
        may = obj is not None and self.has_change_permission(request, obj)
        links = self.side_links(request, obj) if may else []
        return super().render_change_form(request, {**buttons, "side_links": links, **context}, *args, **kwargs)

    def _change_url(self, obj: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])

    def side_page(self, request: HttpRequest, obj: Any, template: str, context: dict[str, Any]) -> HttpResponse:
        """A page beside the row's own, with the way back to it."""
        shared = {"opts": self.opts, "original": obj, "back": self._change_url(obj)}
        return TemplateResponse(request, template, {**self.admin_site.each_context(request), **shared, **context})

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
            inline.remove(request, gone)
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


class Rows(BaseInlineFormSet):
    deletion_widget: Any = CheckboxInput(attrs={"aria-label": _lazy("Xóa dòng này")})


class ScopedInline(ScopedChoices, admin.TabularInline):
    """Rows inside their parent's page; whoever may do the verb on the parent may do it on them."""

    formset = Rows
    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Each field carries its column's name, for those who do not see the column."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            getattr(field.widget, "widget", field.widget).attrs["aria-label"] = field.label
        return field

    def perform(self, request: HttpRequest, row: Any) -> None:
        """Write one new or changed row through its action. Raises ValidationError."""
        save_checked(row, by=request.user)  # type: ignore[arg-type]

    def remove(self, request: HttpRequest, row: Any) -> None:
        """Delete one row through its action."""
        delete_recorded(row, by=request.user)  # type: ignore[arg-type]

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
