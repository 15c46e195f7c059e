"""What cannot be: the clerk reads why, in Vietnamese, finds everything typed still there, and nothing was written.

The data-entry pages, files and actions. Caps under a race are in `clubs/test_caps.py`, more about files in
`clubs/test_imports.py`, the website's own forms in the tests of its pages.
"""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from clubs.actions import appoint_officer, change_club, leave_club
from clubs.models import Club, Membership, Office, Person
from meetings.actions import plan_club
from meetings.models import Attendance, Meeting
from steering.models import Decision, Unit
from tests.builders import World, club, member, person, unit

NO_NUMBER = "Không phải số. Ghi bằng chữ số."
NO_DAY = "Không phải ngày. Ghi dạng ngày/tháng/năm, ví dụ 15/01/2026."
NO_TIME = "Không phải giờ. Ghi dạng giờ:phút, ví dụ 07:30."
FULL = "Câu lạc bộ đã đủ 25 thành viên. Muốn kết nạp thêm, cần có người rời câu lạc bộ trước."
ENOUGH = "Huyện Châu Thành đã có đủ 2 câu lạc bộ cấp huyện. Một huyện có nhiều nhất 2. Chọn cấp khác hoặc huyện khác."
NOT_OFFERED = "Không có lựa chọn này trong phạm vi của anh, chị. Chọn lại."
TAKEN = "Câu lạc bộ đã có kỳ sinh hoạt trong kỳ này. Mở kỳ đã có để sửa, hoặc chọn kỳ khác."
NO_XLSX = "Không đọc được tệp này. Lưu lại bằng Excel ở dạng .xlsx rồi nhập lại."
MEMBER_COLUMNS = ["Câu lạc bộ", "Họ và tên", "Năm sinh", "Ngày kết nạp"]


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def huyen(world: World, client: Client) -> Client:
    client.force_login(world.users["huyen"])
    return client


def written() -> dict[str, int]:
    """How much there is of everything a page or a file could write."""
    return {
        model.__name__: model.objects.count()
        for model in (Unit, Decision, Club, Person, Membership, Office, Meeting, Attendance)
    }


def refused(client: Client, page: str, args: list[Any], data: dict[str, Any]) -> str:
    """The page that a POST is answered with, nothing having been written."""
    before = written()
    answer = client.post(reverse(page, args=args), data)
    assert answer.status_code == 200
    assert written() == before
    return answer.content.decode()


def workbook(*rows: list[Any]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def uploaded(client: Client, page: str, data: bytes, name: str = "danh-sach.xlsx") -> str:
    return refused(client, page, [], {"import_file": SimpleUploadedFile(name, data), "format": "0", "resource": "0"})


# Text where numbers belong

TYPED = {
    "a year of birth": ("clubs_person_add", "birth_year", "bảy lăm", NO_NUMBER),
    "a decision's number": ("steering_decision_add", "number", "số năm", NO_NUMBER),
    "a decision's day": ("steering_decision_add", "issued_on", "đầu tháng", NO_DAY),
    "an hour": ("clubs_club_add", "starts_at", "sáng thứ hai", NO_TIME),
    "a day of joining": ("clubs_membership_add", "joined_on", "tháng trước", NO_DAY),
    "a meeting's day": ("meetings_meeting_add", "starts_at_0", "ngày mai", NO_DAY),
    "a telephone": (
        "clubs_person_add",
        "phone",
        "máy bàn",
        "Số điện thoại chưa đúng. Ghi đủ 10 chữ số, ví dụ 0912 345 678.",
    ),
}


@pytest.mark.parametrize(("form", "field", "typed", "sentence"), TYPED.values(), ids=TYPED)
def test_text_where_a_number_belongs_is_told_and_stays_in_its_field(
    world: World, xa: Client, form: str, field: str, typed: str, sentence: str
) -> None:
    others = {"full_name": "Lê Thị Hoa", "subject": "Lê Thị Hoa", "starts_at_1": "07:30"}
    shown = refused(xa, f"admin:{form}", [], {**others, field: typed})
    assert sentence in shown
    assert f'value="{typed}"' in shown


@pytest.mark.parametrize("year", ["1899", "2101", "3000"])
def test_a_year_nobody_was_born_in_is_told_with_its_bounds(world: World, xa: Client, year: str) -> None:
    typed = {"kind": "individual", "full_name": "Lê Thị Hoa", "unit": world.an_khanh.pk, "birth_year": year}
    shown = refused(xa, "admin:clubs_person_add", [], typed)
    assert "Năm sinh phải từ 1900 đến 2100. Kiểm tra lại năm sinh." in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("mười", NO_NUMBER), ("0", "Số này nhỏ quá. Ít nhất là 1."), ("201", "Số này lớn quá. Nhiều nhất là 200.")],
)
def test_groups_are_counted_off_with_a_number_from_1_to_200(
    world: World, xa: Client, typed: str, sentence: str
) -> None:
    shown = refused(xa, "admin:steering_unit_numbered", [world.hamlet.pk], {"type": "to", "last": typed})
    assert sentence in shown


def test_an_attendance_that_is_none_is_told(world: World, xa: Client) -> None:
    here = club(world.an_khanh)
    seated = member(here)
    meeting = plan_club(club=here, since=date(2026, 9, 20), until=date(2026, 9, 20), by=None)[0]
    shown = refused(xa, "admin:meetings_meeting_attendance", [meeting.pk], {f"m{seated.pk}": "ngủ"})
    assert "Không có lựa chọn “ngủ”. Chọn lại trong danh sách." in shown


def test_text_in_a_files_number_cells_is_told_by_row_and_column(world: World, xa: Client) -> None:
    club(world.an_khanh, name="CLB An Khánh")
    shown = uploaded(
        xa,
        "admin:clubs_membership_import",
        workbook(
            MEMBER_COLUMNS,
            ["CLB An Khánh", "Lê Thị Hoa", 1980, "01/10/2026"],
            ["CLB An Khánh", "Lê Thị Lựu", "bảy lăm", "hôm qua"],
        ),
    )
    assert "Dòng 3, cột Năm sinh: Năm sinh là một số có bốn chữ số." in shown
    assert "Dòng 3, cột Ngày kết nạp: Không phải ngày." in shown
    assert "Dòng 2" not in shown


# A 26th member


def test_a_26th_member_is_refused_on_the_page_of_members(world: World, xa: Client) -> None:
    here = club(world.an_khanh)
    for _ in range(25):
        member(here)
    one_more = person(world.an_khanh, "Lê Thị Hoa")
    data = {"club": here.pk, "person": one_more.pk, "sector": "union", "joined_on": "01/10/2026"}
    shown = refused(xa, "admin:clubs_membership_add", [], data)
    assert FULL in shown
    assert "Lê Thị Hoa" in shown
    assert 'value="01/10/2026"' in shown


# A third district club


def test_a_third_district_club_is_refused_beside_the_district(world: World, huyen: Client) -> None:
    club(world.chau_thanh), club(world.chau_thanh)
    data = {
        "name": "CLB thứ ba",
        "level": "district",
        "unit": world.chau_thanh.pk,
        "kind": "work",
        "founded_on": "15/01/2026",
        "cadence": "month",
        "week": 2,
        "weekday": 4,
        "starts_at": "07:30",
    }
    shown = refused(huyen, "admin:clubs_club_add", [], data)
    assert ENOUGH in shown
    assert 'value="CLB thứ ba"' in shown


def test_a_third_district_club_is_refused_from_a_file_with_all_of_it(world: World, huyen: Client) -> None:
    club(world.chau_thanh)
    rows = [[f"CLB huyện {n}", "Cấp huyện", "Châu Thành", "15/01/2026"] for n in (2, 3)]
    columns = ["Tên câu lạc bộ", "Cấp", "Đơn vị", "Ngày thành lập"]
    shown = uploaded(huyen, "admin:clubs_club_import", workbook(columns, *rows))
    assert f"Dòng 3, cột Đơn vị: {ENOUGH}" in shown


# A chair who is no member


def test_a_chair_who_is_no_member_is_not_among_the_choices(world: World, xa: Client) -> None:
    here, stranger = club(world.an_khanh), member(club(world.tan_phu))
    member(here)
    shown = refused(
        xa,
        "admin:clubs_club_change",
        [here.pk],
        {
            "name": here.name,
            "kind": "work",
            "founded_on": "15/01/2025",
            "cadence": "month",
            "week": 2,
            "weekday": 4,
            "starts_at": "07:30",
            "memberships-TOTAL_FORMS": 0,
            "memberships-INITIAL_FORMS": 0,
            "offices-TOTAL_FORMS": 1,
            "offices-INITIAL_FORMS": 0,
            "offices-0-membership": stranger.pk,
            "offices-0-role": "chair",
            "offices-0-started_on": "01/10/2026",
        },
    )
    assert NOT_OFFERED in shown
    assert 'value="01/10/2026"' in shown


def test_a_chair_who_has_left_is_refused_by_the_action(world: World) -> None:
    gone = leave_club(membership=member(club(world.an_khanh)), on=date(2026, 10, 1), reason="Xin thôi", by=None)
    with pytest.raises(ValidationError) as refusal:
        appoint_officer(membership=gone, role="chair", started_on=date(2026, 10, 2), by=None)
    assert refusal.value.message_dict == {
        "membership": [
            "Chủ nhiệm và phó chủ nhiệm phải là thành viên của câu lạc bộ vào ngày nhận chức. Kết nạp trước."
        ]
    }
    assert not Office.objects.exists()


# A founding decision by the wrong authority


@pytest.mark.parametrize(
    ("level", "issuer", "body", "by", "founder"),
    [
        ("an_khanh", "chau_thanh", "ubnd", "Ủy ban nhân dân huyện Châu Thành", "xã An Khánh"),
        ("an_khanh", "tan_phu", "ubnd", "Ủy ban nhân dân xã Tân Phú", "xã An Khánh"),
        ("chau_thanh", "an_khanh", "ubnd", "Ủy ban nhân dân xã An Khánh", "huyện Châu Thành"),
        ("chau_thanh", "chau_thanh", "bcd", "Ban chỉ đạo giảm nghèo huyện Châu Thành", "huyện Châu Thành"),
        ("hamlet", "hamlet", "ubnd", "Ủy ban nhân dân ấp Phước Hậu", "xã An Khánh"),
    ],
    ids=["the district's", "another commune's", "a commune's", "the committee's", "the hamlet's own"],
)
def test_a_founding_decision_of_another_authority_is_refused(
    world: World, level: str, issuer: str, body: str, by: str, founder: str
) -> None:
    here = club(getattr(world, level))
    here.founding_decision = Decision.objects.create(
        issuer_unit=getattr(world, issuer), issuer_body=body, subject="Thành lập câu lạc bộ"
    )
    with pytest.raises(ValidationError) as refusal:
        change_club(club=here, by=None)
    assert refusal.value.message_dict["founding_decision"] == [
        f"Quyết định này do {by} ban hành. Câu lạc bộ này phải do Ủy ban nhân dân {founder} ra quyết định thành lập. "
        "Chọn quyết định khác."
    ]
    here.refresh_from_db()
    assert here.founding_decision is None


# A host outside the rotation


def planning(here: Club, day: str, **facts: Any) -> dict[str, Any]:
    return {"club": here.pk, "form": "regular", "starts_at_0": day, "starts_at_1": "07:30", **facts}


def test_a_host_outside_the_rotation_is_refused_with_those_inside(world: World, xa: Client) -> None:
    here = club(world.hamlet)
    other = unit(unit(world.an_khanh, "ap", "Phước Thới"), "to", "số 1")
    data = planning(here, "20/11/2026", host=other.pk, override_reason="Có chỗ rộng")
    shown = refused(xa, "admin:meetings_meeting_add", [], data)
    assert (
        "Tổ NDTQ số 1 không thuộc vòng luân phiên của câu lạc bộ. Chọn một trong các tổ nhân dân tự quản: Tổ NDTQ số 1, "
        "Tổ NDTQ số 2, Tổ NDTQ số 10."
    ) in shown
    assert 'value="Có chỗ rộng"' in shown


def test_a_meeting_does_not_move_to_a_host_outside_the_rotation(world: World, xa: Client) -> None:
    meeting = plan_club(club=club(world.hamlet), until=date(2026, 11, 20), by=None)[0]
    data = {
        "starts_at_0": "20/11/2026",
        "starts_at_1": "07:30",
        "host": world.hamlet.pk,
        "override_reason": "Có chỗ rộng",
        **{f"{rows}-{count}_FORMS": 0 for rows in ("agenda", "guests") for count in ("TOTAL", "INITIAL")},
    }
    shown = refused(xa, "admin:meetings_meeting_change", [meeting.pk], data)
    assert "Nơi này không thuộc vòng luân phiên của câu lạc bộ. Chọn một nơi trong danh sách." in shown
    assert 'value="Có chỗ rộng"' in shown
    assert Meeting.objects.get(pk=meeting.pk).host == meeting.host


# Two meetings in one period


def test_a_second_meeting_in_a_period_is_refused_and_the_day_stays_typed(world: World, xa: Client) -> None:
    here = club(world.hamlet)
    plan_club(club=here, until=date(2026, 10, 20), by=None)
    shown = refused(xa, "admin:meetings_meeting_add", [], planning(here, "12/11/2026"))
    assert TAKEN in shown
    assert 'value="12/11/2026"' in shown


# An .xlsx that is no .xlsx


def zipped(name: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr(name, "Họ và tên")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"Ho va ten;Nam sinh\r\nLe Thi Hoa;1980",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        zipped("word/document.xml"),
    ],
    ids=["a .csv renamed", "an .xls renamed", "a .docx renamed"],
)
@pytest.mark.parametrize("form", ["clubs_club_import", "clubs_membership_import"])
def test_a_file_that_is_no_workbook_is_told_what_to_do(world: World, xa: Client, form: str, data: bytes) -> None:
    assert NO_XLSX in uploaded(xa, f"admin:{form}", data)
