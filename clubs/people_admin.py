"""Applications and what people agreed to, for commune staff."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clubs.actions import apply_to_club, give_consent, withdraw_consent
from clubs.models import Application, ApplicationState, Consent
from clubs.state_changes import ADMIT, APPLICATION_CHANGES
from steering.actions import save_checked
from steering.admin_filters import ALL, FirstChoiceFilter, UnitFilter
from steering.scoped_admin import FoldedSearch, ScopedAdmin
from steering.state_admin import StateAdmin


class WaitingFilter(FirstChoiceFilter):
    title = _("tình trạng")
    parameter_name = "state"
    words = (*ApplicationState.choices, ALL)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset if self.value() == ALL[0] else queryset.filter(state=self.value())


@admin.register(Application)
class ApplicationAdmin(FoldedSearch, StateAdmin):
    hint = _("Ai xin vào câu lạc bộ nào. Mở một đơn để kết nạp, ghi không nhận hoặc rút đơn.")
    state_field = "state"
    state_changes = (ADMIT, *APPLICATION_CHANGES)
    folded = ("person__search", "club__search")
    search_help_text = _("Gõ tên người hoặc tên câu lạc bộ, không cần dấu.")
    choice_related = ("club", "person")
    list_display = ("person", "club", "applied_on", "wish", "state")
    list_filter = (UnitFilter, WaitingFilter)
    autocomplete_fields = ("club", "person")
    add_in_passing = ("person",)
    starts_today = ("applied_on",)
    fields = ("club", "person", "applied_on", "wish")
    help_texts = {"applied_on": _("Ngày ghi trên đơn."), "wish": _("Ví dụ: muốn học cách làm ăn, muốn vay vốn.")}

    def get_fields(self, request: HttpRequest, obj: Application | None = None) -> Any:
        return (*self.fields, "state", "decided_on", "reason") if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Application | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        settled = () if obj.state == ApplicationState.PENDING else ("applied_on", "wish")
        return ("club", "person", *settled, "state", "decided_on", "reason")

    def perform(self, request: HttpRequest, obj: Application, form: Any, change: bool) -> Application:
        by: Any = request.user
        if change:
            return save_checked(obj, by=by)
        return apply_to_club(club=obj.club, person=obj.person, applied_on=obj.applied_on, wish=obj.wish, by=by)


@admin.register(Consent)
class ConsentAdmin(FoldedSearch, ScopedAdmin):
    hint = _("Ai đồng ý cho dùng dữ liệu của mình vào việc gì, từ ngày nào. Mở một dòng để ghi người đó rút lại.")
    folded = ("person__search",)
    search_help_text = _("Gõ tên người, không cần dấu.")
    choice_related = ("person",)
    list_display = ("person", "purpose", "given_on", "manner", "withdrawn_on")
    list_filter = (UnitFilter, "purpose")
    autocomplete_fields = ("person",)
    starts_today = ("given_on",)
    fields = ("person", "purpose", "given_on", "manner", "proof")
    formfield_overrides = {models.FileField: {"widget": forms.FileInput}}  # what is kept has an address of its own
    help_texts = {
        "purpose": _("Mỗi mục đích ghi một dòng, đúng điều người đó đã đồng ý."),
        "proof": _("PDF, PNG hoặc JPEG. Không gửi ảnh căn cước."),
        "withdrawn_on": _(
            "Ngày đầu tiên không còn đồng ý. Ghi rồi thì không sửa lại được; đồng ý lại thì ghi dòng mới."
        ),
    }

    def get_fields(self, request: HttpRequest, obj: Consent | None = None) -> Any:
        return (*self.fields[:4], "signed_copy", "withdrawn_on") if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Consent | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        withdrawn = ("withdrawn_on",) if obj.withdrawn_on else ()
        return (*self.fields[:4], "signed_copy", *withdrawn)

    @admin.display(description=_("bản ký"))
    def signed_copy(self, obj: Consent) -> str:
        if not obj.proof:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("consent_proof", args=[obj.pk]), _("Mở bản ký"))

    def perform(self, request: HttpRequest, obj: Consent, form: Any, change: bool) -> Consent:
        by: Any = request.user
        if not change:
            facts = {name: getattr(obj, name) for name in self.fields}
            return give_consent(by=by, **facts)
        return withdraw_consent(consent=obj, on=obj.withdrawn_on, by=by) if obj.withdrawn_on else obj
