"""`manage.py monthly_report`: what it writes, where, and how it refuses."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import ManagementUtility, call_command
from openpyxl import load_workbook

from meetings.models import PolicyArea
from reports.management.commands import monthly_report
from reports.output import neutral
from tests.builders import World, club, unit
from tests.reports.builders import with_members


def report(*args: str) -> str:
    out = io.StringIO()
    call_command("monthly_report", *args, stdout=out)
    return out.getvalue()


def exit_of(capsys: Any, *args: str) -> tuple[int, str]:
    """Exit code and standard error, as a shell sees them."""
    with pytest.raises(SystemExit) as stop:
        ManagementUtility(["manage.py", "monthly_report", *args]).execute()
    return int(stop.value.code or 0), capsys.readouterr().err


def test_json_of_the_province_by_default(world: World) -> None:
    club(world.chau_thanh)
    club(world.an_khanh)
    found = json.loads(report("2026-10"))
    parts = ["clubs", "members", "meetings", "attendance", "topics", "opinions", "models"]
    assert list(found) == ["unit", "period", *parts, "by_unit"]
    assert found["unit"] == {"code": "83", "name": "Tỉnh Bến Tre", "kind": "province"}
    assert found["period"] == {
        "kind": "month",
        "label": "tháng 10/2026",
        "first_day": "2026-09-15",
        "last_day": "2026-10-14",
        "due_on": "2026-10-16",
    }
    assert found["clubs"]["total"] == 2
    assert list(found["topics"]) == PolicyArea.values
    assert [part["unit"]["name"] for part in found["by_unit"]] == ["Huyện Ba Tri", "Huyện Châu Thành"]
    assert list(found["opinions"]) == ["raised", "answered", "closed", "overdue"]
    assert list(found["models"]) == ["introduced", "replicated", "households"]
    assert list(found["by_unit"][0]) == ["unit", *parts]


def test_vietnamese_letters_are_written_as_they_are(world: World) -> None:
    assert '"name": "Tỉnh Bến Tre"' in report("2026-10")


def test_a_unit_of_any_kind_and_the_higher_of_two(world: World) -> None:
    unit(world.ba_tri, "xa", "Bình Đại", "831")  # the code of the district of Châu Thành
    assert json.loads(report("2026-10", "--unit", "831"))["unit"]["name"] == "Huyện Châu Thành"
    assert json.loads(report("2026-10", "--unit", "28810"))["unit"]["name"] == "Xã An Khánh"


def test_csv_has_a_bom_vietnamese_headers_and_a_line_a_unit(world: World) -> None:
    club(world.chau_thanh)
    with_members(world.an_khanh, people=3)
    text = report("2026-10", "--unit", "831", "--format", "csv")
    assert text[0] == "\ufeff"
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert [(row["Đơn vị"], row["Số câu lạc bộ"], row["Thành viên"]) for row in rows] == [
        ("Huyện Châu Thành (trực tiếp)", "1", "0"),
        ("Xã An Khánh", "1", "3"),
        ("Xã Phú Đức", "0", "0"),
        ("Xã Tân Phú", "0", "0"),
    ]


def test_xlsx_has_a_title_numbers_a_frozen_header_and_the_total(world: World, tmp_path: Path) -> None:
    club(world.an_khanh)
    club(world.an_hiep)
    path = tmp_path / "thang-10.xlsx"
    report("2026-10", "--format", "xlsx", "--output", str(path))
    book = load_workbook(path)
    assert book.sheetnames == [
        *("Câu lạc bộ", "Thành viên", "Sinh hoạt", "Điểm danh", "Nội dung sinh hoạt", "Kiến nghị", "Mô hình")
    ]
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "Câu lạc bộ giảm nghèo: Câu lạc bộ, Tỉnh Bến Tre, tháng 10/2026"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.print_title_rows) == (
        "landscape",
        1,
        "$4:$4",
    )
    assert (sheet.freeze_panes, sheet["D4"].value) == ("C5", "Số câu lạc bộ")
    assert [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=5)] == [
        ["836", "Huyện Ba Tri", "Huyện", 1],
        ["831", "Huyện Châu Thành", "Huyện", 1],
        [None, "Cộng", None, 2],
    ]
    assert sheet.column_dimensions["B"].width == len("Huyện Châu Thành") + 2


@pytest.mark.parametrize("code", ["=1+1", "+831", "-831", "@SUM"])
def test_text_that_would_be_a_formula_is_neutralised(world: World, tmp_path: Path, code: str) -> None:
    unit(world.ba_tri, "xa", "Bình Đại", code)
    path = tmp_path / "thang-10.xlsx"
    report("2026-10", "--unit", "836", "--format", "xlsx", "--output", str(path))
    cell = load_workbook(path).active["A6"]
    assert (cell.value, cell.data_type) == (f"'{code}", "s")
    assert f"\r\n'{code}," in report("2026-10", "--unit", "836", "--format", "csv")
    assert json.loads(report("2026-10", "--unit", "836"))["by_unit"][1]["unit"]["code"] == code


def test_ordinary_text_stays(world: World) -> None:
    assert neutral("Xã An Khánh - Bến Tre") == "Xã An Khánh - Bến Tre"


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "10/2026", "2026-Q3", "2026", "tháng mười", ""])
def test_a_bad_month_exits_2_with_one_sentence(world: World, capsys: Any, month: str) -> None:
    code, said = exit_of(capsys, month)
    assert (code, "Viết tháng theo dạng 2026-10." in said, said.count("\n")) == (2, True, 1)


@pytest.mark.parametrize("args", [("--unit", "999"), ("--unit", "")])
def test_an_unknown_unit_exits_2(world: World, capsys: Any, args: tuple[str, str]) -> None:
    code, said = exit_of(capsys, "2026-10", *args)
    assert (code, said) == (2, f"CommandError: Không có đơn vị nào mang mã “{args[1]}” vào kỳ này. Kiểm tra lại mã.\n")


def test_without_a_province_it_exits_2(db: None, capsys: Any) -> None:
    assert exit_of(capsys, "2026-10")[0] == 2


@pytest.mark.parametrize("args", [(), ("2026-10", "--format", "pdf")])
def test_wrong_arguments_exit_2(world: World, capsys: Any, args: tuple[str, ...]) -> None:
    assert exit_of(capsys, *args)[0] == 2


@pytest.mark.parametrize("place", ["no/such/folder.json", "", "a-file/below.json", "/"])
def test_a_path_that_cannot_be_written_exits_2(world: World, capsys: Any, tmp_path: Path, place: str) -> None:
    (tmp_path / "a-file").write_text("x")
    code, said = exit_of(capsys, "2026-10", "--output", place if place == "/" else str(tmp_path / place))
    assert (code, said.startswith("CommandError: Không ghi được tệp"), said.count("\n")) == (2, True, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]


def test_a_file_is_replaced_whole(world: World, tmp_path: Path) -> None:
    path = tmp_path / "thang-10.json"
    path.write_text("x" * 100_000)
    report("2026-10", "--output", str(path))
    assert json.loads(path.read_text())["unit"]["code"] == "83"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(
    world: World, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(number: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "thang-10.json"
    path.write_text("old")
    monkeypatch.setattr(monthly_report.os, "fsync", full_disk)
    assert exit_of(capsys, "2026-10", "--output", str(path))[0] == 2
    assert (path.read_text(), list(tmp_path.iterdir())) == ("old", [path])


def test_standard_output_gets_the_bytes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    call_command("monthly_report", "2026-10", "--format", "xlsx")
    assert load_workbook(io.BytesIO(terminal.buffer.getvalue())).active["B7"].value == "Cộng"
