"""What every form page promises: carried out once, told of what happened meanwhile, choices found by words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clubs.actions import change_club, save_person
from clubs.models import Club
from steering.models import Submission, Unit
from steering.picker import PickField
from steering.versions import Change, changed_since, version_of
from tests.builders import World, build_world, club, person, unit

CLICKS = 8


def admission(once: Any) -> dict[str, Any]:
    return {"full_name": "Lê Thị Hoa", "kind": "individual", "sector": "other", "joined_on": "01/10/2026", "once": once}


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_act_once_and_all_lead_to_the_same_page() -> None:
    world = build_world()
    here = club(world.an_khanh)
    address, once, barrier = reverse("club_admit", args=[here.pk]), uuid4(), Barrier(CLICKS)

    def click(_n: int) -> str:
        client = Client()
        client.force_login(world.users["xa"])
        barrier.wait()
        try:
            return str(client.post(address, admission(once)).headers["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as clicks:
        assert set(clicks.map(click, range(CLICKS))) == {reverse("club", args=[here.pk])}
    assert here.memberships.count() == 1


def test_the_second_of_two_sendings_is_told(world: World, client: Client) -> None:
    client.force_login(world.users["xa"])
    address, once = reverse("club_admit", args=[club(world.an_khanh).pk]), uuid4()
    client.post(address, admission(once))
    again = client.post(address, admission(once), follow=True)
    assert "Việc này đã làm xong ở lần gửi trước, không làm lại." in again.content.decode()


def test_a_form_that_was_refused_can_be_sent_again(world: World, client: Client) -> None:
    client.force_login(world.users["xa"])
    here, once = club(world.an_khanh), uuid4()
    address = reverse("club_admit", args=[here.pk])
    assert client.post(address, {**admission(once), "joined_on": "01/10/2027"}).status_code == 200
    assert client.post(address, admission(once)).status_code == 302
    assert here.memberships.count() == 1


def test_a_form_without_a_number_of_its_own_still_works(world: World, client: Client) -> None:
    client.force_login(world.users["xa"])
    here = club(world.an_khanh)
    assert client.post(reverse("club_admit", args=[here.pk]), admission("không phải số")).status_code == 302


def test_numbers_of_long_ago_are_forgotten(world: World, client: Client) -> None:
    old = Submission.objects.create(key=uuid4(), user=world.users["xa"])
    Submission.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=3))
    client.force_login(world.users["xa"])
    client.post(reverse("club_admit", args=[club(world.an_khanh).pk]), admission(uuid4()))
    assert not Submission.objects.filter(pk=old.pk).exists()
    assert Submission.objects.count() == 1


# Versions


def test_what_changed_since_is_named_field_by_field(world: World) -> None:
    here = club(world.an_khanh, name="CLB xã")
    seen = version_of(here)
    assert changed_since(here, seen) is None
    here.cadence, here.starts_at = "quarter", "13:30"
    change_club(club=here, by=world.users["xa"])
    meanwhile = changed_since(here, seen)
    assert meanwhile is not None
    assert meanwhile.who == "Người xa"
    assert sorted(meanwhile.changes, key=lambda change: change.field) == [
        Change("giờ họp", "07:30", "13:30"),
        Change("kỳ sinh hoạt", "Mỗi tháng một kỳ", "Mỗi quý một kỳ"),
    ]


def test_an_emptied_field_and_a_row_by_its_name(world: World) -> None:
    someone = person(world.an_khanh, "Lê Thị Hoa", birth_year=1980)
    seen = version_of(someone)
    someone.birth_year, someone.unit = None, world.tan_phu
    save_person(person=someone, by=None)
    meanwhile = changed_since(someone, seen)
    assert meanwhile is not None
    assert (meanwhile.who, {(c.field, c.old, c.new) for c in meanwhile.changes}) == (
        "Hệ thống",
        {("năm sinh", "1980", "–"), ("đơn vị", "Xã An Khánh", "Xã Tân Phú")},
    )


# Choices among many


def field() -> PickField:
    return PickField(Unit.objects.filter(kind="commune").with_parents(), label_of=lambda place: place.full_name)


def chosen(words: str = "", value: str = "") -> Any:
    asked = field()
    data = {"unit-q": words, "unit": value}
    return asked.clean(asked.widget.value_from_datadict(data, {}, "unit"))


def test_words_that_mean_one_row_choose_it(world: World) -> None:
    assert chosen("tan phu") == world.tan_phu
    assert chosen("an hiep, ba tri".replace(",", "")) == world.an_hiep


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("an", "Có nhiều nơi khớp với “an”. Chọn một."),
        ("xyz", "Không tìm thấy “xyz”. Gõ lại ít chữ hơn."),
        ("", "Chưa chọn. Gõ vài chữ để tìm, rồi chọn một."),
    ],
)
def test_words_that_mean_none_or_many_are_refused(world: World, words: str, sentence: str) -> None:

    with pytest.raises(ValidationError) as error:
        chosen(words)
    assert error.value.messages == [sentence]


def test_what_was_chosen_wins_over_words_left_in_the_box(world: World) -> None:
    assert chosen("an hiep", str(world.tan_phu.pk)) == world.tan_phu


def test_a_search_writes_nothing_and_keeps_what_was_typed(world: World, client: Client) -> None:
    for n in range(12):
        unit(world.an_khanh, "ap", f"Hòa Bình {n}")
    client.force_login(world.users["xa"])
    data = {"unit-q": "hoa binh", "unit-find": "1", "founded_on": "hôm qua", "name": "CLB mới"}
    html = client.post(reverse("club_found"), data).content.decode()
    assert html.count('type="radio" name="unit"') == 10
    assert "Xem thêm" in html
    assert ("hôm qua" in html, "CLB mới" in html, "Chưa lưu được" in html) == (True, True, False)
    assert not Club.objects.exists()
    more = client.post(reverse("club_found"), {**data, "unit-find": "20"}).content.decode()
    assert more.count('type="radio" name="unit"') == 12
