"""Clubs and members from Excel and back: what a row may say, whose rows they are, and nothing written by halves."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from tablib import Dataset

from clubs.imports import ClubResource, MemberResource
from clubs.models import Club, Membership, Person
from clubs.sheets import MAX_ROWS, Xlsx
from tests.builders import FOUNDED, World, club, member, unit

CLUB_COLUMNS = ["Tên câu lạc bộ", "Cấp", "Loại", "Đơn vị", "Ngày thành lập", "Kỳ sinh hoạt"]
MEMBER_COLUMNS = ["Câu lạc bộ", "Họ và tên", "Năm sinh", "Giới tính", "Điện thoại", "Thành phần", "Ngày kết nạp"]
NOT_FOUND = "không tìm thấy trong phạm vi của anh, chị"


def clubs_from(user: Any, *rows: list[Any]) -> Any:
    return ClubResource(user=user).import_data(Dataset(*rows, headers=CLUB_COLUMNS))


def members_from(user: Any, *rows: list[Any]) -> Any:
    return MemberResource(user=user).import_data(Dataset(*rows, headers=MEMBER_COLUMNS))


def lan(name: str = "Lê Thị Lan", place: str = "CLB An Khánh") -> list[Any]:
    return [place, name, 1980, "nữ", 912345678, "Hộ nghèo, cận nghèo", "01/10/2026"]


def errors(result: Any) -> dict[int, dict[str, list[str]]]:
    return {row.number: row.error_dict for row in result.invalid_rows}


def test_clubs_are_founded_by_whoever_imports_them(world: World) -> None:
    result = clubs_from(
        world.users["xa"],
        ["CLB xã", "Cấp xã", "", "28810", "15/01/2026", ""],
        ["CLB ấp", "ấp", "clb nguoi ngheo", "Xã An Khánh / Phước Hậu", datetime(2026, 2, 1), "quý"],
    )
    assert errors(result) == {}
    first, second = Club.objects.order_by("founded_on")
    assert (first.unit, first.level, first.kind, first.cadence) == (world.an_khanh, "commune", "work", "month")
    assert (second.unit, second.kind, second.cadence) == (world.hamlet, "poor_people", "quarter")
    assert second.founded_on == date(2026, 2, 1)
    assert second.manager.unit == world.an_khanh
    assert first.history.get().history_user == world.users["xa"]


def test_members_are_admitted_with_seats(world: World) -> None:
    here = club(world.an_khanh, name="CLB An Khánh")
    result = members_from(world.users["xa"], lan(), lan("Lê Thị Lựu", "Huyện Châu Thành / An Khánh / CLB An Khánh"))
    assert errors(result) == {}
    assert sorted(here.memberships.values_list("seat", flat=True)) == [1, 2]
    someone = Person.objects.get(full_name="Lê Thị Lan")
    assert (someone.unit, someone.birth_year, someone.sex) == (world.an_khanh, 1980, "f")
    assert someone.phone.as_e164 == "+84912345678"
    assert someone.history.get().history_user == world.users["xa"]


def test_a_bad_cell_is_named_by_row_and_column_and_nothing_is_written(world: World) -> None:
    good = ["CLB xã", "Cấp xã", "", "An Khánh", "15/01/2026", ""]
    result = clubs_from(
        world.users["xa"], good, ["", "tỉnh", "", "An Khánh", "hôm qua", ""], ["CLB ấp", "ấp", "", "An Khánh", "", ""]
    )
    assert errors(result) == {
        3: {
            "Tên câu lạc bộ": ["Ô này để trống. Ghi thêm rồi nhập lại."],
            "Cấp": ["Không có “tỉnh”. Ghi một trong: Cấp huyện, Cấp xã, Cấp ấp."],
            "Ngày thành lập": ["Không phải ngày. Ghi dạng ngày/tháng/năm, ví dụ 15/01/2025."],
        },
        4: {"Đơn vị": ["Xã An Khánh không phải đơn vị cấp ấp. Chọn đơn vị đúng cấp của câu lạc bộ."]},
    }
    assert not Club.objects.exists()


def test_a_missing_column_is_named(world: World) -> None:
    result = ClubResource(user=world.users["xa"]).import_data(Dataset(["CLB"], headers=["Tên câu lạc bộ"]))
    assert [str(error.error) for error in result.base_errors] == [
        "Tệp thiếu cột: Cấp, Đơn vị. Dòng đầu tiên của tệp phải ghi tên các cột."
    ]


def test_the_26th_member_is_refused_and_nobody_of_the_file_is_admitted(world: World) -> None:
    here = club(world.an_khanh, name="CLB An Khánh")
    for _ in range(24):
        member(here)
    people = Person.objects.count()
    result = members_from(world.users["xa"], lan(), lan("Lê Thị Lựu"))
    assert list(errors(result)) == [3]
    assert "đã đủ 25 thành viên" in str(errors(result)[3])
    assert (here.memberships.count(), Person.objects.count()) == (24, people)


@pytest.mark.parametrize("words", ["Xã An Hiệp", "29125", "Huyện Ba Tri / Xã An Hiệp", "Xã Không Có"])
def test_another_units_place_is_not_found(world: World, words: str) -> None:
    result = clubs_from(world.users["xa"], ["CLB", "Cấp xã", "", words, "15/01/2026", ""])
    assert errors(result) == {2: {"Đơn vị": [f"“{words}”: {NOT_FOUND}."]}}


def test_another_units_club_is_not_found(world: World) -> None:
    club(world.an_hiep, name="CLB An Hiệp")
    result = members_from(world.users["xa"], lan(place="CLB An Hiệp"))
    assert errors(result) == {2: {"Câu lạc bộ": [f"“CLB An Hiệp”: {NOT_FOUND}."]}}


def test_a_viewer_imports_nothing(world: World) -> None:
    club(world.an_khanh, name="CLB An Khánh")
    assert NOT_FOUND in str(errors(members_from(world.users["xem"], lan())))
    assert not Membership.objects.exists()


def test_a_name_of_two_units_needs_the_unit_above(world: World) -> None:
    namesake = unit(world.ba_tri, "xa", "Tân Phú", "29999")
    row = ["CLB", "Cấp xã", "", "Xã Tân Phú", "15/01/2026", ""]
    assert "có 2 nơi cùng tên" in str(errors(clubs_from(world.users["tinh"], row)))
    row[3] = "Huyện Ba Tri / Xã Tân Phú"
    assert errors(clubs_from(world.users["tinh"], row)) == {}
    assert Club.objects.get().unit == namesake


def test_importing_twice_changes_nothing(world: World) -> None:
    rows = [["CLB An Khánh", "Cấp xã", "", "An Khánh", "15/01/2026", ""], ["", None, "", "", "", ""]]
    people = [lan(), lan("Lê Thị Lựu")]
    for expected in ({"new": 1, "skip": 1}, {"new": 0, "skip": 2}):
        totals = clubs_from(world.users["xa"], *rows).totals
        assert {key: totals[key] for key in expected} == expected
    for expected in ({"new": 2, "skip": 0}, {"new": 0, "skip": 2}):
        totals = members_from(world.users["xa"], *people).totals
        assert {key: totals[key] for key in expected} == expected
    assert (Club.objects.count(), Membership.objects.count(), Person.objects.count()) == (1, 2, 2)
    assert Club.history.count() == 1


def test_a_known_person_joins_a_second_club_as_the_same_person(world: World) -> None:
    first, second = club(world.an_khanh, name="CLB An Khánh"), club(world.an_khanh, name="CLB người nghèo")
    members_from(world.users["xa"], lan(), lan(place="CLB người nghèo"))
    assert first.memberships.get().person == second.memberships.get().person


@pytest.mark.parametrize("years", [(1980, ""), ("", 1980), ("", "")])
def test_a_member_whose_year_of_birth_is_not_told_is_not_admitted_twice(world: World, years: tuple[Any, Any]) -> None:
    here = club(world.an_khanh, name="CLB An Khánh")
    for year in years:
        row = lan()
        row[2] = year
        assert errors(members_from(world.users["xa"], row)) == {}
    assert here.memberships.count() == Person.objects.count() == 1
    other = lan()
    other[2] = 1979
    members_from(world.users["xa"], other)
    assert here.memberships.count() == (2 if years[0] else 1)


def test_names_that_differ_by_a_tone_are_two_people(world: World) -> None:
    club(world.an_khanh, name="CLB An Khánh")
    assert members_from(world.users["xa"], lan("Lê Thị Hoa"), lan("Lê Thị Hòa"), lan("Lê Thị Hoà")).totals["new"] == 2


def test_an_export_holds_what_the_user_sees_with_formulas_neutralised(world: World) -> None:
    here = club(world.an_khanh, name="CLB An Khánh")
    member(here, full_name="=1+1", phone="0912345678")
    member(club(world.an_hiep), full_name="Người nơi khác")
    data = MemberResource(user=world.users["xa"]).export()
    assert data["Họ và tên"] == ["'=1+1"]
    assert data["Câu lạc bộ"] == ["Huyện Châu Thành / Xã An Khánh / CLB An Khánh"]
    assert (data["Đơn vị"], data["Ghế"], data["Ngày rời"]) == (["Huyện Châu Thành / Xã An Khánh"], [1], [None])
    book = load_workbook(BytesIO(Xlsx().export_data(data)))
    assert book.active["J2"].value == datetime(FOUNDED.year, FOUNDED.month, FOUNDED.day)
    assert (book.active["J2"].number_format, book.active["L2"].value) == ("dd/mm/yyyy", None)


def test_an_export_imported_again_changes_nothing(world: World) -> None:
    member(club(world.an_khanh), full_name="=1+1", phone="0912345678")
    member(club(world.hamlet), kind="collective", full_name="Hội Phụ nữ", representative="Trần Thị Lụa")
    for resource in (ClubResource(user=world.users["xa"]), MemberResource(user=world.users["xa"])):
        result = resource.import_data(Xlsx().create_dataset(Xlsx().export_data(resource.export())))
        assert errors(result) == {}
        assert (result.totals["skip"], result.totals["new"]) == (2, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_an_export_needs_one_query_for_any_number_of_rows(
    world: World, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        member(club(world.hamlet))
    resources = [ClubResource(user=world.users["xa"]), MemberResource(user=world.users["xa"])]
    with django_assert_num_queries(2):
        assert [len(resource.export()) for resource in resources] == [rows, rows]


# The pages


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


def sheet(*rows: list[Any], headers: list[str] = CLUB_COLUMNS) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in [headers, *rows]:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def upload(xa: Client, data: bytes, name: str = "clb.xlsx") -> Any:
    file = SimpleUploadedFile(name, data)
    return xa.post(reverse("admin:clubs_club_import"), {"import_file": file, "format": "0", "resource": "0"})


GOOD = ["CLB xã", "Cấp xã", "", "An Khánh", "15/01/2026", ""]


def test_a_file_is_previewed_then_confirmed_then_forgotten(world: World, xa: Client) -> None:
    preview = upload(xa, sheet(GOOD))
    assert not Club.objects.exists()
    waiting = preview.context["confirm_form"].initial
    stored = "django-import-export-" + waiting["import_file_name"]
    assert cache.get(stored) is not None
    answer = xa.post(reverse("admin:clubs_club_process_import"), waiting, follow=True)
    assert "Đã nhập 1 dòng mới; 0 dòng đã có từ trước, giữ nguyên." in answer.content.decode()
    assert Club.objects.get().name == "CLB xã"
    assert cache.get(stored) is None
    late = xa.post(reverse("admin:clubs_club_process_import"), waiting, follow=True)
    assert "Chưa ghi dòng nào. Tệp chờ xác nhận đã hết hạn." in late.content.decode()


def test_a_file_with_a_bad_row_is_forgotten_at_once(world: World, xa: Client) -> None:
    answer = upload(xa, sheet(["", "", "", "Xã Không Có", "", ""]))
    assert "Có dòng chưa đúng, chưa ghi dòng nào" in answer.content.decode()
    stored = answer.context["form"].files["import_file"].tmp_storage_name
    assert cache.get("django-import-export-" + stored) is None


def test_what_went_wrong_after_the_preview_is_told(world: World, xa: Client) -> None:
    preview = upload(xa, sheet(GOOD, ["CLB ấp", "Cấp ấp", "", "Phước Hậu", "15/01/2026", ""]))
    type(world.hamlet).objects.filter(pk=world.hamlet.pk).update(valid_until=date(2026, 1, 1))
    answer = xa.post(reverse("admin:clubs_club_process_import"), preview.context["confirm_form"].initial, follow=True)
    assert "Chưa ghi dòng nào. Dòng 3, cột Đơn vị: “Phước Hậu”: không tìm thấy" in answer.content.decode()
    assert not Club.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("clb.xls", b"PK", "Tệp này không phải .xlsx."),
        ("clb.xlsx", b"khong phai Excel", "Không đọc được tệp này."),
        ("clb.xlsx", sheet(GOOD)[:-400], "Không đọc được tệp này."),
        ("clb.xlsx", b"0" * (5 * 1024 * 1024 + 1), "Tệp lớn hơn 5 MB."),
        ("clb.xlsx", sheet(*[GOOD] * (MAX_ROWS + 1)), "Tệp có hơn 1000 dòng."),
        ("clb.xlsx", sheet(), "Tệp không có dòng nào để nhập."),
        ("clb.xlsx", sheet(GOOD, headers=list("ABCDEF")), "Tệp thiếu cột: Tên câu lạc bộ, Cấp, Đơn vị."),
    ],
    ids=["another format", "no Excel", "cut off", "too big", "too long", "empty", "no columns"],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(
    world: World, xa: Client, name: str, data: bytes, sentence: str
) -> None:
    answer = upload(xa, data, name)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    assert "confirm_form" not in answer.context


def test_an_export_is_scoped_and_logged_and_starts_with_a_post(world: World, xa: Client) -> None:
    club(world.an_khanh, name="CLB An Khánh")
    club(world.an_hiep, name="CLB An Hiệp")
    assert xa.get(reverse("admin:clubs_club_export")).status_code == 200
    assert not LogEntry.objects.exists()
    answer = xa.post(reverse("admin:clubs_club_export"), {"format": "0", "resource": "0"})
    assert answer["Content-Disposition"] == 'attachment; filename="cau-lac-bo-2026-10-20.xlsx"'
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Tên câu lạc bộ", "CLB An Khánh"]
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (world.users["xa"], "câu lạc bộ")
    assert entry.change_message == "Xuất 1 dòng ra tệp Excel."


def test_the_pages_need_no_inline_style_or_script(world: World, xa: Client) -> None:
    for answer in (
        xa.get(reverse("admin:clubs_club_import")),
        xa.get(reverse("admin:clubs_club_export")),
        upload(xa, sheet(GOOD)),
        upload(xa, sheet(["", "", "", "Xã Không Có", "", ""])),
    ):
        page = answer.content.decode()
        for inline in ("style=", "<style", "onchange=", "onclick=", "<script>"):
            assert inline not in page, inline


def test_a_viewer_and_a_stranger_do_not_get_in(world: World, client: Client) -> None:
    assert client.get(reverse("admin:clubs_club_import")).status_code == 302
    client.force_login(world.users["xem"])
    for name in ("import", "export", "process_import"):
        assert client.get(reverse(f"admin:clubs_club_{name}")).status_code != 200
