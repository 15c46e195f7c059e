"""What the filters of every list share."""

from collections.abc import Iterable

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import BaseCSVWidget

EVERYTHING = _("Tất cả")


class SortWidget(BaseCSVWidget, forms.HiddenInput):
    """The order of a list is chosen in the heads of its columns, not among the conditions."""


def sorting(fields: Iterable[tuple[str, str]]) -> filters.OrderingFilter:
    """The filter `sort` of a list: `fields` are (column of the model, word in the address)."""
    return filters.OrderingFilter(fields=tuple(fields), widget=SortWidget)
