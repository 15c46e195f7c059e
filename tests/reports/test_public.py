"""Pages without a login: what may be public is all there is on them."""

import re
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from icalendar import Calendar

from clubs.actions import adopt_regulation, dissolve_club, give_consent, withdraw_consent
from clubs.models import Club
from meetings.actions import invite, raise_opinion
from tests.builders import World, club, elect, member
from tests.reports.builders import ZONE, held, planned

pytestmark = pytest.mark.django_db
SECRETS = ("Nguyễn Thị Kín", "0912345678", "Khách Lạ", "Xin làm cầu", "Bán vé số", "Trần Văn Giấu")


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-10-20 09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def told(world: World) -> Club:
    """A club with everything: members, an officer who may be named and one who may not, guests, an opinion."""
    found = club(world.an_khanh, name="CLB công tác giảm nghèo xã An Khánh")
    member(found, full_name="Nguyễn Thị Kín", phone="0912345678", job="Bán vé số")
    chair = member(found, full_name="Lê Thị Chủ")
    vice = member(found, full_name="Trần Văn Giấu")
    give_consent(person=chair.person, purpose="public_name", given_on=date(2026, 1, 5), manner="signed", by=None)
    elect(chair, on=date(2026, 1, 5))
    elect(vice, role="vice_chair", on=date(2026, 1, 6))
    adopt_regulation(
        club=found,
        adopted_on=date(2026, 2, 9),
        text="Điều 1. Tự nguyện.",
        cadence="month",
        term_months=60,
        quorum="2/3",
        majority="1/2",
        by=None,
    )
    meeting = held(found, date(2026, 10, 9), areas="credit")
    invite(meeting=meeting, guests=[("Khách Lạ", "Hộ nghèo")], by=None)
    raise_opinion(meeting=meeting, text="Xin làm cầu", due_on=date(2026, 11, 30), by=None)
    planned(found, date(2026, 11, 6))
    return found


class Texts(HTMLParser):
    """Every piece of text that is shown, read aloud or shared."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.found.append(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {"content", "title", "aria-label", "placeholder", "value", "alt"}
        self.found += [value for name, value in attrs if name in told and value]


def texts(address: str) -> list[str]:
    answer = Client().get(address)
    assert answer.status_code == 200
    return Texts(answer.content.decode()).found


def pages(found: Club) -> list[str]:
    return [
        reverse("public_clubs"),
        reverse("public_clubs") + "?q=an+khanh",
        reverse("public_statistics"),
        *(reverse(name, args=[found.pk]) for name in ("public_club", "public_regulation", "public_calendar")),
    ]


HEAD = ["width=device-width, initial-scale=1"]
MASTHEAD = [
    *("Bỏ qua, đến nội dung chính", "Câu lạc bộ giảm nghèo", "Trang công khai", "Tìm câu lạc bộ theo tên, xã"),
    *("Tìm theo tên, xã", "Đăng nhập"),
]
ABOUT = "Các câu lạc bộ giảm nghèo trong tỉnh: nơi sinh hoạt, ban chủ nhiệm, quy chế, lịch họp."
FOOT = ["Câu lạc bộ giảm nghèo", "Các câu lạc bộ", "·", "Thống kê toàn tỉnh"]


def test_every_piece_of_text_on_a_clubs_page_may_be_public(told: Club) -> None:
    name = "CLB công tác giảm nghèo xã An Khánh"
    place = f"{name}, {told.unit.full_name}"
    address = f"http://testserver{reverse('public_club', args=[told.pk])}"
    assert texts(reverse("public_club", args=[told.pk])) == [
        *HEAD,
        place,
        f"{place}: 3 thành viên, ban chủ nhiệm, quy chế, lịch sinh hoạt.",
        *("website", "vi_VN", address, place, "Lịch sinh hoạt"),
        *MASTHEAD,
        *("Đường dẫn", "Các câu lạc bộ", "Xã An Khánh"),
        name,
        "Hoạt động từ năm 2025. Mỗi tháng một kỳ, luân phiên nơi họp.",
        *("Số liệu chính", "3", "thành viên, tối đa 25", "1", "kỳ sinh hoạt đã họp", "1", "kỳ trong 12 tháng qua"),
        *("Lịch sinh hoạt", "Thêm vào lịch của tôi", "Các kỳ sắp tới", "Ngày", "Giờ", "Nơi họp"),
        *("06/11/2026", "07:30", "Ấp Phước Hậu"),
        *("Quy chế hoạt động", "Bản 1, thông qua ngày 09/02/2026.", "Đọc toàn văn quy chế"),
        *("Ban chủ nhiệm", "Chủ nhiệm", "Lê Thị Chủ", "Phó chủ nhiệm", "đã có người giữ"),
        *("Thành lập và quản lý", "Ngày thành lập", "15/01/2025"),
        *("Cơ quan quản lý", "Ban chỉ đạo giảm nghèo xã An Khánh"),
        *FOOT,
    ]


def test_every_piece_of_text_on_the_list_of_clubs_may_be_public(told: Club) -> None:
    title = "Các câu lạc bộ giảm nghèo"
    assert texts(reverse("public_clubs")) == [
        *HEAD,
        title,
        ABOUT,
        *("website", "vi_VN", "http://testserver/cong-khai/", title),
        *MASTHEAD,
        *(title, "1 câu lạc bộ.", "Theo địa bàn", "Huyện Ba Tri", "Huyện Châu Thành"),
        *("Các câu lạc bộ", "Câu lạc bộ", "Nơi", "Cấp", "Hoạt động từ"),
        *("CLB công tác giảm nghèo xã An Khánh", "Xã An Khánh, huyện Châu Thành", "Cấp xã", "2025"),
        *FOOT,
    ]


def test_every_piece_of_text_on_a_regulation_may_be_public(told: Club) -> None:
    where, title = reverse("public_regulation", args=[told.pk]), f"Quy chế {told}"
    assert texts(where) == [
        *HEAD,
        title,
        ABOUT,
        *("website", "vi_VN", f"http://testserver{where}", title),
        *MASTHEAD,
        *("Đường dẫn", "Các câu lạc bộ", str(told)),
        *("Quy chế hoạt động", f"{told}, bản 1, thông qua ngày 09/02/2026."),
        *("Kỳ sinh hoạt", "Mỗi tháng một kỳ", "Nhiệm kỳ ban chủ nhiệm", "60 tháng"),
        *("Họp được khi có mặt", "ít nhất hai phần ba thành viên"),
        *("Trúng cử khi được", "quá một nửa số phiếu hợp lệ", "Điều 1. Tự nguyện."),
        *FOOT,
    ]


def test_every_piece_of_text_on_the_statistics_may_be_public(told: Club) -> None:
    where, title = reverse("public_statistics"), "Thống kê câu lạc bộ giảm nghèo, tỉnh Bến Tre"
    assert texts(where) == [
        *HEAD,
        title,
        "1 câu lạc bộ giảm nghèo, 3 thành viên, tỉnh Bến Tre.",
        *("website", "vi_VN", f"http://testserver{where}", title),
        *MASTHEAD,
        title,
        "Năm báo cáo 2026, từ 15/12/2025 đến 14/12/2026, tính đến nay.",
        *("Số liệu chính", "1", "câu lạc bộ", "3", "thành viên", "1", "kỳ sinh hoạt đã họp"),
        *("Câu lạc bộ theo địa bàn", "Đơn vị", "Câu lạc bộ", "Cấp huyện", "Cấp xã", "Cấp ấp", "CLB người nghèo"),
        *("Thành viên", "Kỳ đã họp"),
        *("Huyện Ba Tri", *"0000000"),
        *("Huyện Châu Thành", *"1010031"),
        *("Cộng", *"1010031"),
        *FOOT,
    ]


def test_no_page_tells_what_is_not_public(told: Club) -> None:
    for address in pages(told):
        content = Client().get(address).content.decode()
        assert [secret for secret in SECRETS if secret in content] == [], address


def test_a_name_is_gone_once_its_owner_takes_the_consent_back(told: Club) -> None:
    (consent,) = told.memberships.get(person__full_name="Lê Thị Chủ").person.consents.all()
    withdraw_consent(consent=consent, on=date(2026, 10, 20), by=None)
    assert "Lê Thị Chủ" not in texts(reverse("public_club", args=[told.pk]))


def test_a_page_is_the_same_for_everybody_and_may_be_cached(world: World, told: Club, client: Client) -> None:
    client.force_login(world.users["tinh"])
    client.cookies["django_language"] = "en"
    for address in pages(told):
        mine, theirs = client.get(address), Client().get(address)
        if not address.endswith(".ics"):
            assert mine.content == theirs.content
        assert set(mine.headers["Cache-Control"].split(", ")) == {"max-age=300", "public"}
        assert "Cookie" not in mine.headers.get("Vary", "") and not mine.cookies


def test_clubs_that_are_planned_or_ended_are_not_there(world: World, told: Club) -> None:
    ended = club(world.tan_phu, name="CLB đã giải thể")
    dissolve_club(club=ended, on=date(2026, 9, 1), reason="Hết thành viên", by=None)
    plan = club(world.phu_duc, name="CLB dự kiến", founded_on=None)
    shown = texts(reverse("public_clubs"))
    assert told.name in shown and ended.name not in shown and plan.name not in shown
    for gone in (ended, plan):
        assert Client().get(reverse("public_club", args=[gone.pk])).status_code == 404


def test_clubs_are_found_by_words_without_marks_and_by_place(world: World, told: Club) -> None:
    other = club(world.an_hiep, name="CLB xã An Hiệp")
    assert told.name in texts(reverse("public_clubs") + "?q=an+khanh")
    assert other.name not in texts(reverse("public_clubs") + "?q=an+khanh")
    in_ba_tri = texts(f"{reverse('public_clubs')}?unit={world.ba_tri.pk}")
    assert other.name in in_ba_tri and told.name not in in_ba_tri
    assert "Không tìm thấy câu lạc bộ nào. Gõ ít chữ hơn, không cần dấu." in texts(reverse("public_clubs") + "?q=zzz")
    assert Client().get(reverse("public_clubs") + "?unit=999999").status_code == 404
    assert Client().get(reverse("public_clubs") + "?unit=x").status_code == 200


def test_the_statistics_are_the_four_columns(world: World, told: Club) -> None:
    club(world.chau_thanh)
    club(world.an_khanh, kind="poor_people")
    shown = texts(reverse("public_statistics"))
    row = shown.index("Huyện Châu Thành")
    assert shown[row : row + 8] == ["Huyện Châu Thành", "3", "1", "1", "0", "1", "3", "1"]


def test_the_calendar_tells_when_and_where_only(told: Club) -> None:
    content = Client().get(reverse("public_calendar", args=[told.pk])).content
    events = Calendar.from_ical(content).walk("VEVENT")
    assert [event["dtstart"].dt for event in events] == [
        datetime(2026, 10, 9, 7, 30, tzinfo=ZONE),
        datetime(2026, 11, 6, 7, 30, tzinfo=ZONE),
    ]
    assert all("description" not in event for event in events)
    assert {str(event["url"]) for event in events} == {f"http://testserver{reverse('public_club', args=[told.pk])}"}


def test_a_province_may_switch_the_public_pages_off(told: Club) -> None:
    with override_settings(PUBLIC_PAGES=False):
        assert [Client().get(address).status_code for address in pages(told)] == [404] * 6


def test_what_is_typed_is_text(told: Club) -> None:
    content = Client().get(reverse("public_clubs"), {"q": "<script>alert(1)</script>"}).content.decode()
    assert not re.search(r"<script", content)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_pages_ask_as_often_for_one_club_as_for_many(
    world: World, told: Club, rows: int, django_assert_num_queries: Any
) -> None:
    for _n in range(rows - 1):
        club(world.tan_phu)
    with django_assert_num_queries(3):
        Client().get(reverse("public_clubs"))
    with django_assert_num_queries(7):
        Client().get(reverse("public_club", args=[told.pk]))
