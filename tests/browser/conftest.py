"""A real browser against the site. The site runs in a thread of the tests' own process, on 20/10/2026 as for every test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from steering.models import User
from tests.browser.screens import SCREENS, browser_options

# Playwright keeps an event loop in the thread in which the tests read the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

on_each_screen = pytest.mark.parametrize("screen", SCREENS, indirect=True)
on_the_phone = pytest.mark.parametrize("screen", ["phone"], indirect=True)

Enter = Callable[..., Page]
NewContext = Callable[..., BrowserContext]

PATIENCE = 10_000  # milliseconds
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **browser_options()}


@pytest.fixture
def screen(request: pytest.FixtureRequest) -> str:
    """The name of the screen that a page is opened on; `on_each_screen` tries all."""
    return str(getattr(request, "param", "desktop"))


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The address of the site."""
    return str(live_server.url)


@pytest.fixture
def complaints(site: str) -> Iterator[list[str]]:
    """What the browser objects to: an error on the console (a breach of the Content-Security-Policy is one), a script that
    breaks off, an answer that does not come, a request to somebody else. A test with any of it fails."""
    found: list[str] = []
    yield found
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.fixture
def new_context(new_context: NewContext, complaints: list[str], site: str, screen: str) -> Iterator[NewContext]:
    def watched(**options: Any) -> BrowserContext:
        context = new_context(
            **{"base_url": site, "locale": "vi-VN", "reduced_motion": "reduce", **SCREENS[screen], **options}
        )
        context.set_default_timeout(PATIENCE)
        watch(context, complaints)
        return context

    yield watched


def watch(context: BrowserContext, complaints: list[str]) -> None:
    def console(message: Any) -> None:
        if message.type == "error":
            complaints.append(f"{message.text} ({message.location.get('url')})")

    def request(asked: Any) -> None:
        address = urlsplit(asked.url)
        if address.scheme not in ("data", "blob") and address.hostname != "localhost":
            complaints.append(f"asked of another host: {asked.url}")

    def failed(asked: Any) -> None:
        if asked.failure != "net::ERR_ABORTED":  # the page itself asked for something newer, or a file came
            complaints.append(f"{asked.failure}: {asked.url}")

    context.on("console", console)
    context.on("weberror", lambda broken: complaints.append(f"{broken.error} ({broken.page and broken.page.url})"))
    context.on("request", request)
    context.on("requestfailed", failed)


@pytest.fixture
def enter(new_context: NewContext, site: str) -> Enter:
    """A fresh browser in which `user` is logged in; None is a stranger. More keywords go to the browser's context."""

    def enter(user: User | None, **options: Any) -> Page:
        context = new_context(**options)
        if user is not None:
            client = Client()
            client.force_login(user)
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
        return context.new_page()

    return enter
