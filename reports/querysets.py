"""How reports are picked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db.models import Exists, OuterRef

from steering.querysets import ScopedQuerySet


class EditionQuerySet(ScopedQuerySet):
    def latest_versions(self) -> Self:
        """Of each unit and period only the newest version."""
        newer = self.model._default_manager.filter(
            unit=OuterRef("unit"), period_key=OuterRef("period_key"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(newer))

    def frozen_of(self, units: Iterable[Any], period_key: str) -> dict[int, Any]:
        """By the unit's id: the newest version that was sent and not returned. One query."""
        rows = self.filter(unit__in=[unit.pk for unit in units], period_key=period_key, state__in=["sent", "received"])
        return {row.unit_id: row for row in rows.order_by("version")}
