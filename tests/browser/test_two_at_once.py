"""Two people, or one person twice, at the same form."""

from playwright.sync_api import expect

from clubs.models import Club
from tests.browser.conftest import Enter, on_each_screen
from tests.browser.steps import press
from tests.builders import World, club


@on_each_screen
def test_whoever_saves_second_is_told_who_changed_what_and_keeps_the_text(world: World, enter: Enter) -> None:
    here = club(world.an_khanh, name="CLB xã An Khánh")
    first, second = enter(world.users["xa"]), enter(world.users["huyen"])
    for page in (first, second):
        page.goto(f"/cau-lac-bo/{here.pk}/sua/")
    first.get_by_label("Kỳ sinh hoạt", exact=True).select_option("Mỗi quý một kỳ")
    press(first, "Lưu")
    second.get_by_label("Tên câu lạc bộ").fill("CLB xã An Khánh số 1")
    press(second, "Lưu")
    told = second.get_by_role("alert")
    expect(told.get_by_role("heading")).to_have_text("Người xa vừa sửa lúc 09:00, 20/10/2026")
    expect(told.get_by_role("listitem")).to_have_text(["kỳ sinh hoạt: Mỗi tháng một kỳ → Mỗi quý một kỳ"])
    expect(second.get_by_label("Tên câu lạc bộ")).to_have_value("CLB xã An Khánh số 1")
    here.refresh_from_db()
    assert here.name == "CLB xã An Khánh"
    press(second, "Lưu")
    expect(second.get_by_role("heading", level=1)).to_have_text("CLB xã An Khánh số 1")


def test_a_form_sent_twice_acts_once(world: World, enter: Enter) -> None:
    here = club(world.an_khanh)
    page = enter(world.users["xa"])
    page.goto(f"/cau-lac-bo/{here.pk}/ket-nap/")
    page.get_by_label("họ và tên", exact=False).fill("Nguyễn Hữu Nghiêng")
    page.locator("main form").evaluate("form => { form.target = '_blank'; }")  # so that it can be sent again
    told = ["Đã kết nạp Nguyễn Hữu Nghiêng vào ghế 1.", "Việc này đã làm xong ở lần gửi trước, không làm lại."]
    for sentence in told:
        with page.expect_popup() as answer:
            press(page, "Kết nạp")
        expect(answer.value.get_by_text(sentence)).to_be_visible()
    assert here.memberships.sitting().count() == 1


def test_an_impatient_double_click_founds_one_club(world: World, enter: Enter) -> None:
    page = enter(world.users["xa"])
    page.goto("/cau-lac-bo/thanh-lap/")
    page.get_by_label("ấp Phước Hậu").check()
    press(page, "Thành lập câu lạc bộ")
    page.get_by_role("button", name="Đồng ý, thành lập câu lạc bộ").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("CLB công tác giảm nghèo ấp Phước Hậu")
    assert Club.objects.count() == 1
