"""Vietnamese letters: one spelling, one search form, one order."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from steering.text import clean, clean_lines, fold, name_sort_key, natural_sort_key


def test_both_spellings_of_unicode_come_out_the_same() -> None:
    name = "Nguyễn Thị Đào"
    assert clean(unicodedata.normalize("NFD", name)) == name


def test_invisible_letters_and_extra_blanks_go() -> None:
    assert clean(" Lê\u200b  Văn\ufeff \t An\n") == "Lê Văn An"
    assert clean_lines(" một  hai \n ba ") == "một hai\nba"
    assert clean("Lê\tVăn\r\nAn") == "Lê Văn An"


def test_an_invisible_letter_inside_a_word_leaves_one_word() -> None:
    assert clean("Ng\u200buyễn") == "Nguyễn"
    assert clean("Ba\u200b\u0300") == "Bà"
    assert clean("A\u0008n\u009d") == "An"


@given(st.text() | st.text("aă \n\t\u200b\u2060\ufeff\u0300\u0323\u009d"))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_folding_drops_marks_and_case() -> None:
    assert fold("Châu Thành") == "chau thanh"
    assert fold("ĐẠI ĐIỀN") == "dai dien"
    assert fold("Hoà") == fold("Hòa") == "hoa"


def test_people_sort_by_ten_then_ho_and_dem_in_vietnamese_order() -> None:
    names = [
        "Lê Văn An",
        "Trần Văn An",
        "Lê Thị Ánh",
        "Phạm Văn Ân",
        "Lê Văn Bình",
        "Lê Văn Dũng",
        "Lê Văn Đạt",
        "Võ Ê",
    ]
    assert sorted(reversed(names), key=name_sort_key) == names


def test_tones_order_names_of_the_same_letters() -> None:
    names = ["Lê La", "Lê Là", "Lê Lả", "Lê Lã", "Lê Lá", "Lê Lạ", "Lê Lan"]
    assert sorted(reversed(names), key=name_sort_key) == names


def test_numbers_sort_by_value() -> None:
    names = ["1", "2", "10", "999998", "1234567", "số 2", "số 10"]
    assert sorted(reversed(names), key=natural_sort_key) == names


@given(st.text(max_size=120))
def test_keys_are_digits_that_fit_their_column(text: str) -> None:
    for key in (name_sort_key(text), natural_sort_key(text)):
        assert len(key) <= 500
        assert key == "" or (key.isascii() and key.isdigit())
