"""Units, decisions, committees and closed days, for those who keep them; accounts are in `steering.account_admin`."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

import steering.account_admin  # noqa: F401 - registers its pages
from steering.access import own_unit
from steering.actions import close_unit, create_numbered_units, create_unit, found_committee, rename_unit, save_checked
from steering.actions.units import AT_ONCE, types_below
from steering.admin_filters import InForceFilter, UnitFilter
from steering.forms import NAME_HELP, offer_types
from steering.models import (
    ClosedDay,
    CommitteeSeat,
    Decision,
    StandingAgency,
    SteeringCommittee,
    Succession,
    Unit,
    UnitKind,
    UnitType,
)
from steering.models.committees import COMMITTEE_KINDS
from steering.models.units import TYPES_OF_KIND
from steering.pages import refuse
from steering.scoped_admin import FoldedSearch, ScopedAdmin, ScopedInline, SideLink
from steering.state_admin import StateAdmin
from steering.state_changes import StateChange

NUMBERED_BELOW = (UnitKind.COMMUNE, UnitKind.HAMLET)  # their hamlets and groups are counted off by the dozen

CLOSE = StateChange(
    "close",
    _("Kết thúc đơn vị"),
    _("Từ ngày này đơn vị không còn trong danh sách để chọn, không còn đến lượt đăng cai. Lịch sử được giữ lại."),
    _("Đã kết thúc %(what)s."),
    (UnitKind.HAMLET, UnitKind.GROUP),
    close_unit,
    asks=("on",),
)


class NumberedUnitsForm(forms.Form):
    type = forms.ChoiceField(label=_("Loại"))
    last = forms.IntegerField(
        label=_("Đánh số từ 1 đến"), min_value=1, max_value=AT_ONCE, help_text=_("Số nào đã có thì giữ nguyên.")
    )

    def __init__(self, *args: Any, types: list[UnitType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_types(self.fields["type"], types)


@admin.register(Unit)
class UnitAdmin(FoldedSearch, StateAdmin):
    hint = _("Ấp, khu phố và tổ nhân dân tự quản. Mở xã để lập ấp hàng loạt, mở ấp để lập tổ hàng loạt.")
    state_field = "kind"
    state_changes = (CLOSE,)
    choice_related = ("parent__parent__parent__parent",)
    list_display = ("full", "place", "type", "code")
    list_filter = (UnitFilter, "kind", InForceFilter)
    ordering = ("path",)
    own_place = "parent"
    autocomplete_fields = ("parent",)
    fields = ("parent", "type", "name", "code", "valid_from")
    help_texts = {
        "name": NAME_HELP,
        "valid_from": _("Để trống nếu có từ trước."),
    }

    @admin.display(description=_("tên"), ordering="sort_key")
    def full(self, unit: Unit) -> str:
        return str(unit)

    @admin.display(description=_("trực thuộc"), ordering="parent__sort_key")
    def place(self, unit: Unit) -> str:
        return unit.parent.full_name if unit.parent else ""

    def choice_label(self, obj: Unit) -> str:
        return obj.full_name

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        ended = ("valid_until",) if InForceFilter.parameter_name in request.GET else ()
        return (*self.list_display, *ended)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """A choice is made among the units in force, the higher ones first: the commune before its groups."""
        units, _is_plural = super().get_search_results(request, queryset, search_term)
        if self.is_choosing(request):
            units = units.filter(valid_until=None).order_by(Length("path"), "sort_key", "pk")
        return units, False

    def get_readonly_fields(self, request: HttpRequest, obj: Unit | None = None) -> tuple[str, ...]:
        return ("parent", "valid_from", "valid_until") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Unit | None = None) -> tuple[str, ...]:
        return (*self.fields, "valid_until") if obj and obj.valid_until else self.fields

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The types below one's own unit; everything for whoever has none."""
        place = own_unit(request.user)  # type: ignore[arg-type]  # a login is required
        if db_field.name == "type" and place:
            kinds = [kind for kind in UnitKind if kind.depth >= UnitKind(place.kind).depth]
            types = [unit_type for kind in reversed(kinds) for unit_type in TYPES_OF_KIND[kind]]
            kwargs["choices"] = [("", "---------"), *[(t.value, t.label) for t in types]]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def perform(self, request: HttpRequest, obj: Unit, form: Any, change: bool) -> Unit:
        by: Any = request.user
        if change:
            return rename_unit(unit=obj, type=obj.type, name=obj.name, code=obj.code, by=by)
        return create_unit(
            parent=obj.parent, type=obj.type, name=obj.name, code=obj.code, valid_from=obj.valid_from, by=by
        )

    def _require(self, request: HttpRequest, verb: str, obj: Unit) -> None:
        if verb == "add" and obj.parent is None and not request.user.is_superuser:
            raise ValidationError({"parent": _("Chọn đơn vị cấp trên.")})
        super()._require(request, verb, obj if verb == "change" else obj.parent or obj)

    # many at once, and the end of one

    def open_changes(self, obj: Unit) -> list[StateChange]:
        return [] if obj.valid_until else super().open_changes(obj)

    def side_links(self, request: HttpRequest, obj: Unit) -> list[SideLink]:
        links = super().side_links(request, obj)
        if obj.kind in NUMBERED_BELOW and not obj.valid_until:
            words = _("Lập ấp hàng loạt") if obj.kind == UnitKind.COMMUNE else _("Lập tổ hàng loạt")
            links.insert(0, SideLink(words, reverse("admin:steering_unit_numbered", args=[obj.pk])))
        return links

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.numbered_view)
        return [path("<int:object_id>/numbered/", view, name="steering_unit_numbered"), *super().get_urls()]

    def numbered_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        unit = self._visible_or_404(request, str(object_id))
        if not self._may(request, "add", unit):
            raise PermissionDenied
        if unit.kind not in NUMBERED_BELOW or unit.valid_until:
            raise Http404(_("Chỉ lập hàng loạt ấp, khu phố trong xã và tổ trong ấp, khu phố."))
        form = NumberedUnitsForm(request.POST or None, types=types_below(unit))
        if request.method == "POST" and form.is_valid():
            try:
                new = create_numbered_units(parent=unit, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            except ValidationError as refusal:
                refuse(form, refusal)
            else:
                counts = {"new": len(new), "old": form.cleaned_data["last"] - len(new)}
                messages.success(request, _("Đã lập %(new)d đơn vị mới; %(old)d đơn vị có sẵn, giữ nguyên.") % counts)
                return HttpResponseRedirect(self._children_url(unit))
        context = {"title": _("Lập hàng loạt trong %(unit)s") % {"unit": unit.in_sentence}, "form": form}
        return self.side_page(request, unit, "admin/steering/numbered.html", {**context, **self._present(unit)})

    def _present(self, unit: Unit) -> dict[str, Any]:
        """What there is already, for the one who counts."""
        return {"present": list(unit.children.filter(valid_until=None)), "crumb": _("Lập hàng loạt")}

    def _children_url(self, unit: Unit) -> str:
        return f"{reverse('admin:steering_unit_changelist')}?{UnitFilter.parameter_name}={unit.pk}"


@admin.register(Succession)
class SuccessionAdmin(ScopedAdmin):
    hint = _("Đơn vị nào kế tục đơn vị nào khi sáp nhập, chia tách; lượt đăng cai theo đó mà tính tiếp.")
    list_display = ("__str__", "effective_on", "decision")
    list_select_related = ("predecessor", "successor", "decision")
    date_hierarchy = "effective_on"
    ordering = ("-effective_on", "pk")
    autocomplete_fields = ("predecessor", "successor", "decision")


@admin.register(Decision)
class DecisionAdmin(FoldedSearch, ScopedAdmin):
    hint = _("Quyết định thành lập câu lạc bộ, ban chỉ đạo. Số và ngày do văn thư cấp, ghi sau cũng được.")
    folded = ("search", "issuer_unit__search")
    search_help_text = _("Gõ số quyết định, tên đơn vị ban hành hoặc vài chữ của trích yếu.")
    list_display = ("__str__", "subject", "issuer_unit", "issuer_body")
    list_filter = (UnitFilter, "issuer_body")
    list_select_related = ("issuer_unit",)
    date_hierarchy = "issued_on"
    own_place = "issuer_unit"
    autocomplete_fields = ("issuer_unit",)
    fields = ("issuer_unit", "issuer_body", "number", "symbol", "issued_on", "subject", "signer", "file", "signed_copy")
    readonly_fields = ("signed_copy",)
    formfield_overrides = {models.FileField: {"widget": forms.FileInput}}  # what is kept has an address of its own
    help_texts = {
        "number": _("Văn thư cấp; chưa có thì để trống."),
        "subject": _("Ví dụ: Về việc thành lập Câu lạc bộ công tác giảm nghèo xã An Khánh."),
        "file": _("Bản chụp hoặc PDF đã ký, đóng dấu."),
    }

    @admin.display(description=_("bản đang lưu"))
    def signed_copy(self, obj: Decision) -> str:
        if not obj.file:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("decision_file", args=[obj.pk]), _("Mở bản đã ký"))

    def choice_label(self, obj: Decision) -> str:
        return f"{obj} – {obj.subject}"

    def word_query(self, word: str) -> Q:
        number = Q(number=int(word)) if word.isascii() and word.isdigit() and len(word) < 9 else Q()
        return super().word_query(word) | number


class SeatInline(ScopedInline):
    model = CommitteeSeat
    fields = ("role", "full_name", "position", "area", "valid_from", "valid_until")

    def get_queryset(self, request: HttpRequest) -> Any:
        """The head first; those whose term has ended, last."""
        ended = Case(When(valid_until=None, then=Value(0)), default=Value(1))
        rank = Case(
            *[When(role=role, then=Value(n)) for n, role in enumerate(("head", "deputy", "standing"))], default=3
        )
        return super().get_queryset(request).order_by(ended, rank, "pk")


class AgencyInline(ScopedInline):
    model = StandingAgency
    fields = ("name", "valid_from", "valid_until")
    verbose_name_plural = _("cơ quan thường trực, qua từng thời kỳ")


@admin.register(SteeringCommittee)
class SteeringCommitteeAdmin(FoldedSearch, ScopedAdmin):
    hint = _(
        "Ban chỉ đạo giảm nghèo của tỉnh, huyện, xã: thành viên và cơ quan thường trực, có ngày bắt đầu, kết thúc."
    )
    folded = ("unit__search",)
    list_display = ("__str__", "place", "valid_from", "valid_until")
    list_filter = (UnitFilter, InForceFilter)
    list_select_related = ("unit__parent",)
    ordering = ("unit__path", "-valid_from")
    own_place = "unit"
    autocomplete_fields = ("unit", "decision")
    add_in_passing = ("decision",)
    fields = ("unit", "decision", "valid_from", "valid_until")
    inlines = (SeatInline, AgencyInline)

    def perform(self, request: HttpRequest, obj: SteeringCommittee, form: Any, change: bool) -> SteeringCommittee:
        by: Any = request.user
        return save_checked(obj, by=by) if change else found_committee(committee=obj, by=by)

    @admin.display(description=_("thuộc"), ordering="unit__parent__sort_key")
    def place(self, committee: SteeringCommittee) -> str:
        return str(committee.unit.parent or "")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "unit":
            units = Unit.objects.visible_to(request.user).with_parents()  # type: ignore[arg-type]
            kwargs["queryset"] = units.filter(kind__in=COMMITTEE_KINDS)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(ClosedDay)
class ClosedDayAdmin(ScopedAdmin):
    hint = _("Ngày lễ, ngày nghỉ bù: không kỳ sinh hoạt nào được xếp vào những ngày này. Sở sửa bảng này.")
    list_display = ("day", "weekday", "name")
    date_hierarchy = "day"
    ordering = ("-day",)

    @admin.display(description=_("thứ"))
    def weekday(self, closed: ClosedDay) -> str:
        return date_format(closed.day, "l")
