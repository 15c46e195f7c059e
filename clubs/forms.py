"""Forms of the website about clubs, their members and offices. What is allowed is decided by the actions."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models import (
    SEATS,
    Cadence,
    Club,
    ClubKind,
    ClubStatus,
    Membership,
    Office,
    OfficeRole,
    PersonKind,
)
from clubs.querysets import ClubQuerySet
from steering.filters import EVERYTHING, sorting
from steering.forms import DecisionForm
from steering.language import on_record
from steering.models import Unit, UnitKind, User
from steering.picker import PickField
from steering.regime import ClubLevel

DAY = _("ngày/tháng/năm")
VACANCIES = (("chair", _("Khuyết chủ nhiệm")), ("seats", _("Còn ghế trống")), ("full", _("Đủ 25 thành viên")))
SORTS = (
    ("sort_key", "name"),
    ("level", "level"),
    ("unit__sort_key", "unit"),
    ("founded_on", "founded_on"),
    ("status", "status"),
)


class ClubFilter(filters.FilterSet):
    """The conditions of the list of clubs. Clubs that ended are left out until one asks for them."""

    q = filters.CharFilter(label=_("Tên câu lạc bộ hoặc đơn vị"), method="search")
    unit = filters.ModelChoiceFilter(
        label=_("Đơn vị"), queryset=Unit.objects.none(), method="under", empty_label=EVERYTHING
    )
    level = filters.ChoiceFilter(label=_("Cấp"), choices=ClubLevel, empty_label=EVERYTHING)
    kind = filters.ChoiceFilter(label=_("Loại"), choices=ClubKind, empty_label=EVERYTHING)
    cadence = filters.ChoiceFilter(label=_("Nhịp"), choices=Cadence, empty_label=EVERYTHING)
    status = filters.ChoiceFilter(label=_("Tình trạng"), choices=ClubStatus, empty_label=_("Chưa kết thúc"))
    vacancy = filters.ChoiceFilter(label=_("Chỗ trống"), choices=VACANCIES, method="vacant", empty_label=EVERYTHING)
    sort = sorting(SORTS)

    class Meta:
        model = Club
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, queryset: ClubQuerySet, units: Any) -> None:
        super().__init__(data, queryset=queryset)
        self.form.fields["unit"].queryset = units

    def filter_queryset(self, queryset: ClubQuerySet) -> ClubQuerySet:
        rows: ClubQuerySet = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("status") else rows.not_ended()

    def search(self, rows: ClubQuerySet, name: str, words: str) -> ClubQuerySet:
        return rows.search(words)

    def under(self, rows: ClubQuerySet, name: str, unit: Unit) -> ClubQuerySet:
        return rows.under(unit)

    def vacant(self, rows: ClubQuerySet, name: str, wanted: str) -> ClubQuerySet:
        if wanted == "chair":
            return rows.without_chair()
        return rows.filter(sitting=SEATS) if wanted == "full" else rows.live().filter(sitting__lt=SEATS)


class ClubForm(forms.ModelForm):
    """What may be changed about a club as long as it lives."""

    class Meta:
        model = Club
        fields: tuple[str, ...] = ("name", "kind", "founded_on", "cadence", "week", "weekday", "starts_at")
        labels = {"founded_on": _("Ngày thành lập"), "name": _("Tên câu lạc bộ")}
        help_texts = {
            "founded_on": _("ngày/tháng/năm; để trống nếu câu lạc bộ mới là dự kiến"),
            "starts_at": _("giờ:phút"),
        }

    def _get_validation_exclusions(self) -> set[str]:
        """Constraints are checked by the action, once what is derived is there."""
        return super()._get_validation_exclusions() | {"unit", "level"}  # type: ignore[misc]


class NewClubForm(ClubForm):
    """A new club; its level is that of its unit (R3)."""

    unit = PickField(
        Unit.objects.none(),
        label=_("Đơn vị"),
        label_of=lambda unit: unit.full_name,
        help_text=_("Huyện, xã hay ấp; cấp của câu lạc bộ là cấp của đơn vị."),
    )
    field_order: tuple[str, ...] = ("unit", "kind")  # a name left out is made of these

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.permitting(user, "clubs.add_club").filter(valid_until=None, kind__in=ClubLevel.values)
        self.fields["unit"].queryset = units.with_parents().order_by(Length("path"), "sort_key", "pk")  # type: ignore[attr-defined]
        self.fields["name"].required = False
        self.fields["name"].help_text = _("Để trống: đặt theo loại và đơn vị.")

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or self.suggested_name()

    def suggested_name(self) -> str:
        unit, kind = self.cleaned_data.get("unit"), self.cleaned_data.get("kind") or ClubKind.WORK
        with on_record():
            return f"{ClubKind(kind).label} {unit.in_sentence}" if unit else ""

    def club(self) -> Club:
        """The club as filled in, not saved."""
        club: Club = self.instance
        club.unit, club.level = self.cleaned_data["unit"], self.cleaned_data["unit"].kind
        return club


class FoundClubForm(NewClubForm, DecisionForm):
    """A club that exists already, with its founding decision, whose issuer follows from the unit (R8)."""

    field_order = ("unit", "kind", "founded_on", "number", "symbol", "issued_on", "signer")


class AppointForm(forms.Form):
    """An office for a sitting member who holds none."""

    role = forms.ChoiceField(label=_("Chức danh"), choices=OfficeRole, widget=forms.RadioSelect)
    membership = PickField(Membership.objects.none(), label=pgettext_lazy("one", "Thành viên"))
    started_on = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate, help_text=DAY)

    def __init__(self, *args: Any, club: Club, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = Office.objects.filter(club=club).held().values("membership")
        free = club.memberships.sitting().exclude(pk__in=officers).filter(person__kind=PersonKind.INDIVIDUAL)
        self.fields["membership"].queryset = free.select_related("person").order_by("person__sort_key")  # type: ignore[attr-defined]


class EndOfficeForm(forms.Form):
    on = forms.DateField(label=_("Đến ngày"), initial=timezone.localdate, help_text=_("ngày đầu tiên không còn giữ"))


class CoverageForm(forms.Form):
    """Which communes of its district a club covers (R4); those of the district's other club are not offered."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Xã, phường, thị trấn"), widget=forms.CheckboxSelectMultiple, required=False
    )
    on = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate, help_text=DAY)

    def __init__(self, *args: Any, club: Club, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        elsewhere = club.coverage.model.objects.filter(valid_until=None).exclude(club=club).values("unit")
        communes = Unit.objects.under(club.unit).filter(kind=UnitKind.COMMUNE, valid_until=None)
        self.fields["units"].queryset = communes.exclude(pk__in=elsewhere)  # type: ignore[attr-defined]
        self.fields["units"].initial = club.coverage.filter(valid_until=None).values_list("unit", flat=True)
