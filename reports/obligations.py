"""What a club owes for a month of the reporting calendar, and what became of it: decided on values, without a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from steering.periods import Period


class Duty(StrEnum):
    """The states of an obligation; their words stand in `WORDS`."""

    NOT_DUE = "no"
    PENDING = "due"
    ON_TIME = "ok"
    LATE = "late"
    DID_NOT_MEET = "none"
    MISSING = "miss"


@dataclass(frozen=True)
class Words:
    """`mark` and `short` stand in a cell, `long` is read aloud and explains the mark."""

    mark: str
    short: Any
    long: Any


WORDS: dict[Duty, Words] = {
    Duty.ON_TIME: Words("✓", "", _("đúng hạn")),
    Duty.LATE: Words("!", _("Muộn"), _("họp, ghi nhận muộn")),
    Duty.DID_NOT_MEET: Words("○", _("Nghỉ"), _("nghỉ: không họp, có lý do")),
    Duty.MISSING: Words("✕", _("Thiếu"), _("thiếu: chưa có kết quả")),
    Duty.PENDING: Words("…", _("Chờ"), _("chờ: chưa đến ngày")),
    Duty.NOT_DUE: Words("–", "", _("không phải họp kỳ này")),
}


@dataclass(frozen=True)
class Outcome:
    """What is known of the regular meeting of a period: its state, its day, and the day its result was written down."""

    state: str
    on: date
    recorded_on: date | None = None


def duty(owed: Period | None, outcome: Outcome | None, today: date) -> Duty:
    """The state of the obligation for `owed`, None for none, on `today`; what was written down after the due day is late."""
    if owed is None:
        return Duty.NOT_DUE
    if outcome is not None and outcome.state == "held":
        is_late = outcome.recorded_on is not None and outcome.recorded_on > owed.due_on
        return Duty.LATE if is_late else Duty.ON_TIME
    if outcome is not None and outcome.state == "did_not_meet":
        return Duty.DID_NOT_MEET
    has_passed = outcome is not None and outcome.state in ("planned", "invited") and outcome.on < today
    return Duty.MISSING if has_passed or owed.last_day < today else Duty.PENDING


def worst_first(rows: Iterable[Any]) -> list[Any]:
    """Whoever needs a call: the most missing, then the report overdue the longest, then the name's order."""
    return sorted(rows, key=lambda row: (-row.missing, -row.days_late))
