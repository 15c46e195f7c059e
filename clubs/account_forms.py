"""Forms about accounts. They stand here because a place of work is a unit or a club."""

from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.forms import DAY
from clubs.models import Club
from steering.filters import EVERYTHING, sorting
from steering.models import Appointment, Unit, User
from steering.picker import PickField
from steering.querysets import UserQuerySet
from steering.roles import ROLES, Role

STATES = (("ended", _("Đã kết thúc")), ("new", _("Chưa đăng nhập lần nào")))


class AccountFilter(filters.FilterSet):
    """The conditions of the list of accounts. Those closed, or with nothing but former work, are left out until one
    asks for them; role and unit are those of today's work, or of the former work when one asks for that."""

    q = filters.CharFilter(label=_("Tên hoặc thư điện tử"), method="search")
    role = filters.ChoiceFilter(label=_("Vai trò"), choices=Role, method="leave", empty_label=EVERYTHING)
    unit = filters.ChoiceFilter(label=_("Đơn vị"), method="leave", empty_label=EVERYTHING)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=STATES, method="leave", empty_label=_("Chưa kết thúc"))
    sort = sorting([("sort_key", "name"), ("seen", "seen")])

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, queryset: UserQuerySet, units: Any) -> None:
        super().__init__(data, queryset=queryset)
        self.units = {str(unit.pk): unit for unit in units}
        self.form.fields["unit"].choices = [(key, str(unit)) for key, unit in self.units.items()]

    def filter_queryset(self, queryset: UserQuerySet) -> UserQuerySet:
        rows: UserQuerySet = super().filter_queryset(queryset)
        today = timezone.localdate()
        state, role, unit = (self.form.cleaned_data.get(name) for name in ("state", "role", "unit"))
        work = Appointment.objects.filter(user=OuterRef("pk"))
        is_kept = Q(is_active=True) & (Exists(work.unfinished(today)) | ~Exists(work))
        if state == "ended":
            rows = rows.filter(~is_kept)
        else:
            rows, work = rows.filter(is_kept), work.unfinished(today)
        if state == "new":
            rows = rows.filter(last_login=None)
        if role:
            work = work.filter(role=role)
        if unit:
            work = work.under(self.units[unit])
        return rows.filter(Exists(work)) if role or unit else rows

    def search(self, rows: UserQuerySet, name: str, words: str) -> UserQuerySet:
        return rows.search(words)

    def leave(self, rows: UserQuerySet, name: str, value: Any) -> UserQuerySet:
        """Looked at together with the others, in `filter_queryset`."""
        return rows


class DatesForm(forms.Form):
    valid_from = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate, help_text=DAY)
    valid_until = forms.DateField(
        label=_("Đến ngày"), required=False, help_text=_("ngày đầu tiên không còn quyền; để trống nếu chưa biết")
    )

    def dates(self) -> dict[str, date | None]:
        return {name: self.cleaned_data[name] for name in ("valid_from", "valid_until")}


class PlaceForm(DatesForm):
    """Where and when somebody works as `role`: at a unit of the role's level below the places of `by`, or at a club."""

    def __init__(self, *args: Any, role: Role, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat = ROLES[role].seat
        name, field = ("club", club_field(by)) if seat == "club" else ("unit", unit_field(by, seat))
        self.fields[name] = field
        self.order_fields(["full_name", "username", "email", name])
        only = list(field.queryset[:2])
        if len(only) == 1:
            field.initial = only[0].pk


def unit_field(by: User, seat: str) -> PickField:
    units = Unit.objects.permitting(by, "steering.add_appointment").filter(valid_until=None)
    units = units.filter(kind=seat) if seat else units
    return PickField(
        units.with_parents().order_by(Length("path"), "sort_key", "pk"),
        label=_("Đơn vị"),
        label_of=lambda unit: unit.full_name,
    )


def club_field(by: User) -> PickField:
    clubs = Club.objects.permitting(by, "steering.add_appointment").not_ended()
    return PickField(
        clubs.with_place(),
        label=pgettext_lazy("one", "Câu lạc bộ"),
        label_of=lambda club: f"{club}, {club.unit.full_name}",
    )


class AccountForm(forms.Form):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    email = forms.EmailField(
        label=_("Thư điện tử"), required=False, help_text=_("Để gửi đường dẫn đặt mật khẩu. Không có thì gửi qua Zalo.")
    )


class InviteForm(AccountForm, PlaceForm):
    """A new account with the first thing to do for it."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        required=False,
        help_text=_("Để trống: đặt theo họ tên, ví dụ “lua.nt” cho Nguyễn Thị Lụa."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )


class SecretaryForm(DatesForm):
    """A secretary from among those who have an account."""

    user = PickField(
        User.objects.none(), label=_("Người đã có tài khoản"), label_of=lambda user: f"{user} ({user.username})"
    )
    field_order = ("user", "valid_from", "valid_until")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.visible_to(by).filter(is_active=True)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    valid_until = forms.DateField(label=_("Đến ngày"), help_text=_("ngày đầu tiên không còn quyền"))
