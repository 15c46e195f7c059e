"""Pages of the officer of a province against a bare view; and how many queries they make."""

from __future__ import annotations

from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clubs.models import Club
from steering.access import own_unit
from steering.models import User
from tests.bench.compare import Line, ratio, seconds
from tests.bench.figures import MONTH

GOAL = 2
REPEATS = 5  # of a page in a round
QUERIES = {"home": 12, "list of clubs": 6, "club": 8, "calendar": 8, "report": 8}
BARE = "bare"


def compare(officer: User, rounds: int) -> list[Line]:
    client = Client()
    client.force_login(officer, backend="steering.access.AppointmentBackend")
    addresses = addresses_of(officer)
    taken = seconds({name: partial(load, client, address) for name, address in addresses.items()}, rounds, REPEATS)
    pages = [name for name in addresses if name != BARE]
    return [
        *(ratio(f"page: {name} / bare view", taken[name], taken[BARE], GOAL) for name in pages),
        *(queries(client, name, addresses[name]) for name in pages),
    ]


def addresses_of(officer: User) -> dict[str, str]:
    unit = own_unit(officer)
    assert unit is not None
    clubs = Club.objects.under(unit).filter(level="hamlet", status="active").order_by("pk")
    club = clubs[clubs.count() // 2]
    return {
        BARE: reverse("bare"),
        "home": reverse("home"),
        "list of clubs": reverse("clubs") + "?level=hamlet&kind=work",
        "club": reverse("club", args=[club.pk]),
        "calendar": reverse("calendar"),
        "report": reverse("report", args=[unit.pk, MONTH]),
    }


def load(client: Client, address: str) -> int:
    """The size of the page. Raises SystemExit where there is none."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    return len(answer.content)


def queries(client: Client, name: str, address: str) -> Line:
    with CaptureQueriesContext(connection) as found:
        size = load(client, address)
    return Line(f"queries: {name}", len(found), QUERIES.get(name), detail=f"{size / 1000:.0f} kB")
