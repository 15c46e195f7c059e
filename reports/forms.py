"""Forms about plans. What is allowed is decided by the actions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from reports.models import ExpansionPlan
from reports.rules import Standing

MOST = 1000


class PlanForm(forms.Form):
    """How many clubs to found in a year, in the columns of `standings`; `numbers` are those planned so far."""

    def __init__(
        self, *args: Any, numbers: Mapping[str, int], standings: Mapping[str, Standing], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, standing in standings.items():
            label = ExpansionPlan._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = forms.IntegerField(
                label=_("Thành lập thêm, %(column)s") % {"column": label},
                help_text=_("đầu năm có %(n)d, trong năm đã thành lập %(founded)d")
                % {"n": standing.at_start, "founded": standing.founded},
                min_value=0,
                max_value=MOST,
                initial=numbers[name],
            )
