"""Appointing people to roles, with dates."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from steering.actions.save import save_checked
from steering.models import Appointment, Unit, User
from steering.roles import ROLES, Role


@transaction.atomic
def appoint(
    *,
    user: User,
    role: str,
    unit: Unit,
    valid_from: date,
    path: str = "",
    valid_until: date | None = None,
    by: User | None,
) -> Appointment:
    """Give `user` a role at `unit`, or at a narrower `path` inside it (a club's, for its secretary)."""
    seat = ROLES[Role(role)].seat
    if seat == "club" and not path:
        raise ValidationError({"role": _("Thư ký được phân công tại một câu lạc bộ. Chọn câu lạc bộ.")})
    if seat not in ("", "club") and unit.kind != seat:
        raise ValidationError({"unit": _("Vai trò này không thuộc cấp của đơn vị đã chọn. Chọn đơn vị khác.")})
    appointment = Appointment(
        user=user, role=role, unit=unit, path=path or unit.path, valid_from=valid_from, valid_until=valid_until
    )
    return save_checked(appointment, by=by)


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: date, by: User | None) -> Appointment:
    """End an appointment on `on`, its first day without effect."""
    appointment.valid_until = on
    return save_checked(appointment, by=by)
