"""Which levels of clubs exist, and under whom: one table per regime, read by every rule that depends on a level."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClubLevel(TextChoices):
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")
    HAMLET = "hamlet", _("Cấp ấp")


@dataclass(frozen=True)
class LevelRules:
    """Unit kinds as in `UnitKind`; `max_clubs` per unit, None for no limit."""

    founder_kind: str  # whose People's Committee founds (R8)
    manager_kind: str  # whose steering committee manages (R9)
    host_kind: str  # where meetings rotate (R11)
    max_clubs: int | None = None  # R4


THREE_LEVELS: dict[str, LevelRules] = {
    ClubLevel.DISTRICT: LevelRules("district", "district", host_kind="commune", max_clubs=2),
    ClubLevel.COMMUNE: LevelRules("commune", "commune", host_kind="hamlet"),
    ClubLevel.HAMLET: LevelRules("commune", "commune", host_kind="group"),
}
TWO_LEVELS: dict[str, LevelRules] = {level: THREE_LEVELS[level] for level in (ClubLevel.COMMUNE, ClubLevel.HAMLET)}


def regime_on(day: date) -> dict[str, LevelRules]:
    """The table in force. `TWO_LEVELS_SINCE` (a date or None) says when this province gave up its districts."""
    since: date | None = settings.TWO_LEVELS_SINCE
    return TWO_LEVELS if since and day >= since else THREE_LEVELS
