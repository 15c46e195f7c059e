"""Forms of the website about units, committees and decisions. What is allowed is decided by the actions."""

from collections.abc import Iterable
from typing import Any

import django_filters as filters
from django import forms
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from steering.actions.units import AT_ONCE
from steering.filters import EVERYTHING
from steering.models import CommitteeSeat, Decision, SeatRole, SteeringCommittee, Unit, UnitType, User
from steering.models.committees import COMMITTEE_KINDS, CommitteeQuerySet
from steering.models.units import OFFICIAL_TYPES
from steering.picker import PickField

DAY = _("ngày/tháng/năm")
NAME_HELP = _("Không ghi lại loại: “Phước Hậu”, “3”, “số 7”.")


# Units


class RenameUnitForm(forms.Form):
    """What a unit is called; a code only where the official list has one (domain 4)."""

    type = forms.ChoiceField(label=_("Loại"))
    name = forms.CharField(label=_("Tên"), max_length=80, help_text=NAME_HELP)
    code = forms.CharField(
        label=_("Mã"), max_length=10, required=False, help_text=_("Mã theo danh mục hành chính, nếu có.")
    )

    def __init__(self, *args: Any, types: Iterable[UnitType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = list(types)
        offer_types(self.fields["type"], types)
        if not set(types) & set(OFFICIAL_TYPES):
            del self.fields["code"]


class UnitForm(RenameUnitForm):
    """A new unit."""

    valid_from = forms.DateField(
        label=_("Có từ ngày"), required=False, help_text=_("ngày/tháng/năm; để trống nếu có từ trước")
    )


def offer_types(field: Any, types: list[UnitType]) -> None:
    """A choice among `types`; where there is one only, nothing is asked."""
    field.choices = [(unit_type.value, unit_type.label) for unit_type in types]
    field.initial = types[0].value
    if len(types) == 1:
        field.widget = forms.HiddenInput()


class Lines(tuple[str, ...]):
    """Lines of text, read in one sentence."""

    def __str__(self) -> str:
        return ", ".join(self)


class LinesField(forms.CharField):
    widget = forms.Textarea(attrs={"rows": 8})

    def clean(self, value: Any) -> Lines:
        return Lines(line for line in super().clean(value).splitlines() if line.strip())


class ManyUnitsForm(forms.Form):
    """Many new units at once: counted off, or by name."""

    type = forms.ChoiceField(label=_("Loại"))
    last = forms.IntegerField(
        label=_("Từ số 1 đến số"),
        min_value=1,
        max_value=AT_ONCE,
        required=False,
        help_text=_("Số nào đã có thì giữ nguyên."),
    )
    names = LinesField(label=_("Mỗi dòng một tên"), required=False, help_text=_("Tên nào đã có thì giữ nguyên."))

    def __init__(self, *args: Any, types: Iterable[UnitType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_types(self.fields["type"], list(types))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data["last"]) == bool(data["names"]):
            self.add_error("last", gettext("Ghi số cuối, hoặc ghi tên từng dòng: một trong hai cách."))
        return data


# Decisions


class DecisionForm(forms.Form):
    """What the clerk (văn thư) gives a decision; all of it may come later (domain 3)."""

    number = forms.IntegerField(
        label=_("Số quyết định"), min_value=1, required=False, help_text=_("Văn thư cấp; chưa có thì để trống.")
    )
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=30, initial="QĐ-UBND")
    issued_on = forms.DateField(label=_("Ngày ký"), required=False, help_text=DAY)
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)

    def decision(self) -> Decision | None:
        """The decision as filled in, without its issuer; None where nothing is known of it."""
        data = self.cleaned_data
        if not (data["number"] or data["issued_on"] or data["signer"]):
            return None
        return Decision(**{name: data[name] for name in ("number", "symbol", "issued_on", "signer")})


class SignedDecisionForm(DecisionForm):
    """The file on record stays when no other is sent."""

    file = forms.FileField(
        label=_("Bản đã ký"),
        required=False,
        help_text=_("PDF, PNG hoặc JPEG, nhiều nhất 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )


# Committees


class CommitteeFilter(filters.FilterSet):
    """The conditions of the list of committees. Those that ended are left out until one asks for them."""

    q = filters.CharFilter(label=_("Tên đơn vị"), method="search")
    unit = filters.ModelChoiceFilter(
        label=_("Thuộc"), queryset=Unit.objects.none(), method="under", empty_label=EVERYTHING
    )
    level = filters.ChoiceFilter(
        label=_("Cấp"),
        field_name="unit__kind",
        choices=[(kind.value, kind.label) for kind in COMMITTEE_KINDS],
        empty_label=EVERYTHING,
    )
    state = filters.ChoiceFilter(
        label=_("Tình trạng"), choices=[("ended", _("Đã kết thúc"))], method="ended", empty_label=_("Hiện nay")
    )

    class Meta:
        model = SteeringCommittee
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, queryset: CommitteeQuerySet, units: Any) -> None:
        super().__init__(data, queryset=queryset)
        self.form.fields["unit"].queryset = units

    def filter_queryset(self, queryset: CommitteeQuerySet) -> CommitteeQuerySet:
        rows: CommitteeQuerySet = super().filter_queryset(queryset)
        return rows.filter(valid_until__isnull=not self.form.cleaned_data["state"])

    def search(self, rows: CommitteeQuerySet, name: str, words: str) -> CommitteeQuerySet:
        return rows.search(words)

    def under(self, rows: CommitteeQuerySet, name: str, unit: Unit) -> CommitteeQuerySet:
        return rows.under(unit)

    def ended(self, rows: CommitteeQuerySet, name: str, wanted: str) -> CommitteeQuerySet:
        return rows  # see filter_queryset


class FoundCommitteeForm(DecisionForm):
    """A new committee with what is known of its founding decision."""

    unit = PickField(
        Unit.objects.none(),
        label=_("Đơn vị"),
        label_of=lambda unit: unit.full_name,
        help_text=_("Chỉ hiện tỉnh, huyện, xã chưa có ban chỉ đạo."),
    )
    valid_from = forms.DateField(label=_("Ngày thành lập"), initial=timezone.localdate, help_text=DAY)

    field_order = ("unit", "valid_from")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.permitting(user, "steering.add_steeringcommittee").filter(kind__in=COMMITTEE_KINDS)
        free = units.filter(valid_until=None).exclude(pk__in=acting_units())
        self.fields["unit"].queryset = free.with_parents().order_by(Length("path"), "sort_key", "pk")  # type: ignore[attr-defined]


def acting_units() -> Any:
    """Units that have a committee in force."""
    return SteeringCommittee.objects.filter(valid_until=None).values("unit")


class SeatForm(forms.ModelForm):
    class Meta:
        model = CommitteeSeat
        fields = ("role", "full_name", "position", "area", "valid_from", "valid_until")
        labels = {"area": _("Địa bàn, lĩnh vực phụ trách"), "valid_until": _("Đến ngày")}
        help_texts = {"valid_from": DAY, "valid_until": _("ngày đầu tiên không còn giữ; để trống nếu đang giữ")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].required = True
        self.fields["role"].choices = SeatRole.choices  # type: ignore[attr-defined]  # no empty choice


class EndSeatForm(forms.Form):
    on = forms.DateField(label=_("Đến ngày"), initial=timezone.localdate, help_text=_("ngày đầu tiên không còn giữ"))


class AgencyForm(forms.Form):
    name = forms.CharField(label=_("Tên cơ quan"), max_length=160)
    on = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate, help_text=DAY)
