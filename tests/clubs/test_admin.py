"""Commune staff at work: what the data-entry pages accept, refuse and show."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.actions import dissolve_club, suspend_club
from clubs.models import Club, Membership, Office
from steering.models import Decision
from tests.builders import FOUNDED, World, club, elect, founded_by_decision, member, person

CLUBS = "admin:clubs_club"


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


def founding(place: Any, **facts: Any) -> dict[str, Any]:
    return {
        "name": "CLB giảm nghèo xã An Khánh",
        "level": "commune",
        "kind": "work",
        "unit": place.pk,
        "founded_on": "15/01/2026",
        "cadence": "month",
        "week": 2,
        "weekday": 4,
        "starts_at": "07:30",
        **facts,
    }


def page(here: Club, rows: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What the browser sends for the club's page with new rows in its inlines."""
    data = {key: value for key, value in founding(here.unit, name=here.name).items() if key not in ("level", "unit")}
    for prefix in ("memberships", "offices"):
        new = rows.get(prefix, [])
        data |= {f"{prefix}-TOTAL_FORMS": len(new), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(new):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
            data |= {f"{prefix}-{number}-id": "", f"{prefix}-{number}-club": here.pk}
    return data


def test_a_club_is_founded_with_founder_and_manager_of_its_level(world: World, xa: Client) -> None:
    answer = xa.post(reverse(f"{CLUBS}_add"), founding(world.hamlet, level="hamlet"))
    founded = Club.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse(f"{CLUBS}_change", args=[founded.pk])
    assert founded.founder == world.an_khanh
    assert founded.manager.unit == world.an_khanh
    assert founded.history.get().history_user == world.users["xa"]


def test_a_founding_decision_of_the_wrong_authority_is_refused(world: World, xa: Client) -> None:
    wrong = Decision.objects.create(issuer_unit=world.an_khanh, issuer_body="bcd", subject="Thành lập câu lạc bộ")
    answer = xa.post(reverse(f"{CLUBS}_add"), founding(world.an_khanh, founding_decision=wrong.pk))
    assert "phải do Ủy ban nhân dân xã An Khánh ra quyết định thành lập" in answer.content.decode()
    assert "CLB giảm nghèo xã An Khánh" in answer.content.decode()
    assert not Club.objects.exists()


def test_a_level_that_does_not_fit_the_unit_is_refused_beside_the_field(world: World, xa: Client) -> None:
    answer = xa.post(reverse(f"{CLUBS}_add"), founding(world.an_khanh, level="hamlet"))
    errors = answer.context["adminform"].form.errors
    assert errors == {"unit": ["Xã An Khánh không phải đơn vị cấp ấp. Chọn đơn vị đúng cấp của câu lạc bộ."]}


def test_a_club_in_another_unit_is_refused_on_the_submitted_object(world: World, xa: Client) -> None:
    answer = xa.post(reverse(f"{CLUBS}_add"), founding(world.an_hiep))
    assert "unit" in answer.context["adminform"].form.errors
    assert not Club.objects.exists()


def test_text_where_a_date_belongs_is_shown_again(world: World, xa: Client) -> None:
    answer = xa.post(reverse(f"{CLUBS}_add"), founding(world.an_khanh, founded_on="hôm qua"))
    assert "founded_on" in answer.context["adminform"].form.errors
    assert "hôm qua" in answer.content.decode()


def test_a_member_admitted_on_the_club_page_gets_the_next_seat(world: World, xa: Client) -> None:
    here = club(world.an_khanh)
    row = {"person": person(world.an_khanh).pk, "sector": "union", "joined_on": "01/10/2026"}
    answer = xa.post(reverse(f"{CLUBS}_change", args=[here.pk]), page(here, {"memberships": [row]}))
    assert answer.status_code == 302, answer.context["errors"]
    assert Membership.objects.get().seat == 1
    assert Membership.objects.get().history.get().history_user == world.users["xa"]


def test_the_26th_member_is_refused_and_nobody_of_the_page_is_admitted(world: World, xa: Client) -> None:
    here = club(world.an_khanh)
    for _ in range(24):
        member(here)
    rows = [{"person": person(world.an_khanh).pk, "sector": "other", "joined_on": "01/10/2026"} for _ in range(2)]
    data = page(here, {"memberships": rows})
    answer = xa.post(reverse(f"{CLUBS}_change", args=[here.pk]), data)
    assert "đã đủ 25 thành viên" in answer.content.decode()
    assert here.memberships.sitting().count() == 24


def test_a_chair_is_appointed_from_the_sitting_members_only(world: World, xa: Client) -> None:
    here, elsewhere = founded_by_decision(world.an_khanh), club(world.tan_phu)
    mine, stranger = member(here), member(elsewhere)
    decision = {"founding_decision": here.founding_decision_id}
    for membership, accepted in ((stranger, False), (mine, True)):
        row = {"membership": membership.pk, "role": "chair", "started_on": "01/10/2026"}
        answer = xa.post(reverse(f"{CLUBS}_change", args=[here.pk]), {**page(here, {"offices": [row]}), **decision})
        assert (answer.status_code == 302) is accepted
    assert Office.objects.get().membership == mine


def test_another_units_club_is_not_found(world: World, xa: Client) -> None:
    foreign = club(world.an_hiep)
    for name in ("change", "history"):
        assert xa.get(reverse(f"{CLUBS}_{name}", args=[foreign.pk])).status_code == 404
    listed = xa.get(reverse(f"{CLUBS}_changelist")).content.decode()
    assert foreign.name not in listed


def test_a_search_without_diacritics_finds_the_club(world: World, xa: Client) -> None:
    club(world.an_khanh, name="CLB người nghèo Phước Hậu")
    for typed, found in (("nguoi ngheo phuoc", 1), ("Phước", 1), ("ba tri", 0)):
        assert xa.get(reverse(f"{CLUBS}_changelist"), {"q": typed}).context["cl"].result_count == found


def test_a_suspended_club_is_resumed_and_what_touches_meetings_leads_to_the_website(world: World, xa: Client) -> None:
    here = club(world.an_khanh)
    page = xa.get(reverse(f"{CLUBS}_change", args=[here.pk])).content.decode()
    assert reverse("club_pause", args=[here.pk]) in page
    assert reverse("club_end", args=[here.pk, "giai-the"]) in page
    suspend_club(club=here, on=date(2026, 10, 1), reason="Thiếu người phụ trách", by=None)
    resume = reverse("admin:clubs_club_state", args=[here.pk, "resume"])
    assert xa.post(resume, {"on": "15/10/2026"}).status_code == 302
    here.refresh_from_db()
    assert (here.status, here.suspensions.get().valid_until.isoformat()) == ("active", "2026-10-15")


def test_autocomplete_offers_people_of_ones_own_place_only(world: World, xa: Client) -> None:
    person(world.an_khanh, "Trần Thị Lụa")
    person(world.an_hiep, "Trần Thị Lụa")
    query = {"app_label": "clubs", "model_name": "membership", "field_name": "person", "term": "tran thi lua"}
    assert len(xa.get(reverse("admin:autocomplete"), query).json()["results"]) == 1


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_needs_the_same_queries_for_any_number_of_clubs(
    world: World, xa: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        club(world.an_khanh)
    with django_assert_num_queries(7):
        assert xa.get(reverse(f"{CLUBS}_changelist")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 25])
def test_a_clubs_page_needs_the_same_queries_for_any_number_of_members(
    world: World, xa: Client, rows: int, django_assert_num_queries: Any
) -> None:
    here = club(world.an_khanh)
    for _ in range(rows):
        member(here)
    address = reverse(f"{CLUBS}_change", args=[here.pk])
    xa.get(address)  # which kinds of rows there are is looked up once, then remembered
    with django_assert_num_queries(12):
        assert xa.get(address).status_code == 200


@pytest.mark.parametrize("kept", [("clubs_person", 7), ("clubs_membership", 7)])
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_lists_of_people_need_the_same_queries_for_any_number(
    world: World, xa: Client, kept: tuple[str, int], rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        member(club(world.hamlet))
    with django_assert_num_queries(kept[1]):
        assert xa.get(reverse(f"admin:{kept[0]}_changelist")).status_code == 200


def test_a_new_club_begins_at_ones_own_unit_and_level(world: World, client: Client) -> None:
    for username, place in (("xa", world.an_khanh), ("huyen", world.chau_thanh)):
        client.force_login(world.users[username])
        initial = client.get(reverse(f"{CLUBS}_add")).context["adminform"].form.initial
        assert (initial["unit"], initial["level"]) == (place.pk, place.kind)
    client.force_login(world.users["tinh"])
    assert "level" not in client.get(reverse(f"{CLUBS}_add")).context["adminform"].form.initial


def test_a_list_says_where_a_club_is_and_that_its_chair_is_vacant(world: World, xa: Client) -> None:
    chaired, vacant = club(world.hamlet), club(world.hamlet)
    elect(member(chaired, full_name="Lê Thị Hoa"), on=FOUNDED)
    page = xa.get(reverse(f"{CLUBS}_changelist")).content.decode()
    assert page.count("Ấp Phước Hậu, xã An Khánh, huyện Châu Thành") == 2
    assert "Lê Thị Hoa" in page
    assert page.count("Khuyết") == 1
    assert vacant.name in page


def test_clubs_that_ended_and_members_who_left_show_when_asked_for(world: World, xa: Client) -> None:
    here, gone = club(world.an_khanh, name="CLB còn"), club(world.an_khanh, name="CLB hết")
    member(here, full_name="Lê Thị Hoa")
    member(gone, full_name="Lê Thị Lựu")
    dissolve_club(club=gone, on=date(2026, 10, 1), reason="Ít người", by=None)

    def listed(kept: str, **query: Any) -> list[str]:
        answer = xa.get(reverse(f"admin:clubs_{kept}_changelist"), query)
        return [str(row) for row in answer.context["cl"].result_list]

    assert listed("club") == ["CLB còn"]
    assert listed("club", status="dissolved") == ["CLB hết"]
    assert listed("club", status="all") == ["CLB còn", "CLB hết"]
    assert listed("membership") == ["Lê Thị Hoa"]
    assert listed("membership", sitting="no") == ["Lê Thị Lựu"]


def test_those_who_sit_are_shown_on_the_club_page_and_changed_on_their_own(world: World, xa: Client) -> None:
    here = club(world.an_khanh)
    seated = member(here, full_name="Lê Thị Hoa")
    own = reverse("admin:clubs_membership_change", args=[seated.pk])
    shown = xa.get(reverse(f"{CLUBS}_change", args=[here.pk])).content.decode()
    assert f'<a href="{own}">Sửa, ghi rời</a>' in shown
    assert "memberships-0-person" not in shown
    leaving = {"sector": "union", "joined_on": "15/01/2025", "left_on": "01/10/2026", "leaving_reason": "Chuyển nơi ở"}
    assert xa.post(own, leaving).status_code == 302
    seated.refresh_from_db()
    assert (seated.left_on, seated.leaving_reason) == (date(2026, 10, 1), "Chuyển nơi ở")


def test_a_term_in_office_ends_but_is_not_rewritten(world: World, xa: Client) -> None:
    here = club(world.an_khanh)
    first, second = member(here), member(here)
    term = elect(first, on=FOUNDED)
    data = page(here, {})
    data |= {"offices-TOTAL_FORMS": 1, "offices-INITIAL_FORMS": 1, "offices-0-id": term.pk, "offices-0-club": here.pk}
    data |= {"offices-0-membership": second.pk, "offices-0-role": "vice_chair", "offices-0-ended_on": "01/10/2026"}
    answer = xa.post(reverse(f"{CLUBS}_change", args=[here.pk]), data)
    assert answer.status_code == 302, answer.context["errors"]
    term.refresh_from_db()
    assert (term.membership, term.role, term.ended_on) == (first, "chair", date(2026, 10, 1))


def test_namesakes_are_told_apart_where_they_are_chosen(world: World, xa: Client) -> None:
    person(world.an_khanh, "Trần Thị Lụa", birth_year=1975)
    person(world.hamlet, "Trần Thị Lụa")
    query = {"app_label": "clubs", "model_name": "membership", "field_name": "person", "term": "lua"}
    found = xa.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [choice["text"] for choice in found] == [
        "Trần Thị Lụa, 1975, Xã An Khánh, huyện Châu Thành",
        "Trần Thị Lụa, Ấp Phước Hậu, xã An Khánh, huyện Châu Thành",
    ]


def test_the_page_of_a_file_says_what_its_columns_hold(world: World, xa: Client) -> None:
    columns = {column.name: column for column in xa.get(reverse("admin:clubs_club_import")).context["columns"]}
    assert [name for name, column in columns.items() if column.is_required] == ["Tên câu lạc bộ", "Cấp", "Đơn vị"]
    assert columns["Cấp"].words == "một trong: “Cấp huyện”, “Cấp xã”, “Cấp ấp”"
    club(world.an_khanh), club(world.an_hiep)
    assert "Xuất 1 dòng ra tệp Excel" in xa.get(reverse("admin:clubs_club_export")).content.decode()


def test_the_history_says_what_changed_in_the_words_of_the_screen(world: World, xa: Client) -> None:
    here = club(world.an_khanh)
    seated = member(here)
    suspend_club(club=here, on=date(2026, 10, 1), reason="Mưa bão", by=world.users["xa"])
    data = {"sector": "union", "joined_on": "16/01/2025"}
    xa.post(reverse("admin:clubs_membership_change", args=[seated.pk]), data)
    shown = xa.get(reverse(f"{CLUBS}_history", args=[here.pk])).content.decode()
    assert "<li>Tình trạng: Hoạt động → Tạm ngừng</li>" in shown
    assert "Người xa" in shown
    shown = xa.get(reverse("admin:clubs_membership_history", args=[seated.pk])).content.decode()
    assert "<li>Thành phần: Khác → Mặt trận, đoàn thể</li>" in shown
    assert "<li>Ngày kết nạp: 15/01/2025 → 16/01/2025</li>" in shown
