"""The conditions of the list of opinions."""

from typing import Any

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models import Club
from meetings.models import Opinion, OpinionState, PolicyArea
from meetings.querysets import OpinionQuerySet
from steering.access import granted_paths
from steering.filters import EVERYTHING, sorting
from steering.models import SteeringCommittee, Unit, User

UNSETTLED, OVERDUE, MINE = "unsettled", "overdue", "mine"
STATES = ((UNSETTLED, _("Chưa xong")), (OVERDUE, _("Quá hạn")), *OpinionState.choices)
SORTS = (("due_on", "due"), ("meeting__club__sort_key", "club"), ("meeting__starts_at", "raised"))


class OpinionFilter(filters.FilterSet):
    """`club` and `committee` come with a link; whoever answers for no committee is not asked which."""

    q = filters.CharFilter(label=_("Nội dung hoặc tên câu lạc bộ"), method="search")
    unit = filters.ModelChoiceFilter(
        label=_("Đơn vị"), queryset=Unit.objects.none(), method="under", empty_label=EVERYTHING
    )
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=STATES, method="become", empty_label=EVERYTHING)
    area = filters.ChoiceFilter(label=_("Lĩnh vực"), choices=PolicyArea, empty_label=EVERYTHING)
    to = filters.ChoiceFilter(
        label=_("Gửi đến"), choices=((MINE, _("Nơi tôi làm việc")),), method="asked_of", empty_label=EVERYTHING
    )
    club = filters.ModelChoiceFilter(
        label=_("Câu lạc bộ"), field_name="meeting__club", queryset=Club.objects.none(), widget=forms.HiddenInput
    )
    committee = filters.ModelChoiceFilter(
        label=_("Gửi đến"),
        field_name="addressed_to",
        queryset=SteeringCommittee.objects.none(),
        widget=forms.HiddenInput,
    )
    sort = sorting(SORTS)

    class Meta:
        model = Opinion
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, queryset: OpinionQuerySet, user: User, units: Any) -> None:
        super().__init__(data, queryset=queryset)
        self.answering = granted_paths(user, "meetings.change_opinion")
        fields = self.form.fields
        fields["club"].queryset = Club.objects.visible_to(user)
        fields["committee"].queryset = SteeringCommittee.objects.visible_to(user).select_related("unit")
        fields["unit"].queryset = units
        if units is None:
            del fields["unit"]
        if not self.answering:
            del fields["to"]

    def filter_queryset(self, queryset: OpinionQuerySet) -> OpinionQuerySet:
        rows: OpinionQuerySet = super().filter_queryset(queryset)
        return rows.order_by(*(rows.query.order_by or ("due_on",)), "pk")

    def search(self, rows: OpinionQuerySet, name: str, words: str) -> OpinionQuerySet:
        return rows.search(words)

    def under(self, rows: OpinionQuerySet, name: str, unit: Unit) -> OpinionQuerySet:
        return rows.under(unit)

    def asked_of(self, rows: OpinionQuerySet, name: str, whom: str) -> OpinionQuerySet:
        return rows.addressed_to_places(self.answering)

    def become(self, rows: OpinionQuerySet, name: str, state: str) -> OpinionQuerySet:
        if state == UNSETTLED:
            return rows.unsettled()
        return rows.overdue(timezone.localdate()) if state == OVERDUE else rows.filter(state=state)
