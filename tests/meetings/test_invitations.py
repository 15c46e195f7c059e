"""Inviting to a meeting: the text, the documents in the form of NĐ 30/2020, the calendar entry, the channel."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from icalendar import Calendar

from meetings.actions import cancel_meeting, change_meeting, invite, set_agenda
from meetings.models import Meeting
from steering.models import CommitteeSeat
from tests.builders import World, club, elect, member, secretary
from tests.reports.builders import planned

KINDS = ("giay-moi", "giay-moi-chung", "danh-sach-ky-ten")


@pytest.fixture
def meeting(world: World) -> Meeting:
    here = club(world.an_khanh, name="CLB xã An Khánh")
    seated = member(here, full_name="Nguyễn Thị “Lụa” <A&B>", job="Trưởng ấp")
    member(here, full_name="Trần Văn Út", job="Hội Nông dân")
    elect(seated, on=date(2026, 1, 1))
    committee = world.an_khanh.committees.get()
    CommitteeSeat.objects.create(committee=committee, role="head", full_name="Võ Thanh Phong", position="Phó Chủ tịch")
    found = planned(here, date(2026, 11, 6))
    invite(meeting=found, guests=[("Lê Văn An", "Hội Cựu chiến binh"), ("Bùi Thị Sáu", "hộ nghèo")], by=None)
    set_agenda(meeting=found, items=[("credit", "Hướng dẫn vay vốn"), ("health", "")], by=None)
    return found


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


def download(client: Client, meeting: Meeting, kind: str) -> Any:
    answer = client.get(reverse("meeting_document", args=[meeting.pk, kind]))
    assert answer.status_code == 200
    return Document(BytesIO(answer.content))


def words(file: Any) -> list[str]:
    """Every line of the document in the order of its pages."""
    lines = []
    for block in file.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [p.text for row in block.rows for cell in row.cells for p in cell.paragraphs]
        else:
            lines.append(block.text)
    return [line for line in lines if line]


# The text


def test_the_text_says_what_when_where_and_nothing_about_those_invited(xa: Client, meeting: Meeting) -> None:
    text = xa.get(reverse("meeting_invitation", args=[meeting.pk])).context["message"]
    assert text.splitlines() == [
        "Trân trọng kính mời anh, chị dự sinh hoạt tháng 11/2026 của CLB xã An Khánh.",
        "Thời gian: 07 giờ 30, thứ Sáu, ngày 06 tháng 11 năm 2026.",
        "Địa điểm: ấp Phước Hậu, xã An Khánh.",
        "Nội dung: Hướng dẫn vay vốn; Y tế.",
        "Rất mong anh, chị đến dự đông đủ.",
    ]
    assert "hộ nghèo" not in text


# The documents


def test_each_guest_gets_a_sheet_in_the_form_of_the_decree(xa: Client, meeting: Meeting) -> None:
    lines = words(download(xa, meeting, "giay-moi"))
    half = len(lines) // 2
    assert lines[:half] == [
        "ỦY BAN NHÂN DÂN XÃ AN KHÁNH",
        "BAN CHỈ ĐẠO GIẢM NGHÈO",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:        /GM-BCĐ",
        "An Khánh, ngày      tháng      năm      ",
        "GIẤY MỜI",
        "Về việc dự sinh hoạt tháng 11/2026 của CLB xã An Khánh",
        "Ban Chỉ đạo giảm nghèo xã An Khánh trân trọng kính mời: Lê Văn An, Hội Cựu chiến binh.",
        "Tới dự: sinh hoạt tháng 11/2026 của CLB xã An Khánh.",
        "Nội dung: Hướng dẫn vay vốn; Y tế.",
        "Chủ trì: Nguyễn Thị “Lụa” <A&B>, Chủ nhiệm câu lạc bộ.",
        "Thời gian: 07 giờ 30, thứ Sáu, ngày 06 tháng 11 năm 2026.",
        "Địa điểm: ấp Phước Hậu, xã An Khánh./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, BCĐ.",
        "TM. BAN CHỈ ĐẠO",
        "TRƯỞNG BAN",
        "Võ Thanh Phong",
    ]
    assert lines[half + 9 - 1].endswith("kính mời: Bùi Thị Sáu, hộ nghèo.")


def test_each_sheet_is_a_letter_with_pages_of_its_own(xa: Client, meeting: Meeting) -> None:
    sections = download(xa, meeting, "giay-moi").sections
    starts = [[number.get(qn("w:start")) for number in each._sectPr.iter(qn("w:pgNumType"))] for each in sections]
    assert starts == [["1"]] * meeting.guests.count()
    for each in sections:
        assert each.different_first_page_header_footer is True
        assert each.first_page_header.paragraphs[0].text == ""
        assert [field.text for field in each.header._element.iter(qn("w:instrText"))] == ["PAGE"]


def test_one_sheet_for_all_ends_each_name_with_a_semicolon_and_the_last_with_a_stop(
    xa: Client, meeting: Meeting
) -> None:
    lines = words(download(xa, meeting, "giay-moi-chung"))
    assert [line for line in lines if line.startswith("- ")][:3] == [
        "- Các thành viên CLB xã An Khánh;",
        "- Lê Văn An, Hội Cựu chiến binh;",
        "- Bùi Thị Sáu, hộ nghèo.",
    ]


def test_the_sheet_to_sign_has_members_by_seat_then_guests_and_blank_lines(xa: Client, meeting: Meeting) -> None:
    file = download(xa, meeting, "danh-sach-ky-ten")
    members, guests = ([[cell.text for cell in row.cells] for row in table.rows] for table in file.tables[1:3])
    assert members == [
        ["Ghế", "Họ và tên", "Chức danh, cơ quan", "Ký tên"],
        ["1", "Nguyễn Thị “Lụa” <A&B>", "Chủ nhiệm", ""],
        ["2", "Trần Văn Út", "Hội Nông dân", ""],
    ]
    assert guests[1:3] == [["1", "Lê Văn An", "Hội Cựu chiến binh", ""], ["2", "Bùi Thị Sáu", "hộ nghèo", ""]]
    assert guests[3:] == [["", "", "", ""]] * 15
    assert [p.text for cell in file.tables[-1].rows[0].cells for p in cell.paragraphs if p.text] == [
        "NGƯỜI LẬP DANH SÁCH",
        "CHỦ TRÌ",
        "Nguyễn Thị “Lụa” <A&B>",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_is_named_so_and_works_before_anybody_is_invited(world: World, xa: Client, kind: str) -> None:
    bare = planned(club(world.an_khanh, name="CLB mới"), date(2026, 11, 6))
    answer = xa.get(reverse("meeting_document", args=[bare.pk, kind]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="du-thao-{kind}-clb-moi-2026-11-06.docx"'


def test_there_is_no_other_kind(xa: Client, meeting: Meeting) -> None:
    assert xa.get(reverse("meeting_document", args=[meeting.pk, "hoa-don"])).status_code == 404


# The channel


def test_saying_how_the_invitation_went_out_makes_the_meeting_an_invited_one(xa: Client, meeting: Meeting) -> None:
    address = reverse("meeting_invitation", args=[meeting.pk])
    for channel in ("zalo", "paper"):
        assert xa.post(address, {"through": channel}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.invited_through) == ("invited", "paper")
    page = xa.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert page.index("Mời qua giấy mời") < page.index("Mời qua zalo")
    assert xa.post(address, {"through": "bồ câu"}).context["form"].errors.keys() == {"through"}


# The calendar


def event(client: Client, meeting: Meeting) -> Any:
    answer = client.get(reverse("meeting_ics", args=[meeting.pk]))
    (found,) = Calendar.from_ical(answer.content).walk("VEVENT")
    return found


def test_an_entry_keeps_its_uid_across_a_move_and_a_cancellation(xa: Client, meeting: Meeting) -> None:
    first = event(xa, meeting)
    assert first.decoded("dtstart") == datetime(2026, 11, 6, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert (first["status"], first["location"]) == ("TENTATIVE", "ấp Phước Hậu, xã An Khánh")
    assert [alarm.decoded("trigger") for alarm in first.walk("VALARM")] == [-timedelta(days=1)]
    change_meeting(meeting=meeting, starts_at=meeting.starts_at + timedelta(days=1), by=None)
    moved = event(xa, meeting)
    cancel_meeting(meeting=meeting, reason="Mưa bão", by=None)
    called_off = event(xa, meeting)
    assert first["uid"] == moved["uid"] == called_off["uid"]
    assert first["sequence"] < moved["sequence"] < called_off["sequence"]
    assert (called_off["status"], called_off.walk("VALARM")) == ("CANCELLED", [])


# Who


@pytest.mark.parametrize("address", ["meeting_invitation", "meeting_ics"])
def test_another_units_meeting_is_not_found(world: World, client: Client, meeting: Meeting, address: str) -> None:
    client.force_login(world.users["xa_khac"])
    assert client.get(reverse(address, args=[meeting.pk])).status_code == 404


def test_a_viewer_reads_the_calendar_and_not_the_names(world: World, client: Client, meeting: Meeting) -> None:
    client.force_login(world.users["xem"])
    assert client.get(reverse("meeting_ics", args=[meeting.pk])).status_code == 200
    assert client.get(reverse("meeting_invitation", args=[meeting.pk])).status_code == 403
    assert client.get(reverse("meeting_document", args=[meeting.pk, "giay-moi"])).status_code == 403


def test_a_secretary_invites_for_the_own_club(client: Client, meeting: Meeting) -> None:
    client.force_login(secretary("thu_ky", meeting.club))
    assert client.post(reverse("meeting_invitation", args=[meeting.pk]), {"through": "phone"}).status_code == 302


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_takes_as_many_queries_for_many_lines_and_guests(
    xa: Client, meeting: Meeting, rows: int, django_assert_num_queries: Any
) -> None:
    set_agenda(meeting=meeting, items=[("credit", f"Nội dung {n}") for n in range(rows)], by=None)
    invite(meeting=meeting, guests=[(f"Khách {n}", "") for n in range(rows)], by=None)
    with django_assert_num_queries(7):
        assert xa.get(reverse("meeting_invitation", args=[meeting.pk])).status_code == 200
