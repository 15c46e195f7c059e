"""Reporting periods as values (domain 2): nothing in the project cuts time in any other way."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

ROMAN = ["", "I", "II", "III", "IV"]
PATTERNS = {
    r"(\d{4})-(\d{2})": "month",
    r"(\d{4})-Q(\d)": "quarter",
    r"(\d{4})-H(\d)": "half_year",
    r"(\d{4})": "year",
}


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[self.value]


@dataclass(frozen=True)
class Period:
    """`first_day` and `last_day` are inclusive; the report is due on `due_on`."""

    kind: PeriodKind
    year: int
    index: int
    first_day: date
    last_day: date
    due_on: date

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    @property
    def key(self) -> str:
        """ "2026-01", "2026-Q1", "2026-H1" or "2026"."""
        return {
            PeriodKind.MONTH: f"{self.year}-{self.index:02d}",
            PeriodKind.QUARTER: f"{self.year}-Q{self.index}",
            PeriodKind.HALF_YEAR: f"{self.year}-H{self.index}",
            PeriodKind.YEAR: f"{self.year}",
        }[self.kind]

    @property
    def label(self) -> str:
        if self.kind == PeriodKind.MONTH:
            return _("tháng %(month)s/%(year)s") % {"month": f"{self.index:02d}", "year": self.year}
        if self.kind == PeriodKind.QUARTER:
            return _("quý %(quarter)s/%(year)s") % {"quarter": ROMAN[self.index], "year": self.year}
        if self.kind == PeriodKind.HALF_YEAR:
            half = _("6 tháng đầu năm %(year)s") if self.index == 1 else _("6 tháng cuối năm %(year)s")
            return half % {"year": self.year}
        return _("năm %(year)s") % {"year": self.year}


@dataclass(frozen=True)
class ReportingCalendar:
    """Months end on `cut_off_day` (0: the calendar month's last day); reports are due some working days later.

    A shorter month ends on its own last day.
    """

    cut_off_day: int = 14
    working_days_to_submit: int = 2
    closed_days: frozenset[date] = field(default_factory=frozenset)

    def period(self, kind: PeriodKind, year: int, index: int) -> Period:
        """The `index`-th (from 1) period of `kind` in `year`. Raises ValueError when there is none."""
        if not 1 <= index <= 12 // kind.months or not 1900 <= year <= 2200:
            raise ValueError(_("Không có kỳ báo cáo này. Kiểm tra lại năm và số thứ tự của kỳ."))
        last_month = index * kind.months
        first_day = self._last_day(year, last_month - kind.months) + timedelta(days=1)
        last_day = self._last_day(year, last_month)
        return Period(kind, year, index, first_day, last_day, self._due(last_day))

    def containing(self, kind: PeriodKind, day: date) -> Period:
        year, month = self._month(day)
        return self.period(kind, year, (month - 1) // kind.months + 1)

    def month_end(self, day: date) -> date:
        """The last day of the month that holds `day`; months add up to every longer period."""
        return self._last_day(*self._month(day))

    def next(self, period: Period) -> Period:
        return self.containing(period.kind, period.last_day + timedelta(days=1))

    def previous(self, period: Period) -> Period:
        return self.containing(period.kind, period.first_day - timedelta(days=1))

    def between(self, kind: PeriodKind, first_day: date, last_day: date) -> Iterator[Period]:
        """Periods from the one with `first_day` to the one with `last_day`, both included."""
        period = self.containing(kind, first_day)
        while period.first_day <= last_day:
            yield period
            period = self.next(period)

    def parse(self, text: str) -> Period:
        """The period written as its key, "2026-10". Raises ValueError with a sentence."""
        for pattern, kind in PATTERNS.items():
            if match := re.fullmatch(pattern, text.strip()):
                year, index = int(match[1]), int(match[2]) if match.lastindex == 2 else 1
                try:
                    return self.period(PeriodKind(kind), year, index)
                except ValueError:
                    break
        raise ValueError(_("“%(text)s” không phải là một kỳ báo cáo. Viết tháng theo dạng 2026-10.") % {"text": text})

    def _month(self, day: date) -> tuple[int, int]:
        """The year and the number of the month that holds `day`."""
        if day <= self._last_day(day.year, day.month):
            return day.year, day.month
        return (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)

    def _last_day(self, year: int, month: int) -> date:
        if month == 0:
            year, month = year - 1, 12
        return date(year, month, min(self.cut_off_day or 31, monthrange(year, month)[1]))

    def _due(self, last_day: date) -> date:
        day, left = last_day, self.working_days_to_submit
        while left > 0:
            day += timedelta(days=1)
            if day.weekday() < 5 and day not in self.closed_days:
                left -= 1
        return day
