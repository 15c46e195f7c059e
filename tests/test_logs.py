"""The log of the server: failures are in it, keys are not."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.logs import WithoutKeys

KEY = "x_Y-9" * 9


def test_the_key_of_a_feed_is_blanked_and_the_rest_of_the_line_stays() -> None:
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", f"/lich/{KEY}.ics"), None
    )
    assert WithoutKeys().filter(record)
    assert record.getMessage() == "Not Found: /lich/….ics"


@pytest.mark.parametrize(
    "line", ["Not Found: /sinh-hoat/lich/2026-13/", "Not Found: /sinh-hoat/5/lich.ics", "100 % of /"]
)
def test_other_lines_stay_as_they_are(line: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, line, (), None)
    WithoutKeys().filter(record)
    assert record.getMessage() == line


def test_a_feed_that_is_not_found_is_logged_without_its_key(db: None, caplog: Any) -> None:
    caplog.handler.addFilter(WithoutKeys())
    Client().get(reverse("feed", args=[KEY]))
    assert [record.getMessage() for record in caplog.records] == ["Not Found: /lich/….ics"]
    assert KEY not in caplog.text


def test_the_servers_log_goes_through_the_filter() -> None:
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["without_keys"]
