"""Production models in the report: by the day and the place of each. The period is 15/09 – 14/10/2026."""

import csv
from dataclasses import asdict
from datetime import date
from io import StringIO

from meetings.actions import change_model, change_replication, drop_replication
from reports.figures import figures
from reports.output import to_csv
from steering.calendar import reporting_calendar
from steering.models import Unit
from tests.builders import World
from tests.meetings.builders import signed_in, text
from tests.meetings.library_builders import model, replication


def counts(place: Unit, key: str = "2026-10") -> tuple[int, int, int]:
    found = figures(place, reporting_calendar().parse(key)).models
    return found.introduced, found.replicated, found.households


def test_models_and_replications_count_on_their_own_days_and_at_their_own_places(world: World) -> None:
    goats = model(world.hamlet, introduced_on=date(2026, 9, 15))
    model(world.an_khanh, "Trồng bưởi", introduced_on=date(2026, 10, 14))
    model(world.an_khanh, "Đan giỏ", introduced_on=date(2026, 9, 14))
    model(world.an_khanh, "Nuôi cua", introduced_on=date(2026, 10, 15))
    replication(goats, world.an_hiep, date(2026, 9, 15), households=4)
    replication(goats, world.tan_phu, date(2026, 10, 14), households=3)
    replication(goats, world.tan_phu, date(2026, 10, 15), households=9)
    assert counts(world.province) == (2, 2, 7)
    assert counts(world.chau_thanh) == (2, 1, 3)
    assert counts(world.ba_tri) == (0, 1, 4)
    assert counts(world.an_khanh) == (2, 0, 0)
    assert counts(world.an_khanh, "2026-09") == (1, 0, 0)
    assert counts(world.province, "2026") == (4, 3, 16)


def test_what_lies_at_the_unit_itself_is_an_entry_and_the_entries_add_up(world: World) -> None:
    goats = model(world.chau_thanh, introduced_on=date(2026, 10, 1))
    replication(goats, world.chau_thanh, date(2026, 10, 2), households=2)
    replication(goats, world.hamlet, date(2026, 10, 2), households=5)
    found = figures(world.chau_thanh, reporting_calendar().parse("2026-10"))
    parts = {part.unit.name: tuple(asdict(part.models).values()) for part in found.by_unit}
    assert parts == {
        "Huyện Châu Thành": (1, 1, 2),
        "Xã An Khánh": (0, 1, 5),
        "Xã Phú Đức": (0, 0, 0),
        "Xã Tân Phú": (0, 0, 0),
    }
    assert tuple(asdict(found.models).values()) == (1, 2, 7)


def test_the_file_and_the_page_show_them(world: World) -> None:
    replication(model(world.an_khanh, introduced_on=date(2026, 10, 1)), world.tan_phu, date(2026, 10, 2), households=8)
    found = figures(world.chau_thanh, reporting_calendar().parse("2026-10"))
    rows = list(csv.DictReader(StringIO(to_csv(found).decode("utf-8-sig"))))
    shown = [(row["Mô hình đã giới thiệu"], row["Nơi nhân rộng mô hình"], row["Hộ làm theo mô hình"]) for row in rows]
    assert shown == [("1", "0", "0"), ("0", "0", "0"), ("0", "1", "8")]
    page = text(signed_in(world.users["huyen"]).get(f"/bao-cao/{world.chau_thanh.pk}/2026-10/"))
    assert '<span>Hộ làm theo mô hình</span><b class="num">8</b>' in page


def test_a_model_that_moves_and_a_replication_that_is_corrected_or_dropped_count_where_they_are(world: World) -> None:
    goats = model(world.an_khanh, introduced_on=date(2026, 10, 1))
    taken = replication(goats, world.an_hiep, date(2026, 10, 2), households=4)
    goats.unit = world.tan_phu
    change_model(model=goats, by=None)
    assert (counts(world.an_khanh), counts(world.tan_phu)) == ((0, 0, 0), (1, 0, 0))
    taken.unit, taken.households = world.phu_duc, 6
    change_replication(replication=taken, by=None)
    assert (counts(world.an_hiep), counts(world.phu_duc)) == ((0, 0, 0), (0, 1, 6))
    drop_replication(replication=taken, by=None)
    assert counts(world.province) == (1, 0, 0)
