"""A unit's figures as its report gives them: from the reports of the units below where these were sent, else counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.figures import Figures, figures
from reports.frozen import unit_figures_from, with_parts
from reports.models import REPORTING_KINDS, Edition
from steering.models import Unit
from steering.periods import Period, ReportingCalendar


@dataclass(frozen=True)
class Rollup:
    """`missing` are the units below that report and have not; their figures were counted from the data."""

    figures: Figures
    missing: list[Unit]


def rollup(
    unit: Unit,
    period: Period,
    *,
    calendar: ReportingCalendar | None = None,
    children: Sequence[Unit] | None = None,
) -> Rollup:
    """One query more than `reports.figures.figures`."""
    counted = figures(unit, period, calendar=calendar, children=children)
    below = [one for one in counted.units if one.pk != unit.pk and one.kind in REPORTING_KINDS]
    sent = Edition.objects.frozen_of(below, period.key)
    if not sent:
        return Rollup(counted, below)
    parts = [
        unit_figures_from(sent[one.pk].figures) if one.pk in sent else part
        for one, part in zip(counted.units, counted.by_unit, strict=True)
    ]
    return Rollup(with_parts(counted, parts), [one for one in below if one.pk not in sent])
