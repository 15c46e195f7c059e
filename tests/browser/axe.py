"""What axe objects to on a page: WCAG 2.2 AA, in the light and in the dark."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only the colours are others in the dark. No style sheets are loaded once more, which the page's own policy forbids.
SETTLED = """() => Promise.race([
    Promise.allSettled(document.getAnimations().map((change) => change.finished)),
    new Promise((done) => setTimeout(done, 1000)),  // one that was broken off may never say that it is over
]).then(() => null)"""
COLOURS = ["color-contrast", "link-in-text-block"]
SCHEMES: dict[Any, dict[str, Any]] = {
    "light": {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"], "preload": False},
    "dark": {"runOnly": {"type": "rule", "values": COLOURS}, "resultTypes": ["violations"], "preload": False},
}


def axe(page: Page) -> list[str]:
    """Each rule that is broken, with the first places that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = []
    for scheme, options in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        for broken in page.evaluate("options => axe.run(options).then((found) => found.violations)", options):
            places = [str(node["target"][0]) for node in broken["nodes"]]
            found.append(f"{scheme}: {broken['id']}, {len(places)} times, {', '.join(places[:3])}")
    return found
