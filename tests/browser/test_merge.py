"""Somebody entered twice, in the browser: told of before it happens, found afterwards, made one."""

from datetime import date

from playwright.sync_api import expect

from clubs.actions import admit_member
from clubs.models import Person
from tests.browser.conftest import Enter, on_each_screen
from tests.browser.steps import press
from tests.builders import World, club, person


@on_each_screen
def test_a_person_entered_twice_is_told_of_found_and_merged(world: World, enter: Enter) -> None:
    here = club(world.an_khanh)
    known = person(world.an_khanh, "Lê Thị Hoa", birth_year=1970, job="Làm vườn")
    admit_member(club=here, person=known, joined_on=date(2026, 3, 1), by=None)
    there = club(world.an_khanh)
    page = enter(world.users["xa"])
    page.goto(f"/cau-lac-bo/{there.pk}/ket-nap/")
    page.get_by_label("họ và tên", exact=False).fill("Lê Thị Hoà")
    page.get_by_label("năm sinh", exact=False).fill("1970")
    press(page, "Kết nạp")
    expect(page.get_by_role("heading", name="Có thể đã có trong danh sách")).to_be_visible()
    press(page, "Là người khác, ghi người mới")
    expect(page.get_by_text("Đã kết nạp Lê Thị Hoà vào ghế 1.")).to_be_visible()

    page.goto("/cau-lac-bo/")
    page.get_by_role("link", name="Người nhập trùng").click()
    page.get_by_role("link", name="So sánh").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhập thành một người: Lê Thị Hoa")
    expect(page.get_by_text("Việc này không làm ngược lại được.")).to_be_visible()
    press(page, "Nhập thành một")
    expect(page.get_by_text("Đã nhập hai hồ sơ của Lê Thị Hoa thành một.")).to_be_visible()
    assert set(known.memberships.values_list("club", flat=True)) == {here.pk, there.pk}

    page.goto("/nguoi/trung/")
    expect(page.get_by_role("heading", name="Không có cặp nào")).to_be_visible()
    gone = Person.objects.get(merged_into=known)
    page.goto(f"/nguoi/{gone.pk}/")
    expect(page).to_have_url(f"/nguoi/{known.pk}/")
