"""A unit's page: what is below it, its clubs, its committee, what it hosted, and what it was called before."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.actions import dissolve_club
from meetings.models import Meeting
from steering.actions import close_unit, rename_unit, save_checked, save_seat, set_standing_agency
from steering.models import CommitteeSeat, Succession, Unit, User
from tests.builders import World, club, member, secretary, unit
from tests.reports.builders import held, not_held, planned, with_members


@pytest.fixture
def huyen(world: World, client: Client) -> Client:
    client.force_login(world.users["huyen"])
    return client


def page(client: Client, place: Unit, **query: str) -> Any:
    answer = client.get(reverse("unit", args=[place.pk]), query)
    assert answer.status_code == 200
    return answer


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def listed(answer: Any) -> list[str]:
    return [str(row) for row in answer.context["page"].object_list]


# The way there


@pytest.mark.parametrize(("username", "place"), [("tinh", "province"), ("huyen", "chau_thanh"), ("xa", "an_khanh")])
def test_units_lead_to_ones_own(world: World, client: Client, username: str, place: str) -> None:
    client.force_login(world.users[username])
    assert client.get(reverse("units")).url == reverse("unit", args=[getattr(world, place).pk])  # type: ignore[attr-defined]


def test_who_sees_everything_without_an_appointment_begins_at_the_province(world: World, client: Client) -> None:
    client.force_login(User.objects.create_superuser("quan_tri", "quan_tri@example.vn", "mat-khau-thu"))
    assert client.get(reverse("units")).url == reverse("unit", args=[world.province.pk])  # type: ignore[attr-defined]


def test_without_any_unit_the_way_ends(db: None, client: Client) -> None:
    client.force_login(User.objects.create_superuser("quan_tri", "quan_tri@example.vn", "mat-khau-thu"))
    assert client.get(reverse("units")).status_code == 404


def test_the_units_above_are_links_only_where_one_may_go(world: World, client: Client) -> None:
    client.force_login(world.users["xa"])
    assert page(client, world.hamlet).context["crumbs"] == [
        ("Tỉnh Bến Tre", ""),
        ("Huyện Châu Thành", ""),
        ("Xã An Khánh", reverse("unit", args=[world.an_khanh.pk])),
    ]


# Numbers


def test_clubs_are_counted_in_four_columns_that_never_overlap(world: World, huyen: Client) -> None:
    club(world.chau_thanh)
    for place in (world.an_khanh, world.tan_phu):
        club(place)
    club(world.hamlet)
    club(world.hamlet, kind="poor_people")
    club(world.tan_phu, founded_on=None)
    club(world.an_hiep)  # another district's
    dissolve_club(club=club(world.phu_duc), on=date(2026, 10, 1), reason="Hết việc", by=None)
    answer = page(huyen, world.chau_thanh)
    assert answer.context["columns"] == [(1, "district"), (2, "commune"), (1, "hamlet"), (1, "poor_people")]
    assert (answer.context["total"], answer.context["planned"], answer.context["clubs_total"]) == (5, 1, 6)
    assert "An Hiệp" not in text(answer)


def test_what_is_below_is_counted_by_kind_and_members_with_it(world: World, huyen: Client) -> None:
    with_members(world.an_khanh, people=3)
    close_unit(unit=world.groups[2], on=date(2026, 10, 1), by=None)
    answer = page(huyen, world.chau_thanh)
    assert [(n, kind.value) for n, kind in answer.context["kinds"]] == [(3, "commune"), (1, "hamlet"), (2, "group")]
    assert answer.context["members"] == 3


# What is below


def test_children_stand_in_natural_order_with_what_is_below_each(world: World, huyen: Client) -> None:
    club(world.an_khanh)
    club(world.hamlet)
    rows = page(huyen, world.chau_thanh).context["page"].object_list
    assert [(str(row), row.parts, row.live_clubs) for row in rows] == [
        ("Xã An Khánh", 1, 2),
        ("Xã Phú Đức", 0, 0),
        ("Xã Tân Phú", 0, 0),
    ]
    assert listed(page(huyen, world.hamlet)) == ["Tổ NDTQ số 1", "Tổ NDTQ số 2", "Tổ NDTQ số 10"]


def test_children_come_in_pages_of_fifty(world: World, huyen: Client) -> None:
    for n in range(1, 61):
        unit(world.tan_phu, "ap", str(n))
    assert listed(page(huyen, world.tan_phu))[-1] == "Ấp 50"
    assert listed(page(huyen, world.tan_phu, page="2"))[0] == "Ấp 51"


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("phuoc hau", ["Ấp Phước Hậu", "Tổ NDTQ số 1", "Tổ NDTQ số 2", "Tổ NDTQ số 10"]),
        ("số 10 Phước Hậu", ["Tổ NDTQ số 10"]),
        ("to ndtq so 1", ["Tổ NDTQ số 1", "Tổ NDTQ số 10"]),
        ("an hiep", []),
    ],
)
def test_what_is_anywhere_below_is_found_with_and_without_diacritics(
    world: World, huyen: Client, sought: str, found: list[str]
) -> None:
    assert listed(page(huyen, world.chau_thanh, q=sought)) == found


def test_a_name_with_all_the_words_comes_before_words_spread_over_the_units_above(world: World, huyen: Client) -> None:
    unit(unit(world.an_khanh, "khu-pho", "10"), "to", "số 1")  # "so" in its own name, "10" in the name above
    assert listed(page(huyen, world.chau_thanh, q="to 10")) == ["Tổ NDTQ số 10", "Tổ NDTQ số 1"]


@pytest.mark.parametrize("nothing", ["\u200b", "\u0301", "\x00"])
def test_words_of_nothing_visible_search_for_nothing(world: World, huyen: Client, nothing: str) -> None:
    assert listed(page(huyen, world.hamlet, q=nothing)) == ["Tổ NDTQ số 1", "Tổ NDTQ số 2", "Tổ NDTQ số 10"]


def test_nothing_found_and_nothing_there_say_what_to_do(world: World, huyen: Client) -> None:
    assert "Không có đơn vị nào khớp với “ba tri”" in text(page(huyen, world.chau_thanh, q="ba tri"))
    empty = text(page(huyen, world.tan_phu))
    assert "Chưa có ấp, khu phố nào" in empty
    assert f'href="{reverse("unit_add_many", args=[world.tan_phu.pk])}"' in empty
    assert "Đơn vị trực thuộc" not in text(page(huyen, world.groups[0]))


# Clubs and committee


def test_clubs_of_the_unit_itself_come_first_and_the_list_goes_on_elsewhere(world: World, huyen: Client) -> None:
    below = club(world.hamlet, name="CLB ấp")
    for n in range(1, 11):
        club(world.an_khanh, name=f"CLB số {n}")
    answer = page(huyen, world.an_khanh)
    assert [row.name for row in answer.context["clubs"]] == [f"CLB số {n}" for n in range(1, 11)]
    assert below.name not in text(answer)
    address = f"{reverse('clubs')}?unit={world.an_khanh.pk}"
    assert f'href="{address}"' in text(answer)
    assert huyen.get(address).context["page"].paginator.count == 11


def test_the_list_of_clubs_takes_no_unit_of_another_district(world: World, huyen: Client) -> None:
    club(world.an_hiep)
    answer = huyen.get(reverse("clubs"), {"unit": str(world.an_hiep.pk)})
    assert "unit" in answer.context["filter"].form.errors


def test_the_committee_in_force_shows_who_leads_it(world: World, huyen: Client) -> None:
    committee = world.an_khanh.committees.get()
    for role, name in (("deputy", "Lê Văn Phó"), ("head", "Trần Thị Trưởng")):
        seat = CommitteeSeat(committee=committee, role=role, full_name=name, position="UBND xã")
        seat.valid_from = date(2024, 1, 1)
        save_seat(seat=seat, by=None)
    set_standing_agency(committee=committee, name="Văn phòng UBND", on=date(2024, 1, 1), by=None)
    found = page(huyen, world.an_khanh).context["unit"]
    assert (found.committee, found.head, found.deputy, found.agency) == (
        committee,
        "Trần Thị Trưởng",
        "Lê Văn Phó",
        "Văn phòng UBND",
    )


def test_a_unit_without_a_committee_leads_to_founding_one(world: World, huyen: Client) -> None:
    world.tan_phu.committees.get().delete()
    answer = text(page(huyen, world.tan_phu))
    assert "Đơn vị chưa có ban chỉ đạo." in answer
    assert f'href="{reverse("committee_found")}?unit={world.tan_phu.pk}"' in answer


# Host history


def test_meetings_hosted_stand_latest_first_with_club_and_state(world: World, huyen: Client) -> None:
    here = with_members(world.an_khanh, name="CLB xã")
    held(here, date(2026, 8, 5))
    not_held(here, date(2026, 9, 5))
    planned(here, date(2026, 11, 5))
    answer = page(huyen, world.hamlet)
    assert [(m.starts_at.date(), m.club.name, m.state) for m in answer.context["hosted"]] == [
        (date(2026, 11, 5), "CLB xã", "planned"),
        (date(2026, 9, 5), "CLB xã", "did_not_meet"),
        (date(2026, 8, 5), "CLB xã", "held"),
    ]
    assert (answer.context["held"], answer.context["hosted_total"]) == (1, 3)


def test_the_rest_of_the_meetings_hosted_has_a_page_of_its_own(world: World, huyen: Client) -> None:
    here = with_members(world.an_khanh)
    for month in range(3, 10):
        held(here, date(2026, month, 5))
    assert len(page(huyen, world.hamlet).context["hosted"]) == 5
    answer = huyen.get(reverse("unit_hosted", args=[world.hamlet.pk]))
    assert [m.starts_at.month for m in answer.context["page"].object_list] == [9, 8, 7, 6, 5, 4, 3]
    assert "Chưa đăng cai kỳ nào" in text(huyen.get(reverse("unit_hosted", args=[world.groups[0].pk])))


def test_a_meeting_of_a_club_beyond_ones_place_is_words_without_a_link(world: World, client: Client) -> None:
    meeting = planned(club(world.chau_thanh, name="CLB huyện", covers=[world.an_khanh]), date(2026, 9, 8))
    assert meeting.host == world.an_khanh
    client.force_login(world.users["xa"])
    answer = text(page(client, world.an_khanh))
    assert "CLB huyện" in answer
    assert reverse("meeting", args=[meeting.pk]) not in answer


# Past


def test_former_names_and_the_units_on_either_side_are_told(world: World, huyen: Client) -> None:
    rename_unit(unit=world.hamlet, type="khu-pho", name="Phước Hậu", code="", by=None)
    rename_unit(unit=world.hamlet, type="khu-pho", name="Hưng Phú", code="", by=None)
    other = unit(world.an_hiep, "ap", "1")
    for before, after in ((other, world.hamlet), (world.hamlet, other)):
        save_checked(Succession(predecessor=before, successor=after, effective_on=date(2026, 7, 1)), by=None)
    answer = page(huyen, world.hamlet)
    past = answer.context["past"]
    assert past.names == [("Khu phố Phước Hậu", date(2026, 10, 20)), ("Ấp Phước Hậu", date(2026, 10, 20))]
    assert [(str(u), str(u.parent), day) for u, day in past.before] == [("Ấp 1", "Xã An Hiệp", date(2026, 7, 1))]
    assert [str(u) for u, _day in past.after] == ["Ấp 1"]
    assert "trước là Khu phố Phước Hậu" in text(answer)
    assert reverse("unit", args=[other.pk]) not in text(answer)  # another district's


def test_a_unit_that_ended_says_so_and_offers_no_work(world: World, huyen: Client) -> None:
    close_unit(unit=world.groups[0], on=date(2026, 10, 1), by=None)
    answer = text(page(huyen, world.groups[0]))
    assert "Đã kết thúc từ 01/10/2026" in answer
    assert reverse("unit_rename", args=[world.groups[0].pk]) not in answer


# Closing


def closing(place: Unit) -> str:
    return reverse("unit_close", args=[place.pk])


def test_closing_tells_what_stays_open_and_leads_to_the_unit_above(world: World, huyen: Client) -> None:
    club(world.hamlet)
    planned(club(world.an_khanh), date(2026, 11, 5))
    consequences = huyen.get(closing(world.hamlet)).context["consequences"]
    assert consequences[1:] == [
        "Còn 3 đơn vị trực thuộc; kết thúc các đơn vị đó trước.",
        "Còn 1 câu lạc bộ đặt tại đây; câu lạc bộ không tự kết thúc theo đơn vị.",
        "Còn 1 kỳ sinh hoạt đã lên lịch tại đây; đổi nơi họp cho từng kỳ.",
    ]
    answer = huyen.post(closing(world.groups[0]), {"on": "01/10/2026"})
    assert answer.url == reverse("unit", args=[world.hamlet.pk])  # type: ignore[attr-defined]
    world.groups[0].refresh_from_db()
    assert world.groups[0].valid_until == date(2026, 10, 1)


def test_a_committee_that_remains_is_named(world: World, huyen: Client) -> None:
    consequences = huyen.get(closing(world.tan_phu)).context["consequences"]
    assert consequences[1:] == ["Ban chỉ đạo của đơn vị vẫn được ghi là đang hoạt động."]


def test_a_unit_with_others_below_or_closed_before_is_refused(world: World, huyen: Client) -> None:
    answer = huyen.post(closing(world.hamlet), {"on": "01/10/2026"})
    assert answer.context["form"].non_field_errors() == [
        "Đơn vị này còn đơn vị trực thuộc. Kết thúc các đơn vị trực thuộc trước."
    ]
    early = huyen.post(closing(world.groups[0]), {"on": "01/10/1999"})
    assert early.context["form"].errors["on"] == ["Tổ NDTQ số 1 có từ 01/01/2000. Ghi ngày kết thúc từ đó trở đi."]
    huyen.post(closing(world.groups[0]), {"on": "01/10/2026"})
    again = huyen.post(closing(world.groups[0]), {"on": "02/10/2026"})
    assert "đã kết thúc từ 01/10/2026" in again.context["form"].non_field_errors()[0]


# Who, and how many queries


@pytest.mark.parametrize("address", ["unit", "unit_hosted", "unit_close"])
def test_another_districts_unit_is_not_found(world: World, huyen: Client, address: str) -> None:
    assert huyen.get(reverse(address, args=[world.an_hiep.pk])).status_code == 404


def test_a_viewer_reads_and_has_no_buttons(world: World, client: Client) -> None:
    client.force_login(world.users["xem"])
    answer = text(page(client, world.tan_phu))
    assert ("Lập hàng loạt" in answer, "Việc khác" in answer, "Thành lập câu lạc bộ" in answer) == (False,) * 3
    assert client.get(closing(world.tan_phu)).status_code == 403


def test_a_secretary_has_no_units(world: World, client: Client) -> None:
    client.force_login(secretary("thu_ky", club(world.an_khanh)))
    assert client.get(reverse("units")).status_code == 403
    assert client.get(reverse("unit", args=[world.an_khanh.pk])).status_code == 404


def test_strangers_log_in_first_and_a_page_to_read_takes_no_post(world: World, client: Client) -> None:
    address = reverse("unit", args=[world.an_khanh.pk])
    assert client.get(address).headers["Location"] == f"/dang-nhap/?next={address}"
    client.force_login(world.users["xa"])
    for name in ("unit", "unit_hosted"):
        assert client.post(reverse(name, args=[world.an_khanh.pk])).status_code == 405
    assert client.put(closing(world.an_khanh)).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
@pytest.mark.parametrize("query", [{}, {"q": "ap"}])
def test_a_units_page_needs_eight_queries_for_any_number_of_rows(
    world: World, huyen: Client, rows: int, query: dict[str, str], django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        unit(unit(world.an_khanh, "ap", str(n)), "to", "số 1")
        member(club(world.hamlet))
    meeting = planned(club(world.hamlet), date(2026, 10, 20))
    Meeting.objects.filter(pk=meeting.pk).update(host=world.an_khanh)
    rename_unit(unit=world.an_khanh, type="xa", name="An Khánh Đông", code="", by=None)
    with django_assert_num_queries(8):
        page(huyen, world.an_khanh, **query)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_meetings_hosted_need_five_queries(
    world: World, huyen: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        meeting = planned(club(world.hamlet), date(2026, 11, 5))
        Meeting.objects.filter(pk=meeting.pk).update(host=world.hamlet)
    with django_assert_num_queries(5):
        assert huyen.get(reverse("unit_hosted", args=[world.hamlet.pk])).status_code == 200
