"""What the filters of every list share."""

from collections.abc import Iterable
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import BaseCSVWidget

from steering.access import own_unit
from steering.models import Unit
from steering.querysets import UnitQuerySet

EVERYTHING = _("Tất cả")


class SortWidget(BaseCSVWidget, forms.HiddenInput):
    """The order of a list is chosen in the heads of its columns, not among the conditions."""


def sorting(fields: Iterable[tuple[str, str]]) -> filters.OrderingFilter:
    """The filter `sort` of a list: `fields` are (column of the model, word in the address)."""
    return filters.OrderingFilter(fields=tuple(fields), widget=SortWidget)


def units_to_choose(request: HttpRequest) -> UnitQuerySet:
    """What a list can be narrowed to: the units directly below one's own, and any unit of one's own the address names."""
    user: Any = request.user
    asked = request.GET.get("unit", "")
    named = Q(pk=asked) if asked.isascii() and asked.isdigit() else Q()
    units: UnitQuerySet = Unit.objects.visible_to(user)
    return units.filter(Q(parent=own_unit(user), valid_until=None) | named).order_by("sort_key", "pk")
