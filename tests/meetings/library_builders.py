"""Production models, replications and materials for the tests of the library, built through the actions."""

from datetime import date
from typing import Any

from meetings.actions import introduce_model, keep_material, record_replication
from meetings.models import Material, ProductionModel, Replication
from steering.models import Unit

INTRODUCED = date(2026, 3, 2)


def model(place: Unit, name: str = "Nuôi dê sinh sản", **facts: Any) -> ProductionModel:
    facts = {"sector": "livestock", "introduced_on": INTRODUCED, **facts}
    return introduce_model(model=ProductionModel(unit=place, name=name, **facts), by=None)


def replication(of: ProductionModel, place: Unit, day: date = date(2026, 4, 6), households: int = 5) -> Replication:
    row = Replication(model=of, unit=place, started_on=day, households=households)
    return record_replication(replication=row, by=None)


def material(place: Unit, title: str = "Cho vay hộ nghèo", **facts: Any) -> Material:
    return keep_material(material=Material(**{"unit": place, "title": title, "kind": "policy", **facts}), by=None)
