"""The words on the screen and their translations. Run as a module, with the name of a command:

`update` brings the English catalogue in line with the sources: what is new waits for its translation, what is gone
leaves, what is translated stays. `check` names each message that is not translated as it should be; exits 1 if any.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = "locale/*/LC_MESSAGES/django.po"
ENGLISH = "locale/en/LC_MESSAGES/django.po"
KEYWORDS = {f"{name}{kind}": spec for name, spec in DEFAULT_KEYWORDS.items() for kind in ("", "_lazy", "_noop")}
# What a translation must carry over as it is: %(name)s, %d, %%, {name} and HTML tags.
FIXED_PARTS = re.compile(r"%\(.+?\)[a-z]|%[a-z%]|\{\w*\}|</?\w[^>]*>")

Key = tuple[Any, Any]  # context or None, and the message or the pair of its singular and plural


# What the sources say


def sources(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Every Python file of the apps below `root` and every template, as Python for the extractor."""
    for app in sorted(root.glob("*/apps.py")):
        for path in sorted(app.parent.rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_bytes()
    for path in sorted(root.glob("templates/**/*.html")):
        yield path, template_as_python(path.read_text(encoding="utf-8"), str(path))


def template_as_python(text: str, name: str) -> bytes:
    """The template's messages as calls, each on its line; the indentation would mean something to the extractor."""
    return "\n".join(line.strip() for line in templatize(text, origin=name).splitlines()).encode()


def keywords(source: bytes) -> dict[str, Any]:
    """The names under which a file calls the translation functions, whatever it imports them as."""
    imported = (
        name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in KEYWORDS
    )
    return KEYWORDS | {name.asname or name.name: KEYWORDS[name.name] for name in imported}


def extracted(root: Path) -> Catalog:
    """The messages of the sources, each with the places it stands at."""
    catalog = Catalog()
    for path, source in sources(root):
        names = keywords(source) if path.suffix == ".py" else KEYWORDS
        for line, message, comments, context in extract("python", BytesIO(source), names, ["Translators:"]):
            place = (path.relative_to(root).as_posix(), line)
            catalog.add(message, locations=[place], auto_comments=comments, context=context)
    return catalog


# What a catalogue says


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def write(path: Path, catalog: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, include_lineno=False)


def by_key(catalog: Catalog) -> dict[Key, Message]:
    return {(message.context, message.id): message for message in catalog if message.id}


def bring_in_line(catalog: Catalog, found: Catalog) -> None:
    """Leave in `catalog` the messages `found` in the sources and no others, with the translations it has."""
    known, wanted = by_key(catalog), by_key(found)
    catalog.obsolete.clear()
    for context, id in known.keys() - wanted.keys():
        catalog.delete(id, context)
    for key, message in wanted.items():
        kept = known.get(key) or catalog.add(message.id, context=message.context)
        kept.locations, kept.auto_comments = message.locations, message.auto_comments


# What is wrong


def words(message: Any) -> str:
    """A message as a complaint names it: its singular, if it has two forms."""
    return str(message.id[0] if message.pluralizable else message.id)


def pairs(message: Any) -> list[tuple[str, str]]:
    """Each form of a message beside its translation: the singular only where the language has one."""
    if not message.pluralizable:
        return [(message.id, message.string)]
    singular, plural = message.id
    ids = [singular, plural] if len(message.string) > 1 else [plural]
    return list(zip(ids, message.string, strict=True))


def fixed_parts(text: str) -> list[str]:
    return sorted(FIXED_PARTS.findall(text))


def fault(message: Message) -> str:
    """What is wrong with a translation, in a word or two; nothing when it is right."""
    if not all(string for _id, string in pairs(message)):
        return "empty"
    if message.fuzzy:
        return "fuzzy"
    if any(fixed_parts(id) != fixed_parts(string) for id, string in pairs(message)):
        return "placeholders or tags differ"
    return ""


def faults(path: Path, catalog: Catalog) -> list[str]:
    """What is wrong with its translations, one line a message."""
    found = [(message, fault(message)) for message in by_key(catalog).values()]
    return [f"{path}:{message.lineno}: {what}: {words(message)}" for message, what in found if what]


def gaps(path: Path, catalog: Catalog, found: Catalog) -> list[str]:
    """What it lacks of the messages `found` in the sources, and what it has beyond them; one line a message."""
    known, wanted = by_key(catalog), by_key(found)
    missing = [message for key, message in wanted.items() if key not in known]
    gone = [message for key, message in known.items() if key not in wanted] + list(catalog.obsolete.values())
    return [
        *("{}:{}: missing: {}".format(*message.locations[0], words(message)) for message in missing),
        *(f"{path}:{message.lineno}: obsolete: {words(message)}" for message in gone),
    ]


def problems(root: Path) -> list[str]:
    """Everything wrong below `root`: gaps of the English catalogue, and faults of every catalogue."""
    lines = gaps(Path(ENGLISH), read(root / ENGLISH), extracted(root))
    for path in sorted(root.glob(CATALOGUES)):
        lines += faults(path.relative_to(root), read(path))
    return lines


def update(root: Path) -> None:
    path = root / ENGLISH
    catalog = read(path)
    bring_in_line(catalog, extracted(root))
    write(path, catalog)
    print(f"{len(catalog)} messages, {len(faults(path, read(path)))} to translate")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["update"]:
            update(ROOT)
        case ["check"]:
            if lines := problems(ROOT):
                sys.exit("\n".join([*lines, "Run `make translations`, then complete locale/en."]))
        case _:
            sys.exit(__doc__)
