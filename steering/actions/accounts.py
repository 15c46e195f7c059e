"""Accounts: opening and closing them, the way to a password, and appointments to roles, with dates.

An account has no password until its owner sets one by a link, which is good once and for a few days.
"""

import re
from datetime import date
from itertools import count

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from steering.access import granted_paths
from steering.actions.save import save_checked
from steering.models import AccountEvent, Appointment, Unit, UnitKind, User
from steering.models.units import PATH_STEP
from steering.roles import ROLES, Role
from steering.text import fold

LINK_DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)

# Who may


def may_keep_account(*, user: User, by: User) -> bool:
    """Whether `by` may change this account: all that it works at, now or later, lies at places of `by`."""
    paths = tuple(granted_paths(by, "steering.change_user"))
    unfinished = user.appointments.unfinished(timezone.localdate())
    return not user.is_superuser and bool(paths) and all(a.path.startswith(paths) for a in unfinished)


def require_account(*, user: User, by: User) -> None:
    """Raise PermissionDenied unless `by` may change this account."""
    if not may_keep_account(user=user, by=by):
        raise PermissionDenied(_("Tài khoản này thuộc cấp trên hoặc đơn vị khác. Nhờ người quản trị ở đó."))


def roles_to_give(by: User) -> list[Role]:
    """The roles that `by` may appoint somebody to: none above the own place."""
    paths = granted_paths(by, "steering.add_appointment")
    highest = min((len(path) for path in paths), default=None)

    def is_below(seat: str) -> bool:
        return seat not in UnitKind.values or UnitKind(seat).depth * PATH_STEP >= (highest or 0)

    return [role for role in Role if is_below(ROLES[role].seat)] if paths else []


# Accounts


def save_account(user: User, event: AccountEvent, by: User | None) -> User:
    user._change_reason = event.value  # type: ignore[attr-defined]  # read by simple-history
    return save_checked(user, by=by)


@transaction.atomic
def open_account(*, full_name: str, username: str = "", email: str = "", by: User | None) -> User:
    """A new account without a password. Without a `username`, it gets one made of the name."""
    user = User(full_name=full_name, username=username or free_username(full_name), email=email)
    user.set_unusable_password()
    return save_account(user, AccountEvent.OPENED, by)


def free_username(full_name: str) -> str:
    """The tên, then the first letters of họ and đệm: "Nguyễn Thị Lụa" → "lua.nt"; with a number where that is taken."""
    *before, last = re.findall(r"[a-z0-9]+", fold(full_name)) or ["tk"]
    initials = "".join(word[0] for word in before)
    wanted = f"{last}.{initials}" if initials else last
    taken = set(User.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    return next(name for n in count(1) if (name := wanted if n == 1 else f"{wanted}{n}") not in taken)


@transaction.atomic
def change_account(*, user: User, full_name: str, email: str, by: User | None) -> User:
    user.full_name, user.email = full_name, email
    return save_account(user, AccountEvent.CHANGED, by)


@transaction.atomic
def close_account(*, user: User, by: User | None) -> User:
    """Nobody logs in with it any more; what was done with it keeps its name."""
    if user == by:
        raise ValidationError(_("Không tự ngừng tài khoản của mình được. Nhờ một người quản trị khác."))
    user.is_active = False
    return save_account(user, AccountEvent.CLOSED, by)


@transaction.atomic
def reopen_account(*, user: User, by: User | None) -> User:
    user.is_active = True
    return save_account(user, AccountEvent.REOPENED, by)


# Passwords


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None) -> User:
    user.set_password(password)
    return save_account(user, AccountEvent.PASSWORD, by)


@transaction.atomic
def withdraw_password(*, user: User, by: User | None) -> User:
    """The old password, the sessions begun with it and the links given so far are good no more."""
    if user == by:
        raise ValidationError(_("Mật khẩu của mình thì đổi ở mục “Đổi mật khẩu”."))
    if not user.is_active:
        raise ValidationError(_("Tài khoản đang ngừng. Mở lại tài khoản trước."))
    user.set_unusable_password()
    return save_account(user, AccountEvent.LINK, by)


def password_path(user: User) -> str:
    """Where `user` sets a password: the path of a page, with a token."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("password_set", args=[uid, default_token_generator.make_token(user)])


def send_password_link(*, user: User, address: str) -> None:
    """Send the whole `address` to the account's e-mail, if it has one, in the site's own language.

    Sent once all is saved; a post office that does not answer stops nothing, for the link is also handed over by hand.
    """
    if not user.email:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Đặt mật khẩu cho tài khoản %(login)s") % {"login": user.username}
        lines = [
            _("Chào %(name)s,") % {"name": user},
            _("Mở đường dẫn sau để đặt mật khẩu cho trang Câu lạc bộ giảm nghèo:"),
            address,
            _("Tên đăng nhập: %(login)s") % {"login": user.username},
            _("Đường dẫn dùng được một lần, trong %(n)d ngày. Không gửi cho người khác.") % {"n": LINK_DAYS},
        ]
    transaction.on_commit(lambda: send_mail(subject, "\n\n".join(lines), None, [user.email]), robust=True)


# Appointments


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
    if not user.is_active:
        raise ValidationError({"user": _("Tài khoản đang ngừng. Mở lại tài khoản trước.")})
    appointment = Appointment(
        user=user, role=role, unit=unit, path=path or unit.path, valid_from=valid_from, valid_until=valid_until
    )
    return save_checked(appointment, by=by)


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: date, by: User | None) -> Appointment:
    """End an appointment on `on`, its first day without effect."""
    if appointment.user == by:
        raise ValidationError(_("Không tự kết thúc phân công của mình được. Nhờ một người quản trị khác."))
    appointment.valid_until = on
    return save_checked(appointment, by=by)
