"""Who works where, as what, and until when: invitations, appointments to units and clubs, and their ends."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clubs.account_forms import EndForm, InviteForm, PlaceForm, SecretaryForm
from clubs.actions import appoint_secretary
from clubs.models import Club
from clubs.views.accounts import hand_over_link, kept_account, with_places
from steering.actions import appoint, end_appointment, require
from steering.actions.accounts import LINK_DAYS, open_account, require_account, roles_to_give
from steering.models import Appointment, User
from steering.pages import Done, FormPage, unit_crumbs, visible_or_404
from steering.roles import ROLES, Role, in_words

CLUB_ROLE = next(role for role in Role if ROLES[role].seat == "club")


def role_or_404(request: HttpRequest, name: str) -> Role:
    """The role of an address; none that the reader may not give."""
    if name not in Role.values:
        raise Http404(_("Không có vai trò này."))
    if Role(name) not in roles_to_give(request.user):  # type: ignore[arg-type]
        raise PermissionDenied(_("Vai trò này ở cấp trên. Chọn vai trò ở cấp của anh, chị hoặc thấp hơn."))
    return Role(name)


def choose_role(request: HttpRequest, title: str, crumbs: list[tuple[str, str]], addresses: dict[Role, str]) -> Any:
    """The page that asks what somebody shall work as, with what each role may do."""
    roles = [(role, ROLES[role].seat, address, in_words(role)) for role, address in addresses.items()]
    return render(request, "accounts/roles.html", {"title": title, "crumbs": crumbs, "roles": roles})


def give(form: PlaceForm, user: User, role: Role, by: Any) -> Appointment:
    """The appointment that the form asks for."""
    data = form.cleaned_data
    place = data.get("club") or data["unit"]
    require(by, "add", Appointment(path=place.path))
    if "club" in data:
        return appoint_secretary(user=user, club=place, by=by, **form.dates())  # type: ignore[arg-type]
    return appoint(user=user, role=role, unit=place, by=by, **form.dates())  # type: ignore[arg-type]


# Somebody new


@require_safe
@permission_required("steering.add_user", raise_exception=True)
def invite(request: HttpRequest) -> HttpResponse:
    roles = roles_to_give(request.user)  # type: ignore[arg-type]
    addresses = {role: reverse("account_invite_as", args=[role]) for role in roles}
    return choose_role(request, _("Mời người mới"), [(_("Tài khoản"), reverse("accounts"))], addresses)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(["steering.add_user", "steering.add_appointment"], raise_exception=True)
def invite_as(request: HttpRequest, role: str) -> HttpResponse:
    """A new account, what it is for, and one link to a password for it."""
    by: Any = request.user
    chosen = role_or_404(request, role)
    named = {name: request.GET[name] for name in ("unit", "club") if name in request.GET}
    form = InviteForm(request.POST or None, role=chosen, by=by, initial=named)

    def write(data: dict[str, Any]) -> Done:
        names = {name: data[name] for name in ("full_name", "username", "email")}
        user = open_account(by=by, **names)
        give(form, user, chosen, by)
        hand_over_link(request, user)
        sentence = _("Đã lập tài khoản “%(login)s” cho %(user)s.") % {"login": user.username, "user": user}
        return Done(sentence, reverse("account", args=[user.pk]))

    return FormPage(
        title=_("Mời: %(role)s") % {"role": chosen.label},
        verb=_("Mời"),
        form=form,
        write=write,
        back=reverse("account_invite"),
        template="accounts/place.html",
        consequences=[
            _("Tài khoản chưa có mật khẩu. Người được mời tự đặt, qua một đường dẫn."),
            _("Đường dẫn hiện ra một lần ở trang sau để chép, dùng được trong %(n)d ngày.") % {"n": LINK_DAYS},
            _("Có thư điện tử thì đường dẫn cũng được gửi tới đó."),
        ],
        context={"role": chosen, "rights": in_words(chosen)},
    ).answer(request)


# Somebody with an account


@require_safe
@permission_required("steering.add_appointment", raise_exception=True)
def appoint_user(request: HttpRequest, pk: int) -> HttpResponse:
    user = kept_account(request, pk)
    roles = roles_to_give(request.user)  # type: ignore[arg-type]
    addresses = {role: reverse("account_appoint_as", args=[pk, role]) for role in roles}
    return choose_role(request, _("Phân công: %(user)s") % {"user": user}, account_crumbs(user), addresses)


def account_crumbs(user: User) -> list[tuple[str, str]]:
    return [(_("Tài khoản"), reverse("accounts")), (str(user), reverse("account", args=[user.pk]))]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("steering.add_appointment", raise_exception=True)
def appoint_as(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    by: Any = request.user
    user, chosen = kept_account(request, pk), role_or_404(request, role)
    form = PlaceForm(request.POST or None, role=chosen, by=by)

    def write(data: dict[str, Any]) -> Done:
        give(form, user, chosen, by)
        sentence = _("Đã phân công %(user)s: %(role)s.") % {"user": user, "role": chosen.label}
        return Done(sentence, reverse("account", args=[pk]))

    return FormPage(
        title=_("Phân công: %(user)s") % {"user": user},
        verb=_("Phân công"),
        form=form,
        write=write,
        back=reverse("account_appoint", args=[pk]),
        of=user,
        template="accounts/place.html",
        context={"role": chosen, "rights": in_words(chosen), "lead": chosen.label},
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("steering.change_appointment", raise_exception=True)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of an appointment that is not over yet; to its beginning, where that is still to come."""
    by: Any = request.user
    today = timezone.localdate()
    rows = with_places(Appointment.objects.unfinished(today).select_related("user"))
    found: Any = visible_or_404(rows, by, pk=pk)
    require(by, "change", found)
    require_account(user=found.user, by=by)
    back = reverse("account", args=[found.user_id])
    words = {"user": found.user, "role": Role(found.role).label, "place": found.club_name or found.unit}

    def write(data: dict[str, Any]) -> Done:
        end_appointment(appointment=found, on=data["valid_until"], by=by)
        return Done(_("Đã kết thúc phân công: %(role)s, %(place)s.") % words, back)

    return FormPage(
        title=_("Kết thúc phân công: %(user)s") % words,
        verb=_("Kết thúc phân công"),
        form=EndForm(request.POST or None, initial={"valid_until": max(today, found.valid_from or today)}),
        write=write,
        back=back,
        of=found,
        consequences=[
            _("Từ ngày này người này không còn quyền của %(role)s tại %(place)s.") % words,
            _("Tài khoản vẫn còn; việc đã làm vẫn ghi tên họ."),
        ],
        is_danger=True,
        context={"lead": f"{words['role']}, {words['place']}"},
    ).answer(request)


# A club's secretaries


def club_or_404(request: HttpRequest, pk: int) -> Club:
    club: Club = visible_or_404(Club.objects.with_place(), request.user, pk=pk)
    require(request.user, "add", Appointment(path=club.path))  # type: ignore[arg-type]
    return club


@require_safe
def secretaries(request: HttpRequest, pk: int) -> HttpResponse:
    club = club_or_404(request, pk)
    rows = Appointment.objects.filter(path=club.path, role=CLUB_ROLE).select_related("user").order_by("-valid_from")
    today = timezone.localdate()
    context = {
        "club": club,
        "crumbs": [
            *unit_crumbs(request.user, club.unit),
            (_("Câu lạc bộ"), reverse("clubs")),
            (str(club), reverse("club", args=[pk])),
        ],
        "current": [a for a in rows if not a.is_over(today)],
        "former": [a for a in rows if a.is_over(today)],
        "today": today,
        "invite": f"{reverse('account_invite_as', args=[CLUB_ROLE])}?club={pk}",
    }
    return render(request, "accounts/secretaries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint_existing(request: HttpRequest, pk: int) -> HttpResponse:
    """A secretary from among those who have an account already."""
    by: Any = request.user
    club = club_or_404(request, pk)
    form = SecretaryForm(request.POST or None, by=by)

    def write(data: dict[str, Any]) -> Done:
        require_account(user=data["user"], by=by)
        appoint_secretary(user=data["user"], club=club, by=by, **form.dates())  # type: ignore[arg-type]
        return Done(
            _("%(user)s nay là thư ký của %(club)s.") % {"user": data["user"], "club": club},
            reverse("club_secretaries", args=[pk]),
        )

    return FormPage(
        title=_("Phân công thư ký"),
        verb=_("Phân công"),
        form=form,
        write=write,
        back=reverse("club_secretaries", args=[pk]),
        template="accounts/place.html",
        context={"lead": str(club), "role": CLUB_ROLE, "rights": in_words(CLUB_ROLE)},
    ).answer(request)
