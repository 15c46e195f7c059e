"""Regulations in the data entry: read, and adopted; what was adopted is not rewritten."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clubs.actions import adopt_regulation
from clubs.models import Regulation
from steering.admin_filters import UnitFilter
from steering.scoped_admin import FoldedSearch, ScopedAdmin

FIELDS = ("adopted_on", "text", "file", "cadence", "term_months", "quorum", "majority")


@admin.register(Regulation)
class RegulationAdmin(FoldedSearch, ScopedAdmin):
    hint = _("Quy chế của từng câu lạc bộ, mỗi lần thông qua một bản. Có sai sót thì thông qua bản mới.")
    folded = ("club__search",)
    search_help_text = _("Gõ tên câu lạc bộ, không cần dấu.")
    list_display = ("club", "version", "adopted_on", "cadence", "term_months")
    list_filter = (UnitFilter, "cadence")
    ordering = ("club__sort_key", "-version")
    autocomplete_fields = ("club",)
    starts_today = ("adopted_on",)
    fields = ("club", *FIELDS)
    help_texts = {
        "text": _("Mỗi điều, khoản một dòng. Có bản đã ký thì có thể để trống."),
        "file": _("PDF, PNG hoặc JPEG, nhiều nhất 10 MB."),
    }

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("club")

    def get_fields(self, request: HttpRequest, obj: Regulation | None = None) -> Any:
        return [*("signed" if obj and name == "file" else name for name in self.fields)]

    def get_readonly_fields(self, request: HttpRequest, obj: Regulation | None = None) -> tuple[str, ...]:
        return ("signed",) if obj else ()

    @admin.display(description=_("bản đã ký"))
    def signed(self, regulation: Regulation) -> str:
        if not regulation.file:
            return ""
        address = reverse("regulation_file", args=[regulation.pk])
        return format_html('<a href="{}">{}</a>', address, _("Mở bản đã ký"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def perform(self, request: HttpRequest, obj: Regulation, form: Any, change: bool) -> Regulation:
        return adopt_regulation(
            club=obj.club,
            by=request.user,  # type: ignore[arg-type]  # a login is required
            **{name: getattr(obj, name) for name in FIELDS},
        )
