"""Places that a row of a sheet names in words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club
from steering.access import granted_paths
from steering.models import Unit, UnitType, User
from steering.text import fold

SEPARATOR = " / "
UNIT_CHAIN = "parent__parent__parent__parent"


def chain(unit: Unit) -> list[Unit]:
    """The unit and those above it, the province left out: lowest first."""
    units = [unit]
    while units[-1].parent is not None:
        units.append(units[-1].parent)
    return units[:-1] or units


def unit_words(unit: Unit) -> str:
    """ "Huyện Châu Thành / Xã Tân Phú"."""
    return SEPARATOR.join(str(step) for step in reversed(chain(unit)))


def club_words(club: Club) -> str:
    return f"{unit_words(club.unit)}{SEPARATOR}{club.name}"


def is_named(unit: Unit, words: str) -> bool:
    return fold(words) in (unit.search, fold(unit.name))


def lies_in(units: list[Unit], steps: list[str]) -> bool:
    """Whether `steps`, highest first, name some of `units`, lowest first, in this order."""
    rising = iter(units)
    return all(any(is_named(unit, step) for unit in rising) for step in reversed(steps))


def the_only(found: list[Any], words: str) -> Any:
    if not found:
        raise ValidationError(_("“%(words)s”: không tìm thấy trong phạm vi của anh, chị.") % {"words": words})
    if len(found) > 1:
        raise ValidationError(
            _("“%(words)s”: có %(n)d nơi cùng tên. Ghi cả đơn vị cấp trên, ví dụ “Huyện Châu Thành / Xã Tân Phú”.")
            % {"words": words, "n": len(found)}
        )
    return found[0]


class Scope:
    """The units and clubs that a row may name: those where the user holds `permission`. Remembers what it found."""

    def __init__(self, user: User, permission: str) -> None:
        self.paths = granted_paths(user, permission)
        self.unit = cache(self._unit)
        self.club = cache(self._club)

    def _unit(self, words: str) -> Unit:
        """A unit in force by code, by name, or by a path of names. Raises ValidationError."""
        units = Unit.objects.in_paths(self.paths).active_on(timezone.localdate()).select_related(UNIT_CHAIN)
        if words.isdigit():
            found = list(units.filter(code__in={words, words.zfill(3), words.zfill(5)}))
            if found:
                return the_only(found, words)
        *above, name = re.split(r"\s*/\s*", words)
        names = {fold(name), *(fold(f"{kind.prefix} {name}") for kind in UnitType)}
        return the_only([u for u in units.filter(search__in=names) if lies_in(chain(u)[1:], above)], words)

    def _club(self, words: str) -> Club:
        """A club by name, or by its unit's path and its name; one still in being goes before one that ended."""
        clubs = Club.objects.in_paths(self.paths).select_related(f"unit__{UNIT_CHAIN}")
        found = list(clubs.filter(search=fold(words)))
        if not found:
            *above, name = re.split(r"\s+/\s+", words)
            found = [c for c in clubs.filter(search=fold(name)) if lies_in(chain(c.unit), above)]
        return the_only([c for c in found if not c.is_ended] or found, words)
