"""Every message of every catalogue is translated: nothing empty, nothing fuzzy. Run as a module; exits 1 otherwise."""

import sys
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"


def is_unfinished(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return message.fuzzy or not all(strings)


def unfinished_messages(path: Path) -> list[str]:
    """Lines "file:line: text" of the messages in the .po file at `path` that still need a translator."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name)
    return [f"{path}:{message.lineno}: {message.id}" for message in catalog if message.id and is_unfinished(message)]


if __name__ == "__main__":
    lines = [line for path in sorted(LOCALE_DIR.glob("*/LC_MESSAGES/*.po")) for line in unfinished_messages(path)]
    if lines:
        sys.exit("Not translated yet:\n" + "\n".join(lines))
