"""Agendas in the data entry: the lines of a meeting, and the templates that units keep for their clubs."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meetings.actions.agenda import LAST, renumber
from meetings.models import AgendaItem, AgendaTemplate, AgendaTemplateItem
from steering.admin_filters import UnitFilter
from steering.scoped_admin import ScopedAdmin, ScopedInline


class PlacedRow(forms.ModelForm):
    """A line that comes last when nobody says where."""

    place = forms.IntegerField(
        label=_("Thứ tự"),
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.NumberInput(attrs={"aria-label": _("Thứ tự")}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.pop("place", None)

    def clean_place(self) -> int:
        return self.cleaned_data["place"] or LAST


class AgendaInline(ScopedInline):
    model = AgendaItem
    form = PlacedRow
    fields = ("place", "area", "title", "presenter", "minutes")
    verbose_name_plural = _("chương trình")


class TemplateItemInline(ScopedInline):
    """Whoever keeps the template keeps its lines."""

    model = AgendaTemplateItem
    form = PlacedRow
    fields = ("place", "area", "title", "minutes")

    def _may(self, request: HttpRequest, verb: str, parent: Any) -> bool:
        own = "view" if verb == "view" else "change"
        return request.user.has_perm(f"meetings.{own}_agendatemplate", parent)


@admin.register(AgendaTemplate)
class AgendaTemplateAdmin(ScopedAdmin):
    hint = _("Chương trình mẫu: câu lạc bộ của đơn vị và ở các cấp dưới lấy về khi ghi chương trình một kỳ.")
    list_display = ("name", "unit")
    list_filter = (UnitFilter,)
    list_select_related = ("unit",)
    own_place = "unit"
    autocomplete_fields = ("unit",)
    fields = ("unit", "name")
    inlines = (TemplateItemInline,)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        before = dict(form.instance.items.values_list("pk", "place"))
        super().save_related(request, form, formsets, change)
        renumber(form.instance.items.all(), before)
