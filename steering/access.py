"""The one access primitive: on which paths a user holds a permission. Rows are picked by prefix, objects by startswith."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from steering.roles import ROLES, Role

if TYPE_CHECKING:
    from steering.models import Appointment, Unit, User

EVERYWHERE = [""]


def current_appointments(user: User) -> list[Appointment]:
    """The user's appointments in force today, read once per request (the user object lives that long)."""
    cached: list[Appointment] | None = getattr(user, "_current_appointments", None)
    if cached is None:
        cached = list(user.appointments.active_on(timezone.localdate()).select_related("unit"))
        user._current_appointments = cached  # type: ignore[attr-defined]  # a cache on the instance
    return cached


def granted_paths(user: Any, permission: str) -> list[str]:
    """Paths at and below which `user` holds `permission` ("app.verb_model"); [""] is everywhere, [] nowhere."""
    if not user.is_active or user.is_anonymous:
        return []
    if user.is_superuser:
        return EVERYWHERE
    return sorted({a.path for a in current_appointments(user) if permission in ROLES[Role(a.role)].permissions})


def own_unit(user: User) -> Unit | None:
    """The unit of the broadest appointment in force, None without one."""
    appointments = current_appointments(user)
    return min(appointments, key=lambda a: (len(a.path), a.path)).unit if appointments else None


def may_use_admin(user: Any) -> bool:
    """Whether the data-entry site is part of the user's work."""
    if not user.is_active or user.is_anonymous:
        return False
    return user.is_superuser or any(ROLES[Role(a.role)].uses_admin for a in current_appointments(user))


class AppointmentBackend(ModelBackend):
    """`user.has_perm(perm)`: somewhere; `user.has_perm(perm, obj)`: on this object, by its
    `scope_paths`."""

    def get_user(self, user_id: Any) -> Any:
        """The user with the appointments in force, in one query."""
        users = apps.get_model("steering.User").objects.filter(pk=user_id)
        found = list(users.with_appointments(timezone.localdate()))
        if not found or not self.user_can_authenticate(found[0]):
            return None
        user = found[0]
        user._current_appointments = [row.appointment for row in found if hasattr(row, "appointment")]
        return user

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        paths = granted_paths(user_obj, perm)
        if obj is None:
            return bool(paths)
        return any(own.startswith(path) for own in obj.scope_paths for path in paths)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        return user_obj.is_superuser or any(
            perm.startswith(f"{app_label}.")
            for a in current_appointments(user_obj)
            for perm in ROLES[Role(a.role)].permissions
        )
