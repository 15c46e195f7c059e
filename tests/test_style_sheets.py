"""The dark colours stand twice in each style sheet: for who lets the system decide, and for who chose."""

import re

import pytest
from django.conf import settings

BLOCKS = {
    "look.css": (':root:not([data-bs-theme="light"])', ':root[data-bs-theme="dark"]'),
    "admin.css": ('html:not([data-theme="light"])', 'html[data-theme="dark"]'),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_the_two_dark_blocks_are_equal(name: str) -> None:
    text = (settings.BASE_DIR / "static" / "css" / name).read_text()
    by_system, by_choice = (declarations(text, selector) for selector in BLOCKS[name])
    assert by_choice != []
    assert by_system == by_choice


def declarations(text: str, selector: str) -> list[str]:
    """What the first rule of exactly this selector declares."""
    block = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", text)
    assert block is not None, selector
    lines = re.sub(r"/\*.*?\*/", "", block.group(1)).split(";")
    return [line.strip() for line in lines if line.strip()]
