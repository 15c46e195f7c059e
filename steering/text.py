"""Vietnamese text: one spelling on the way in, one folded form to search, one key to sort (domain 7)."""

import re
import unicodedata

ALPHABET = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z".split()
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn
KEY_LENGTH = 500
INVISIBLE = re.compile(
    "[\u200b-\u200d\u2060\ufeff\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f]"
)  # none is a blank


def clean_lines(value: str) -> str:
    """NFC, no invisible characters, single blanks inside a line, no blanks around; line breaks stay."""
    lines = unicodedata.normalize("NFC", INVISIBLE.sub("", value)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def clean(value: str) -> str:
    """One line of `clean_lines`: "  Lê  Thị\u200b Lan " → "Lê Thị Lan"."""
    return " ".join(clean_lines(value).split())


def lower_first(value: str) -> str:
    """ "Xã Tân Phú" → "xã Tân Phú"."""
    return value[:1].lower() + value[1:]


def fold(value: str) -> str:
    """The form that is searched: no marks, đ as d, lower case: "Châu Thành" → "chau thanh"."""
    letters = unicodedata.normalize("NFD", clean(value).lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _word_key(word: str) -> str:
    """A word as pairs of digits: its letters, then its tone, so that a letter outweighs a tone; numbers by value."""
    if word.isascii() and word.isdigit():
        digits = word.lstrip("0")
        return f"10{digits.zfill(6) if len(digits) <= 6 else 999999}"
    letters, tone = [], "0"
    for char in unicodedata.normalize("NFC", word.lower()):
        base, *marks = list(unicodedata.normalize("NFD", char))
        letter = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in SHAPES))
        tone = next((TONES[mark] for mark in marks if mark in TONES), tone)
        letters.append(f"{ALPHABET.index(letter) + 20}" if letter in ALPHABET else "19")
    return f"{''.join(letters)}0{tone}"


def _key(words: list[str]) -> str:
    """Word after word, digits only: no database's collation has anything to reorder."""
    return "".join(_word_key(word) for word in words)[:KEY_LENGTH]


def name_sort_key(full_name: str) -> str:
    """Sorts people by tên (the last word), then họ and đệm, in Vietnamese order. Digits only, at most 500."""
    words = clean(full_name).split()
    return _key(words[-1:] + words[:-1])


def natural_sort_key(name: str) -> str:
    """Sorts names in Vietnamese order with numbers by value: "số 2" before "số 10". Digits only, at most 500."""
    return _key(re.findall(r"\d+|[^\W\d_]+", clean(name)))
