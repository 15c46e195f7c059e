"""Writing about production models: who may where, what is told, what stays typed. Today is 20/10/2026."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from meetings.models import Meeting, ProductionModel, Replication
from steering.versions import version_of
from tests.builders import World, unit
from tests.meetings.builders import signed_in, text
from tests.meetings.library_builders import model, replication
from tests.reports.builders import held, planned, with_members

MET = date(2026, 10, 9)
NOT_OFFERED = "Không có lựa chọn này trong phạm vi của anh, chị. Chọn lại."


@pytest.fixture
def xa(world: World) -> Client:
    return signed_in(world.users["xa"])


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh, name="CLB xã An Khánh")


def goats(world: World, **facts: Any) -> dict[str, Any]:
    """What a browser would send."""
    facts = {"name": "Nuôi dê", "sector": "livestock", "unit": world.hamlet.pk, **facts}
    return {"introduced_on": "02/03/2026", "cost": "12.000.000", "description": "", "result": "", "source": "", **facts}


def refusals(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)


# A new model


def test_a_new_model_is_kept_with_who_wrote_it(world: World, xa: Client) -> None:
    answer = xa.post(reverse("model_add"), goats(world))
    kept = ProductionModel.objects.get()
    assert answer.url == reverse("model", args=[kept.pk])
    assert (kept.unit, kept.cost, kept.introduced_on) == (world.hamlet, 12_000_000, date(2026, 3, 2))
    assert kept.history.get().history_user == world.users["xa"]


def test_from_a_meeting_its_host_and_its_day_are_there_already(world: World, xa: Client, here: Club) -> None:
    met = held(here, MET)
    form = xa.get(reverse("model_add"), {"meeting": met.pk}).context["form"]
    assert (form["meeting"].value(), form["unit"].value(), form["introduced_on"].value()) == (met.pk, met.host_id, MET)
    xa.post(reverse("model_add"), goats(world, meeting=met.pk, introduced_on=""))
    kept = ProductionModel.objects.get()
    assert (kept.meeting, kept.introduced_on) == (met, MET)


@pytest.mark.parametrize("asked", ["x", "999999", "-1"])
def test_an_address_that_names_no_meeting_is_an_empty_form(xa: Client, asked: str) -> None:
    assert xa.get(reverse("model_add"), {"meeting": asked}).context["form"].initial == {}


def test_neither_another_units_meeting_nor_one_to_come_is_offered(world: World, xa: Client, here: Club) -> None:
    foreign, coming = held(with_members(world.an_hiep), MET), planned(here, date(2026, 11, 6))
    for meeting in (foreign, coming):
        assert xa.get(reverse("model_add"), {"meeting": meeting.pk}).context["form"].initial == {}
        answer = xa.post(reverse("model_add"), goats(world, meeting=meeting.pk))
        assert refusals(answer) == {"meeting": [NOT_OFFERED]}
    assert not ProductionModel.objects.exists()


def test_a_model_is_not_put_into_another_unit(world: World, xa: Client) -> None:
    answer = xa.post(reverse("model_add"), goats(world, unit=world.an_hiep.pk))
    assert refusals(answer) == {"unit": [NOT_OFFERED]}
    assert not ProductionModel.objects.exists()


def test_bad_input_is_told_beside_its_field_and_stays_typed(world: World, xa: Client) -> None:
    typed = {"cost": "mười hai triệu", "introduced_on": "21/10/2026", "description": "Chuồng sàn"}
    answer = xa.post(reverse("model_add"), goats(world, name="", **typed))
    assert set(refusals(answer)) == {"name", "cost"}
    page = text(answer)
    assert all(words in page for words in ('value="mười hai triệu"', 'value="21/10/2026"', "Chuồng sàn</textarea>"))
    later = xa.post(reverse("model_add"), goats(world, introduced_on="21/10/2026"))
    assert refusals(later) == {"introduced_on": ["Ngày giới thiệu chưa tới. Ghi ngày đã giới thiệu."]}
    none = xa.post(reverse("model_add"), goats(world, introduced_on=""))
    assert refusals(none) == {"introduced_on": ["Ghi ngày giới thiệu, hoặc chọn kỳ sinh hoạt đã giới thiệu."]}
    assert not ProductionModel.objects.exists()


def test_sent_twice_it_is_kept_once(world: World, xa: Client) -> None:
    once = xa.get(reverse("model_add")).context["once"]
    for _ in range(2):
        assert xa.post(reverse("model_add"), goats(world, once=once)).status_code == 302
    assert ProductionModel.objects.count() == 1


# A changed model


def test_a_model_loses_its_meeting_again(world: World, xa: Client, here: Club) -> None:
    kept = model(world.hamlet, meeting=held(here, MET), introduced_on=None)
    xa.post(reverse("model_change", args=[kept.pk]), goats(world, meeting="-", introduced_on="01/10/2026"))
    kept.refresh_from_db()
    assert (kept.meeting, kept.introduced_on, kept.name) == (None, date(2026, 10, 1), "Nuôi dê")


def test_what_was_kept_is_in_the_form_as_people_write_it(world: World, xa: Client) -> None:
    kept = model(world.hamlet, cost=12_000_000)
    page = text(xa.get(reverse("model_change", args=[kept.pk])))
    assert ('type="text" name="cost" value="12.000.000"' in page, 'value="02/03/2026"' in page) == (True, True)


def test_a_model_is_not_moved_to_another_unit(world: World, xa: Client) -> None:
    kept = model(world.hamlet)
    answer = xa.post(reverse("model_change", args=[kept.pk]), goats(world, unit=world.an_hiep.pk))
    assert refusals(answer) == {"unit": [NOT_OFFERED]}
    kept.refresh_from_db()
    assert kept.unit == world.hamlet


def test_a_change_made_meanwhile_is_told(world: World, xa: Client) -> None:
    kept = model(world.hamlet)
    version = version_of(kept)
    address = reverse("model_change", args=[kept.pk])
    signed_in(world.users["huyen"]).post(address, goats(world, name="Tên của huyện"))
    told = xa.post(address, goats(world, name="Tên của xã", version=version))
    assert "Người huyen vừa sửa lúc" in text(told)
    assert ("Tên của huyện" in text(told), 'value="Tên của xã"' in text(told)) == (True, True)
    kept.refresh_from_db()
    assert kept.name == "Tên của huyện"


def test_whoever_may_not_write_there_is_refused(world: World, here: Club) -> None:
    kept = model(world.hamlet)
    for user in ("xa_khac", "xem"):
        address = reverse("model_change", args=[kept.pk])
        assert signed_in(world.users[user]).post(address, goats(world, name="Khác")).status_code == 403
    assert signed_in(world.users["xem"]).post(reverse("model_add"), goats(world)).status_code == 403
    kept.refresh_from_db()
    assert kept.name == "Nuôi dê sinh sản"


# Replications


def taken_over(world: World, **facts: Any) -> dict[str, Any]:
    return {"unit": world.tan_phu.pk, "started_on": "06/04/2026", "households": "7", "result": "", **facts}


def test_a_model_of_elsewhere_is_taken_over_at_home(world: World) -> None:
    crabs = model(world.an_hiep, "Nuôi cua")
    address = reverse("replication_add", args=[crabs.pk])
    answer = signed_in(world.users["huyen"]).post(address, taken_over(world), follow=True)
    row = Replication.objects.get()
    assert (row.model, row.unit, row.households) == (crabs, world.tan_phu, 7)
    assert row.history.get().history_user == world.users["huyen"]
    assert "Đã ghi nhân rộng tại xã Tân Phú: 7 hộ." in text(answer)


def test_nobody_writes_for_another_unit(world: World, xa: Client) -> None:
    mine = model(world.hamlet)
    answer = xa.post(reverse("replication_add", args=[mine.pk]), taken_over(world))
    assert refusals(answer) == {"unit": [NOT_OFFERED]}
    elsewhere = replication(mine, world.tan_phu)
    for name in ("replication_change", "replication_drop"):
        assert xa.post(reverse(name, args=[elsewhere.pk]), taken_over(world)).status_code == 404
    assert list(Replication.objects.all()) == [elsewhere]


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"started_on": "21/10/2026"}, "started_on", "Ngày này chưa tới. Ghi khi đã bắt đầu làm."),
        (
            {"started_on": "01/03/2026"},
            "started_on",
            "Mô hình được giới thiệu ngày 02/03/2026. Nhân rộng từ ngày đó trở đi.",
        ),
        ({"households": "vài"}, "households", "Không phải số. Ghi bằng chữ số."),
        ({"started_on": "hôm qua"}, "started_on", "Không phải ngày. Ghi dạng ngày/tháng/năm, ví dụ 15/01/2026."),
    ],
)
def test_what_cannot_be_is_told_and_stays_typed(world: World, facts: dict[str, str], field: str, sentence: str) -> None:
    kept = model(world.hamlet)
    address = reverse("replication_add", args=[kept.pk])
    answer = signed_in(world.users["huyen"]).post(address, taken_over(world, **facts))
    assert refusals(answer) == {field: [sentence]}
    assert f'value="{facts[field]}"' in text(answer)
    assert not Replication.objects.exists()


def test_a_replication_is_corrected_then_dropped_after_a_word_of_warning(world: World) -> None:
    huyen, row = signed_in(world.users["huyen"]), replication(model(world.hamlet), world.tan_phu)
    huyen.post(reverse("replication_change", args=[row.pk]), taken_over(world, households="9"))
    row.refresh_from_db()
    assert row.households == 9
    page = huyen.get(reverse("replication_drop", args=[row.pk]))
    assert "Lần nhân rộng tại xã Tân Phú từ 06/04/2026, 9 hộ, không còn tính vào mô hình và báo cáo." in text(page)
    once = page.context["once"]
    answer = huyen.post(reverse("replication_drop", args=[row.pk]), {"once": once}, follow=True)
    assert "Đã bỏ lần nhân rộng tại xã Tân Phú." in text(answer)
    assert not Replication.objects.exists()


def test_a_correction_made_meanwhile_is_told(world: World) -> None:
    row = replication(model(world.hamlet), world.tan_phu)
    version, address = version_of(row), reverse("replication_change", args=[row.pk])
    signed_in(world.users["tinh"]).post(address, taken_over(world, households="9"))
    told = signed_in(world.users["huyen"]).post(address, taken_over(world, households="8", version=version))
    assert "số hộ: 5 → <b>9</b>" in text(told)
    row.refresh_from_db()
    assert row.households == 9


def test_pages_that_write_ask_for_a_login_and_take_no_other_verb(world: World, client: Client) -> None:
    kept = model(world.hamlet)
    row = replication(kept, world.tan_phu)
    pages = {"model_add": [], "model_change": [kept.pk], "replication_add": [kept.pk]}
    for name, args in {**pages, "replication_change": [row.pk], "replication_drop": [row.pk]}.items():
        assert client.get(reverse(name, args=args)).url.startswith(reverse("login"))
        assert signed_in(world.users["tinh"]).put(reverse(name, args=args)).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_changing_takes_eight_queries_at_most_among_many_units_and_meetings(
    world: World, rows: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(rows):
        unit(world.an_khanh, "ap", f"An Lợi {n}")
        held(with_members(world.hamlet), date(2026, 8, 14))
    kept = model(world.groups[2], meeting=Meeting.objects.latest("pk"), introduced_on=None)
    client = signed_in(world.users["xa"])
    with django_assert_max_num_queries(8):
        page = client.get(reverse("model_change", args=[kept.pk]))
    assert text(page).count(" checked") == 2
