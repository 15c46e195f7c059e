"""The conditions of the list of meetings."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clubs.models import Club
from meetings.models import Meeting, MeetingState
from meetings.querysets import MeetingQuerySet
from steering.calendar import month_calendar
from steering.filters import EVERYTHING, sorting
from steering.models import Unit
from steering.periods import Period, PeriodKind
from steering.regime import ClubLevel

SILENT = "silent"
STATES = ((SILENT, _("Chưa có kết quả")), *MeetingState.choices)
SORTS = (
    ("starts_at", "when"),
    ("club__sort_key", "club"),
    ("host__sort_key", "host"),
    ("invited_count", "invited"),
)
MONTHS_BACK, MONTHS_AHEAD = 14, 6
ONE_CLUB = ("q", "unit", "level")  # conditions that say nothing about the meetings of one club


def periods_of(day: date) -> Iterator[Period]:
    """The reporting months around `day`, the latest first."""
    calendar = month_calendar()
    period = calendar.containing(PeriodKind.MONTH, day)
    for _n in range(MONTHS_AHEAD):
        period = calendar.next(period)
    for _n in range(MONTHS_BACK + MONTHS_AHEAD + 1):
        yield period
        period = calendar.previous(period)


def current_period() -> Period:
    return month_calendar().containing(PeriodKind.MONTH, timezone.localdate())


class MeetingFilter(filters.FilterSet):
    """`club` and `day` (ISO) come with a link; the list of one club asks for less."""

    q = filters.CharFilter(label=_("Tên câu lạc bộ hoặc đơn vị"), method="search")
    unit = filters.ModelChoiceFilter(
        label=_("Đơn vị"), queryset=Unit.objects.none(), method="under", empty_label=EVERYTHING
    )
    period = filters.ChoiceFilter(label=_("Kỳ"), method="during", empty_label=EVERYTHING)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=STATES, method="become", empty_label=EVERYTHING)
    level = filters.ChoiceFilter(label=_("Cấp"), field_name="club__level", choices=ClubLevel, empty_label=EVERYTHING)
    club = filters.ModelChoiceFilter(label=_("Câu lạc bộ"), queryset=Club.objects.none(), widget=forms.HiddenInput)
    day = filters.DateFilter(label=_("Ngày"), method="on", widget=forms.HiddenInput)
    sort = sorting(SORTS)

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, queryset: MeetingQuerySet, units: Any, clubs: Any) -> None:
        super().__init__(data, queryset=queryset)
        fields = self.form.fields
        fields["club"].queryset, fields["unit"].queryset = clubs, units
        fields["period"].choices = [(period.key, capfirst(period.label)) for period in self.periods()]
        for name in ONE_CLUB if units is None else ():
            del fields[name]

    def periods(self) -> Iterator[Period]:
        """The months to choose from, and the period of the address when it is another one."""
        keys = set()
        for period in periods_of(timezone.localdate()):
            keys.add(period.key)
            yield period
        asked = self.data.get("period", "")
        if asked and asked not in keys:
            try:
                yield month_calendar().parse(asked)
            except ValueError:
                return

    def value(self, name: str) -> Any:
        """What is asked under `name`; None where nothing is, or nothing sensible."""
        self.form.is_valid()
        return self.form.cleaned_data.get(name) or None

    @property
    def chosen_period(self) -> Period | None:
        key = self.value("period")
        return month_calendar().parse(key) if key else None

    @property
    def default_sort(self) -> str:
        return "-when" if self.value("club") else "when"

    def filter_queryset(self, queryset: MeetingQuerySet) -> MeetingQuerySet:
        rows: MeetingQuerySet = super().filter_queryset(queryset)
        usual = "-starts_at" if self.value("club") else "starts_at"
        return rows.order_by(*(rows.query.order_by or (usual,)), "pk")

    def search(self, rows: MeetingQuerySet, name: str, words: str) -> MeetingQuerySet:
        return rows.search(words)

    def under(self, rows: MeetingQuerySet, name: str, unit: Unit) -> MeetingQuerySet:
        return rows.under(unit)

    def during(self, rows: MeetingQuerySet, name: str, key: str) -> MeetingQuerySet:
        period = month_calendar().parse(key)
        return rows.between(period.first_day, period.last_day)

    def on(self, rows: MeetingQuerySet, name: str, day: date) -> MeetingQuerySet:
        return rows.between(day, day)

    def become(self, rows: MeetingQuerySet, name: str, state: str) -> MeetingQuerySet:
        return rows.silent(timezone.now()) if state == SILENT else rows.filter(state=state)
