"""One or two clubs a district (R4): how many there are, when a second is advised, whose communes are whose."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clubs.actions import set_coverage, split_district
from clubs.models import Club
from clubs.quota import Quota
from steering.models import Unit
from tests.builders import World, club, unit

ON = date(2026, 10, 1)


@pytest.fixture
def huyen(world: World, client: Client) -> Client:
    client.force_login(world.users["huyen"])
    return client


@pytest.fixture
def two(world: World) -> tuple[Club, Club]:
    return club(world.chau_thanh, name="CLB số 1"), club(world.chau_thanh, name="CLB số 2")


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def page(client: Client, of: Unit) -> str:
    return text(client.get(reverse("unit", args=[of.pk])))


def covered(of: Club, day: date = date(2026, 10, 20)) -> set[str]:
    return {str(row.unit) for row in of.coverage.active_on(day).select_related("unit")}


# How many


@pytest.mark.parametrize(
    ("clubs", "communes", "covered", "wants_second", "wants_split"),
    [
        (0, 20, 0, False, False),
        (1, 12, 0, False, False),
        (1, 13, 0, True, False),
        (2, 13, 13, False, False),
        (2, 13, 12, False, True),
    ],
)
def test_a_second_club_is_advised_above_twelve_communes_and_a_split_once_there_are_two(
    clubs: int, communes: int, covered: int, wants_second: bool, wants_split: bool
) -> None:
    quota = Quota(clubs, 2, communes, covered)
    assert (quota.wants_second, quota.wants_split, quota.is_full) == (wants_second, wants_split, clubs == 2)


def test_the_limit_is_a_setting(settings: Any) -> None:
    settings.SECOND_CLUB_ABOVE_COMMUNES = 20
    assert not Quota(1, 2, 20, 0).wants_second


def test_a_districts_page_says_how_many_and_advises_a_second(world: World, huyen: Client) -> None:
    for number in range(10):
        unit(world.chau_thanh, "xa", f"Tân Lợi {number}", str(30000 + number))
    assert "Cấp huyện: 0 trên 2 câu lạc bộ, 13 xã, phường, thị trấn." in page(huyen, world.chau_thanh)
    club(world.chau_thanh, kind="poor_people")
    shown = page(huyen, world.chau_thanh)
    assert "Cấp huyện: 1 trên 2 câu lạc bộ, 13 xã" in shown
    assert "Trên 12 xã thì nên tính lập câu lạc bộ thứ hai" in shown
    club(world.chau_thanh, founded_on=None)  # a planned one holds its place
    shown = page(huyen, world.chau_thanh)
    assert "Cấp huyện: 2 trên 2 câu lạc bộ" in shown
    assert "câu lạc bộ thứ hai, mỗi câu lạc bộ" not in shown
    assert "13 xã chưa thuộc địa bàn câu lạc bộ nào." in shown


def test_a_communes_page_says_nothing_of_it(world: World, huyen: Client) -> None:
    assert "Cấp huyện:" not in page(huyen, world.an_khanh)


def test_proposing_the_first_of_many_communes_tells_of_a_second(world: World, huyen: Client, settings: Any) -> None:
    settings.SECOND_CLUB_ABOVE_COMMUNES = 2
    sent = {
        "unit": world.chau_thanh.pk,
        "kind": "work",
        "cadence": "month",
        "week": "2",
        "weekday": "4",
        "starts_at": "07:30",
        "reason": "Xa",
        "asked_by": "Hội Nông dân",
        "proposed_on": "05/10/2026",
    }
    told = huyen.post(reverse("club_propose"), sent).context["consequences"]
    assert "Huyện Châu Thành có 1 trên 2 câu lạc bộ cấp huyện." in told
    assert "Huyện Châu Thành có 3 xã; trên 2 xã thì nên tính câu lạc bộ thứ hai." in told


# Splitting


def test_the_communes_are_split_in_one_go(world: World, huyen: Client, two: tuple[Club, Club]) -> None:
    first, second = two
    set_coverage(club=first, units=[world.an_khanh, world.tan_phu], on=date(2026, 1, 1), by=None)
    address = reverse("district_split", args=[world.chau_thanh.pk])
    form = huyen.get(address).context["form"]
    assert [row.initial for row in form.rows()] == [str(first.pk), "", str(first.pk)]  # An Khánh, Phú Đức, Tân Phú
    sent = {
        "on": "01/10/2026",
        "seen": form["seen"].value(),
        f"of-{world.an_khanh.pk}": str(second.pk),
        f"of-{world.phu_duc.pk}": str(second.pk),
        f"of-{world.tan_phu.pk}": str(first.pk),
    }
    answer = huyen.post(address, sent, follow=True)
    assert "Đã chia xã của huyện Châu Thành cho hai câu lạc bộ." in text(answer)
    assert (covered(first), covered(second)) == ({"Xã Tân Phú"}, {"Xã An Khánh", "Xã Phú Đức"})
    assert covered(first, date(2026, 9, 30)) == {"Xã An Khánh", "Xã Tân Phú"}
    assert first.coverage.get(unit=world.tan_phu).valid_from == date(2026, 1, 1)
    assert "chưa thuộc địa bàn" not in text(answer)


def test_a_split_made_meanwhile_is_told_and_can_be_overruled(
    world: World, huyen: Client, two: tuple[Club, Club]
) -> None:
    first, second = two
    address = reverse("district_split", args=[world.chau_thanh.pk])
    seen = huyen.get(address).context["form"]["seen"].value()
    split_district(district=world.chau_thanh, shares={first: [world.an_khanh], second: []}, on=ON, by=None)
    sent = {"on": "20/10/2026", "seen": seen, f"of-{world.an_khanh.pk}": str(second.pk)}
    form = huyen.post(address, sent).context["form"]
    assert form.non_field_errors() == ["Vừa có người chia lại địa bàn. Xem lại phần bên dưới; muốn giữ, gửi lần nữa."]
    assert covered(first) == {"Xã An Khánh"}
    assert huyen.post(address, {**sent, "seen": form["seen"].value()}).status_code == 302
    assert (covered(first), covered(second)) == (set(), {"Xã An Khánh"})


def test_a_day_before_the_last_split_is_refused(world: World, huyen: Client, two: tuple[Club, Club]) -> None:
    first, second = two
    split_district(district=world.chau_thanh, shares={first: [world.an_khanh], second: []}, on=ON, by=None)
    sent = {"on": "30/09/2026", f"of-{world.an_khanh.pk}": str(second.pk)}
    answer = huyen.post(reverse("district_split", args=[world.chau_thanh.pk]), sent)
    assert "Ngày kết thúc không thể trước ngày bắt đầu." in text(answer)
    assert covered(first) == {"Xã An Khánh"}


@pytest.mark.parametrize("wrong", ["another district's club", "one commune twice", "another district's commune"])
def test_a_split_that_cannot_be_is_refused_whole(world: World, two: tuple[Club, Club], wrong: str) -> None:
    first, second = two
    shares: dict[Club, list[Unit]] = {first: [world.an_khanh], second: [world.tan_phu]}
    if wrong == "another district's club":
        shares[club(world.ba_tri)] = []
    elif wrong == "one commune twice":
        shares[second] = [world.an_khanh]
    else:
        shares[second] = [world.an_hiep]
    with pytest.raises(ValidationError):
        split_district(district=world.chau_thanh, shares=shares, on=ON, by=None)
    assert (covered(first), covered(second)) == (set(), set())


def test_with_one_club_there_is_nothing_to_split(world: World, huyen: Client) -> None:
    club(world.chau_thanh)
    answer = huyen.get(reverse("district_split", args=[world.chau_thanh.pk]), follow=True)
    assert "chưa có hai câu lạc bộ cấp huyện" in text(answer)


def test_a_third_club_is_refused_with_its_sentence(world: World, two: tuple[Club, Club]) -> None:
    with pytest.raises(ValidationError) as refusal:
        club(world.chau_thanh)
    assert refusal.value.message_dict["unit"] == [
        "Huyện Châu Thành đã có đủ 2 câu lạc bộ cấp huyện. Một huyện có nhiều nhất 2. Chọn cấp khác hoặc huyện khác."
    ]


def test_who_may_split(world: World, client: Client, two: tuple[Club, Club]) -> None:
    address = reverse("district_split", args=[world.chau_thanh.pk])
    assert client.get(address).url == f"/dang-nhap/?next={address}"
    for user, status in (("huyen", 200), ("tinh", 200), ("xa", 404), ("xa_khac", 404), ("xem", 403)):
        client.force_login(world.users[user])
        assert client.get(address).status_code == status
    client.force_login(world.users["huyen"])
    assert client.put(address).status_code == 405
    assert client.get(reverse("district_split", args=[world.an_khanh.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_split_asks_the_same_however_many_communes(
    world: World, huyen: Client, two: tuple[Club, Club], rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        unit(world.chau_thanh, "xa", f"Tân Lợi {number}", str(30000 + number))
    with django_assert_num_queries(7):
        assert huyen.get(reverse("district_split", args=[world.chau_thanh.pk])).status_code == 200
