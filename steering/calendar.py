"""The province's reporting calendar: its cut-off from the settings, its closed days from the table (domain 2 and 7)."""

from django.conf import settings

from steering.models import ClosedDay
from steering.periods import ReportingCalendar


def month_calendar() -> ReportingCalendar:
    """The reporting calendar without its closed days, on which no first or last day depends, but the due day does. No
    query."""
    return ReportingCalendar(**settings.REPORTING_CALENDAR)


def reporting_calendar() -> ReportingCalendar:
    """One query. Ask once per piece of work and pass it on."""
    closed = frozenset(ClosedDay.objects.values_list("day", flat=True))
    return ReportingCalendar(**settings.REPORTING_CALENDAR, closed_days=closed)
