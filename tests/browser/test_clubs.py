"""Clubs in the browser: found without diacritics, founded with a decision, filled with members, led by a chair."""

import re
from datetime import date

from playwright.sync_api import Page, Route, expect

from clubs.models import Cadence, Club, Office
from tests.browser.conftest import Enter, on_each_screen, on_the_phone
from tests.browser.steps import go_to, press
from tests.builders import World, club, founded_by_decision, member, person


@on_each_screen
def test_a_club_is_found_without_typing_diacritics(world: World, enter: Enter) -> None:
    club(world.phu_duc, name="CLB xã Phú Đức")
    club(world.tan_phu, name="CLB xã Tân Phú")
    page = enter(world.users["tinh"])
    page.goto("/")
    go_to(page, "Câu lạc bộ")
    page.get_by_label("Tên câu lạc bộ hoặc đơn vị").press_sequentially("phu duc")
    results = page.locator("#results")
    expect(results.get_by_role("status")).to_have_text("1 kết quả")
    expect(page).to_have_url(re.compile(r"[?&]q=phu%20duc&"))
    results.get_by_role("link", name="CLB xã Phú Đức").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CLB xã Phú Đức")


@on_the_phone
def test_what_is_typed_before_the_scripts_are_here_filters_all_the_same(world: World, enter: Enter) -> None:
    club(world.phu_duc, name="CLB xã Phú Đức")
    club(world.tan_phu, name="CLB xã Tân Phú")
    page = enter(world.users["tinh"])
    held_back: list[Route] = []
    page.route("**/htmx*.js", lambda route: held_back.append(route))
    page.goto("/cau-lac-bo/", wait_until="commit")
    page.get_by_label("Tên câu lạc bộ hoặc đơn vị").fill("phu duc")
    status = page.locator("#results").get_by_role("status")
    expect(status).to_have_text("2 kết quả")
    for route in held_back:
        route.continue_()
    expect(status).to_have_text("1 kết quả")


@on_each_screen
def test_a_condition_of_the_list_is_dropped_by_its_chip(world: World, enter: Enter) -> None:
    club(world.phu_duc, name="CLB xã Phú Đức")
    club(world.chau_thanh, name="CLB huyện Châu Thành")
    page = enter(world.users["tinh"])
    page.goto("/cau-lac-bo/")
    page.get_by_label("Cấp", exact=True).select_option("Cấp huyện")
    results = page.locator("#results")
    expect(results.get_by_role("status")).to_have_text("1 kết quả")
    results.get_by_role("link", name="Cấp: Cấp huyện").click()
    expect(results.get_by_role("status")).to_have_text("2 kết quả")


@on_each_screen
def test_a_club_is_founded_with_its_decision_after_reading_it_once_more(world: World, enter: Enter) -> None:
    page = enter(world.users["xa"])
    page.goto("/cau-lac-bo/")
    page.get_by_role("link", name="Ghi câu lạc bộ đã có").click()
    page.get_by_label("ấp Phước Hậu").check()
    page.get_by_label("Loại").select_option("CLB người nghèo")
    page.get_by_label("Ngày thành lập").fill("01/10/2026")
    page.get_by_label("Số quyết định").fill("5")
    page.get_by_label("Ngày ký").fill("28/09/2026")
    page.get_by_label("Người ký").fill("Trần Văn Bình")
    page.get_by_label("Kỳ sinh hoạt", exact=True).select_option("Mỗi quý một kỳ")
    press(page, "Thành lập câu lạc bộ")

    expect(page.get_by_role("heading", level=1)).to_have_text("Thành lập câu lạc bộ?")
    expect(page.get_by_text("Ủy ban nhân dân xã An Khánh được ghi là cơ quan thành lập.")).to_be_visible()
    assert not Club.objects.exists()
    press(page, "Quay lại sửa")
    expect(page.get_by_label("Người ký")).to_have_value("Trần Văn Bình")
    page.get_by_label("Số quyết định").fill("6")
    press(page, "Thành lập câu lạc bộ")
    press(page, "Đồng ý, thành lập câu lạc bộ")

    expect(page.get_by_role("heading", level=1)).to_have_text("CLB người nghèo ấp Phước Hậu")
    founded = Club.objects.get()
    assert (founded.unit, founded.cadence, founded.founded_on) == (world.hamlet, Cadence.QUARTER, date(2026, 10, 1))
    decision = founded.founding_decision
    assert decision is not None
    assert (decision.number, decision.issued_on, decision.signer) == (6, date(2026, 9, 28), "Trần Văn Bình")


@on_each_screen
def test_members_come_in_up_to_the_25th_and_the_26th_is_refused(world: World, enter: Enter) -> None:
    here = club(world.an_khanh)
    for _ in range(24):
        member(here)
    page = enter(world.users["xa"])
    late = page.context.new_page()
    for tab in (page, late):
        tab.goto(f"/cau-lac-bo/{here.pk}/")
        tab.get_by_role("link", name="Kết nạp thành viên").click()
    admit(page, "Nguyễn Hữu Nghiêng")
    expect(page.get_by_text("Đã kết nạp Nguyễn Hữu Nghiêng vào ghế 25.")).to_be_visible()
    expect(page.get_by_role("link", name="Kết nạp thành viên")).to_have_count(0)
    admit(late, "Lê Thị Muộn")
    refusal = "Câu lạc bộ đã đủ 25 thành viên. Muốn kết nạp thêm, cần có người rời câu lạc bộ trước."
    expect(late.get_by_role("alert").get_by_text(refusal)).to_be_visible()
    expect(late.get_by_label("họ và tên", exact=False)).to_have_value("Lê Thị Muộn")
    assert here.memberships.sitting().count() == 25


def admit(page: Page, full_name: str) -> None:
    page.get_by_label("họ và tên", exact=False).fill(full_name)
    press(page, "Kết nạp")


def test_somebody_on_record_is_admitted_after_a_search(world: World, enter: Enter) -> None:
    here = club(world.an_khanh)
    for number in range(12):
        person(world.an_khanh, f"Trần Văn {number}")
    known = person(world.an_khanh, "Đặng Thị Ánh")
    page = enter(world.users["xa"])
    page.goto(f"/cau-lac-bo/{here.pk}/ket-nap/")
    page.get_by_label("Gõ vài chữ để tìm, không cần dấu").press_sequentially("dang anh")
    page.get_by_label("Đặng Thị Ánh, xã An Khánh").check()
    press(page, "Kết nạp")
    expect(page.get_by_text("Đã kết nạp Đặng Thị Ánh vào ghế 1.")).to_be_visible()
    assert here.memberships.sitting().get().person == known


@on_each_screen
def test_the_first_chair_is_recorded_from_the_founding_decision(world: World, enter: Enter) -> None:
    here = founded_by_decision(world.an_khanh)
    lua = member(here, full_name="Nguyễn Thị Lụa")
    page = enter(world.users["xa"])
    page.goto(f"/cau-lac-bo/{here.pk}/")
    page.locator("summary").filter(has_text="Việc khác").click()
    page.get_by_role("link", name="Ghi ban chủ nhiệm đầu tiên").click()
    page.get_by_label("Chủ nhiệm", exact=True).check()
    page.get_by_label("Nguyễn Thị Lụa").check()
    page.get_by_label("Từ ngày").fill("01/10/2026")
    press(page, "Ghi nhận")
    expect(page.get_by_text("Đã ghi Chủ nhiệm: Nguyễn Thị Lụa.")).to_be_visible()
    assert Office.objects.held().get().membership == lua
