"""Production models with their replications, and materials, for commune staff; what others wrote is read on the website."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meetings.actions import (
    change_model,
    change_replication,
    drop_replication,
    introduce_model,
    keep_material,
    record_replication,
)
from meetings.models import Material, ProductionModel, Replication
from steering.actions import require
from steering.admin_filters import InForceFilter, UnitFilter
from steering.scoped_admin import ActionForm, FoldedSearch, ScopedAdmin, ScopedInline


class OwnRows:
    """Everybody reads all of the library; here are the rows that the user may change."""

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).granted_to(request.user, "change")  # type: ignore[misc]


class ReplicationInline(OwnRows, ScopedInline):
    """Those of one's own units; others may have taken the same model over."""

    model = Replication
    fields = ("unit", "started_on", "households", "result")
    autocomplete_fields = ("unit",)
    starts_today = ("started_on",)
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 24})}}
    verbose_name_plural = _("nơi nhân rộng")

    def perform(self, request: HttpRequest, row: Replication) -> None:
        """A place that the user sees, but does not work for, is refused like any other."""
        by: Any = request.user
        verb, write = ("add", record_replication) if row.pk is None else ("change", change_replication)
        try:
            require(by, verb, row)
        except PermissionDenied as error:
            raise ValidationError(str(error)) from error
        write(replication=row, by=by)

    def remove(self, request: HttpRequest, row: Replication) -> None:
        drop_replication(replication=row, by=request.user)  # type: ignore[arg-type]


class ModelForm(ActionForm):
    """The day may stay empty where a meeting introduced the model."""

    class Meta:
        model = ProductionModel
        fields = ("name", "sector", "unit", "description", "cost", "result", "source", "meeting", "introduced_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "introduced_on" in self.fields:
            self.fields["introduced_on"].required = False


@admin.register(ProductionModel)
class ProductionModelAdmin(OwnRows, FoldedSearch, ScopedAdmin):
    hint = _("Mô hình làm ăn đã giới thiệu, chi phí, kết quả, và những nơi nhân rộng.")
    form = ModelForm
    own_place = "unit"
    list_display = ("name", "sector", "unit", "introduced_on")
    list_filter = (UnitFilter, "sector")
    list_select_related = ("unit",)
    autocomplete_fields = ("unit", "meeting")
    inlines = (ReplicationInline,)
    help_texts = {"introduced_on": _("Để trống: ngày của kỳ sinh hoạt đã chọn.")}

    def perform(self, request: HttpRequest, obj: ProductionModel, form: Any, change: bool) -> ProductionModel:
        by: Any = request.user
        return change_model(model=obj, by=by) if change else introduce_model(model=obj, by=by)


class MaterialForm(ActionForm):
    link = forms.URLField(label=_("địa chỉ trên mạng"), max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = Material
        fields = (
            *("kind", "area", "title", "number", "summary", "link", "file", "unit"),
            *("valid_from", "valid_until", "is_first_reading"),
        )


@admin.register(Material)
class MaterialAdmin(OwnRows, FoldedSearch, ScopedAdmin):
    hint = _("Chính sách, hướng dẫn cho câu lạc bộ; ghi ngày hết hiệu lực thì tài liệu ra khỏi danh sách.")
    form = MaterialForm
    own_place = "unit"
    list_display = ("title", "kind", "area", "unit", "valid_from")
    list_filter = (UnitFilter, "kind", "area", InForceFilter)
    list_select_related = ("unit",)
    autocomplete_fields = ("unit",)

    def perform(self, request: HttpRequest, obj: Material, form: Any, change: bool) -> Material:
        return keep_material(material=obj, by=request.user)  # type: ignore[arg-type]
