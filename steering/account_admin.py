"""Accounts, and the appointments that give them something to do."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from steering.actions import appoint, end_appointment, save_checked
from steering.actions.accounts import may_keep_account
from steering.admin_filters import InForceFilter, UnitFilter
from steering.models import Appointment, User
from steering.roles import Role
from steering.scoped_admin import FoldedSearch, MissingIs404, ScopedAdmin, SideLink


class NewPasswordForm(AdminPasswordChangeForm):
    """Everybody logs in with a password: no choice of going without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


def words(appointment: Appointment) -> str:
    return f"{Role(appointment.role).label}, {appointment.unit}"


@admin.register(User)
class UserAdmin(FoldedSearch, MissingIs404, DjangoUserAdmin):
    """Accounts of one's own place; rights are given by appointment, never here."""

    hint = _("Tài khoản đăng nhập. Mỗi người xem và sửa được gì là do phân công.")
    add_form = UserCreationForm
    change_password_form = NewPasswordForm
    add_form_template = "admin/change_form.html"
    list_display = ("username", "full_name", "work", "state", "last_login")
    list_filter = ("is_active",)
    search_help_text = _("Gõ tên đăng nhập, họ tên hoặc thư điện tử, không cần dấu.")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = "–"
    ordering = ("username",)
    readonly_fields = ("appointments_held", "last_login")
    fieldsets = (
        (None, {"fields": ("username", "full_name", "email", "is_active", "appointments_held", "last_login")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "full_name", "email", "password1", "password2")}),)
    filter_horizontal = ()

    @admin.display(description=_("phân công"))
    def work(self, user: Any) -> str:
        """What the account is for now."""
        return "; ".join(words(appointment) for appointment in user.current)

    @admin.display(description=_("phân công"))
    def appointments_held(self, user: Any) -> Any:
        """What the account is for now, each with its page; what to do when there is nothing."""
        if not user.current:
            return _("Chưa có. Người này đăng nhập được nhưng chưa xem được gì: bấm “Phân công” ở trên.")
        rows = ((reverse("admin:steering_appointment_change", args=[a.pk]), words(a)) for a in user.current)
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', rows))

    @admin.display(description=_("tình trạng"), ordering="is_active")
    def state(self, user: User) -> Any:
        return _("Đang dùng") if user.is_active else _("Đã khóa")

    def choice_label(self, obj: User) -> str:
        return f"{obj} ({obj.username})"

    def get_queryset(self, request: HttpRequest) -> Any:
        users: Any = super().get_queryset(request)
        current = Appointment.objects.active_on(timezone.localdate()).select_related("unit")
        return users.visible_to(request.user).prefetch_related(Prefetch("appointments", current, to_attr="current"))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        user, is_new = kwargs.get("obj"), kwargs.get("add", False)
        shown = {"show_save_and_add_another": is_new, "show_save_and_continue": not is_new}
        shown["side_links"] = self.side_links(user) if user else []
        return super().render_change_form(request, {**shown, **context}, *args, **kwargs)

    def side_links(self, user: Any) -> list[SideLink]:
        appointing = f"{reverse('admin:steering_appointment_add')}?user={user.pk}"
        password = reverse("admin:auth_user_password_change", args=[user.pk])
        return [
            SideLink(_("Phân công"), appointing, is_main=not user.current),
            SideLink(_("Đặt lại mật khẩu"), password),
        ]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """The library's page, with the way back that side pages have."""
        response = super().user_change_password(request, id, form_url)
        if isinstance(response, TemplateResponse):
            back = reverse("admin:steering_user_change", args=[id])
            response.context_data |= {"back": back}  # type: ignore[operator]
        return response

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody closes the account they are using."""
        return (*self.readonly_fields, "is_active") if obj == request.user else self.readonly_fields

    def _may(self, request: HttpRequest, verb: str, obj: User | None) -> bool:
        by: Any = request.user
        if not by.has_perm(f"steering.{verb}_user"):
            return False
        if obj is None or by.is_superuser:
            return True
        is_kept = verb == "view" or may_keep_account(user=obj, by=by)
        return is_kept and self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may(request, "view", obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return self._may(request, "delete", obj)


@admin.register(Appointment)
class AppointmentAdmin(FoldedSearch, ScopedAdmin):
    hint = _("Ai giữ vai trò gì, ở đơn vị nào, từ ngày nào đến ngày nào. Hết phân công là hết quyền.")
    list_display = ("user", "role", "unit", "valid_from", "valid_until")
    list_filter = (UnitFilter, "role", InForceFilter)
    list_select_related = ("user", "unit")
    folded = ("user__search",)
    search_help_text = _("Gõ tên đăng nhập, họ tên hoặc thư điện tử, không cần dấu.")
    autocomplete_fields = ("user", "unit")
    add_in_passing = ("user",)
    starts_today = ("valid_from",)
    fields = ("user", "role", "unit", "valid_from", "valid_until")
    help_texts = {"valid_until": _("Ngày đầu tiên không còn quyền. Để trống nếu chưa biết.")}

    def get_readonly_fields(self, request: HttpRequest, obj: Appointment | None = None) -> tuple[str, ...]:
        return ("user", "role", "unit", "valid_from") if obj else ()

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":  # a secretary is appointed from the club's page
            roles = [choice for choice in Role.choices if choice[0] != Role.SECRETARY]
            kwargs["choices"] = [("", "---------"), *roles]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def _require(self, request: HttpRequest, verb: str, obj: Appointment) -> None:
        obj.path = obj.path or obj.unit.path
        super()._require(request, verb, obj)

    def perform(self, request: HttpRequest, obj: Appointment, form: Any, change: bool) -> Appointment:
        by: Any = request.user
        if change and obj.valid_until:
            return end_appointment(appointment=obj, on=obj.valid_until, by=by)
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
