"""Those who keep units, committees and accounts at work in the data entry."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from steering.models import Appointment, Decision, SteeringCommittee, Unit, User
from tests.builders import World, officer, unit

UNITS = "admin:steering_unit"


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


@pytest.fixture
def tinh(world: World, client: Client) -> Client:
    client.force_login(world.users["tinh"])
    return client


def listed(client: Client, page: str, **query: Any) -> list[str]:
    return [str(row) for row in client.get(reverse(f"admin:{page}_changelist"), query).context["cl"].result_list]


def choices(client: Client, app: str, model: str, field: str, term: str) -> list[str]:
    """What a form offers for the typed `term`."""
    query = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    return [found["text"] for found in client.get(reverse("admin:autocomplete"), query).json()["results"]]


# Many units at once


def test_groups_are_counted_off_and_those_that_exist_stay(world: World, xa: Client) -> None:
    page = reverse(f"{UNITS}_numbered", args=[world.hamlet.pk])
    assert "Hiện có 3 đơn vị:" in xa.get(page).content.decode()
    for sentence in (
        "Đã lập 9 đơn vị mới; 3 đơn vị có sẵn, giữ nguyên.",
        "Đã lập 0 đơn vị mới; 12 đơn vị có sẵn, giữ nguyên.",
    ):
        answer = xa.post(page, {"type": "to", "last": 12}, follow=True)
        assert sentence in answer.content.decode()
    assert [str(group) for group in world.hamlet.children.all()] == [f"Tổ NDTQ số {n}" for n in range(1, 13)]
    new = world.hamlet.children.get(name="số 12")
    assert new.history.get().history_user == world.users["xa"]


def test_hamlets_are_counted_off_in_a_commune_as_either_type(world: World, xa: Client) -> None:
    page = reverse(f"{UNITS}_numbered", args=[world.an_khanh.pk])
    assert xa.post(page, {"type": "khu-pho", "last": 2}).status_code == 302
    assert [str(hamlet) for hamlet in world.an_khanh.children.all()] == ["Khu phố 1", "Khu phố 2", "Ấp Phước Hậu"]


def test_no_other_level_is_counted_off(world: World, tinh: Client) -> None:
    for place in (world.province, world.chau_thanh, world.groups[0]):
        assert tinh.get(reverse(f"{UNITS}_numbered", args=[place.pk])).status_code == 404
        assert "/numbered/" not in tinh.get(reverse(f"{UNITS}_change", args=[place.pk])).content.decode()
    page = tinh.get(reverse(f"{UNITS}_change", args=[world.an_khanh.pk])).content.decode()
    assert reverse(f"{UNITS}_numbered", args=[world.an_khanh.pk]) in page


def test_a_group_ends_on_a_day_and_leaves_the_list(world: World, xa: Client) -> None:
    group = world.groups[1]
    page = reverse(f"{UNITS}_state", args=[group.pk, "close"])
    assert xa.post(page, {"on": "01/10/2026"}).status_code == 302
    group.refresh_from_db()
    assert group.valid_until == date(2026, 10, 1)
    assert listed(xa, "steering_unit", kind__exact="group") == ["Tổ NDTQ số 1", "Tổ NDTQ số 10"]
    assert listed(xa, "steering_unit", in_force="no") == ["Tổ NDTQ số 2"]


def test_a_hamlet_with_groups_does_not_end(world: World, xa: Client) -> None:
    answer = xa.post(reverse(f"{UNITS}_state", args=[world.hamlet.pk, "close"]), {"on": "01/10/2026"})
    sentence = "Đơn vị này còn đơn vị trực thuộc. Kết thúc các đơn vị trực thuộc trước."
    assert sentence in answer.content.decode()
    world.hamlet.refresh_from_db()
    assert world.hamlet.valid_until is None


# One unit


def test_a_new_unit_begins_below_ones_own(world: World, xa: Client) -> None:
    form = xa.get(reverse(f"{UNITS}_add")).context["adminform"].form
    assert form.initial["parent"] == world.an_khanh.pk
    offered = [value for value, _label in form.fields["type"].choices]
    assert offered == ["", "to", "ap", "khu-pho", "xa", "phuong", "thi-tran"]
    data = {"parent": world.an_khanh.pk, "type": "ap", "name": "Phước Thới"}
    assert xa.post(reverse(f"{UNITS}_add"), data).status_code == 302
    assert Unit.objects.get(name="Phước Thới").parent == world.an_khanh


def test_a_choice_names_the_units_above_and_the_higher_ones_first(world: World, xa: Client) -> None:
    assert choices(xa, "clubs", "person", "unit", "an khanh") == [
        "Xã An Khánh, huyện Châu Thành",
        "Ấp Phước Hậu, xã An Khánh, huyện Châu Thành",
        *(f"Tổ NDTQ số {n}, ấp Phước Hậu, xã An Khánh, huyện Châu Thành" for n in (1, 2, 10)),
    ]


def test_a_unit_that_ended_is_no_choice(world: World, xa: Client) -> None:
    world.groups[0].valid_until = date(2026, 1, 1)
    world.groups[0].save()
    assert len(choices(xa, "clubs", "person", "unit", "to ndtq")) == 2


# Conditions above the lists


def test_places_offered_are_ones_own_and_lead_down(world: World, client: Client) -> None:
    page = reverse(f"{UNITS}_changelist")

    def offered(username: str, **query: Any) -> list[str]:
        client.force_login(world.users[username])
        return [str(label) for _pk, label in client.get(page, query).context["cl"].filter_specs[0].lookup_choices]

    assert offered("xa") == ["Ấp Phước Hậu"]
    assert offered("huyen") == ["Xã An Khánh", "Xã Phú Đức", "Xã Tân Phú"]
    assert offered("tinh") == ["Huyện Ba Tri", "Huyện Châu Thành"]
    assert offered("tinh", under=world.an_khanh.pk) == [
        "Tỉnh Bến Tre",
        "Huyện Châu Thành",
        "Xã An Khánh",
        "Ấp Phước Hậu",
    ]


def test_a_place_of_another_unit_finds_nothing(world: World, xa: Client) -> None:
    assert listed(xa, "steering_unit", under=world.hamlet.pk) == [
        "Ấp Phước Hậu",
        *(f"Tổ NDTQ số {n}" for n in (1, 2, 10)),
    ]
    for foreign in (world.an_hiep.pk, "1 or 1=1"):
        assert listed(xa, "steering_unit", under=foreign) == []


LISTS = {
    "steering_unit": (6, lambda world, n: unit(world.hamlet, "to", f"số {n + 100}")),
    "steering_decision": (8, lambda world, n: Decision.objects.create(issuer_unit=world.an_khanh, subject=f"Số {n}")),
    "steering_steeringcommittee": (6, lambda world, n: found_committee(unit(world.chau_thanh, "xa", f"Mới {n}"))),
    "steering_appointment": (6, lambda world, n: officer(f"xa{n}", "commune", world.tan_phu)),
    "steering_user": (5, lambda world, n: officer(f"xa{n}", "commune", world.tan_phu)),
}


def found_committee(place: Unit) -> None:
    SteeringCommittee.objects.create(unit=place, valid_from=date(2020, 1, 1))


@pytest.mark.parametrize("kept", LISTS)
@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_lists_need_the_same_queries_for_any_number_of_rows(
    world: World, tinh: Client, kept: str, rows: int, django_assert_num_queries: Any
) -> None:
    queries, add_row = LISTS[kept]
    for number in range(rows):
        add_row(world, number)
    with django_assert_num_queries(queries):
        assert tinh.get(reverse(f"admin:{kept}_changelist")).status_code == 200


# Committees


def test_a_committee_is_kept_with_its_seats_in_order(world: World, xa: Client) -> None:
    committee = world.an_khanh.committees.get()
    seats = [("member", "Lê Văn Ba"), ("head", "Lê Thị Hai")]
    data: dict[str, Any] = {
        "unit": world.an_khanh.pk,
        "valid_from": "01/01/2001",
        "seats-TOTAL_FORMS": 2,
        "seats-INITIAL_FORMS": 0,
        "agencies-TOTAL_FORMS": 0,
        "agencies-INITIAL_FORMS": 0,
    }
    for number, (role, name) in enumerate(seats):
        data |= {f"seats-{number}-role": role, f"seats-{number}-full_name": name, f"seats-{number}-position": "UBND"}
    page = reverse("admin:steering_steeringcommittee_change", args=[committee.pk])
    assert xa.post(page, data).status_code == 302
    formset = xa.get(page).context["inline_admin_formsets"][0].formset
    assert [form.instance.full_name for form in formset.initial_forms] == ["Lê Thị Hai", "Lê Văn Ba"]
    assert committee.seats.first().history.get().history_user == world.users["xa"]


def test_a_second_committee_in_force_is_refused(world: World, xa: Client) -> None:
    data = {"unit": world.an_khanh.pk, "valid_from": "01/01/2026"}
    data |= {f"{rows}-{n}_FORMS": 0 for rows in ("seats", "agencies") for n in ("TOTAL", "INITIAL")}
    answer = xa.post(reverse("admin:steering_steeringcommittee_add"), data)
    sentence = "Đơn vị này đã có ban chỉ đạo đang hoạt động. Kết thúc ban cũ trước."
    assert sentence in answer.content.decode()
    assert SteeringCommittee.objects.filter(unit=world.an_khanh).count() == 1


# Accounts


def test_a_new_account_leads_to_its_appointment(world: World, tinh: Client) -> None:
    data = {"username": "xa2", "full_name": "Lê Thị Hoa", "password1": "mat-khau-thu", "password2": "mat-khau-thu"}
    page = tinh.post(reverse("admin:steering_user_add"), data, follow=True).content.decode()
    new = User.objects.get(username="xa2")
    appointing = f"{reverse('admin:steering_appointment_add')}?user={new.pk}"
    assert "Người này đăng nhập được nhưng chưa xem được gì" in page
    assert f'href="{appointing}" class="main"' in page
    form = tinh.get(appointing).context["adminform"].form
    assert (form.initial["user"], form["valid_from"].value()) == (str(new.pk), date(2026, 10, 20))
    data = {"user": new.pk, "role": "commune", "unit": world.tan_phu.pk, "valid_from": "20/10/2026"}
    assert tinh.post(reverse("admin:steering_appointment_add"), data).status_code == 302
    assert Appointment.objects.get(user=new).path == world.tan_phu.path
    page = tinh.get(reverse("admin:steering_user_changelist"), {"q": "le thi hoa"}).content.decode()
    assert "Cán bộ xã, Xã Tân Phú" in page


def test_a_role_of_another_level_is_refused_beside_the_unit(world: World, tinh: Client) -> None:
    data = {"user": world.users["xem"].pk, "role": "commune", "unit": world.hamlet.pk, "valid_from": "20/10/2026"}
    answer = tinh.post(reverse("admin:steering_appointment_add"), data)
    assert answer.context["adminform"].form.errors == {
        "unit": ["Vai trò này không thuộc cấp của đơn vị đã chọn. Chọn đơn vị khác."]
    }


def test_a_password_is_set_anew_with_a_way_back(world: World, tinh: Client) -> None:
    page = reverse("admin:auth_user_password_change", args=[world.users["xa"].pk])
    back = reverse("admin:steering_user_change", args=[world.users["xa"].pk])
    assert f'href="{back}">Quay lại' in tinh.get(page).content.decode()
    short = tinh.post(page, {"password1": "1234", "password2": "1234"})
    assert "Mật khẩu quá ngắn. Phải có ít nhất 8 ký tự." in short.content.decode()
    assert tinh.post(page, {"password1": "mat-khau-moi", "password2": "mat-khau-moi"}).status_code == 302
    world.users["xa"].refresh_from_db()
    assert world.users["xa"].check_password("mat-khau-moi")


# The frame


def test_the_index_groups_what_one_keeps_and_says_what_for(world: World, xa: Client) -> None:
    answer = xa.get(reverse("admin:index"))
    groups = {
        group["name"]: [model["object_name"] for model in group["models"]] for group in answer.context["app_list"]
    }
    assert groups["Câu lạc bộ"] == ["Club", "Person", "Membership", "Application", "Consent", "Regulation"]
    assert groups["Đơn vị"] == ["Unit"]
    assert "Hồ sơ từng người, từng tập thể, ghi một lần." in answer.content.decode()


def test_an_old_version_is_to_be_read_only(world: World, xa: Client) -> None:
    version = world.hamlet.history.get()
    page = xa.get(reverse(f"{UNITS}_simple_history", args=[world.hamlet.pk, version.pk])).content.decode()
    assert '<fieldset class="past" disabled>' in page
    assert "chỉ để xem" in page
    assert 'name="_save"' not in page
