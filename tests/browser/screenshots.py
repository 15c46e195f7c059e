"""`make screenshots`: the main pages of the demo province on both screens, light and dark, in the folder screenshots/.

DATABASE_URL names an empty database of its own.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.screens import SCREENS, browser_options

FOLDER = Path("screenshots")
THEMES: tuple[Any, ...] = ("light", "dark")


def main() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    build()
    FOLDER.mkdir(exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**browser_options())
        for username, pages in main_pages().items():
            for screen in SCREENS:
                for theme in THEMES:
                    context = logged_in(browser, site, username, screen, theme)
                    take(context, pages, f"{screen}-{theme}")
                    context.close()


def build() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("demo")


@contextmanager
def served() -> Iterator[str]:
    """The address of the site, served by a thread."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    server = LiveServerThread("localhost", static_handler=StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    yield f"http://{server.host}:{server.port}"
    server.terminate()


def main_pages() -> dict[str, dict[str, str]]:
    """For each login the pages to picture: name of the picture → address."""
    from django.urls import reverse
    from django.utils import timezone

    from clubs.models import Club
    from meetings.models import Meeting, MeetingState
    from steering.calendar import reporting_calendar
    from steering.models import User
    from steering.periods import PeriodKind

    secretary, officer, district = (User.objects.get(username=name) for name in ("thuky", "xa", "huyen"))
    coming = Meeting.objects.visible_to(secretary).filter(starts_at__gt=timezone.now()).earliest("starts_at")
    club = Club.objects.live().with_numbers().filter(level="commune", sitting__gt=20).earliest("pk")
    held = Meeting.objects.filter(club=club, state=MeetingState.HELD).latest("starts_at")
    commune, county = officer.appointments.get().unit, district.appointments.get().unit
    calendar = reporting_calendar()
    period = calendar.previous(calendar.containing(PeriodKind.MONTH, timezone.localdate()))
    return {
        "tinh": {
            "home": reverse("home"),
            "todo": reverse("todo"),
            "units": reverse("units"),
            "unit": reverse("unit", args=[county.pk]),
            "committee": reverse("committee", args=[county.committees.get().pk]),
            "clubs": reverse("clubs"),
            "club": reverse("club", args=[club.pk]),
            "found": reverse("club_found"),
            "admit": reverse("club_admit", args=[club.pk]),
            "meetings": reverse("meetings"),
            "calendar": reverse("calendar"),
            "plan": reverse("club_plan", args=[club.pk]),
            "meeting": reverse("meeting", args=[held.pk]),
            "attendance": reverse("attendance", args=[held.pk]),
            "report": reverse("report", args=[county.pk, period.key]),
            "search": f"{reverse('search')}?q={commune.search}",
            "accounts": reverse("accounts"),
        },
        "xa": {"home-commune": reverse("home"), "data-entry": reverse("admin:index")},
        "thuky": {"home-secretary": reverse("home"), "meeting-next": reverse("meeting", args=[coming.pk])},
    }


def logged_in(browser: Browser, site: str, username: str, screen: str, theme: Any) -> BrowserContext:
    from config.demo import demo_password

    context = browser.new_context(base_url=site, color_scheme=theme, locale="vi-VN", **SCREENS[screen])
    page = context.new_page()
    page.goto("/dang-nhap/")
    page.screenshot(path=FOLDER / f"login-{screen}-{theme}.png")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", demo_password())
    page.click("main button")
    page.close()
    return context


def take(context: BrowserContext, pages: dict[str, str], where: str) -> None:
    """Each page at its full height, with what sticks to the edge of the screen at the edge of the picture."""
    page = context.new_page()
    size: Any = page.viewport_size
    for name, address in pages.items():
        page.set_viewport_size(size)
        page.goto(address)
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**size, "height": max(size["height"], height)})
        page.screenshot(path=FOLDER / f"{name}-{where}.png")


if __name__ == "__main__":
    main()
