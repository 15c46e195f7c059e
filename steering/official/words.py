"""Words of official documents: days, numbers, names of bodies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from steering.models import IssuingBody, Unit
from steering.models.units import UnitType


def day_words(day: date | None) -> str:
    """ "ngày 05 tháng 01 năm 2026": days below 10 and the months 1 and 2 are padded. Blanks to write in for None."""
    if day is None:
        return "ngày      tháng      năm      "
    month = f"{day.month:02d}" if day.month <= 2 else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def number_words(number: int | None, symbol: str) -> str:
    """ "Số: 05/GM-BCĐ"; room for the clerk's number while there is none."""
    return f"Số: {number:02d}/{symbol}" if number else f"Số:        /{symbol}"


def name_on(unit: Unit, day: date) -> str:
    """What the unit was called on `day`: "Xã Tân Phú". The earliest name on record for days before that."""
    return names_on([unit], day)[0]


def names_on(units: Sequence[Unit], day: date) -> list[str]:
    """`name_on` of each, in one query."""
    end = timezone.make_aware(datetime.combine(day, time.max))
    records = Unit.history.filter(id__in=[unit.pk for unit in units]).order_by("history_date")
    found: dict[int, Any] = {}
    for record in records:
        if record.id not in found or record.history_date <= end:
            found[record.id] = record
    names = {pk: f"{UnitType(record.type).prefix} {record.name}" for pk, record in found.items()}
    return [names.get(unit.pk, str(unit)) for unit in units]


def body_name(unit: Unit, body: str, day: date) -> str:
    """The issuing body in capitals, as it was called on `day`: "ỦY BAN NHÂN DÂN XÃ TÂN PHÚ"."""
    return f"{IssuingBody(body).label} {name_on(unit, day)}".upper()


def place_words(unit: Unit, day: date) -> str:
    """The place of the place-and-date line: the unit's name without its type, but for numbers ("Phường 8")."""
    name = name_on(unit, day)
    bare = name.split(" ", 1)[1] if " " in name else name
    for unit_type in UnitType:
        if name.startswith(f"{unit_type.prefix} "):
            bare = name[len(unit_type.prefix) + 1 :]
    return name if bare[:1].isdigit() else bare
