"""What may be written about production models, replications and materials. Today is 20/10/2026."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from clubs.models import Club
from meetings.actions import (
    change_model,
    change_replication,
    drop_replication,
    introduce_model,
    keep_material,
    record_replication,
    withdraw_material,
)
from meetings.models import Material, ProductionModel, Replication
from tests.builders import World
from tests.meetings.library_builders import INTRODUCED, material, model, replication
from tests.reports.builders import held, planned, with_members

MET, SOON = date(2026, 10, 9), date(2026, 11, 6)


@pytest.fixture
def here(world: World) -> Club:
    return with_members(world.an_khanh)


def why(refusal: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return dict(refusal.value.message_dict)


# Production models


def test_a_model_introduced_at_a_meeting_has_that_meetings_day(world: World, here: Club) -> None:
    met = held(here, MET)
    new = model(world.hamlet, " Nuôi  dê ", meeting=met, introduced_on=None, description=" Chuồng sàn \n\n 2 con ")
    new.refresh_from_db()
    assert (new.name, new.introduced_on, new.meeting) == ("Nuôi dê", MET, met)
    assert new.description == "Chuồng sàn\n\n2 con"
    assert new.search == "nuoi de"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (None, "Ghi ngày giới thiệu, hoặc chọn kỳ sinh hoạt đã giới thiệu."),
        (date(2026, 10, 21), "Ngày giới thiệu chưa tới. Ghi ngày đã giới thiệu."),
    ],
)
def test_a_model_without_a_meeting_needs_a_day_that_has_come(world: World, day: date | None, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        model(world.hamlet, introduced_on=day)
    assert why(refusal) == {"introduced_on": [sentence]}
    assert model(world.hamlet, introduced_on=date(2026, 10, 20)).pk


def test_another_day_than_the_meetings_is_refused(world: World, here: Club) -> None:
    with pytest.raises(ValidationError) as refusal:
        model(world.hamlet, meeting=held(here, MET), introduced_on=date(2026, 10, 8))
    assert why(refusal) == {
        "introduced_on": ["Kỳ sinh hoạt đã chọn họp ngày 09/10/2026. Ghi đúng ngày đó, hoặc để trống."]
    }


def test_a_meeting_that_was_not_held_introduces_nothing(world: World, here: Club) -> None:
    with pytest.raises(ValidationError) as refusal:
        model(world.hamlet, meeting=planned(here, SOON), introduced_on=None)
    assert why(refusal) == {"meeting": ["Kỳ sinh hoạt này chưa họp. Chọn kỳ đã họp, hoặc để trống."]}
    assert not ProductionModel.objects.exists()


def test_a_model_is_not_moved_behind_its_first_replication(world: World) -> None:
    goats = model(world.hamlet)
    replication(goats, world.tan_phu, date(2026, 4, 6))
    goats.introduced_on = date(2026, 4, 7)
    with pytest.raises(ValidationError) as refusal:
        change_model(model=goats, by=None)
    assert why(refusal) == {
        "introduced_on": ["Đã có nơi nhân rộng từ 06/04/2026. Ngày giới thiệu không thể sau ngày đó."]
    }
    goats.introduced_on = date(2026, 4, 6)
    assert change_model(model=goats, by=world.users["xa"]).history.first().history_user == world.users["xa"]


# Replications


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 10, 21), "Ngày này chưa tới. Ghi khi đã bắt đầu làm."),
        (date(2026, 3, 1), "Mô hình được giới thiệu ngày 02/03/2026. Nhân rộng từ ngày đó trở đi."),
    ],
)
def test_a_replication_is_neither_to_come_nor_before_the_model(world: World, day: date, sentence: str) -> None:
    goats = model(world.hamlet)
    with pytest.raises(ValidationError) as refusal:
        replication(goats, world.tan_phu, day)
    assert why(refusal) == {"started_on": [sentence]}
    right = replication(goats, world.tan_phu, INTRODUCED)
    right.started_on = day
    with pytest.raises(ValidationError) as refusal:
        change_replication(replication=right, by=None)
    assert why(refusal) == {"started_on": [sentence]}


def test_the_same_place_and_day_counts_once_and_nobody_is_no_household(world: World) -> None:
    goats = model(world.hamlet)
    replication(goats, world.tan_phu)
    with pytest.raises(ValidationError) as refusal:
        replication(goats, world.tan_phu)
    assert refusal.value.messages == ["Lần nhân rộng này đã ghi rồi. Sửa dòng đã có."]
    with pytest.raises(ValidationError) as refusal:
        replication(goats, world.phu_duc, households=0)
    assert refusal.value.messages == ["Số hộ phải từ 1 trở lên."]
    row = Replication(model=goats, unit=world.tan_phu, started_on=date(2026, 5, 4), households=2)
    assert record_replication(replication=row, by=None).pk


def test_a_dropped_replication_stays_in_the_history_with_who_dropped_it(world: World) -> None:
    row = replication(model(world.hamlet), world.tan_phu)
    pk = row.pk
    drop_replication(replication=row, by=world.users["huyen"])
    last = Replication.history.filter(id=pk).first()
    assert (last.history_type, last.history_user) == ("-", world.users["huyen"])
    assert not Replication.objects.exists()


# Materials


@pytest.mark.parametrize("link", ["ftp://chinhphu.vn/1.pdf", "ftps://chinhphu.vn/1.pdf"])
def test_a_link_leads_to_the_web_only(world: World, link: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        material(world.an_khanh, link=link)
    assert why(refusal) == {"link": ["Địa chỉ phải bắt đầu bằng https:// hoặc http://. Chép lại từ trình duyệt."]}
    assert material(world.an_khanh, link="https://chinhphu.vn/1.pdf").pk


def test_a_material_ends_once(world: World) -> None:
    paper = material(world.an_khanh, valid_from=date(2026, 1, 1))
    with pytest.raises(ValidationError) as refusal:
        withdraw_material(material=paper, on=date(2025, 12, 31), by=None)
    assert why(refusal) == {"valid_until": ["Ngày kết thúc không thể trước ngày bắt đầu. Sửa một trong hai ngày."]}
    paper.refresh_from_db()
    withdraw_material(material=paper, on=date(2026, 10, 20), by=None)
    assert list(Material.objects.active_on(date(2026, 10, 19))) == [paper]
    assert list(Material.objects.active_on(date(2026, 10, 20))) == []
    with pytest.raises(ValidationError) as refusal:
        withdraw_material(material=paper, on=date(2026, 10, 21), by=None)
    assert refusal.value.messages == ["Tài liệu này đã ghi hết hiệu lực từ 20/10/2026. Muốn đổi ngày thì sửa tài liệu."]
    paper.valid_until = None
    assert keep_material(material=paper, by=None).valid_until is None


def test_a_model_on_paper_is_none_until_it_is_introduced(world: World) -> None:
    unsaved = ProductionModel(unit=world.hamlet, name="", sector="livestock", introduced_on=INTRODUCED)
    with pytest.raises(ValidationError) as refusal:
        introduce_model(model=unsaved, by=None)
    assert set(why(refusal)) == {"name"}
