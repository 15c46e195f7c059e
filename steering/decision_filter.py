"""The conditions of the list of decisions."""

from collections.abc import Iterable
from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from steering.filters import EVERYTHING
from steering.models import Decision, IssuingBody, Unit
from steering.querysets import DecisionQuerySet

LACKING = (("number", _("Chưa có số")), ("paper", _("Chưa có bản ký")))


class DecisionFilter(filters.FilterSet):
    """`years` are those that are offered."""

    q = filters.CharFilter(label=_("Số, trích yếu, người ký"), method="search")
    unit = filters.ModelChoiceFilter(
        label=_("Đơn vị ban hành"), queryset=Unit.objects.none(), method="under", empty_label=EVERYTHING
    )
    body = filters.ChoiceFilter(
        label=_("Cơ quan"), field_name="issuer_body", choices=IssuingBody, empty_label=EVERYTHING
    )
    year = filters.ChoiceFilter(label=_("Năm"), empty_label=EVERYTHING)
    lacks = filters.ChoiceFilter(label=_("Còn thiếu"), choices=LACKING, method="lacking", empty_label=EVERYTHING)

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, queryset: DecisionQuerySet, units: Any, years: Iterable[int]) -> None:
        super().__init__(data, queryset=queryset)
        self.form.fields["unit"].queryset = units
        self.form.fields["year"].choices = [(str(year), str(year)) for year in years]

    def search(self, rows: DecisionQuerySet, name: str, words: str) -> DecisionQuerySet:
        return rows.search(words)

    def under(self, rows: DecisionQuerySet, name: str, unit: Unit) -> DecisionQuerySet:
        return rows.under(unit)

    def lacking(self, rows: DecisionQuerySet, name: str, what: str) -> DecisionQuerySet:
        return rows.filter(number=None) if what == "number" else rows.filter(file="")
