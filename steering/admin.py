"""Units, decisions, committees, closed days and accounts, for those who keep them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from steering.access import granted_paths
from steering.actions import appoint, create_unit, rename_unit, save_checked
from steering.models import (
    Appointment,
    ClosedDay,
    CommitteeSeat,
    Decision,
    StandingAgency,
    SteeringCommittee,
    Succession,
    Unit,
    User,
)
from steering.models.committees import COMMITTEE_KINDS
from steering.querysets import path_query
from steering.roles import Role
from steering.scoped_admin import MissingIs404, ScopedAdmin, ScopedInline

FOLDED_SEARCH_HELP = _("Gõ vài chữ để tìm, không cần dấu.")


class FoldedSearch:
    """Search by the model's folded column, so that "chau thanh" finds "Châu Thành"."""

    search_fields = ("search",)  # switches the box on; get_search_results does the work
    search_help_text = FOLDED_SEARCH_HELP

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return queryset.search(search_term), False


@admin.register(Unit)
class UnitAdmin(FoldedSearch, ScopedAdmin):
    list_display = ("__str__", "kind", "parent", "code", "valid_until")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)
    fields = ("type", "name", "code", "parent", "valid_from")

    def get_readonly_fields(self, request: HttpRequest, obj: Unit | None = None) -> tuple[str, ...]:
        return ("parent", "valid_from") if obj else ()

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


@admin.register(Succession)
class SuccessionAdmin(ScopedAdmin):
    list_display = ("predecessor", "successor", "effective_on")
    list_select_related = ("predecessor", "successor")
    autocomplete_fields = ("predecessor", "successor", "decision")


@admin.register(Decision)
class DecisionAdmin(ScopedAdmin):
    list_display = ("__str__", "subject", "issuer_unit", "issuer_body")
    list_filter = ("issuer_body",)
    list_select_related = ("issuer_unit",)
    search_fields = ("subject", "number")
    autocomplete_fields = ("issuer_unit",)
    fields = ("issuer_unit", "issuer_body", ("number", "symbol"), "issued_on", "subject", "signer", "file")


class SeatInline(ScopedInline):
    model = CommitteeSeat
    fields = ("role", "full_name", "position", "area", "valid_from", "valid_until")


class AgencyInline(ScopedInline):
    model = StandingAgency
    fields = ("name", "valid_from", "valid_until")


@admin.register(SteeringCommittee)
class SteeringCommitteeAdmin(ScopedAdmin):
    list_display = ("__str__", "valid_from", "valid_until")
    list_select_related = ("unit",)
    search_fields = ("unit__search",)
    autocomplete_fields = ("unit", "decision")
    inlines = (SeatInline, AgencyInline)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "unit":
            kwargs["queryset"] = Unit.objects.visible_to(request.user).filter(kind__in=COMMITTEE_KINDS)  # type: ignore[arg-type]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(ClosedDay)
class ClosedDayAdmin(ScopedAdmin):
    list_display = ("day", "name")
    search_fields = ("name",)

    def perform(self, request: HttpRequest, obj: ClosedDay, form: Any, change: bool) -> ClosedDay:
        return save_checked(obj, by=request.user)  # type: ignore[arg-type]


@admin.register(User)
class UserAdmin(MissingIs404, DjangoUserAdmin):
    """Accounts of one's own place; rights are given by appointment, never here."""

    list_display = ("username", "full_name", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "full_name", "email")
    ordering = ("username",)
    fieldsets = ((None, {"fields": ("username", "password", "full_name", "email", "is_active")}),)
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "full_name", "email", "usable_password", "password1", "password2"),
            },
        ),
    )
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users = super().get_queryset(request)
        if request.user.is_superuser:
            return users
        here = path_query("appointments__path", granted_paths(request.user, "steering.view_user"))
        return users.filter(here | Q(appointments=None), is_superuser=False).distinct()

    def _may(self, request: HttpRequest, verb: str, obj: User | None) -> bool:
        return request.user.has_perm(f"steering.{verb}_user") and (
            obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()
        )

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may(request, "view", obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may(request, "delete", obj)


@admin.register(Appointment)
class AppointmentAdmin(ScopedAdmin):
    list_display = ("user", "role", "unit", "valid_from", "valid_until")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__username", "user__full_name")
    autocomplete_fields = ("user", "unit")

    def get_readonly_fields(self, request: HttpRequest, obj: Appointment | None = None) -> tuple[str, ...]:
        return ("user", "role", "unit", "valid_from") if obj else ()

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":  # a secretary is appointed from the club's page
            kwargs["choices"] = [choice for choice in Role.choices if choice[0] != Role.SECRETARY]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def _require(self, request: HttpRequest, verb: str, obj: Appointment) -> None:
        obj.path = obj.path or obj.unit.path
        super()._require(request, verb, obj)

    def perform(self, request: HttpRequest, obj: Appointment, form: Any, change: bool) -> Appointment:
        by: Any = request.user
        if change:
            return save_checked(obj, by=by)
        return appoint(
            user=obj.user,
            role=obj.role,
            unit=obj.unit,
            valid_from=obj.valid_from or timezone.localdate(),
            valid_until=obj.valid_until,
            by=by,
        )
