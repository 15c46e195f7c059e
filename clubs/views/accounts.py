"""Accounts, for those who keep them: the list, an account's page, and what is done to an account itself."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from clubs.account_forms import AccountFilter, AccountForm
from clubs.account_journal import account_journal, with_club
from steering.actions.accounts import (
    LINK_DAYS,
    change_account,
    close_account,
    may_keep_account,
    password_path,
    reopen_account,
    require_account,
    send_password_link,
    withdraw_password,
)
from steering.filters import units_to_choose
from steering.models import Appointment, User
from steering.pages import Done, FormPage, chips, page_of, visible_or_404
from steering.roles import Role, in_words
from steering.state_changes import StateChange, open_changes, state_page

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
LINK_SHOWN = "password_link_of"  # in the session: the account whose link the next page shows, once
ACCOUNT_CHANGES = (
    StateChange(
        "close",
        gettext_lazy("Ngừng tài khoản"),
        gettext_lazy("Người này không đăng nhập được nữa, các máy đang mở bị đăng xuất. Việc đã làm vẫn ghi tên họ."),
        gettext_lazy("Đã ngừng tài khoản của %(what)s."),
        ("active",),
        close_account,
        asks=(),
        is_danger=True,
        symbol="ban",
    ),
    StateChange(
        "reopen",
        gettext_lazy("Mở lại tài khoản"),
        gettext_lazy("Người này đăng nhập lại bằng mật khẩu cũ. Phân công còn hiệu lực thì có quyền trở lại."),
        gettext_lazy("Đã mở lại tài khoản của %(what)s."),
        ("closed",),
        reopen_account,
        asks=(),
        symbol="undo-2",
    ),
)


@require_safe
@permission_required("steering.view_user", raise_exception=True)
def accounts(request: HttpRequest) -> HttpResponse:
    work = with_places(Appointment.objects.unfinished(timezone.localdate()))
    rows = User.objects.visible_to(request.user).annotate(seen=Coalesce("last_login", Value(NEVER)))
    rows = rows.prefetch_related(Prefetch("appointments", work, to_attr="work"))
    found = AccountFilter(request.GET, queryset=rows, units=units_to_choose(request))
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "chips": chips(request, found.form),
        "default_sort": "name",
    }
    return render(request, "accounts/list.html", context)


def with_places(appointments: Any) -> Any:
    """Appointments with all that their place is called by, the latest first."""
    above = "unit__parent__parent__parent__parent"
    return with_club(appointments).select_related(above).order_by("-valid_from", "-pk")


def account_or_404(request: HttpRequest, pk: int) -> User:
    found: User = visible_or_404(User.objects, request.user, pk=pk)
    return found


def kept_account(request: HttpRequest, pk: int) -> User:
    """The account, for whoever may change it."""
    found = account_or_404(request, pk)
    require_account(user=found, by=request.user)  # type: ignore[arg-type]  # pages ask for a login
    return found


@require_safe
@permission_required("steering.view_user", raise_exception=True)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is, where they work and worked, what they may do there, and what was done to the account."""
    found = account_or_404(request, pk)
    today = timezone.localdate()
    work: list[Any] = list(with_places(found.appointments.all()))
    current = [a for a in work if not a.is_over(today)]
    roles = sorted({Role(a.role) for a in current}, key=list(Role).index)
    context = {
        "account": found,
        "current": current,
        "former": [a for a in work if a.is_over(today)],
        "today": today,
        "rights": [(role.label, in_words(role)) for role in roles],
        "is_own": found == request.user,
        "may_keep": may_keep_account(user=found, by=request.user),  # type: ignore[arg-type]
        "changes": open_changes(ACCOUNT_CHANGES, state_of(found)),
        "entries": account_journal(found),
        "link": link_to_show(request, found),
        "days": LINK_DAYS,
    }
    return render(request, "accounts/account.html", context)


def state_of(user: User) -> str:
    return "active" if user.is_active else "closed"


# Handing over the way to a password


def hand_over_link(request: HttpRequest, user: User) -> None:
    """Send the link by e-mail, and let the account's page show it once, for copying."""
    send_password_link(user=user, address=request.build_absolute_uri(password_path(user)))
    request.session[LINK_SHOWN] = user.pk


def link_to_show(request: HttpRequest, user: User) -> str:
    """The link, when this is the page that shows it; not there the next time."""
    if request.session.get(LINK_SHOWN) != user.pk:
        return ""
    del request.session[LINK_SHOWN]
    return request.build_absolute_uri(password_path(user))


# Changes


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("steering.change_user", raise_exception=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    user = kept_account(request, pk)
    back = reverse("account", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        change_account(user=user, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã sửa tài khoản của %(user)s.") % {"user": user}, back)

    return FormPage(
        title=_("Sửa: %(user)s") % {"user": user},
        verb=_("Lưu"),
        form=AccountForm(request.POST or None, initial={"full_name": user.full_name, "email": user.email}),
        write=write,
        back=back,
        of=user,
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("steering.change_user", raise_exception=True)
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link; whatever opened the account until now opens it no more."""
    user = kept_account(request, pk)
    back = reverse("account", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        withdraw_password(user=user, by=request.user)  # type: ignore[arg-type]
        hand_over_link(request, user)
        return Done(_("Đã cấp đường dẫn đặt mật khẩu mới cho %(user)s.") % {"user": user}, back)

    consequences = [
        _("Mật khẩu cũ và các đường dẫn đã gửi hết dùng; các máy đang mở bị đăng xuất."),
        _("Đường dẫn mới hiện ra một lần ở trang sau để chép, dùng được trong %(n)d ngày.") % {"n": LINK_DAYS},
    ]
    if user.email:
        consequences.append(_("Đường dẫn cũng được gửi tới %(email)s.") % {"email": user.email})
    return FormPage(
        title=_("Đặt lại mật khẩu: %(user)s") % {"user": user},
        verb=_("Cấp đường dẫn mới"),
        form=forms.Form(request.POST or None),
        write=write,
        back=back,
        of=user,
        consequences=consequences,
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("steering.change_user", raise_exception=True)
def state(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    user = kept_account(request, pk)
    back = reverse("account", args=[pk])
    return state_page(request, user, ACCOUNT_CHANGES, state=state_of(user), verb=verb, back=back)
