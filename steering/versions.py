"""What became of a row since somebody opened its form, read from its history."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Change:
    """One changed field, with its values as people read them."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Meanwhile:
    """What others did to a row: the last of them, when (aware), and every field that is different now."""

    who: str
    at: Any
    changes: list[Change]


def version_of(obj: models.Model) -> int:
    """The number of the row's latest change; 0 when it has none."""
    return obj.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0  # type: ignore[attr-defined]


def changed_since(obj: models.Model, version: int) -> Meanwhile | None:
    """What happened to `obj` after `version`; None when nothing of it did."""
    latest = obj.history.select_related("history_user").order_by("-history_id").first()  # type: ignore[attr-defined]
    if latest is None or latest.history_id <= version:
        return None
    seen = obj.history.filter(history_id=version).first()  # type: ignore[attr-defined]
    changes = changes_between(seen, latest) if seen is not None else []
    return Meanwhile(str(latest.history_user or _("Hệ thống")), latest.history_date, changes)


def changes_between(old: Any, new: Any) -> list[Change]:
    """The fields in which two records of one row's history differ."""
    model = new.instance_type
    found: list[Change] = []
    for change in new.diff_against(old, foreign_keys_are_objs=True).changes:
        found += field_changes(model._meta.get_field(change.field), change.old, change.new)
    return found


def field_changes(field: Any, old: Any, new: Any) -> list[Change]:
    """What a field's change says: one line, but one for each entry of a list that the model tells of in `ENTRIES`:
    by the field's name, the key that names an entry and the key of its words."""
    name = str(field.verbose_name)
    keys = getattr(field.model, "ENTRIES", {}).get(field.name)
    if keys is None:
        return [Change(name, shown(field, old), shown(field, new))]
    title, words = keys
    before, after = ({entry[title]: entry[words] for entry in value or []} for value in (old, new))
    return [
        Change(f"{name}, {entry}", before.get(entry) or "–", after.get(entry) or "–")
        for entry in before | after
        if before.get(entry, "") != after.get(entry, "")
    ]


def shown(field: Any, value: Any) -> str:
    """A field's value as it stands on the screen; "–" for none."""
    if value in (None, ""):
        return "–"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return _("có") if value else _("không")
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(field, models.TimeField):
        return date_format(value, "TIME_FORMAT")
    return str(value)
