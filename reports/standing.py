"""How the clubs of a unit stand against its expansion plan (R14)."""

from __future__ import annotations

from collections.abc import Mapping

from clubs.models import ClubTally
from reports.rules import COLUMNS, Standing
from reports.tables import Sums, left_over, sums_at
from steering.models import Unit
from steering.periods import Period


def year_standings(unit: Unit, year: Period, planned: Mapping[str, int]) -> dict[str, Standing]:
    """One query."""
    return standings(sums_at(ClubTally, unit, year), planned)


def standings(year: Sums, planned: Mapping[str, int]) -> dict[str, Standing]:
    """The clubs of the year, beside those planned, by column."""
    start, within = left_over(year.before, "founded", "ended", COLUMNS), year.within
    return {
        column: Standing(
            at_start=start[column],
            planned=planned[column],
            founded=within[f"founded_{column}"],
            ended=within[f"ended_{column}"],
        )
        for column in COLUMNS
    }
