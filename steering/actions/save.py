"""How every action writes: checked, atomic, with the person's name in the history."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from steering.models import User

M = TypeVar("M", bound=models.Model)


def save_checked(obj: M, *, by: User | None) -> M:
    """Save `obj` if its fields hold and the database agrees that its constraints do.

    Raises ValidationError with the sentence of the constraint that refused. Constraints are asked for by the database
    alone, and named afterwards: asking for each of them before would be a query more apiece. `by` is None for commands
    run by nobody in particular.
    """
    obj._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    obj.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            obj.save()
    except IntegrityError as error:
        obj.full_clean()
        raise ValidationError(_("Vừa có người khác ghi cùng lúc. Thử lại lần nữa.")) from error
    return obj


def delete_recorded(obj: models.Model, *, by: User | None) -> None:
    """Delete `obj` with the person's name in the history, where the row stays on record."""
    obj._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    obj.delete()


def require(user: User, verb: str, obj: Any) -> None:
    """Raise PermissionDenied unless `user` may do `verb` ("add", "change", "delete") on this very object."""
    meta = obj._meta
    if not user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}", obj):
        raise PermissionDenied(_("Việc này thuộc đơn vị khác. Chọn đơn vị trong phạm vi được phân công."))
