"""A small province for every test: two districts, communes, hamlets and groups, committees and one person a role."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from clubs.actions.proving import prove_rows, prove_units
from tests.builders import World, build_world

TODAY = datetime(2026, 10, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


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
