"""What people do on every page."""

from playwright.sync_api import Page


def go_to(page: Page, item: str) -> None:
    """Follow the main navigation, which is folded on a phone."""
    folded = page.locator(".menu-narrow > summary")
    if folded.is_visible():
        folded.click()
    page.get_by_role("link", name=item, exact=True).locator("visible=true").first.click()


def press(page: Page, verb: str) -> None:
    """Send the form by the button that says `verb`."""
    page.get_by_role("button", name=verb, exact=True).click()
