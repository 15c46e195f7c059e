"""The library in the data entry: own rows only, written by the same rules. Today is 20/10/2026."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import Material, ProductionModel, Replication
from steering.actions import appoint
from tests.builders import World
from tests.meetings.library_builders import material, model, replication
from tests.reports.builders import held, with_members

MODELS, MATERIALS = "admin:meetings_productionmodel", "admin:meetings_material"


@pytest.fixture
def xa(world: World, client: Client) -> Client:
    client.force_login(world.users["xa"])
    return client


def rows(*replications: dict[str, Any], there: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = {"replications-TOTAL_FORMS": len(replications), "replications-INITIAL_FORMS": there}
    for n, row in enumerate(replications):
        data |= {f"replications-{n}-{name}": value for name, value in row.items()}
    return data


def goats(world: World, **facts: Any) -> dict[str, Any]:
    return {"name": "Nuôi dê", "sector": "livestock", "unit": world.hamlet.pk, "introduced_on": "02/03/2026", **facts}


def errors(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["adminform"].form.errors)


def test_a_model_is_written_with_its_replications(world: World, xa: Client) -> None:
    taken = {"unit": world.an_khanh.pk, "started_on": "06/04/2026", "households": 4}
    assert xa.post(reverse(f"{MODELS}_add"), goats(world, cost="1500000", **rows(taken))).status_code == 302
    kept = ProductionModel.objects.get()
    assert (kept.cost, kept.history.get().history_user) == (1_500_000, world.users["xa"])
    assert kept.replications.get().households == 4
    assert 'name="cost" value="1500000"' in xa.get(reverse(f"{MODELS}_change", args=[kept.pk])).content.decode()


def test_the_same_rules_hold_with_the_sentence_beside_the_field(world: World, xa: Client) -> None:
    met = held(with_members(world.an_khanh), date(2026, 10, 9))
    answer = xa.post(reverse(f"{MODELS}_add"), goats(world, meeting=met.pk, **rows()))
    assert errors(answer) == {
        "introduced_on": ["Kỳ sinh hoạt đã chọn họp ngày 09/10/2026. Ghi đúng ngày đó, hoặc để trống."]
    }
    assert (
        xa.post(reverse(f"{MODELS}_add"), goats(world, meeting=met.pk, introduced_on="", **rows())).status_code == 302
    )
    early = {"unit": world.an_khanh.pk, "started_on": "01/10/2026", "households": 4}
    kept = ProductionModel.objects.get()
    address = reverse(f"{MODELS}_change", args=[kept.pk])
    answer = xa.post(address, goats(world, meeting=met.pk, introduced_on="", **rows(early)))
    assert "Mô hình được giới thiệu ngày 09/10/2026. Nhân rộng từ ngày đó trở đi." in answer.content.decode()
    assert not Replication.objects.exists()


def test_only_own_models_are_listed_and_only_own_replications_are_changed(world: World, xa: Client) -> None:
    mine, foreign = model(world.hamlet), model(world.an_hiep, "Nuôi cua")
    own, other = replication(mine, world.an_khanh), replication(mine, world.tan_phu)
    listed = xa.get(reverse(f"{MODELS}_changelist")).context["cl"].result_list
    assert list(listed) == [mine]
    assert xa.get(reverse(f"{MODELS}_change", args=[foreign.pk])).status_code == 404
    shown = xa.get(reverse(f"{MODELS}_change", args=[mine.pk])).context["inline_admin_formsets"][0].formset
    assert [form.instance for form in shown.forms] == [own]
    gone = {"id": own.pk, "model": mine.pk, "unit": world.an_khanh.pk, "started_on": "06/04/2026", "households": 4}
    xa.post(reverse(f"{MODELS}_change", args=[mine.pk]), goats(world, **rows({**gone, "DELETE": "on"}, there=1)))
    assert list(Replication.objects.all()) == [other]


def test_neither_goes_to_another_unit(world: World, xa: Client) -> None:
    assert set(errors(xa.post(reverse(f"{MODELS}_add"), goats(world, unit=world.an_hiep.pk, **rows())))) == {"unit"}
    data = {"kind": "guide", "title": "Sổ tay", "unit": world.an_hiep.pk}
    assert set(errors(xa.post(reverse(f"{MATERIALS}_add"), data))) == {"unit"}
    assert not ProductionModel.objects.exists()
    assert not Material.objects.exists()


def test_a_place_that_one_only_reads_takes_nothing_over(world: World, xa: Client) -> None:
    appoint(user=world.users["xa"], role="viewer", unit=world.chau_thanh, valid_from=date(2026, 1, 1), by=None)
    mine = model(world.hamlet)
    taken = {"unit": world.tan_phu.pk, "started_on": "06/04/2026", "households": 4}
    answer = xa.post(reverse(f"{MODELS}_change", args=[mine.pk]), goats(world, **rows(taken)))
    assert "Việc này thuộc đơn vị khác." in answer.content.decode()
    assert not Replication.objects.exists()


def test_a_material_leads_to_the_web_only(world: World, xa: Client) -> None:
    data = {"kind": "guide", "title": "Sổ tay", "unit": world.an_khanh.pk, "link": "ftp://chinhphu.vn/a"}
    assert errors(xa.post(reverse(f"{MATERIALS}_add"), data)) == {
        "link": ["Địa chỉ phải bắt đầu bằng https:// hoặc http://. Chép lại từ trình duyệt."]
    }
    assert xa.post(reverse(f"{MATERIALS}_add"), {**data, "link": "chinhphu.vn"}).status_code == 302
    assert Material.objects.get().link == "https://chinhphu.vn"


def test_materials_of_others_are_not_listed(world: World, xa: Client) -> None:
    mine = material(world.an_khanh)
    foreign = material(world.province)
    assert list(xa.get(reverse(f"{MATERIALS}_changelist")).context["cl"].result_list) == [mine]
    assert xa.get(reverse(f"{MATERIALS}_change", args=[foreign.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_list_takes_as_many_queries_for_many_rows(
    world: World, xa: Client, number: int, django_assert_num_queries: Any
) -> None:
    for n in range(number):
        model(world.hamlet, f"Mô hình {n}")
    with django_assert_num_queries(6):
        assert xa.get(reverse(f"{MODELS}_changelist")).status_code == 200
