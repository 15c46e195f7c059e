"""How the clubs of a unit stand against its expansion plan (R14)."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from clubs.models import Club
from reports.rules import COLUMNS, Standing
from reports.tables import by_column
from steering.models import Unit
from steering.periods import Period

COUNTED = ("at_start", "founded", "ended")


def standing_counts(year: Period) -> dict[str, Count]:
    """Clubs at the start of `year`, founded and ended within it, by column, under "at_start_district", …"""
    span = (year.first_day, year.last_day)
    conditions = (
        Q(founded_on__lt=year.first_day) & (Q(ended_on__isnull=True) | Q(ended_on__gte=year.first_day)),
        Q(founded_on__range=span),
        Q(ended_on__range=span, founded_on__isnull=False),  # a withdrawn proposal never was a club
    )
    return {
        name: count
        for what, condition in zip(COUNTED, conditions, strict=True)
        for name, count in by_column(condition, f"{what}_").items()
    }


def standings(counted: dict[str, Any], planned: dict[str, int]) -> dict[str, Standing]:
    """What `standing_counts` found, beside the clubs planned, by column."""
    return {
        column: Standing(planned=planned[column], **{what: counted[f"{what}_{column}"] for what in COUNTED})
        for column in COLUMNS
    }


def year_standings(unit: Unit, year: Period, planned: dict[str, int]) -> dict[str, Standing]:
    """One query."""
    clubs = Club.objects.under(unit).filter(founded_on__isnull=False)
    return standings(clubs.aggregate(**standing_counts(year)), planned)
