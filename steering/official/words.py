"""Words of official documents: days, numbers, names of bodies."""

from __future__ import annotations

from datetime import date, datetime, time

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
    records = unit.history.order_by("history_date")
    end = timezone.make_aware(datetime.combine(day, time.max))
    found = records.filter(history_date__lte=end).last() or records.first()
    return f"{UnitType(found.type).prefix} {found.name}" if found else str(unit)


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
