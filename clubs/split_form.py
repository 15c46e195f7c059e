"""The form that splits a district's communes between its clubs: a row a commune, a column a club."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clubs.forms import DAY
from clubs.models import Club, Coverage
from steering.models import Unit

NONE = ""


class SplitForm(forms.Form):
    """`seen` is the number of the latest change when the page was opened: a split that somebody else made since is told."""

    data: Any  # a QueryDict of one's own

    on = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate, help_text=DAY)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, clubs: Sequence[Club], communes: Sequence[Unit]) -> None:
        super().__init__(data.copy() if data else None)
        self.clubs, self.communes = clubs, communes
        self.latest = latest_change(clubs)
        now = dict(Coverage.objects.filter(club__in=clubs, valid_until=None).values_list("unit", "club"))
        choices = [*((str(club.pk), str(club)) for club in clubs), (NONE, gettext("chưa chia"))]
        for commune in communes:
            self.fields[f"of-{commune.pk}"] = forms.ChoiceField(
                label=str(commune),
                choices=choices,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                required=False,
                initial=str(now.get(commune.pk, NONE)),
            )
        self.fields["seen"].initial = self.latest

    def rows(self) -> list[Any]:
        return [self[f"of-{commune.pk}"] for commune in self.communes]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("seen") is not None and data["seen"] != self.latest:
            self.data["seen"] = str(self.latest)
            self.add_error(
                None, gettext("Vừa có người chia lại địa bàn. Xem lại phần bên dưới; muốn giữ, gửi lần nữa.")
            )
        return data

    def shares(self) -> dict[Club, list[Unit]]:
        said = {commune: self.cleaned_data[f"of-{commune.pk}"] for commune in self.communes}
        return {club: [unit for unit, pk in said.items() if pk == str(club.pk)] for club in self.clubs}


def latest_change(clubs: Sequence[Club]) -> int:
    """The number of the latest change of what the clubs cover; 0 without any."""
    records = Coverage.history.filter(club__in=clubs).order_by("-history_id")
    return records.values_list("history_id", flat=True).first() or 0
