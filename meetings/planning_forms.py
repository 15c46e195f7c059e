"""Forms about the day and the host of meetings. What is allowed is decided by the actions."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Case, Value, When
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clubs.models import Club
from meetings.models import Meeting
from meetings.rules import Choice
from steering.calendar import month_calendar
from steering.models import Unit
from steering.periods import Period, PeriodKind
from steering.picker import PickField

AHEAD = timedelta(days=365)
USUAL_PERIODS = 3


class PlanClubForm(forms.Form):
    """Up to which period of its cadence a club is planned, a year ahead at most."""

    until = forms.ChoiceField(label=_("Lên lịch đến hết kỳ"))

    def __init__(self, *args: Any, club: Club, until: str = "", **kwargs: Any) -> None:
        """`until` is the key of the period to begin with."""
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.periods = {p.key: p for p in month_calendar().between(PeriodKind(club.cadence), today, today + AHEAD)}
        asked: Any = self.fields["until"]
        asked.choices = [(key, self.words(period)) for key, period in self.periods.items()]
        asked.initial = until if until in self.periods else list(self.periods)[:USUAL_PERIODS][-1]

    def words(self, period: Period) -> str:
        """ "Tháng 11/2026 (15/10 – 14/11/2026)"."""
        return f"{capfirst(period.label)} ({period.first_day:%d/%m} – {period.last_day:%d/%m/%Y})"

    @property
    def last_day(self) -> date:
        return self.periods[self.cleaned_data["until"]].last_day


class MomentForm(forms.Form):
    """A day and an hour. The day's field is named as what is written, so that a refusal stands beside it."""

    starts_at = forms.DateField(label=_("Ngày họp"), help_text=_("ngày/tháng/năm"))
    at = forms.TimeField(label=_("Giờ họp"), help_text=_("giờ:phút"))

    @property
    def moment(self) -> datetime:
        """Aware."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["starts_at"], self.cleaned_data["at"]))


class PlanOneForm(MomentForm):
    """One meeting by hand, at a host of the rotation."""

    host = PickField(Unit.objects.none(), label=_("Nơi họp"), label_of=lambda unit: unit.full_name, required=False)
    override_reason = forms.CharField(
        label=_("Lý do họp ngoài lượt"),
        max_length=300,
        required=False,
        help_text=_("Chỉ ghi khi chọn nơi khác với nơi đến lượt."),
    )

    def __init__(self, *args: Any, club: Club, ranked: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].initial = club.starts_at
        host: Any = self.fields["host"]
        host.queryset = in_order([choice.host.unit_id for choice in ranked])
        if ranked:
            host.help_text = gettext("Để trống: nơi đến lượt. Nay là %(due)s.") % {"due": ranked[0].reason}


def in_order(ids: Sequence[int]) -> Any:
    """The units of `ids`, in their order."""
    order = [When(pk=pk, then=Value(place)) for place, pk in enumerate(ids)]
    units = Unit.objects.filter(pk__in=ids).with_parents()
    return units.order_by(Case(*order, default=Value(len(order)))) if order else units


def everywhere() -> Any:
    """All units in force."""
    return Unit.objects.filter(valid_until=None).with_parents()


class HostForm(forms.Form):
    """Another host of the rotation, the due one first, each with the reason for its place (R11)."""

    host = forms.TypedChoiceField(label=_("Nơi đăng cai"), coerce=int, widget=forms.RadioSelect)
    override_reason = forms.CharField(
        label=_("Lý do"), max_length=300, required=False, help_text=_("Cần khi không chọn nơi đến lượt.")
    )

    def __init__(self, *args: Any, meeting: Meeting, ranked: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host: Any = self.fields["host"]
        host.choices = [(choice.host.unit_id, self.words(choice, place)) for place, choice in enumerate(ranked)]
        host.initial = meeting.host_id

    def words(self, choice: Choice, place: int) -> str:
        line = f"{choice.host.name}: {choice.why}"
        return gettext("%(host)s, đến lượt") % {"host": line} if place == 0 else line

    @property
    def unit(self) -> Unit:
        return Unit.objects.get(pk=self.cleaned_data["host"])


class VisitHostForm(forms.Form):
    """Where a visit goes: anywhere, and it takes no turn."""

    host = PickField(Unit.objects.none(), label=_("Nơi đến"), label_of=lambda unit: unit.full_name)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host: Any = self.fields["host"]
        host.queryset, host.initial = everywhere(), meeting.host_id

    @property
    def unit(self) -> Unit:
        unit: Unit = self.cleaned_data["host"]
        return unit
