"""Officers on the website: the list of clubs, a club's page, founding, changing and ending one."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.actions import (
    apply_to_club,
    appoint_officer,
    dissolve_club,
    end_office,
    found_planned_club,
    merge_clubs,
    propose_club,
)
from clubs.actions.clubs import cover_communes
from clubs.models import Club, Proposal
from meetings.actions import plan_club, record_guests
from steering.models import Decision, Succession
from steering.versions import version_of
from tests.builders import FOUNDED, World, club, elect, founded_by_decision, member, person, secretary, unit
from tests.meetings.opinions import raised
from tests.reports.builders import held


@pytest.fixture
def huyen(world: World, client: Client) -> Client:
    client.force_login(world.users["huyen"])
    return client


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# The list


def names(client: Client, **conditions: str) -> list[str]:
    return [club.name for club in client.get(reverse("clubs"), conditions).context["page"].object_list]


def test_the_list_shows_ones_own_clubs_in_natural_order(world: World, huyen: Client) -> None:
    for place, name in ((world.an_khanh, "CLB số 10"), (world.tan_phu, "CLB số 2"), (world.an_hiep, "CLB số 1")):
        club(place, name=name)
    assert names(huyen) == ["CLB số 2", "CLB số 10"]
    assert names(huyen, sort="-name") == ["CLB số 10", "CLB số 2"]


def test_the_list_is_searched_without_diacritics_by_club_and_unit(world: World, huyen: Client) -> None:
    club(world.an_khanh, name="CLB Hướng Dương")
    club(world.tan_phu, name="CLB Bình Minh")
    assert names(huyen, q="huong duong") == ["CLB Hướng Dương"]
    assert names(huyen, q="tan phu binh") == ["CLB Bình Minh"]
    assert names(huyen, q="ba tri") == []


@pytest.mark.parametrize(
    ("condition", "value", "found"),
    [
        ("level", "hamlet", ["CLB ấp"]),
        ("kind", "poor_people", ["CLB ấp"]),
        ("cadence", "quarter", ["CLB xã"]),
        ("status", "planned", ["CLB dự kiến"]),
        ("vacancy", "chair", ["CLB ấp", "CLB xã"]),
        ("unit", "an_khanh", ["CLB ấp", "CLB xã"]),
    ],
)
def test_each_filter_narrows_the_list(
    world: World, huyen: Client, condition: str, value: str, found: list[str]
) -> None:
    club(world.an_khanh, name="CLB xã", cadence="quarter")
    club(world.hamlet, name="CLB ấp", kind="poor_people")
    club(world.tan_phu, name="CLB dự kiến", founded_on=None)
    assert names(huyen, **{condition: str(world.an_khanh.pk) if condition == "unit" else value}) == found


def test_a_condition_is_a_chip_that_leads_to_the_list_without_it(world: World, huyen: Client) -> None:
    club(world.an_khanh)
    answer = huyen.get(reverse("clubs"), {"level": "commune", "q": "an khanh", "page": "1"})
    assert answer.context["chips"] == [
        ("Tên câu lạc bộ hoặc đơn vị: an khanh", "?level=commune"),
        ("Cấp: Cấp xã", "?q=an+khanh"),
    ]


def test_clubs_that_ended_show_when_asked_for(world: World, huyen: Client) -> None:
    gone = club(world.an_khanh, name="CLB cũ")
    dissolve_club(club=gone, on=date(2026, 10, 1), reason="Hết việc", by=None)
    assert (names(huyen), names(huyen, status="dissolved")) == ([], ["CLB cũ"])


def test_a_condition_that_there_is_not_is_passed_over(world: World, huyen: Client) -> None:
    club(world.an_khanh, name="CLB một")
    assert names(huyen, status="xyz", unit="999", sort="abc", page="-3") == ["CLB một"]


def test_an_empty_list_says_what_to_do(world: World, huyen: Client) -> None:
    assert "Thành lập câu lạc bộ" in text(huyen.get(reverse("clubs")))
    assert "bỏ bớt điều kiện lọc" in text(huyen.get(reverse("clubs"), {"q": "khong co"}))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_needs_six_queries_for_any_number_of_clubs(
    world: World, huyen: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        member(club(world.an_khanh))
    with django_assert_num_queries(5):
        assert huyen.get(reverse("clubs")).status_code == 200


def test_what_is_filtered_can_be_taken_away(world: World, huyen: Client) -> None:
    club(world.an_khanh, name="CLB một")
    club(world.tan_phu, name="CLB hai")
    answer = huyen.get(reverse("clubs_file"), {"q": "mot"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cau-lac-bo-2026-10-20.xlsx"'


# A club's page


def test_a_clubs_page_shows_25_seats_and_three_offices(world: World, huyen: Client) -> None:
    here = founded_by_decision(world.an_khanh)
    seated = member(here, full_name="Trần Thị Lụa")
    huyen.post(
        reverse("club_appoint", args=[here.pk]), {"role": "chair", "membership": seated.pk, "started_on": "01/10/2026"}
    )
    answer = huyen.get(reverse("club", args=[here.pk]))
    assert [seat for seat, holder in answer.context["seats"] if holder] == [1]
    assert len(answer.context["seats"]) == 25
    assert [str(holder or "") for _role, holder in answer.context["offices"]] == ["Trần Thị Lụa", "", ""]
    assert "Chủ nhiệm mới: Trần Thị Lụa" in text(answer)


def test_the_first_officers_are_recorded_only_while_an_office_was_never_held(world: World, huyen: Client) -> None:
    here, without_decision = founded_by_decision(world.an_khanh), club(world.tan_phu)

    def is_offered(of: Club) -> bool:
        return reverse("club_appoint", args=[of.pk]) in text(huyen.get(reverse("club", args=[of.pk])))

    for role in ("chair", "vice_chair", "vice_chair"):
        assert is_offered(here)
        appoint_officer(membership=member(here), role=role, started_on=FOUNDED, by=None)
    assert not is_offered(here)
    end_office(office=here.offices.first(), on=date(2026, 9, 1), by=None)
    assert not is_offered(here)
    assert not is_offered(without_decision)


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_a_clubs_page_needs_seven_queries(
    world: World, huyen: Client, rows: int, django_assert_num_queries: Any
) -> None:
    here = club(world.an_khanh)
    for _ in range(rows):
        member(here)
    with django_assert_num_queries(7):
        assert huyen.get(reverse("club", args=[here.pk])).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_district_clubs_page_with_all_that_hangs_on_it_needs_eight(
    world: World, client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    here = proposed_and_founded(world)
    for number in range(rows):
        apply_to_club(club=here, person=person(here.unit), applied_on=date(2026, 10, 1), by=None)
        Succession.objects.create(
            predecessor=unit(world.an_hiep, "ap", f"số {number}"), successor=world.hamlet, effective_on=FOUNDED
        )
    for month in (7, 8, 9):
        meeting = held(here, date(2026, month, 10), guests=rows)
        came = dict.fromkeys(meeting.guests.values_list("pk", flat=True), True)
        record_guests(meeting=meeting, came=came, by=None)
    for number in range(rows):
        raised(meeting, f"Kiến nghị {number}")
    plan_club(club=here, until=date(2026, 12, 1), by=None)
    for reader, queries in ((world.users["huyen"], 8), (secretary("thu_ky", here), 7)):  # 7: may not admit members
        client.force_login(reader)
        with django_assert_num_queries(queries):
            told = client.get(reverse("club", args=[here.pk])).context
        assert [len(told[name]) for name in ("waiting", "opinions", "hosts")] == [rows, rows, 4]
        assert (told["total"], bool(told["steps"]), len(told["frequent"])) == (
            5,
            True,
            0 if queries == 7 else min(rows, 5),
        )


def proposed_and_founded(world: World) -> Club:
    """A district club that covers two communes, with its proposal and its decision still to be signed."""
    proposal = Proposal(reason="Nhiều hộ nghèo", asked_by="Hội Nông dân", proposed_on=FOUNDED)
    new = Club(unit=world.chau_thanh, level="district", name="CLB huyện")
    here = propose_club(club=new, proposal=proposal, by=None)
    here = found_planned_club(club=here, founded_on=FOUNDED, decision=Decision(), by=None)
    cover_communes(club=here, units=[world.an_khanh, world.tan_phu], by=None)
    member(here)
    return here


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_merged_clubs_page_needs_six(world: World, huyen: Client, rows: int, django_assert_num_queries: Any) -> None:
    here, other = club(world.an_khanh), club(world.an_khanh)
    member(here)
    meeting = held(here, date(2026, 9, 10))
    for number in range(rows):
        raised(meeting, f"Kiến nghị {number}")
    merge_clubs(club=here, into=other, on=date(2026, 10, 1), reason="Ít người", decision=Decision(), by=None)
    with django_assert_num_queries(6):
        told = huyen.get(reverse("club", args=[here.pk])).context
    assert len(told["opinions"]) == rows


def test_a_secretary_sees_the_own_club_and_no_buttons_of_officers(world: World, client: Client) -> None:
    own, other = club(world.an_khanh), club(world.an_khanh)
    client.force_login(secretary("thu_ky", own))
    page = text(client.get(reverse("club", args=[own.pk])))
    assert "Kết nạp thành viên" not in page
    assert client.get(reverse("club", args=[other.pk])).status_code == 404
    assert client.get(reverse("club_change", args=[own.pk])).status_code == 403


# Founding


def founding(place: Any, **facts: Any) -> dict[str, Any]:
    return {
        "unit": place.pk,
        "kind": "work",
        "founded_on": "15/01/2026",
        "number": "5",
        "symbol": "QĐ-UBND",
        "issued_on": "10/01/2026",
        "cadence": "month",
        "week": "2",
        "weekday": "4",
        "starts_at": "07:30",
        **facts,
    }


def test_before_founding_one_reads_what_will_follow_and_nothing_is_written(world: World, huyen: Client) -> None:
    answer = huyen.post(reverse("club_found"), founding(world.hamlet))
    page = text(answer)
    assert "Ủy ban nhân dân xã An Khánh được ghi là cơ quan thành lập." in page
    assert "Kỳ sinh hoạt đầu tiên phải họp là kỳ tháng 02/2026." in page or "tháng 01/2026" not in page
    assert not Club.objects.exists()
    assert not Decision.objects.exists()


def test_a_club_is_founded_with_its_decision_and_a_name_of_its_own(world: World, huyen: Client) -> None:
    answer = huyen.post(reverse("club_found"), founding(world.hamlet, agreed="1"))
    founded = Club.objects.get()
    assert answer.url == reverse("club", args=[founded.pk])
    assert (founded.name, founded.level) == ("CLB công tác giảm nghèo ấp Phước Hậu", "hamlet")
    assert founded.founding_decision.issuer_unit == world.an_khanh
    assert str(founded.founding_decision) == "05/QĐ-UBND, 10/01/2026"
    assert founded.history.get().history_user == world.users["huyen"]


def test_a_number_used_before_is_refused_beside_the_number(world: World, huyen: Client) -> None:
    huyen.post(reverse("club_found"), founding(world.an_khanh, agreed="1"))
    answer = huyen.post(reverse("club_found"), founding(world.hamlet, agreed="1"))
    assert answer.context["form"].errors["number"] == [
        "Số 05/QĐ-UBND đã được dùng trong năm 2026. Kiểm tra lại số trên bản giấy."
    ]
    assert Club.objects.count() == 1


def test_a_third_district_club_is_refused_with_what_to_do(world: World, huyen: Client) -> None:
    for n in (1, 2):
        club(world.chau_thanh, name=f"CLB số {n}")
    answer = huyen.post(reverse("club_found"), founding(world.chau_thanh, agreed="1", name="CLB số 3"))
    assert "Một huyện có nhiều nhất 2." in answer.context["form"].errors["unit"][0]
    assert "CLB số 3" in text(answer)


def test_a_unit_of_another_district_is_not_offered_and_not_accepted(world: World, huyen: Client) -> None:
    answer = huyen.post(reverse("club_found"), founding(world.an_hiep, agreed="1"))
    assert "unit" in answer.context["form"].errors
    assert not Club.objects.exists()


def test_text_where_numbers_and_dates_belong_is_shown_again(world: World, huyen: Client) -> None:
    answer = huyen.post(reverse("club_found"), founding(world.an_khanh, number="năm", founded_on="hôm qua"))
    assert set(answer.context["form"].errors) == {"number", "founded_on"}
    assert "hôm qua" in text(answer)


# Changing


def change(here: Club, **facts: Any) -> dict[str, Any]:
    return {
        "name": here.name,
        "kind": "work",
        "founded_on": "15/01/2025",
        "cadence": "month",
        "week": "2",
        "weekday": "4",
        "starts_at": "07:30",
        "version": version_of(here),
        **facts,
    }


def test_a_change_made_meanwhile_by_somebody_else_is_told_and_ones_own_text_stays(world: World, huyen: Client) -> None:
    here = club(world.an_khanh, name="CLB xã")
    opened = change(here, name="CLB của tôi")
    other = Client()
    other.force_login(world.users["xa"])
    assert other.post(reverse("club_change", args=[here.pk]), change(here, cadence="quarter")).status_code == 302
    answer = huyen.post(reverse("club_change", args=[here.pk]), opened)
    page = text(answer)
    assert "Người xa vừa sửa lúc" in page
    assert "kỳ sinh hoạt: Mỗi tháng một kỳ → <b>Mỗi quý một kỳ</b>" in page
    assert "CLB của tôi" in page
    again = {**opened, "version": answer.context["version"], "cadence": "quarter"}
    assert huyen.post(reverse("club_change", args=[here.pk]), again).status_code == 302
    here.refresh_from_db()
    assert (here.name, here.cadence) == ("CLB của tôi", "quarter")


def test_a_form_sent_twice_acts_once(world: World, huyen: Client) -> None:
    here = club(world.an_khanh)
    once = huyen.get(reverse("club_admit", args=[here.pk])).context["once"]
    data = {"full_name": "Lê Thị Hoa", "kind": "individual", "sector": "other", "joined_on": "01/10/2026", "once": once}
    for _ in range(2):
        assert huyen.post(reverse("club_admit", args=[here.pk]), data).url == reverse("club", args=[here.pk])
    assert here.memberships.count() == 1


def test_the_communes_of_a_district_are_split_and_none_is_offered_twice(world: World, huyen: Client) -> None:
    first, second = (club(world.chau_thanh, name=f"CLB số {n}") for n in (1, 2))
    mine = {"units": [world.an_khanh.pk, world.tan_phu.pk], "on": "01/10/2026"}
    assert huyen.post(reverse("club_coverage", args=[first.pk]), mine).status_code == 302
    offered = huyen.get(reverse("club_coverage", args=[second.pk])).context["form"].fields["units"].queryset
    assert list(offered) == [world.phu_duc]
    huyen.post(reverse("club_coverage", args=[first.pk]), {"units": [world.an_khanh.pk], "on": "15/10/2026"})
    assert [row.unit for row in first.coverage.active_on(date(2026, 10, 16))] == [world.an_khanh]


# Members


def admission(**facts: Any) -> dict[str, Any]:
    return {"kind": "individual", "sector": "union", "joined_on": "01/10/2026", **facts}


def test_somebody_on_record_is_found_without_diacritics_and_admitted(world: World, huyen: Client) -> None:
    here, known = club(world.an_khanh), person(world.an_khanh, "Nguyễn Thị Ánh")
    person(world.an_khanh, "Nguyễn Văn Bình")
    answer = huyen.post(reverse("club_admit", args=[here.pk]), admission(**{"person-q": "anh nguyen"}))
    assert answer.status_code == 302
    assert here.memberships.get().person == known


def test_the_26th_member_is_refused_and_no_person_is_left_behind(world: World, huyen: Client) -> None:
    here = club(world.an_khanh)
    for _ in range(25):
        member(here)
    answer = huyen.post(reverse("club_admit", args=[here.pk]), admission(full_name="Lê Thị Hoa"))
    assert "đã đủ 25 thành viên" in text(answer)
    assert "Lê Thị Hoa" in text(answer)
    assert not here.memberships.filter(person__full_name="Lê Thị Hoa").exists()


def test_nobody_chosen_and_nobody_named_is_asked_for(world: World, huyen: Client) -> None:
    answer = huyen.post(reverse("club_admit", args=[club(world.an_khanh).pk]), admission())
    assert answer.context["form"].errors == {"full_name": ["Chọn một người đã có, hoặc ghi họ tên người mới."]}


def test_a_chair_who_leaves_leaves_the_office_too(world: World, huyen: Client) -> None:
    here = club(world.an_khanh)
    chair = member(here)
    elect(chair, on=date(2026, 10, 1))
    page = text(huyen.get(reverse("member_leave", args=[chair.pk])))
    assert "Chức danh chủ nhiệm kết thúc cùng ngày." in page
    assert huyen.post(reverse("member_leave", args=[chair.pk]), {"on": "20/10/2026", "reason": "Chuyển nơi ở"}).url
    assert (here.memberships.sitting().count(), here.offices.held().count()) == (0, 0)


@pytest.mark.parametrize("address", ["club_change", "club_admit", "club_appoint", "club"])
def test_another_districts_club_is_not_found(world: World, huyen: Client, address: str) -> None:
    assert huyen.get(reverse(address, args=[club(world.an_hiep).pk])).status_code == 404


@pytest.mark.parametrize("address", ["club_change", "club_admit", "club_appoint", "club_coverage"])
def test_a_viewer_may_not_change_a_club(world: World, client: Client, address: str) -> None:
    client.force_login(world.users["xem"])
    assert client.get(reverse(address, args=[club(world.chau_thanh).pk])).status_code == 403


def test_a_page_to_read_takes_no_post(world: World, huyen: Client) -> None:
    assert huyen.post(reverse("club", args=[club(world.an_khanh).pk])).status_code == 405
