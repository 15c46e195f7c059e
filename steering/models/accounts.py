"""Accounts and the appointments that give them something to do."""

from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from steering.fields import CleanCharField
from steering.models.base import Dated
from steering.models.units import Unit
from steering.querysets import DatedQuerySet, ScopedQuerySet, UserQuerySet
from steering.roles import Role
from steering.text import fold, name_sort_key


class AccountEvent(models.TextChoices):
    """What an action did to an account, kept as the reason of its change."""

    OPENED = "opened", _("Lập tài khoản")
    CHANGED = "changed", _("Sửa họ tên hoặc thư điện tử")
    LINK = "link", _("Cấp đường dẫn đặt mật khẩu mới")
    PASSWORD = "password", _("Đặt mật khẩu")
    CLOSED = "closed", _("Ngừng tài khoản")
    REOPENED = "reopened", _("Mở lại tài khoản")


class AccountHistory(HistoricalRecords):
    """Keeps whole saves, as the actions make them. Each login touches columns of its own, which is no change."""

    def post_save(self, instance: Any, created: bool, using: Any = None, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            super().post_save(instance, created, using=using, **kwargs)


class AccountManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made by from_queryset
    use_in_migrations = False


class User(AbstractUser):
    """Somebody who logs in. What they may do comes from their appointments; see `steering.access`."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = CleanCharField(_("họ và tên"), max_length=120, blank=True)
    search = models.CharField(max_length=530, editable=False)
    sort_key = models.CharField(max_length=500, editable=False, db_index=True)
    history = AccountHistory(excluded_fields=["password", "last_login", "search", "sort_key"])
    REQUIRED_FIELDS = ["email"]

    objects = AccountManager()  # type: ignore[misc]  # a class variable in the stubs

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = pgettext_lazy("plural", "tài khoản")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.full_name} {self.username} {self.email}")
        self.sort_key = name_sort_key(self.full_name or self.username)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[-1] or self.username


class AppointmentQuerySet(ScopedQuerySet, DatedQuerySet):
    def unfinished(self, day: date) -> Self:
        """In force on `day`, or to begin later."""
        return self.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=day))


class Appointment(Dated):
    """`user` works as `role` at and below `path`: a unit's, or for a club secretary the club's own."""

    SCOPE = "path"

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name=_("tài khoản"))
    role = models.CharField(_("vai trò"), max_length=10, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments", verbose_name=_("đơn vị"))
    path = models.CharField(max_length=40, editable=False, db_index=True)
    history = HistoricalRecords()

    objects = AppointmentQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("phân công")
        verbose_name_plural = pgettext_lazy("plural", "phân công")
        ordering = ["path", "role"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "role", "path"],
                condition=models.Q(valid_until__isnull=True),
                name="appointment_once",
                violation_error_message=_("Người này đang giữ đúng vai trò này tại đây."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {Role(self.role).label}, {self.unit}"

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.path,)

    def is_over(self, day: date) -> bool:
        """Whether it has ended by `day`; the opposite of `unfinished`."""
        return self.valid_until is not None and self.valid_until <= day
