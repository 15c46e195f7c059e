"""Lists of units taken over whole or not at all: the official one, and workbooks with a sheet per level."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from steering.imports import BadWorkbook, UnitRow, apply_units
from steering.models import Unit
from tests.builders import World

COLUMNS = ["Mã", "Loại", "Tên", "Trực thuộc"]
AN_KHANH = "Huyện Châu Thành / Xã An Khánh"

Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """book(Xã=[row, …]) writes a workbook; `columns` are those of every sheet."""

    def write(columns: list[str] = COLUMNS, **sheets: list[list[Any]]) -> Path:
        workbook = Workbook()
        workbook.remove(workbook.active)
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in [columns, *rows]:
                sheet.append(row)
        workbook.save(tmp_path / "units.xlsx")
        return tmp_path / "units.xlsx"

    return write


def run(*args: Any) -> dict[str, tuple[int, int, int]]:
    """The printed table: new, changed, unchanged by level."""
    out = StringIO()
    call_command("import_units", *map(str, args), stdout=out)
    lines = out.getvalue().splitlines()[1:]
    return {line[:22].strip(): tuple(map(int, line[22:].split())) for line in lines}  # type: ignore[misc]


def refused(*args: Any) -> tuple[str, list[str]]:
    """The sentence and the lines of a refusal that wrote nothing."""
    before = list(Unit.history.values_list("pk", flat=True))
    err = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_units", *map(str, args), stdout=StringIO(), stderr=err)
    assert caught.value.returncode == 2
    assert list(Unit.history.values_list("pk", flat=True)) == before
    assert Unit.objects.count() == len(set(Unit.history.values_list("id", flat=True)))
    return str(caught.value), err.getvalue().splitlines()


def names(parent: Unit) -> list[str]:
    return [str(child) for child in parent.children.all()]


# The official list


def test_the_official_list_has_the_units_of_the_province_with_their_types(db: None) -> None:
    table = run("--province", "83")
    assert (table["Tỉnh"], table["Huyện"], table["Xã"]) == ((1, 0, 0), (9, 0, 0), (148, 0, 0))
    assert Counter(Unit.objects.values_list("type", flat=True)) == {
        "tinh": 1,
        "thanh-pho": 1,
        "huyen": 8,
        "xa": 132,
        "phuong": 6,
        "thi-tran": 10,
    }
    ward = Unit.objects.get(code="28759")
    assert (str(ward), ward.name, ward.type, str(ward.parent)) == ("Phường 8", "8", "phuong", "Thành phố Bến Tre")


def test_official_codes_keep_their_zeros(db: None) -> None:
    run("--province", "01")
    first = Unit.objects.filter(kind="commune").order_by("path").first()
    assert first is not None and first.parent is not None
    assert (first.code, first.parent.code, first.parent.parent.code) == ("00001", "001", "01")


def test_a_second_run_changes_nothing(db: None) -> None:
    run("--province", "83")
    written = Unit.history.count()
    table = run("--province", "83")
    assert (table["Tỉnh"], table["Huyện"], table["Xã"]) == ((0, 0, 1), (0, 0, 9), (0, 0, 148))
    assert Unit.history.count() == written


def test_a_changed_name_stays_in_the_history(db: None) -> None:
    run("--province", "83")
    Unit.objects.filter(code="28759").update(name="Tám")
    table = run("--province", "83")
    assert table["Xã"] == (0, 1, 147)
    ward = Unit.objects.get(code="28759")
    assert ward.name == "8"
    assert ward.history.count() == 2


def test_an_unknown_province_is_one_sentence(db: None) -> None:
    assert refused("--province", "00") == ("Không có tỉnh mã “00” trong danh mục. Kiểm tra lại mã.", [])


# Workbooks


def test_every_level_finds_its_parents_in_the_same_file(db: None, book: Book) -> None:
    path = book(
        Tỉnh=[["01", "Tỉnh", "Thí Dụ", None]],
        Huyện=[[2, "Huyện", "Châu Thành", 1]],
        Xã=[[None, "xã", "Tân Phú", "Huyện Châu Thành"]],
        Ấp=[[None, "Ấp", "1", "huyen chau thanh / xa tan phu"]],
        Tổ=[[None, None, "Tổ NDTQ số 1", "Xã Tân Phú / Ấp 1"], [None, "Tổ", "số 2", "Ấp 1"]],
    )
    assert list(run(path).values()) == [(1, 0, 0), (1, 0, 0), (1, 0, 0), (1, 0, 0), (2, 0, 0)]
    assert list(run(path).values()) == [(0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 0, 2)]
    assert list(Unit.objects.exclude(code="").order_by("path").values_list("code", flat=True)) == ["01", "002"]
    group = Unit.objects.get(name="số 2")
    assert (str(group), len(group.ancestor_paths), str(group.parent)) == ("Tổ NDTQ số 2", 4, "Ấp 1")


def test_groups_are_listed_by_their_numbers(world: World, book: Book) -> None:
    hamlet = world.hamlet
    run(book(Tổ=[[None, "Tổ NDTQ", f"số {n}", f"{AN_KHANH} / Ấp Phước Hậu"] for n in (11, 3, 1, 20)]))
    assert names(hamlet) == [f"Tổ NDTQ số {n}" for n in (1, 2, 3, 10, 11, 20)]


def test_a_unit_known_by_its_code_is_renamed(world: World, book: Book) -> None:
    assert run(book(Xã=[[28810, "Thị trấn", "An Khánh Mới", "831"]]))["Xã"] == (0, 1, 0)
    world.an_khanh.refresh_from_db()
    assert str(world.an_khanh) == "Thị trấn An Khánh Mới"
    assert [str(record.instance) for record in world.an_khanh.history.all()] == ["Thị trấn An Khánh Mới", "Xã An Khánh"]


def test_lower_levels_find_their_parent_by_its_new_name(world: World, book: Book) -> None:
    path = book(Xã=[["28810", "Xã", "Khánh An", "831"]], Ấp=[[None, "Ấp", "Mới", "Xã Khánh An"]])
    assert run(path)["Ấp, khu phố"] == (1, 0, 0)
    assert names(world.an_khanh) == ["Ấp Mới", "Ấp Phước Hậu"]


def test_a_name_given_up_is_free_for_a_new_unit(world: World, book: Book) -> None:
    rows = [["29999", "Xã", "An Khánh", "831"], ["28810", "Xã", "An Khánh Đông", "831"]]
    assert run(book(Xã=rows))["Xã"] == (1, 1, 0)
    world.an_khanh.refresh_from_db()
    assert world.an_khanh.name == "An Khánh Đông"
    assert Unit.objects.get(name="An Khánh").code == "29999"


def test_names_that_differ_by_a_mark_are_two_units(world: World, book: Book) -> None:
    rows = [[None, "Ấp", name, AN_KHANH] for name in ("Phú Hội", "Phú Hồi")]
    assert run(book(Ấp=rows))["Ấp, khu phố"] == (2, 0, 0)


def test_a_tone_written_elsewhere_is_the_same_unit(world: World, book: Book) -> None:
    run(book(Ấp=[[None, "Ấp", "Hòa Lợi", AN_KHANH]]))
    assert run(book(Ấp=[[None, "Ấp", "Hoà Lợi", AN_KHANH]]))["Ấp, khu phố"] == (0, 1, 0)
    assert names(world.an_khanh) == ["Ấp Hoà Lợi", "Ấp Phước Hậu"]


def test_a_unit_no_longer_in_force_is_left_alone(world: World, book: Book) -> None:
    Unit.objects.filter(pk=world.tan_phu.pk).update(valid_until="2025-07-01")
    assert run(book(Xã=[["28819", "Xã", "Tân Phú Mới", "831"]]))["Xã"] == (1, 0, 0)
    world.tan_phu.refresh_from_db()
    assert world.tan_phu.name == "Tân Phú"


def test_a_dry_run_counts_and_writes_nothing(world: World, book: Book) -> None:
    path = book(Xã=[[None, "Xã", "Mới", "831"], ["28810", "Xã", "Khánh An", "831"], [None, "Xã", "Phú Đức", "831"]])
    before = list(Unit.history.values_list("pk", flat=True))
    assert run(path, "--dry-run")["Xã"] == (1, 1, 1)
    assert list(Unit.history.values_list("pk", flat=True)) == before
    assert Unit.objects.filter(name__in=["Mới", "Khánh An"]).count() == 0
    assert run(path)["Xã"] == (1, 1, 1)


def test_queries_grow_with_parents_and_not_with_rows(world: World, book: Book) -> None:
    def queries(numbers: range) -> int:
        path = book(Tổ=[[None, "Tổ NDTQ", f"số {n}", "Ấp Phước Hậu"] for n in numbers])
        with CaptureQueriesContext(connection) as captured:
            run(path)
        return len(captured)

    assert queries(range(100, 101)) == queries(range(200, 240))


# Refusals


def test_bad_cells_are_named_and_nothing_is_written(world: World, book: Book) -> None:
    path = book(
        Xã=[[None, "Xã", "Mới", "831"], [None, "Thôn", "Ba", "831"], ["1" * 11, "Xã", "Tư", "831"]],
        Ấp=[[None, "Ấp", None, AN_KHANH], [None, "Ấp", datetime(2026, 2, 1), AN_KHANH], [None, "Ấp", "#N/A", AN_KHANH]],
    )
    sentence, lines = refused(path)
    assert sentence == "Có 5 ô sai, chưa ghi gì."
    assert [line.rsplit(": ", 1)[0] for line in lines] == [
        "Trang “Xã”, dòng 3, cột “Loại”, giá trị “Thôn”",
        "Trang “Xã”, dòng 4, cột “Mã”, giá trị “11111111111”",
        "Trang “Ấp”, dòng 2, cột “Tên”, giá trị “”",
        "Trang “Ấp”, dòng 3, cột “Tên”, giá trị “2026-02-01 00:00:00”",
        "Trang “Ấp”, dòng 4, cột “Tên”, giá trị “#N/A”",
    ]
    assert lines[3].endswith("Excel hiểu thành ngày giờ; định dạng ô là Văn bản (Text) rồi gõ lại")


def test_rows_that_fit_nowhere_are_named_and_nothing_is_written(world: World, book: Book) -> None:
    run(book(Ấp=[[None, "Ấp", "Chợ", "Xã An Khánh"], [None, "Ấp", "Chợ", "Xã Tân Phú"]]))
    path = book(
        Xã=[[None, "Xã", "Mới", "831"], ["28810", "Xã", "An Khánh", "836"]],
        Ấp=[[None, "Ấp", "Một", "831"], [None, "Ấp", "Hai", None]],
        Tổ=[[None, "Tổ NDTQ", "số 1", "Ấp Chợ"]],
    )
    sentence, lines = refused(path)
    assert sentence == "Có 4 ô sai, chưa ghi gì."
    assert lines == [
        "Trang “Xã”, dòng 3, cột “Mã”, giá trị “28810”: mã này đang là của Xã An Khánh, thuộc Huyện Châu Thành; "
        "kiểm tra lại mã và đơn vị cấp trên",
        "Trang “Ấp”, dòng 2, cột “Trực thuộc”, giá trị “831”: không tìm thấy đơn vị cấp trên này; ghi mã hoặc tên đầy đủ",
        "Trang “Ấp”, dòng 3, cột “Trực thuộc”, giá trị “”: còn trống; ghi mã hoặc tên đầy đủ của đơn vị cấp trên",
        "Trang “Tổ”, dòng 2, cột “Trực thuộc”, giá trị “Ấp Chợ”: có nhiều đơn vị cùng tên; ghi cả đơn vị cấp trên, "
        "như “Huyện Ba Tri / Xã An Hiệp”",
    ]


def test_repeated_codes_and_names_are_refused(world: World, book: Book) -> None:
    rows = [["7", "Xã", "Một", "831"], ["00007", "Xã", "Hai", "831"], [None, "Xã", "Một", "Huyện Châu Thành"]]
    assert [line.rsplit(": ", 1)[0] for line in refused(book(Xã=rows))[1]] == [
        "Trang “Xã”, dòng 3, cột “Mã”, giá trị “00007”",
        "Trang “Xã”, dòng 4, cột “Tên”, giá trị “Một”",
    ]


def test_a_rename_to_a_taken_name_is_refused(world: World, book: Book) -> None:
    _, lines = refused(book(Xã=[["28810", "Xã", "Tân Phú", "831"]]))
    assert lines == [
        "Trang “Xã”, dòng 2, cột “Tên”, giá trị “Tân Phú”: "
        "Nơi này đã có một đơn vị cùng loại, cùng tên. Đặt tên khác hoặc dùng đơn vị có sẵn."
    ]


def test_rows_are_applied_all_or_none_by_whoever_calls(world: World) -> None:
    good = UnitRow("Xã", 2, "xa", "Mới", "", "831")
    with pytest.raises(BadWorkbook):
        apply_units([good, UnitRow("Xã", 3, "xa", "Lạc", "", "999")], by=None)
    assert not Unit.objects.filter(name="Mới").exists()
    steps: list[int] = []
    assert apply_units([good], by=world.users["tinh"], step=steps.append).new == {"commune": 1}
    assert steps == [1]
    assert Unit.history.get(name="Mới").history_user == world.users["tinh"]


def test_fifty_bad_cells_are_shown_and_all_are_counted(world: World, book: Book) -> None:
    sentence, lines = refused(book(Ấp=[[None, "Ấp", f"{n}", "Xã Không Có"] for n in range(60)]))
    assert (sentence, len(lines)) == ("Có 60 ô sai, chưa ghi gì.", 50)


def test_a_file_that_is_no_workbook_is_one_sentence(db: None, tmp_path: Path) -> None:
    path = tmp_path / "units.xlsx"
    path.write_text("Mã,Tên")
    expected = f"“{path}” không phải tệp Excel .xlsx. Mở bằng Excel rồi lưu lại dạng .xlsx."
    assert refused(path) == (expected, [])


def test_a_missing_file_is_one_sentence(db: None, tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx") == (f"Không tìm thấy tệp “{tmp_path / 'none.xlsx'}”.", [])


def test_a_workbook_without_a_known_sheet_is_one_sentence(db: None, book: Book) -> None:
    expected = "Tệp không có trang nào tên Tỉnh, Huyện, Xã, Ấp hay Tổ. Đặt lại tên trang."
    assert refused(book(Sheet1=[])) == (expected, [])


@pytest.mark.parametrize("column", ["Loại", "Tên", "Trực thuộc"])
def test_a_missing_column_is_one_sentence(db: None, book: Book, column: str) -> None:
    path = book(columns=[c for c in COLUMNS if c != column], Xã=[])
    assert refused(path) == (f"Trang “Xã” thiếu cột “{column}”. Thêm cột này ở dòng đầu.", [])


def test_headers_are_read_without_marks_and_codes_may_be_left_out(world: World, book: Book) -> None:
    path = book(columns=["TEN", "truc thuoc", "loại"], Ấp=[["Mới", "28810", "Ấp"]])
    assert run(path)["Ấp, khu phố"] == (1, 0, 0)
