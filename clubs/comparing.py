"""What became of a text from one version to the next, line by line."""

from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, DROPPED = "same", "added", "dropped"


@dataclass(frozen=True)
class Line:
    """`kind` is SAME, ADDED or DROPPED; a changed line is dropped and added."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Line]:
    """The lines of both texts in the order of the new one, dropped before added; empty lines are left out."""
    before, after = lines(old), lines(new)
    found: list[Line] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found += [Line(SAME, text) for text in after[c:d]]
        else:
            found += [Line(DROPPED, text) for text in before[a:b]]
            found += [Line(ADDED, text) for text in after[c:d]]
    return found


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
