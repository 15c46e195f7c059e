"""The browser and the screens that pages are tried and pictured on."""

import os
import shutil
from typing import Any

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1366, "height": 800}},
    "phone": {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True},
}


def browser_options() -> dict[str, Any]:
    """Debian's Chromium, unless CHROMIUM names another."""
    return {"executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium"), "args": ["--no-sandbox"]}
