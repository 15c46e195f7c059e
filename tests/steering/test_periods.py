"""Periods by the reporting calendar (domain 2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.periods import PeriodKind, ReportingCalendar

CALENDAR = ReportingCalendar(14)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
calendars = st.builds(ReportingCalendar, st.sampled_from([0, 1, 14, 20, 28, 30, 31]))


@pytest.mark.parametrize(
    ("key", "label", "first", "last"),
    [
        ("2026-01", "tháng 01/2026", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-10", "tháng 10/2026", date(2026, 9, 15), date(2026, 10, 14)),
        ("2026-Q1", "quý I/2026", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-H1", "6 tháng đầu năm 2026", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-H2", "6 tháng cuối năm 2026", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026", "năm 2026", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_a_period_runs_from_the_15th_to_the_14th(key: str, label: str, first: date, last: date) -> None:
    period = CALENDAR.parse(key)
    assert (period.key, period.label, period.first_day, period.last_day) == (key, label, first, last)


def test_a_report_is_due_two_working_days_after_the_cut_off() -> None:
    assert CALENDAR.parse("2026-10").due_on == date(2026, 10, 16)
    assert CALENDAR.parse("2026-11").due_on == date(2026, 11, 17)  # the 14th is a Saturday
    closed = ReportingCalendar(14, closed_days=frozenset({date(2026, 10, 15)}))
    assert closed.parse("2026-10").due_on == date(2026, 10, 19)


def test_calendar_months_end_with_the_month() -> None:
    period = ReportingCalendar(0).parse("2028-02")
    assert (period.first_day, period.last_day) == (date(2028, 2, 1), date(2028, 2, 29))


@given(calendars, st.sampled_from(PeriodKind), days)
def test_every_day_lies_in_exactly_one_period(calendar: ReportingCalendar, kind: PeriodKind, day: date) -> None:
    period = calendar.containing(kind, day)
    assert day in period
    assert calendar.next(period).first_day == period.last_day + timedelta(days=1)
    assert calendar.previous(period).last_day == period.first_day - timedelta(days=1)
    assert calendar.parse(period.key) == period


@given(calendars, st.sampled_from(PeriodKind), days)
def test_months_tile_every_longer_period(calendar: ReportingCalendar, kind: PeriodKind, day: date) -> None:
    period = calendar.containing(kind, day)
    months = list(calendar.between(PeriodKind.MONTH, period.first_day, period.last_day))
    assert len(months) == kind.months
    assert (months[0].first_day, months[-1].last_day) == (period.first_day, period.last_day)


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "tháng 10", "", "2026-Q5", "20261", "2026-1"])
def test_anything_else_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="Viết tháng theo dạng 2026-10"):
        CALENDAR.parse(text)
