"""What holds for every page that has an address, in a full province: see the table of `tests/test_access.py`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, ViewportSize

from tests.browser.axe import axe
from tests.browser.conftest import Enter
from tests.builders import World
from tests.province import fill_province
from tests.test_access import ROLES, address, build_objects, rows

DESKTOP: ViewportSize = {"width": 1366, "height": 800}
ZOOMED: ViewportSize = {"width": 683, "height": 400}  # the same at 200 %
NARROW: ViewportSize = {"width": 360, "height": 740}
WEIGHT = 100_000  # bytes on their way, headers and all

SCRIPTS = {"admin:jsi18n"}

Addresses = dict[str, str]  # name of a page → where it is


@pytest.fixture
def addresses(world: World) -> Addresses:
    """Every address at which the officer of the province is shown a page, in a full province."""
    objects = build_objects(world)
    fill_province(world, objects["clubs_club"])
    shown = {name: arguments for name, (arguments, statuses) in rows().items() if statuses[ROLES.index("tinh")] == 200}
    found = {name: address(name, arguments, objects) for name, arguments in shown.items() if name not in SCRIPTS}
    return {name: where for name, where in found.items() if where.endswith("/")}  # the others are files


@pytest.mark.parametrize("is_admin", [False, True], ids=["website", "data entry"])
def test_every_page_is_accessible_and_keeps_to_the_width_of_every_screen(
    is_admin: bool, world: World, addresses: Addresses, enter: Enter
) -> None:
    page, found = enter(world.users["tinh"]), []
    for name, where in addresses.items():
        if name.startswith("admin:") is is_admin:
            page.set_viewport_size(DESKTOP)
            page.goto(where)
            found += [f"{name}, desktop, {objection}" for objection in axe(page)]
            for size in (ZOOMED, NARROW):
                page.set_viewport_size(size)
                width = page.evaluate("document.documentElement.scrollWidth")
                if width > size["width"]:
                    found.append(f"{name} is {width} pixels wide on a screen of {size['width']}")
            found += [f"{name}, phone, {objection}" for objection in axe(page)]
    assert not found, "\n".join(found)


@pytest.fixture
def production(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """The address of a server set up as in production: files with their hash in the name, everything compressed."""
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=tmp_path,
        STORAGES={**settings.STORAGES, "staticfiles": storage},
        WHITENOISE_AUTOREFRESH=False,
        WHITENOISE_USE_FINDERS=False,
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        server = LiveServerThread("localhost", static_handler=lambda application: application)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        yield f"http://{server.host}:{server.port}"
        server.terminate()


def test_no_page_of_the_website_weighs_more_than_100_kilobytes_on_its_way(
    world: World, addresses: Addresses, production: str, enter: Enter
) -> None:
    page = enter(world.users["tinh"], base_url=production)
    weights = {name: weigh(page, where) for name, where in addresses.items() if not name.startswith("admin:")}
    found = [f"{name}: {weight} bytes" for name, weight in weights.items() if weight > WEIGHT]
    assert not found, "\n".join(found)


def weigh(page: Page, where: str) -> int:
    """Bytes of all answers as they came over the wire, nothing of it cached before."""
    network = page.context.new_cdp_session(page)
    sizes: list[int] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(where)
    network.detach()
    return sum(sizes)
