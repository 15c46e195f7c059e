"""A small province for every test: two districts, communes, hamlets and groups, committees and one person a role."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.db.models import AutoField

from clubs.actions.proving import prove_rows, prove_units
from tests.builders import World, build_world

TODAY = datetime(2026, 10, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
FIRST_ID = 12_345


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Every row's id has five digits, as in a province at work: one that is printed as "12.345" leads nowhere."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table, key = model._meta.db_table, model._meta.pk.column
            if not isinstance(model._meta.pk, AutoField):
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, FIRST_ID])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', key, FIRST_ID])


@pytest.fixture(autouse=True)
def frozen_day() -> Iterator[date]:
    """Every test happens on 20/10/2026, whatever the calendar says."""
    with time_machine.travel(TODAY, tick=True):
        yield TODAY.date()


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Whatever a test did through the actions, the tallies are what the rows themselves say."""
    yield build_world()
    assert wrong_tallies() == []


def wrong_tallies() -> list[str]:
    if connection.needs_rollback:
        return []
    return [path for proved in (prove_rows, prove_units) for _n, wrong in proved(repair=False) for path in wrong]
