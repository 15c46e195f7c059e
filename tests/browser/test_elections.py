"""Elections and regulations in the browser: a tie and a second round, a regulation changed and compared."""

from datetime import date

from playwright.sync_api import expect

from clubs.actions import adopt_regulation
from clubs.models import Office, Regulation
from tests.browser.conftest import Enter, on_each_screen, on_the_phone
from tests.browser.steps import press
from tests.builders import World, club, member

NAMES = ("Nguyễn Thị Lụa", "Trần Văn Bình", "Lê Thị Hoa", "Võ Thanh Phong")
ARTICLES = "Điều 1. Tự nguyện.\nĐiều 2. Mỗi tháng một kỳ."


@on_the_phone
def test_a_tie_is_decided_in_a_second_round(world: World, enter: Enter) -> None:
    here = club(world.an_khanh, name="CLB xã An Khánh")
    for name in NAMES:
        member(here, full_name=name)
    page = enter(world.users["xa"])
    page.goto(f"/cau-lac-bo/{here.pk}/")
    page.get_by_role("link", name="Bầu ban chủ nhiệm").first.click()
    page.get_by_label("Không bầu").check()
    press(page, "Mở cuộc bầu")
    page.get_by_role("link", name="Ghi người ứng cử").click()
    for name in NAMES[:2]:
        page.get_by_label(name).check()
    press(page, "Lưu danh sách")
    page.locator(".page-head").get_by_role("link", name="Ghi số có mặt").click()
    page.get_by_label("Số thành viên có mặt").fill("4")
    press(page, "Lưu")
    page.locator(".page-head").get_by_role("link", name="Kiểm phiếu: Chủ nhiệm, vòng 1").click()
    page.get_by_label("Số phiếu thu vào").fill("4")
    page.get_by_label("Số phiếu hợp lệ").fill("4")
    page.get_by_label(NAMES[0]).fill("3")
    page.get_by_label(NAMES[1]).fill("2")
    expect(page.get_by_role("status")).to_contain_text("4 phiếu hợp lệ: trúng cử từ 3 phiếu trở lên.")
    expect(page.get_by_role("status")).to_contain_text("Cộng lại là 5 phiếu, nhiều nhất chỉ có thể là 4.")
    page.get_by_label(NAMES[0]).fill("2")
    press(page, "Lưu kết quả kiểm phiếu")
    expect(page.get_by_text("Không ai được đủ 3 phiếu. Bầu vòng sau trong: ")).to_be_visible()
    page.locator(".page-head").get_by_role("link", name="Mở vòng sau: Chủ nhiệm").click()
    press(page, "Mở vòng sau")
    page.locator(".page-head").get_by_role("link", name="Kiểm phiếu: Chủ nhiệm, vòng 2").click()
    for label, number in (("Số phiếu thu vào", 4), ("Số phiếu hợp lệ", 4), (NAMES[0], 1), (NAMES[1], 3)):
        page.get_by_label(label).fill(str(number))
    press(page, "Lưu kết quả kiểm phiếu")
    page.locator(".page-head").get_by_role("link", name="Kết luận").click()
    expect(page.locator(".will").get_by_role("listitem")).to_have_text(
        ["Trần Văn Bình làm chủ nhiệm từ 20/10/2026, nhiệm kỳ đến 20/10/2031.", "Kết quả không sửa được nữa."]
    )
    press(page, "Kết luận")
    expect(page.get_by_text("Đã kết luận. Ban chủ nhiệm mới nhận chức từ ngày bầu.")).to_be_visible()
    assert str(Office.objects.get()) == "Chủ nhiệm: Trần Văn Bình"


@on_each_screen
def test_a_regulation_is_changed_and_compared(world: World, enter: Enter) -> None:
    here = club(world.an_khanh)
    terms = {"cadence": "month", "term_months": 60, "quorum": "2/3", "majority": "1/2"}
    adopt_regulation(club=here, adopted_on=date(2025, 2, 1), text=ARTICLES, **terms, by=None)  # type: ignore[arg-type]
    page = enter(world.users["xa"])
    page.goto(f"/cau-lac-bo/{here.pk}/")
    page.get_by_role("link", name="Quy chế của câu lạc bộ").click()
    page.get_by_role("link", name="Thông qua bản mới").click()
    page.get_by_label("Nội dung quy chế").fill("Điều 1. Tự nguyện.\nĐiều 2. Mỗi quý một kỳ.")
    page.get_by_label("Sinh hoạt", exact=True).select_option("Mỗi quý một kỳ")
    press(page, "Thông qua quy chế")
    expect(page.locator(".will")).to_contain_text("Sinh hoạt: Mỗi tháng một kỳ → Mỗi quý một kỳ.")
    press(page, "Đồng ý, thông qua quy chế")
    page.get_by_role("link", name="Lần 2 đổi những gì").click()
    expect(page.locator("del")).to_have_text("Điều 2. Mỗi tháng một kỳ.")
    expect(page.locator("ins")).to_have_text("Điều 2. Mỗi quý một kỳ.")
    here.refresh_from_db()
    assert (here.cadence, Regulation.objects.count()) == ("quarter", 2)
