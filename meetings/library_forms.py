"""Forms about the library: production models, their replications, materials. What is allowed is decided by the actions."""

from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import (
    Material,
    MaterialKind,
    Meeting,
    MeetingState,
    ModelSector,
    PolicyArea,
    ProductionModel,
    Replication,
)
from meetings.querysets import MaterialQuerySet, ProductionModelQuerySet
from steering.filters import EVERYTHING, sorting
from steering.models import Unit, User
from steering.picker import PickField

DAY = _("ngày/tháng/năm")
MODEL_SORTS = (
    ("sort_key", "name"),
    ("introduced_on", "day"),
    ("places", "replicated"),
    ("households", "households"),
    ("known_cost", "cost"),
)
MATERIAL_SORTS = (("search", "title"), ("area", "area"), ("valid_from", "day"))
ENDED, ALL = "ended", "all"


class ModelFilter(filters.FilterSet):
    """The conditions of the list of production models, the latest first."""

    q = filters.CharFilter(label=_("Tên mô hình, nguồn vốn"), method="search")
    sector = filters.ChoiceFilter(label=_("Ngành"), choices=ModelSector, empty_label=EVERYTHING)
    unit = filters.ModelChoiceFilter(
        label=_("Nơi làm"), queryset=Unit.objects.none(), method="under", empty_label=EVERYTHING
    )
    sort = sorting(MODEL_SORTS)

    class Meta:
        model = ProductionModel
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, queryset: ProductionModelQuerySet, units: Any) -> None:
        super().__init__(data, queryset=queryset)
        self.form.fields["unit"].queryset = units

    def filter_queryset(self, queryset: ProductionModelQuerySet) -> ProductionModelQuerySet:
        rows: ProductionModelQuerySet = super().filter_queryset(queryset)
        return rows.order_by(*(rows.query.order_by or ("-introduced_on",)), "sort_key", "pk")

    def search(self, rows: ProductionModelQuerySet, name: str, words: str) -> ProductionModelQuerySet:
        return rows.search(words)

    def under(self, rows: ProductionModelQuerySet, name: str, unit: Unit) -> ProductionModelQuerySet:
        return rows.under(unit)


class MaterialFilter(filters.FilterSet):
    """The conditions of the list of materials. Those no longer in force, or not yet, are left out until one asks."""

    q = filters.CharFilter(label=_("Tên, số, ký hiệu"), method="search")
    kind = filters.ChoiceFilter(label=_("Loại"), choices=MaterialKind, empty_label=EVERYTHING)
    area = filters.ChoiceFilter(label=_("Lĩnh vực"), choices=PolicyArea, empty_label=EVERYTHING)
    state = filters.ChoiceFilter(
        label=_("Hiệu lực"),
        choices=[(ENDED, _("Đã hết hiệu lực")), (ALL, EVERYTHING)],
        method="in_state",
        empty_label=_("Đang có hiệu lực"),
    )
    sort = sorting(MATERIAL_SORTS)

    class Meta:
        model = Material
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: MaterialQuerySet) -> MaterialQuerySet:
        rows: MaterialQuerySet = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("state"):
            rows = rows.active_on(timezone.localdate())
        return rows.order_by(*(rows.query.order_by or ("search",)), "search", "pk")

    def search(self, rows: MaterialQuerySet, name: str, words: str) -> MaterialQuerySet:
        return rows.search(words)

    def in_state(self, rows: MaterialQuerySet, name: str, wanted: str) -> MaterialQuerySet:
        return rows.filter(valid_until__lte=timezone.localdate()) if wanted == ENDED else rows


class OfPlaceForm(forms.ModelForm):
    """A row that belongs to a unit: one in force, of those where the user may write such rows.

    `none_chosen` are the words of a choice not yet made, by the name of the field.
    """

    none_chosen: ClassVar[dict[str, Any]] = {}
    unit = PickField(Unit.objects.none(), label_of=lambda unit: unit.full_name)
    label: Any = _("Đơn vị")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verb = "change" if self.instance.pk else "add"
        units = Unit.objects.permitting(user, f"meetings.{verb}_{self._meta.model._meta.model_name}")
        offered = units.filter(Q(valid_until=None) | Q(pk=self.instance.unit_id))
        unit: Any = self.fields["unit"]
        unit.label, unit.queryset = self.label, offered.with_parents().order_by(Length("path"), "sort_key", "pk")
        fields: Any = self.fields
        for name, words in self.none_chosen.items():
            fields[name].choices = [(value, label if value else words) for value, label in fields[name].choices]


class ProductionModelForm(OfPlaceForm):
    label = _("Nơi làm")
    none_chosen: ClassVar[dict[str, Any]] = {"sector": _("Chọn ngành")}
    meeting = PickField(
        Meeting.objects.none(),
        label=_("Giới thiệu tại kỳ sinh hoạt"),
        label_of=lambda meeting: f"{meeting.title}, {meeting.club}, {meeting.day:%d/%m/%Y}",
        required=False,
        without=_("Không tại kỳ nào"),
    )

    class Meta:
        model = ProductionModel
        fields = (
            "name",
            "sector",
            "unit",
            "description",
            "cost",
            "result",
            "source",
            "meeting",
            "introduced_on",
        )
        localized_fields = ("cost",)
        labels = {"name": _("Tên mô hình"), "introduced_on": _("Ngày giới thiệu")}
        help_texts = {"introduced_on": _("ngày/tháng/năm; để trống: ngày của kỳ sinh hoạt đã chọn")}
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "result": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        held = Meeting.objects.visible_to(user).filter(state=MeetingState.HELD)
        fields: Any = self.fields
        fields["meeting"].queryset = held.with_place().order_by("-starts_at", "pk")
        fields["introduced_on"].required = False


class ReplicationForm(OfPlaceForm):
    label = _("Nơi nhân rộng")

    class Meta:
        model = Replication
        fields = ("unit", "started_on", "households", "result")
        localized_fields = ("households",)
        help_texts = {"started_on": DAY}
        widgets = {"result": forms.Textarea(attrs={"rows": 3})}


class MaterialForm(OfPlaceForm):
    """The file on record stays when no other is sent."""

    label = _("Đơn vị giữ")
    none_chosen: ClassVar[dict[str, Any]] = {"kind": _("Chọn loại"), "area": _("Không thuộc lĩnh vực nào")}
    link = forms.URLField(
        label=_("Địa chỉ trên mạng"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = Material
        fields = (
            "kind",
            "area",
            "title",
            "number",
            "summary",
            "link",
            "file",
            "unit",
            "valid_from",
            "valid_until",
            "is_first_reading",
        )
        labels = {"title": _("Tên tài liệu"), "valid_from": _("Có hiệu lực từ"), "valid_until": _("Hết hiệu lực từ")}
        help_texts = {
            "number": _("Theo bản gốc; không rõ thì để trống."),
            "file": _("PDF, PNG hoặc JPEG, nhiều nhất 10 MB."),
            "valid_from": DAY,
            "valid_until": _("ngày đầu tiên không còn hiệu lực; để trống nếu còn hiệu lực"),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 5}),
            "file": forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        }
