"""Units on the website: one new unit, many at once, a new name; and what their actions refuse."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from steering.actions import close_unit, create_named_units, create_numbered_units, create_unit
from steering.models import Unit
from steering.versions import version_of
from tests.builders import World, unit


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


def names(place: Unit) -> list[str]:
    return [str(child) for child in place.children.filter(valid_until=None)]


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# One unit


def test_a_new_unit_hangs_below_the_one_it_was_made_from(world: World, xa: Client) -> None:
    data = {"type": "ap", "name": " Phước  Lộc ", "valid_from": "01/10/2026"}
    answer = xa.post(reverse("unit_add", args=[world.an_khanh.pk]), data)
    made = Unit.objects.get(name="Phước Lộc")
    assert answer.url == reverse("unit", args=[made.pk])  # type: ignore[attr-defined]
    assert (made.parent, made.kind, made.valid_from) == (world.an_khanh, "hamlet", date(2026, 10, 1))
    assert made.history.get().history_user == world.users["xa"]


@pytest.mark.parametrize(
    ("place", "types", "has_code"),
    [
        ("province", ["huyen", "thanh-pho", "thi-xa", "quan", "xa", "phuong", "thi-tran"], True),
        ("chau_thanh", ["xa", "phuong", "thi-tran"], True),
        ("an_khanh", ["ap", "khu-pho"], False),
        ("hamlet", ["to"], False),
    ],
)
def test_only_what_may_be_below_is_offered(
    world: World, client: Client, place: str, types: list[str], has_code: bool
) -> None:
    client.force_login(world.users["tinh"])
    form = client.get(reverse("unit_add", args=[getattr(world, place).pk])).context["form"]
    assert [value for value, _label in form.fields["type"].choices] == types
    assert ("code" in form.fields) is has_code


def test_a_ward_offers_quarters_first(world: World, client: Client) -> None:
    ward = unit(world.chau_thanh, "phuong", "8")
    client.force_login(world.users["huyen"])
    form = client.get(reverse("unit_add_many", args=[ward.pk])).context["form"]
    assert form.fields["type"].initial == "khu-pho"


def test_a_name_that_is_there_is_refused_and_shown_again(world: World, xa: Client) -> None:
    answer = xa.post(reverse("unit_add", args=[world.an_khanh.pk]), {"type": "ap", "name": "Phước Hậu"})
    assert answer.context["form"].non_field_errors() == [
        "Nơi này đã có một đơn vị cùng loại, cùng tên. Đặt tên khác hoặc dùng đơn vị có sẵn."
    ]
    assert 'value="Phước Hậu"' in text(answer)


def test_nothing_is_below_a_group(world: World, xa: Client) -> None:
    for name in ("unit_add", "unit_add_many"):
        assert xa.get(reverse(name, args=[world.groups[0].pk])).status_code == 404


def test_nothing_new_comes_below_a_unit_that_ended(world: World) -> None:
    for group in world.groups:
        close_unit(unit=group, on=date(2026, 10, 1), by=None)
    close_unit(unit=world.hamlet, on=date(2026, 10, 1), by=None)
    sentence = "Ấp Phước Hậu đã kết thúc từ 01/10/2026, chỉ còn để tra cứu. Chọn đơn vị đang hoạt động."
    with pytest.raises(ValidationError) as one:
        create_unit(parent=world.hamlet, type="to", name="số 4", by=None)
    with pytest.raises(ValidationError) as many:
        create_numbered_units(parent=world.hamlet, type="to", last=3, by=None)
    assert (one.value.messages, many.value.messages) == ([sentence], [sentence])


# Many units


def test_before_many_are_made_one_reads_which_are_new(world: World, xa: Client) -> None:
    answer = xa.post(reverse("unit_add_many", args=[world.hamlet.pk]), {"type": "to", "last": "4"})
    assert answer.context["consequences"] == [
        "Có 2 đơn vị mới: Tổ NDTQ số 3, Tổ NDTQ số 4.",
        "Đơn vị đã có tên này thì giữ nguyên.",
    ]
    assert names(world.hamlet) == ["Tổ NDTQ số 1", "Tổ NDTQ số 2", "Tổ NDTQ số 10"]


def test_numbers_that_are_there_stay_and_the_answer_counts_both(world: World, xa: Client) -> None:
    address, data = reverse("unit_add_many", args=[world.hamlet.pk]), {"type": "to", "last": "4", "agreed": "1"}
    before = world.groups[0].history.count()
    assert "Đã lập 2 đơn vị mới; 2 đơn vị có sẵn, giữ nguyên." in text(xa.post(address, data, follow=True))
    assert names(world.hamlet) == [f"Tổ NDTQ số {n}" for n in (1, 2, 3, 4, 10)]
    assert world.groups[0].history.count() == before
    assert "Đã lập 0 đơn vị mới; 4 đơn vị có sẵn, giữ nguyên." in text(xa.post(address, data, follow=True))
    made = Unit.objects.get(parent=world.hamlet, name="số 3")
    assert made.history.get().history_user == world.users["xa"]


def test_hamlets_are_counted_without_the_word_number(world: World, xa: Client) -> None:
    data = {"type": "khu-pho", "last": "3", "agreed": "1"}
    xa.post(reverse("unit_add_many", args=[world.an_khanh.pk]), data)
    assert names(world.an_khanh) == ["Khu phố 1", "Khu phố 2", "Khu phố 3", "Ấp Phước Hậu"]


def test_names_come_one_a_line_each_once_with_or_without_their_type(world: World, xa: Client) -> None:
    lines = "Ấp Phước Lộc\r\n\r\n  phước hậu \nẤp  An Bình\nAn Bình"
    data = {"type": "ap", "names": lines, "agreed": "1"}
    answer = xa.post(reverse("unit_add_many", args=[world.an_khanh.pk]), data, follow=True)
    assert "Đã lập 2 đơn vị mới; 1 đơn vị có sẵn, giữ nguyên." in text(answer)
    assert names(world.an_khanh) == ["Ấp An Bình", "Ấp Phước Hậu", "Ấp Phước Lộc"]


def test_the_names_are_read_once_more_as_a_sentence(world: World, xa: Client) -> None:
    data = {"type": "ap", "names": "An Bình\nAn Lộc"}
    answer = xa.post(reverse("unit_add_many", args=[world.an_khanh.pk]), data)
    assert ("Mỗi dòng một tên", "An Bình, An Lộc") in answer.context["answers"]


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({}, "last", "Ghi số cuối, hoặc ghi tên từng dòng: một trong hai cách."),
        ({"last": "3", "names": "An Bình"}, "last", "Ghi số cuối, hoặc ghi tên từng dòng: một trong hai cách."),
        (
            {"names": f"An Bình\n{'x' * 81}"},
            "names",
            f"“{'x' * 30}…” dài hơn 80 chữ. Mỗi dòng chỉ ghi một tên.",
        ),
        (
            {"names": "\n".join(f"Tên {n}" for n in range(201))},
            "names",
            "Mỗi lần lập nhiều nhất 200 đơn vị. Chia danh sách thành nhiều lần.",
        ),
    ],
)
def test_a_list_that_cannot_be_taken_whole_is_not_taken_at_all(
    world: World, xa: Client, data: dict[str, str], field: str, sentence: str
) -> None:
    answer = xa.post(reverse("unit_add_many", args=[world.an_khanh.pk]), {"type": "ap", "agreed": "1", **data})
    assert answer.context["form"].errors[field] == [sentence]
    assert names(world.an_khanh) == ["Ấp Phước Hậu"]


def test_a_type_that_does_not_belong_there_is_refused(world: World) -> None:
    with pytest.raises(ValidationError) as error:
        create_named_units(parent=world.an_khanh, type="to", names=["số 1"], by=None)
    assert error.value.messages == ["Đơn vị cấp trên không hợp với loại đơn vị này. Chọn đơn vị cấp trên khác."]


# A new name


def test_a_renamed_unit_keeps_its_old_name_in_history(world: World, xa: Client) -> None:
    data = {"type": "khu-pho", "name": "Hưng Phú"}
    answer = xa.post(reverse("unit_rename", args=[world.hamlet.pk]), data, follow=True)
    assert "Ấp Phước Hậu nay là khu phố Hưng Phú." in text(answer)
    assert [f"{row.type} {row.name}" for row in world.hamlet.history.all()] == ["khu-pho Hưng Phú", "ap Phước Hậu"]
    assert list(Unit.objects.search("hung phu").values_list("pk", flat=True))[:1] == [world.hamlet.pk]


def test_the_code_of_a_commune_is_kept_and_can_be_changed(world: World, client: Client) -> None:
    client.force_login(world.users["huyen"])
    address = reverse("unit_rename", args=[world.an_khanh.pk])
    assert client.get(address).context["form"].initial["code"] == "28810"
    client.post(address, {"type": "xa", "name": "An Khánh", "code": "28811"})
    world.an_khanh.refresh_from_db()
    assert world.an_khanh.code == "28811"
    taken = client.post(address, {"type": "xa", "name": "An Khánh", "code": "28819"})
    assert taken.context["form"].non_field_errors() == ["Mã này đang thuộc một đơn vị khác cùng cấp. Kiểm tra lại mã."]


def test_a_name_given_meanwhile_by_somebody_else_is_told(world: World, xa: Client) -> None:
    address, opened = reverse("unit_rename", args=[world.hamlet.pk]), version_of(world.hamlet)
    other = Client()
    other.force_login(world.users["huyen"])
    other.post(address, {"type": "ap", "name": "An Bình"})
    answer = xa.post(address, {"type": "ap", "name": "An Lộc", "version": opened})
    assert "Người huyen vừa sửa lúc" in text(answer)
    assert 'value="An Lộc"' in text(answer)


# Who

FORMS = ["unit_add", "unit_add_many", "unit_rename"]


@pytest.mark.parametrize("name", FORMS)
def test_another_units_unit_is_not_found(world: World, xa: Client, name: str) -> None:
    assert xa.post(reverse(name, args=[world.tan_phu.pk]), {"type": "ap", "name": "1"}).status_code == 404


@pytest.mark.parametrize("name", FORMS)
def test_a_viewer_may_not(world: World, client: Client, name: str) -> None:
    client.force_login(world.users["xem"])
    assert client.get(reverse(name, args=[world.an_khanh.pk])).status_code == 403
    assert client.post(reverse(name, args=[world.an_khanh.pk]), {"type": "ap", "name": "1"}).status_code == 403
    assert names(world.an_khanh) == ["Ấp Phước Hậu"]


@pytest.mark.parametrize("name", FORMS)
def test_strangers_log_in_first_and_other_methods_are_refused(world: World, client: Client, name: str) -> None:
    address = reverse(name, args=[world.an_khanh.pk])
    assert client.get(address).headers["Location"] == f"/dang-nhap/?next={address}"
    client.force_login(world.users["xa"])
    assert client.put(address).status_code == 405
