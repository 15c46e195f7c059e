"""Steering committees on the website: the list, a committee's page, seats and standing agencies over time."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from steering.actions import end_seat, found_committee, save_checked, save_seat, set_standing_agency
from steering.models import CommitteeSeat, Decision, StandingAgency, SteeringCommittee, Unit
from steering.versions import version_of
from tests.builders import World, club, member, secretary, unit


@pytest.fixture
def huyen(world: World, client: Client) -> Client:
    client.force_login(world.users["huyen"])
    return client


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def committee_of(place: Unit) -> SteeringCommittee:
    return place.committees.get(valid_until=None)


def seat(place: Unit, role: str, full_name: str, since: date = date(2024, 1, 1), **facts: Any) -> CommitteeSeat:
    facts = {"position": "UBND", "valid_from": since, **facts}
    return save_seat(
        seat=CommitteeSeat(committee=committee_of(place), role=role, full_name=full_name, **facts), by=None
    )


# The list


def listed(client: Client, **conditions: str) -> list[str]:
    rows = client.get(reverse("committees"), conditions).context["page"].object_list
    return [str(committee.unit) for committee in rows]


def test_the_list_shows_ones_own_committees_the_higher_first(world: World, huyen: Client) -> None:
    assert listed(huyen) == ["Huyện Châu Thành", "Xã An Khánh", "Xã Phú Đức", "Xã Tân Phú"]


@pytest.mark.parametrize(
    ("condition", "value", "found"),
    [
        ("q", "an khanh", ["Xã An Khánh"]),
        ("q", "Ân Khánh Châu Thành", ["Xã An Khánh"]),
        ("q", "ba tri", []),
        ("level", "district", ["Huyện Châu Thành"]),
        ("unit", "tan_phu", ["Xã Tân Phú"]),
        ("state", "ended", []),
    ],
)
def test_search_and_filters_narrow_the_list(
    world: World, huyen: Client, condition: str, value: str, found: list[str]
) -> None:
    value = str(world.tan_phu.pk) if condition == "unit" else value
    assert listed(huyen, **{condition: value}) == found


def test_a_committee_that_ended_shows_when_asked_for(world: World, huyen: Client) -> None:
    gone = committee_of(world.tan_phu)
    gone.valid_until = date(2026, 10, 1)
    save_checked(gone, by=None)
    assert "Xã Tân Phú" not in listed(huyen)
    assert listed(huyen, state="ended") == ["Xã Tân Phú"]


def test_each_row_tells_head_agency_and_number_of_clubs(world: World, huyen: Client) -> None:
    seat(world.an_khanh, "head", "Trần Thị Trưởng")
    former = seat(world.tan_phu, "head", "Lê Văn Cũ")
    end_seat(seat=former, on=date(2026, 10, 1), by=None)
    set_standing_agency(committee=committee_of(world.an_khanh), name="Văn phòng", on=date(2024, 1, 1), by=None)
    for place in (world.an_khanh, world.hamlet, world.chau_thanh):
        club(place)
    rows = huyen.get(reverse("committees")).context["page"].object_list
    assert [(row.head, row.agency, row.managed) for row in rows] == [
        (None, None, 1),
        ("Trần Thị Trưởng", "Văn phòng", 2),
        (None, None, 0),
        (None, None, 0),
    ]


def test_an_empty_list_says_what_to_do(world: World, huyen: Client) -> None:
    assert "bỏ bớt điều kiện lọc" in text(huyen.get(reverse("committees"), {"q": "khong co"}))
    StandingAgency.objects.all().delete()
    SteeringCommittee.objects.all().delete()
    assert "Chưa có ban chỉ đạo nào" in text(huyen.get(reverse("committees")))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_needs_five_queries(world: World, huyen: Client, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        place = unit(world.chau_thanh, "xa", f"Mới {n}")
        found_committee(committee=SteeringCommittee(unit=place, valid_from=date(2020, 1, 1)), by=None)
        seat(place, "head", f"Người {n}")
        club(place)
    with django_assert_num_queries(5):
        assert huyen.get(reverse("committees")).status_code == 200


# A committee's page


def page(client: Client, place: Unit) -> Any:
    return client.get(reverse("committee", args=[committee_of(place).pk]))


def test_seats_stand_by_rank_now_and_with_their_dates_before(world: World, huyen: Client) -> None:
    seat(world.an_khanh, "member", "Ủy viên A", area="vay vốn")
    seat(world.an_khanh, "deputy", "Phó B")
    end_seat(seat=seat(world.an_khanh, "head", "Trưởng cũ"), on=date(2026, 3, 1), by=None)
    seat(world.an_khanh, "head", "Trưởng mới", since=date(2026, 3, 1))
    answer = page(huyen, world.an_khanh)
    assert [s.full_name for s in answer.context["sitting"]] == ["Trưởng mới", "Phó B", "Ủy viên A"]
    assert [s.full_name for s in answer.context["former"]] == ["Trưởng cũ"]
    assert "01/01/2024 – 01/03/2026" in text(answer)
    assert "vay vốn" in text(answer)


def test_standing_agencies_stand_over_time(world: World, huyen: Client) -> None:
    for name, since in (("Phòng Lao động", date(2010, 1, 1)), ("Phòng Kinh tế", date(2025, 7, 1))):
        set_standing_agency(committee=committee_of(world.an_khanh), name=name, on=since, by=None)
    answer = page(huyen, world.an_khanh)
    assert str(answer.context["agency"]) == "Phòng Kinh tế"
    assert [str(a) for a in answer.context["former_agencies"]] == ["Phòng Lao động"]
    assert "01/01/2010 – 01/07/2025" in text(answer)


def test_the_clubs_it_manages_stand_on_its_page_in_pages_of_fifty(world: World, huyen: Client) -> None:
    first = club(world.hamlet, name="CLB số 1")
    for n in range(2, 53):
        club(world.hamlet, name=f"CLB số {n}")
    club(world.tan_phu)
    answer = page(huyen, world.an_khanh)
    assert (answer.context["page"].paginator.count, answer.context["page"].object_list[0]) == (52, first)
    assert len(answer.context["page"].object_list) == 50


def test_an_empty_committee_says_what_to_do(world: World, huyen: Client) -> None:
    answer = text(page(huyen, world.an_khanh))
    assert "Ban chỉ đạo còn khuyết Trưởng ban." in answer
    assert "Chưa có thành viên nào" in answer
    assert "Chưa ghi cơ quan thường trực." in answer
    assert "Ban chỉ đạo chưa quản lý câu lạc bộ nào" in answer


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_committees_page_needs_seven_queries(
    world: World, huyen: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for n in range(rows):
        seat(world.an_khanh, "member", f"Người {n}")
        member(club(world.hamlet))
    address = reverse("committee", args=[committee_of(world.an_khanh).pk])
    with django_assert_num_queries(7):
        assert huyen.get(address).status_code == 200


# Founding


def founding(place: Unit, **facts: str) -> dict[str, Any]:
    return {"unit": place.pk, "valid_from": "01/10/2026", "symbol": "QĐ-UBND", **facts}


@pytest.fixture
def new_place(world: World) -> Unit:
    return unit(world.chau_thanh, "xa", "Giao Long")


def test_a_committee_is_founded_with_its_decision(world: World, huyen: Client, new_place: Unit) -> None:
    data = founding(new_place, number="7", issued_on="28/09/2026", signer="Lê Văn Ký")
    answer = huyen.post(reverse("committee_found"), data)
    made = committee_of(new_place)
    assert answer.url == reverse("committee", args=[made.pk])  # type: ignore[attr-defined]
    assert made.valid_from == date(2026, 10, 1)
    assert made.decision is not None
    assert (made.decision.issuer_unit, str(made.decision)) == (new_place, "07/QĐ-UBND, 28/09/2026")
    assert made.decision.subject == "Về việc thành lập Ban chỉ đạo giảm nghèo xã Giao Long"
    assert made.history.get().history_user == world.users["huyen"]


def test_a_committee_can_be_founded_before_its_decision_is_known(world: World, huyen: Client, new_place: Unit) -> None:
    huyen.post(reverse("committee_found"), founding(new_place))
    assert committee_of(new_place).decision is None


def test_a_new_committee_manages_the_clubs_that_waited_for_one(world: World, huyen: Client, new_place: Unit) -> None:
    hamlet = unit(new_place, "ap", "Hòa Bình")
    waiting, of_district = club(hamlet), club(world.chau_thanh)
    assert waiting.manager is None
    Club.objects.filter(pk=of_district.pk).update(manager=None)
    huyen.post(reverse("committee_found"), founding(new_place))
    waiting.refresh_from_db()
    assert waiting.manager == committee_of(new_place)
    assert waiting.history.latest().history_user == world.users["huyen"]
    of_district.refresh_from_db()
    assert of_district.manager is None  # the district's committee does, not the commune's


def test_a_committee_founded_in_the_data_entry_takes_over_as_well(
    world: World, client: Client, new_place: Unit
) -> None:
    waiting = club(new_place)
    client.force_login(world.users["tinh"])
    page = client.get(reverse("admin:steering_steeringcommittee_add"))
    empty = {
        f"{rows.formset.prefix}-{name}": value
        for rows in page.context["inline_admin_formsets"]
        for name, value in rows.formset.management_form.initial.items()
    }
    data = {"unit": new_place.pk, "valid_from": "01/10/2026", **empty}
    assert client.post(reverse("admin:steering_steeringcommittee_add"), data).status_code == 302
    waiting.refresh_from_db()
    assert waiting.manager == committee_of(new_place)
    again = client.post(reverse("admin:steering_steeringcommittee_add"), data)
    assert "đã có ban chỉ đạo" in text(again)


def test_only_units_without_a_committee_are_offered_and_accepted(world: World, huyen: Client, new_place: Unit) -> None:
    offered = huyen.get(reverse("committee_found")).context["form"].fields["unit"].queryset
    assert list(offered) == [new_place]
    answer = huyen.post(reverse("committee_found"), founding(world.an_khanh))
    assert answer.context["form"].errors["unit"] == ["Không có lựa chọn này trong phạm vi của anh, chị. Chọn lại."]


def test_founding_is_refused_with_what_to_do(world: World, new_place: Unit) -> None:
    def refusal(place: Unit, day: date) -> dict[str, list[str]]:
        with pytest.raises(ValidationError) as error:
            found_committee(committee=SteeringCommittee(unit=place, valid_from=day), by=None)
        return error.value.message_dict

    day = date(2026, 10, 1)
    assert refusal(world.hamlet, day) == {
        "unit": ["Chỉ tỉnh, huyện, xã có ban chỉ đạo. Chọn đơn vị cấp trên của ấp Phước Hậu."]
    }
    assert refusal(world.an_khanh, day) == {
        "unit": ["Xã An Khánh đã có ban chỉ đạo. Mở ban chỉ đạo đó để ghi thay đổi."]
    }
    assert refusal(new_place, date(2026, 10, 21)) == {
        "valid_from": ["Ngày 21/10/2026 chưa tới. Ghi ngày thành lập trên quyết định."]
    }


def test_a_decision_that_is_refused_leaves_no_committee(world: World, huyen: Client, new_place: Unit) -> None:
    answer = huyen.post(reverse("committee_found"), founding(new_place, number="7"))
    assert answer.context["form"].errors["issued_on"] == [
        "Quyết định đã có số thì phải có ngày ban hành. Ghi thêm ngày."
    ]
    assert (new_place.committees.count(), Decision.objects.count()) == (0, 0)


# Seats


def seating(**facts: str) -> dict[str, str]:
    return {
        "role": "head",
        "full_name": "Trần Thị Lụa",
        "position": "Phó Chủ tịch UBND",
        "valid_from": "01/10/2026",
        **facts,
    }


def add_address(place: Unit) -> str:
    return reverse("seat_add", args=[committee_of(place).pk])


def test_somebody_is_seated_with_area_and_date(world: World, huyen: Client) -> None:
    answer = huyen.post(add_address(world.an_khanh), seating(area="nhà ở"))
    made = CommitteeSeat.objects.get()
    assert answer.url == reverse("committee", args=[made.committee.pk])  # type: ignore[attr-defined]
    assert (str(made), made.area, made.valid_from) == ("Trưởng ban: Trần Thị Lụa", "nhà ở", date(2026, 10, 1))
    assert made.history.get().history_user == world.users["huyen"]


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({}, "role", "Trưởng ban đang là Lê Văn Cũ. Kết thúc nhiệm kỳ của người này trước."),
        (
            {"role": "member", "valid_from": "31/12/2000"},
            "valid_from",
            "Ban chỉ đạo thành lập ngày 01/01/2001. Ghi ngày từ đó trở đi.",
        ),
        (
            {"role": "member", "valid_until": "01/09/2026"},
            "valid_until",
            "Ngày kết thúc không thể trước ngày bắt đầu. Sửa một trong hai ngày.",
        ),
    ],
)
def test_a_seat_that_cannot_be_is_refused_beside_the_field(
    world: World, huyen: Client, facts: dict[str, str], field: str, sentence: str
) -> None:
    seat(world.an_khanh, "head", "Lê Văn Cũ")
    answer = huyen.post(add_address(world.an_khanh), seating(**facts))
    assert answer.context["form"].errors == {field: [sentence]}
    assert "Trần Thị Lụa" in text(answer)
    assert CommitteeSeat.objects.count() == 1


def test_a_seat_without_a_name_and_a_real_date_is_shown_again(world: World, huyen: Client) -> None:
    answer = huyen.post(add_address(world.an_khanh), seating(full_name="", valid_from="hôm qua"))
    assert set(answer.context["form"].errors) == {"full_name", "valid_from"}
    assert 'value="hôm qua"' in text(answer)


def test_two_heads_may_follow_each_other_but_not_overlap(world: World, huyen: Client) -> None:
    end_seat(seat=seat(world.an_khanh, "head", "Lê Văn Cũ"), on=date(2026, 10, 1), by=None)
    early = huyen.post(add_address(world.an_khanh), seating(valid_from="30/09/2026"))
    assert early.context["form"].errors["valid_from"] == [
        "Lê Văn Cũ là Trưởng ban đến 01/10/2026. Ghi ngày không trùng nhiệm kỳ đó."
    ]
    assert huyen.post(add_address(world.an_khanh), seating()).status_code == 302
    before = seating(full_name="Võ Văn Xưa", valid_from="01/01/2020", valid_until="01/01/2024")
    assert huyen.post(add_address(world.an_khanh), before).status_code == 302


def test_a_seat_is_corrected_and_what_stood_there_stays_in_history(world: World, huyen: Client) -> None:
    wrong = seat(world.an_khanh, "head", "Trần Thị Lua")
    answer = huyen.post(reverse("seat_change", args=[wrong.pk]), seating(version=str(version_of(wrong))))
    assert answer.status_code == 302
    assert [row.full_name for row in wrong.history.all()] == ["Trần Thị Lụa", "Trần Thị Lua"]


def test_a_seat_ends_on_a_day_and_only_once(world: World, huyen: Client) -> None:
    here = seat(world.an_khanh, "head", "Lê Văn Cũ")
    address = reverse("seat_end", args=[here.pk])
    assert huyen.get(address).context["consequences"] == [
        "Lê Văn Cũ thôi làm Trưởng ban từ ngày này; nhiệm kỳ vẫn còn ở phần “Trước đây”.",
        "Ban chỉ đạo khuyết Trưởng ban cho đến khi ghi người mới.",
    ]
    early = huyen.post(address, {"on": "31/12/2023"})
    assert early.context["form"].errors["on"] == ["Nhiệm kỳ này bắt đầu từ 01/01/2024. Ghi ngày kết thúc từ đó trở đi."]
    assert huyen.post(address, {"on": "01/10/2026"}).status_code == 302
    again = huyen.post(address, {"on": "02/10/2026"})
    assert again.context["form"].non_field_errors() == [
        "Nhiệm kỳ này đã kết thúc từ 01/10/2026. Muốn đổi ngày, sửa nhiệm kỳ."
    ]


def test_a_committee_that_ended_takes_nobody_and_nothing(world: World) -> None:
    gone = committee_of(world.an_khanh)
    gone.valid_until = date(2026, 10, 1)
    sentence = "Ban chỉ đạo giảm nghèo xã An Khánh đã kết thúc từ 01/10/2026, chỉ còn để tra cứu."
    with pytest.raises(ValidationError) as person:
        save_seat(seat=CommitteeSeat(committee=gone, full_name="A", position="B"), by=None)
    with pytest.raises(ValidationError) as agency:
        set_standing_agency(committee=gone, name="C", on=date(2026, 10, 1), by=None)
    assert (person.value.messages, agency.value.messages) == ([sentence], [sentence])


# Standing agency


def test_a_new_standing_agency_ends_the_old_one_on_its_first_day(world: World, huyen: Client) -> None:
    committee = committee_of(world.an_khanh)
    set_standing_agency(committee=committee, name="Phòng Lao động", on=date(2010, 1, 1), by=None)
    address = reverse("committee_agency", args=[committee.pk])
    assert huyen.get(address).context["consequences"] == ["Phòng Lao động thôi làm cơ quan thường trực từ ngày này."]
    huyen.post(address, {"name": "Phòng Kinh tế", "on": "01/07/2025"})
    assert list(committee.agencies.values_list("name", "valid_from", "valid_until")) == [
        ("Phòng Kinh tế", date(2025, 7, 1), None),
        ("Phòng Lao động", date(2010, 1, 1), date(2025, 7, 1)),
    ]


@pytest.mark.parametrize(
    ("name", "day", "field", "sentence"),
    [
        ("phòng lao động ", "01/07/2025", "name", "Phòng Lao động đang là cơ quan thường trực. Ghi tên cơ quan khác."),
        (
            "Phòng Kinh tế",
            "01/01/2010",
            "on",
            "Phòng Lao động là cơ quan thường trực từ 01/01/2010. Ghi một ngày sau ngày đó.",
        ),
        ("Phòng Kinh tế", "31/12/2000", "on", "Ban chỉ đạo thành lập ngày 01/01/2001. Ghi ngày từ đó trở đi."),
    ],
)
def test_an_agency_that_does_not_follow_is_refused(
    world: World, huyen: Client, name: str, day: str, field: str, sentence: str
) -> None:
    committee = committee_of(world.an_khanh)
    set_standing_agency(committee=committee, name="Phòng Lao động", on=date(2010, 1, 1), by=None)
    answer = huyen.post(reverse("committee_agency", args=[committee.pk]), {"name": name, "on": day})
    assert answer.context["form"].errors == {field: [sentence]}
    assert committee.agencies.get().valid_until is None


# Who


def addresses(place: Unit) -> dict[str, str]:
    committee, here = committee_of(place), seat(place, "member", "Ai đó")
    return {
        **{name: reverse(name, args=[committee.pk]) for name in ("committee", "seat_add", "committee_agency")},
        **{name: reverse(name, args=[here.pk]) for name in ("seat_change", "seat_end")},
    }


def test_another_districts_committee_is_not_found(world: World, huyen: Client) -> None:
    assert {name: huyen.get(address).status_code for name, address in addresses(world.an_hiep).items()} == {
        name: 404 for name in ("committee", "seat_add", "committee_agency", "seat_change", "seat_end")
    }


def test_a_viewer_reads_and_has_no_buttons(world: World, client: Client) -> None:
    found = addresses(world.an_khanh)
    client.force_login(world.users["xem"])
    answer = text(client.get(found.pop("committee")))
    assert ("Thêm thành viên" in answer, "Kết thúc" in answer, "Sửa" in answer) == (False,) * 3
    assert {client.get(address).status_code for address in found.values()} == {403}
    assert client.get(reverse("committee_found")).status_code == 403
    assert "Lập ban chỉ đạo" not in text(client.get(reverse("committees")))


def test_a_secretary_has_no_committees(world: World, client: Client) -> None:
    client.force_login(secretary("thu_ky", club(world.an_khanh)))
    assert client.get(reverse("committees")).status_code == 403
    assert page(client, world.an_khanh).status_code == 404


def test_strangers_log_in_first_and_other_methods_are_refused(world: World, client: Client) -> None:
    found = addresses(world.an_khanh) | {name: reverse(name) for name in ("committees", "committee_found")}
    for address in found.values():
        assert client.get(address).headers["Location"] == f"/dang-nhap/?next={address}"
    client.force_login(world.users["huyen"])
    assert {client.put(address).status_code for address in found.values()} == {405}
    assert (client.post(found["committees"]).status_code, client.post(found["committee"]).status_code) == (405, 405)
    assert Club.objects.count() == 0
