"""Pausing, dissolving and merging clubs: members, offices, meetings, opinions, coverage; nothing vanishes."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from docx import Document

from clubs.actions import admit_member, apply_to_club, dissolve_club, leave_club, merge_clubs, suspend_club
from clubs.models import Club, Coverage, Membership
from meetings.actions.ending import end_club, pause_club
from meetings.models import Meeting, Opinion
from steering.models import Decision
from tests.builders import FOUNDED, World, club, elect, member, person, secretary
from tests.meetings.opinions import answered, raised
from tests.reports.builders import held, planned

ON = date(2026, 10, 10)


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def here(world: World) -> Club:
    """A commune's club with a chair, two more members and two meetings to come."""
    found = club(world.an_khanh, name="CLB xã An Khánh")
    chair = member(found, full_name="Nguyễn Thị Lụa")
    member(found, full_name="Lê Văn Út")
    member(found, full_name="Trần Văn Hai")
    elect(chair, on=date(2026, 1, 5))
    for day in (date(2026, 11, 6), date(2026, 12, 4)):
        planned(found, day)
    return found


@pytest.fixture
def other(world: World) -> Club:
    return club(world.hamlet, name="CLB ấp Phước Hậu")


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def page(of: Club, verb: str = "giai-the") -> str:
    return reverse("club_end", args=[of.pk, verb])


def sent(**facts: Any) -> dict[str, Any]:
    return {"on": "10/10/2026", "reason": "Hết hộ nghèo", "symbol": "QĐ-UBND", **facts}


def seats(of: Club) -> list[str]:
    return [str(row) for row in Membership.objects.filter(club=of).sitting().select_related("person").order_by("seat")]


# Dissolving


def test_every_consequence_is_listed_with_its_number_before_anything_is_written(
    xa: Client, here: Club, world: World
) -> None:
    apply_to_club(club=here, person=person(world.an_khanh), applied_on=date(2026, 10, 1), by=None)
    secretary("thu_ky", here)
    answer = xa.post(page(here), sent(number="7", issued_on="08/10/2026"))
    assert answer.context["consequences"] == [
        "3 thành viên rời câu lạc bộ.",
        "1 chức danh kết thúc.",
        "2 kỳ sinh hoạt đã lên lịch bị hủy với lý do trên: 06/11/2026, 04/12/2026.",
        "1 đơn xin gia nhập bị từ chối với lý do trên.",
        "1 tài khoản thư ký vẫn đọc được hồ sơ; Sở kết thúc phân công khi không cần nữa.",
        "Quyết định 07/QĐ-UBND, 08/10/2026 được ghi; gửi bản đã ký ở trang quyết định.",
        "Hồ sơ, biên bản và lịch sử của câu lạc bộ được giữ lại.",
    ]
    here.refresh_from_db()
    assert (here.status, here.memberships.sitting().count(), Decision.objects.count()) == ("active", 3, 0)


def test_a_dissolved_club_keeps_its_record_and_tells_since_when_why_and_by_which_decision(
    xa: Client, here: Club, world: World
) -> None:
    answer = xa.post(page(here), sent(number="7", issued_on="08/10/2026", agreed="1"), follow=True)
    here.refresh_from_db()
    decision = here.ending_decision
    assert decision is not None
    assert (here.status, here.ended_on, here.ending_reason) == ("dissolved", ON, "Hết hộ nghèo")
    assert (decision.number, decision.subject, decision.issuer_unit) == (
        7,
        "Về việc giải thể CLB xã An Khánh",
        world.an_khanh,
    )
    assert set(here.memberships.values_list("left_on", "leaving_reason")) == {(ON, "Hết hộ nghèo")}
    assert here.offices.get().ended_on == ON
    assert set(here.meetings.values_list("state", "state_reason")) == {("cancelled", "Hết hộ nghèo")}
    assert "Đã giải thể từ 10/10/2026. Lý do: Hết hộ nghèo." in text(answer)
    assert "Quyết định 07/QĐ-UBND, 08/10/2026" in text(answer)
    assert "Câu lạc bộ kết thúc" in [entry.sentence for entry in answer.context["entries"]]
    shown = text(xa.get(reverse("decision", args=[decision.pk])))
    assert "giải thể câu lạc bộ" in shown
    assert reverse("club_draft", args=[here.pk, "quyet-dinh-giai-the"]) in shown


def test_members_move_to_one_club_chosen_for_all_but_those_who_go_their_own_way(
    xa: Client, here: Club, other: Club, world: World
) -> None:
    third = club(world.an_khanh, name="CLB người nghèo", kind="poor_people")
    lua, ut, hai = here.memberships.order_by("seat")
    moves = {"into": other.pk, f"member-{ut.pk}": "leave", f"member-{hai.pk}": str(third.pk)}
    answer = xa.post(page(here), sent(**moves))
    assert answer.context["consequences"][:3] == [
        "1 thành viên chuyển sang CLB ấp Phước Hậu.",
        "1 thành viên chuyển sang CLB người nghèo.",
        "1 thành viên rời câu lạc bộ.",
    ]
    assert xa.post(page(here), sent(**moves, agreed="1")).status_code == 302
    assert (seats(here), seats(other), seats(third)) == ([], ["Nguyễn Thị Lụa"], ["Trần Văn Hai"])
    lua.refresh_from_db()
    assert (lua.left_on, lua.leaving_reason) == (ON, "Chuyển sang CLB ấp Phước Hậu")


def test_somebody_who_sits_there_already_only_leaves(here: Club, other: Club) -> None:
    twice = here.memberships.order_by("seat")[0]
    admit_member(club=other, person=twice.person, joined_on=date(2025, 2, 1), by=None)
    end_club(club=here, on=ON, reason="Hết việc", moves=dict.fromkeys([twice.pk], other), by=None)
    assert seats(other) == ["Nguyễn Thị Lụa"]
    twice.refresh_from_db()
    assert (twice.left_on, twice.leaving_reason) == (ON, "Hết việc")


def test_more_members_than_seats_are_refused_and_nothing_is_written(xa: Client, here: Club, other: Club) -> None:
    for _ in range(23):
        member(other)
    answer = xa.post(page(here), sent(into=other.pk, agreed="1"))
    assert answer.context["form"].non_field_errors() == [
        "CLB ấp Phước Hậu còn 2 ghế trống, không đủ cho 3 người chuyển đến. Chọn câu lạc bộ khác cho một số người, hoặc "
        "để họ rời."
    ]
    here.refresh_from_db()
    assert (here.status, len(seats(here)), len(seats(other))) == ("active", 3, 23)
    assert not here.meetings.filter(state="cancelled").exists()


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"on": "21/10/2026"}, "on", "Ngày 21/10/2026 chưa tới. Ghi khi quyết định đã có hiệu lực."),
        (
            {"on": "14/01/2025"},
            "on",
            "Nguyễn Thị Lụa kết nạp ngày 15/01/2025. Chọn ngày kết thúc từ đó trở đi, hoặc sửa ngày kết nạp.",
        ),
        ({"number": "9", "issued_on": "01/10/2026"}, "number", "Số 09/QĐ-UBND đã được dùng trong năm 2026."),
        ({"reason": ""}, "reason", ""),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    world: World, xa: Client, here: Club, facts: dict[str, str], field: str, sentence: str
) -> None:
    for other in here.memberships.exclude(person__full_name="Nguyễn Thị Lụa"):
        leave_club(membership=other, on=FOUNDED, reason="Chuyển nơi ở", by=None)
    Decision.objects.create(issuer_unit=world.an_khanh, subject="Khác", number=9, issued_on=date(2026, 2, 1))
    answer = xa.post(page(here), sent(**facts, agreed="1"))
    assert answer.context["form"].errors[field][0].startswith(sentence)
    here.refresh_from_db()
    assert here.status == "active"


def test_a_club_does_not_end_before_its_last_meeting(xa: Client, here: Club) -> None:
    held(here, date(2026, 10, 12))
    answer = xa.post(page(here), sent())
    assert answer.context["form"].errors["on"] == ["Câu lạc bộ còn họp ngày 12/10/2026. Chọn một ngày sau ngày đó."]
    assert xa.post(page(here), sent(on="13/10/2026", agreed="1")).status_code == 302


def test_each_open_opinion_is_answered_and_closed_or_left_to_the_committee(xa: Client, here: Club, other: Club) -> None:
    meeting = held(here, date(2026, 9, 4))
    first, second = raised(meeting, "Sửa cống"), raised(meeting, "Vay vốn")
    third, above = answered(meeting, "Nước sạch", on=date(2026, 9, 20)), raised(meeting, "Làm đường", to_above=True)
    member(other)
    raised(held(other, date(2026, 9, 4)), "Của câu lạc bộ khác")
    answer = xa.get(page(here))
    assert [bool(field) for _opinion, field in answer.context["form"].opinion_rows()] == [True, True, True, False]
    said = {f"answer-{first.pk}": "Đã sửa xong.", f"settle-{third.pk}": "on", f"answer-{above.pk}": "Không được ghi"}
    answer = xa.post(page(here), sent(**said))
    assert "Kiến nghị: đóng 2, để ban chỉ đạo trả lời tiếp 2." in answer.context["consequences"]
    assert xa.post(page(here), sent(**said, agreed="1")).status_code == 302
    found = {o.pk: (o.state, o.answer) for o in Opinion.objects.all()}
    assert found[first.pk] == ("closed", "Đã sửa xong.")
    assert (found[second.pk], found[above.pk]) == (("open", ""), ("open", ""))
    assert found[third.pk][0] == "closed"


# Merging


def test_a_merged_club_tells_where_it_went_and_its_members_sit_there(xa: Client, here: Club, other: Club) -> None:
    answer = xa.post(page(here, "sap-nhap"), sent(into=other.pk))
    assert answer.context["consequences"][0] == "3 thành viên chuyển sang CLB ấp Phước Hậu."
    answer = xa.post(page(here, "sap-nhap"), sent(into=other.pk, agreed="1"), follow=True)
    here.refresh_from_db()
    assert (here.status, here.merged_into, here.ended_on) == ("merged", other, ON)
    assert here.ending_decision is not None
    assert here.ending_decision.subject == "Về việc sáp nhập CLB xã An Khánh vào CLB ấp Phước Hậu"
    assert seats(other) == ["Nguyễn Thị Lụa", "Lê Văn Út", "Trần Văn Hai"]
    assert 'Từ 10/10/2026 đã sáp nhập vào <a href="' in text(answer)


def test_a_merger_needs_another_club_in_being(xa: Client, here: Club, other: Club, world: World) -> None:
    assert xa.post(page(here, "sap-nhap"), sent()).context["form"].errors.keys() == {"into"}
    dissolve_club(club=other, on=ON, reason="Hết việc", by=None)
    assert xa.post(page(here, "sap-nhap"), sent(into=other.pk)).context["form"].errors.keys() == {"into"}
    for wrong in (here, other, club(world.tan_phu, founded_on=None)):
        with pytest.raises(ValidationError) as refusal:
            merge_clubs(club=here, into=wrong, on=ON, reason="", by=None)
        assert "Chỉ sáp nhập vào một câu lạc bộ khác còn hoạt động." in str(refusal.value)


def test_the_other_club_of_a_district_takes_over_the_communes(world: World) -> None:
    first = club(world.chau_thanh, name="CLB số 1", covers=[world.an_khanh])
    second = club(world.chau_thanh, name="CLB số 2", covers=[world.tan_phu])
    merge_clubs(club=first, into=second, on=ON, reason="Ít xã", by=None)
    open_rows = Coverage.objects.filter(valid_until=None).order_by("unit__sort_key")
    assert [(row.club, row.unit) for row in open_rows] == [(second, world.an_khanh), (second, world.tan_phu)]
    assert open_rows[0].valid_from == ON


def test_coverage_is_free_for_another_club_after_a_dissolution(world: World) -> None:
    first = club(world.chau_thanh, name="CLB số 1", covers=[world.an_khanh])
    dissolve_club(club=first, on=ON, reason="Ít xã", by=None)
    assert club(world.chau_thanh, name="CLB số 2", covers=[world.an_khanh], founded_on=ON).coverage.count() == 1


# The draft


@pytest.mark.parametrize("verb", ["giai-the", "sap-nhap"])
def test_the_draft_says_what_is_filled_in_and_writes_nothing(xa: Client, here: Club, other: Club, verb: str) -> None:
    ut = here.memberships.order_by("seat")[1]
    facts = sent(into=other.pk, draft="1", **{f"member-{ut.pk}": "leave"})
    answer = xa.post(page(here, verb), facts)
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="du-thao-quyet-dinh-{verb}-clb-xa-an-khanh.docx"'
    )
    said = "\n".join(p.text for p in Document(BytesIO(answer.content)).paragraphs)
    assert "kể từ ngày 10 tháng 10 năm 2026." in said
    assert "Lý do: Hết hộ nghèo." in said
    assert "có 3 thành viên, trong đó 2 thành viên chuyển sang câu lạc bộ khác, 1 thành viên thôi tham gia." in said
    assert ("vào CLB ấp Phước Hậu" in said) == (verb == "sap-nhap")
    here.refresh_from_db()
    assert here.status == "active"
    assert xa.post(page(here, verb), sent(draft="1", on="hôm qua")).context["form"].errors["on"]


# Pausing


def test_a_paused_club_has_no_meetings_to_come_and_keeps_its_members(xa: Client, here: Club) -> None:
    address = reverse("club_pause", args=[here.pk])
    answer = xa.post(address, {"on": "15/10/2026", "reason": "Thiếu người phụ trách"})
    assert answer.context["consequences"][1] == (
        "2 kỳ sinh hoạt đã lên lịch bị hủy với lý do trên: 06/11/2026, 04/12/2026."
    )
    assert xa.post(address, {"on": "15/10/2026", "reason": "Thiếu người", "agreed": "1"}).status_code == 302
    here.refresh_from_db()
    assert (here.status, len(seats(here))) == ("suspended", 3)
    assert set(Meeting.objects.values_list("state", "state_reason")) == {("cancelled", "Thiếu người")}
    assert xa.get(address).url == reverse("club", args=[here.pk])


def test_a_meeting_before_the_pause_is_still_to_be_held(here: Club) -> None:
    pause_club(club=here, on=date(2026, 11, 20), reason="Mùa khô", by=None)
    assert list(here.meetings.order_by("starts_at").values_list("state", flat=True)) == ["planned", "cancelled"]
    with pytest.raises(ValidationError):
        pause_club(club=here, on=date(2026, 11, 21), reason="Mùa khô", by=None)


def test_a_suspended_club_is_dissolved_too(here: Club) -> None:
    suspend_club(club=here, on=date(2026, 9, 1), reason="Mùa khô", by=None)
    end_club(club=here, on=ON, reason="Hết việc", by=None)
    assert here.suspensions.get().valid_until == ON


# Who, and how much is asked


def test_another_units_club_is_not_found_and_a_viewer_ends_nothing(world: World, client: Client, here: Club) -> None:
    for address in (page(here), page(here, "sap-nhap"), reverse("club_pause", args=[here.pk])):
        assert client.get(address).url == f"/dang-nhap/?next={address}"
    for user, status in (("xa_khac", 404), ("xem", 403), ("xa", 200)):
        client.force_login(world.users[user])
        assert client.get(page(here)).status_code == status
    assert client.get(page(here, "khai-tru")).status_code == 404
    assert client.put(page(here)).status_code == 405
    end_club(club=here, on=ON, reason="Hết việc", by=None)
    assert client.get(page(here)).url == reverse("club", args=[here.pk])


def test_members_go_only_where_the_reader_may_seat_people(xa: Client, world: World, here: Club) -> None:
    foreign = club(world.an_hiep)
    answer = xa.post(page(here, "sap-nhap"), sent(into=foreign.pk))
    assert answer.context["form"].errors.keys() == {"into"}
    lua = here.memberships.order_by("seat")[0]
    answer = xa.post(page(here), sent(**{f"member-{lua.pk}": str(foreign.pk)}))
    assert answer.context["form"].errors.keys() == {f"member-{lua.pk}"}


def test_two_at_once_are_told_of_each_other(xa: Client, here: Club) -> None:
    version = xa.get(page(here)).context["version"]
    pause_club(club=here, on=date(2026, 10, 15), reason="Mùa khô", by=None)
    answer = xa.post(page(here), sent(version=version, agreed="1"))
    assert answer.context["meanwhile"].who == "Hệ thống"
    here.refresh_from_db()
    assert here.status == "suspended"


@pytest.mark.parametrize("rows", [1, 3, 24])
def test_the_page_asks_the_same_however_many_there_are(
    xa: Client, world: World, rows: int, django_assert_max_num_queries: Any
) -> None:
    here = club(world.an_khanh)
    for _ in range(rows):
        member(here)
        club(world.hamlet)
    with django_assert_max_num_queries(10):
        assert xa.get(page(here)).status_code == 200
