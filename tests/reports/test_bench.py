"""The data set of the bench keeps the rules, and the SQL that figures are measured against finds the same numbers."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Q

from clubs.models import Club, Membership, Office, Person
from meetings.models import AgendaItem, AttendanceStatus, Meeting, Opinion
from steering.calendar import reporting_calendar
from steering.models import Decision, Unit, User
from tests.bench import best, plain
from tests.bench.dataset import SEATS, build
from tests.bench.figures import MONTH, figures_of, numbers_of, only, read

SCALE = 0.0005  # fifty clubs
SAMPLE = 30


@pytest.fixture
def country(db: None) -> Unit:
    build(SCALE, say=lambda line: None)
    call_command("recount_figures", stdout=StringIO())
    return Unit(kind="province", type="tinh", path="")


def test_rows_are_as_their_models_would_have_saved_them(country: Unit) -> None:
    models: tuple[Any, ...] = (Unit, Club, Decision, Person, Membership, Office, Meeting, AgendaItem, Opinion)
    for model in models:
        rows = list(model.objects.order_by("-pk")[:SAMPLE]) + list(model.objects.order_by("pk")[:SAMPLE])
        assert rows
        for row in rows:
            row.full_clean()
            written = {name: getattr(row, name) for name in ("search", "sort_key", "year") if hasattr(row, name)}
            row.save()
            assert written == {name: getattr(row, name) for name in written}
    assert User.objects.get().has_perm("reports.view_report", Unit.objects.filter(kind="province").last())


def test_places_lie_below_each_other(country: Unit) -> None:
    units = Unit.objects.exclude(parent=None).select_related("parent")
    assert all(unit.path[:-5] == unit.parent.path for unit in units)
    clubs = Club.objects.select_related("unit", "founder")
    assert all(club.path.partition("c")[0] == club.unit.path for club in clubs)
    assert all(club.unit.path.startswith(club.founder.path) and club.manager_id == club.founder_id for club in clubs)


def test_everybody_of_the_day_was_called_and_counted(country: Unit) -> None:
    held = Meeting.objects.filter(state="held")
    counts = {f"n_{s}": Count("attendance", filter=Q(attendance__status=s)) for s in AttendanceStatus.values}
    same = {f"{s}_count": F(f"n_{s}") for s in AttendanceStatus.values}
    assert held.annotate(**counts).filter(**same).count() == held.count() > 500
    assert all(meeting.member_count == SEATS for meeting in held)
    for meeting in held.order_by("-pk")[:SAMPLE]:
        members = Membership.objects.filter(club=meeting.club_id).active_on(meeting.day)
        assert set(meeting.attendance.values_list("membership", flat=True)) == set(members.values_list("pk", flat=True))
    assert not Meeting.objects.exclude(state="held").filter(attendance__isnull=False).exists()


def test_sql_over_the_rows_and_over_the_summary_tables_gives_the_figures(country: Unit) -> None:
    period = reporting_calendar().parse(MONTH)
    for unit in (country, Unit.objects.filter(kind="province").earliest("path")):
        found, attended = numbers_of(figures_of(unit, period)), read([plain.ATTENDANCE], unit, period)
        assert read(plain.EVERYTHING, unit, period) == found == read(best.EVERYTHING, unit, period)
        assert only(found, {name for numbers in attended.values() for name in numbers}) == attended
        assert len(found) == len(attended)
