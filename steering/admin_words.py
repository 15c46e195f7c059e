"""What changed from one version of a row to the next, in the words of the screen."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.formats import localize_input
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Change:
    field: str
    old: str
    new: str


def changes(older: Any, newer: Any) -> list[Change]:
    """Every field that differs between two historical records, those too that no form edits, as a state.

    A field without a name for the screen is the program's own and left out.
    """
    return [
        Change(str(field.verbose_name), in_words(field, older), in_words(field, newer))
        for field in newer.tracked_fields
        if str(field.verbose_name) != field.name.replace("_", " ")
        and getattr(older, field.attname) != getattr(newer, field.attname)
    ]


def in_words(field: Any, record: Any) -> str:
    """ "Hoạt động", not "active"; 05/10/2026; "Có", not True; nothing for nothing."""
    try:
        value = getattr(record, field.name)
    except ObjectDoesNotExist:  # deleted since
        return ""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    if isinstance(value, date | time):
        return str(localize_input(value))
    words = dict(field.flatchoices).get(value, value)
    return "" if words is None else str(words)
