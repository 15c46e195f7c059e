"""What each role finds on a page to do, and what its browser is refused. Every address × role: `tests/test_access.py`."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests.browser.conftest import Enter
from tests.builders import World, club, founded_by_decision, member, secretary
from tests.reports.builders import planned

CLUBS = ["Người nhập trùng", "Tải .xlsx", "Ghi câu lạc bộ đã có", "Đề nghị thành lập"]
CLUB_MENU = [
    *("Bầu ban chủ nhiệm", "Ghi ban chủ nhiệm đầu tiên", "Ghi đơn xin tham gia"),
    *("Quyết định công nhận ban chủ nhiệm", "Tạm ngừng", "Sáp nhập", "Giải thể"),
]
CLUB = [*CLUB_MENU, "Sửa", "Lên lịch", "Kết nạp thành viên"]
INVITING = ["Mời họp, giấy mời, ký tên", "Đổi ngày, giờ", "Đổi nơi đăng cai"]
TURNS = ["Đổi lượt với kỳ khác", "Xin thôi lượt", "Kế hoạch năm của câu lạc bộ"]
MEETING = [*INVITING, *TURNS, "Đã gửi giấy mời", "Hoãn", "Không họp", "Hủy", "Ghi người được mời"]

# Role → the actions at the head of the list of clubs, of a club's page, of a meeting's page.
ACTIONS: dict[str, tuple[list[str], list[str], list[str]]] = {
    "tinh": (CLUBS, [*CLUB[:3], "Thư ký", *CLUB[3:]], MEETING),
    "huyen": (CLUBS, CLUB, MEETING),
    "xa": (CLUBS, CLUB, MEETING),
    "thuky": (["Tải .xlsx"], [], MEETING),
    "xem": (["Tải .xlsx"], [], []),
}
# Role → what it may not do with the club: 403 on its own, 404 on what is not within its sight.
REFUSED: dict[str, dict[str, int]] = {
    "tinh": {"/nhap-lieu/clubs/club/{club}/delete/": 403},
    "huyen": {"/tai-khoan/": 403, "/cau-lac-bo/{club}/thu-ky/": 403, "/cau-lac-bo/{other}/": 404},
    "xa": {"/tai-khoan/": 403, "/cau-lac-bo/{other}/": 404, "/cau-lac-bo/{other}/sua/": 404},
    "thuky": {
        "/cau-lac-bo/thanh-lap/": 403,
        "/cau-lac-bo/{club}/ket-nap/": 403,
        "/cau-lac-bo/{club}/len-lich/": 403,
        "/cau-lac-bo/{other}/": 404,
        "/don-vi/": 403,
        "/bao-cao/": 403,
    },
    "xem": {
        "/cau-lac-bo/{club}/sua/": 403,
        "/cau-lac-bo/{club}/ban-chu-nhiem/": 403,
        "/cau-lac-bo/{club}/ket-thuc/giai-the/": 403,
        "/sinh-hoat/{meeting}/doi-ngay/": 403,
        "/sinh-hoat/{meeting}/diem-danh/": 403,
        "/cau-lac-bo/{other}/": 404,
    },
}


@pytest.fixture
def meeting(world: World) -> Meeting:
    here = founded_by_decision(world.an_khanh)
    member(here)
    world.users["thuky"] = secretary("thuky", here)
    return planned(here, date(2026, 10, 23))


def actions(page: Page, where: str) -> list[str]:
    """The words of the links at the head of a page, those in its menu too."""
    page.goto(where)
    return [(link.text_content() or "").strip() for link in page.locator(".page-head .actions a").all()]


@pytest.mark.parametrize("role", ACTIONS)
def test_a_page_offers_a_role_just_what_it_may_do(role: str, world: World, meeting: Meeting, enter: Enter) -> None:
    page = enter(world.users[role])
    pages = ("/cau-lac-bo/", f"/cau-lac-bo/{meeting.club_id}/", f"/sinh-hoat/{meeting.pk}/")
    assert tuple(actions(page, where) for where in pages) == ACTIONS[role]


@pytest.mark.parametrize("role", REFUSED)
def test_a_role_is_refused_what_it_may_not_do(role: str, world: World, meeting: Meeting, enter: Enter) -> None:
    other, page = club(world.an_hiep), enter(world.users[role])
    rows: dict[str, Any] = {"club": meeting.club_id, "other": other.pk, "meeting": meeting.pk}
    found = {where: page.request.get(where.format(**rows)).status for where in REFUSED[role]}
    assert found == REFUSED[role]


def test_a_refusal_is_a_sentence_with_a_way_back(
    world: World, meeting: Meeting, enter: Enter, complaints: list[str]
) -> None:
    page = enter(world.users["xem"])
    page.goto(f"/cau-lac-bo/{meeting.club_id}/sua/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chưa được phép")
    page.get_by_role("link", name="Về trang chủ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Huyện Châu Thành")
    assert [complaint.split(" (")[0] for complaint in complaints] == [
        "Failed to load resource: the server responded with a status of 403"
    ]
    complaints.clear()
