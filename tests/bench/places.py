"""Units and clubs of the data set: few enough to be made one by one, with the project's own search and sort keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, islice
from typing import Any

from clubs.models import Cadence, Club, ClubKind, ClubStatus, Suspension
from steering.models import SteeringCommittee, Unit, UnitKind
from steering.models.units import PATH_STEP
from steering.text import fold, natural_sort_key

CLUBS, PROVINCES = 100_000, 63  # of a country
COMMUNES_PER_CLUB = 0.106
COMMUNES_PER_DISTRICT = 15
GROUPS = 3  # of a hamlet
WORDS = (
    "An Bình Cái Châu Đông Giồng Hòa Hưng Khánh Long Lộc Mỹ Nhơn Phong Phú Quới Sơn Tân Thạnh Thành Thới Tiên Vĩnh Xuân"
).split()
TYPES = {"province": "tinh", "district": "huyen", "commune": "xa", "hamlet": "ap"}
CODES = {"province": 2, "district": 3, "commune": 5}  # digits of the official codes
FIRST, LATELY = date(2001, 3, 1), date(2025, 10, 20)
BATCH = 2000


@dataclass
class Places:
    """Numbers given so far, and what has been made and not yet saved."""

    ids: Iterator[int] = field(default_factory=lambda: count(1))
    club_ids: Iterator[int] = field(default_factory=lambda: count(1))
    codes: dict[str, Iterator[int]] = field(default_factory=lambda: {kind: count(1) for kind in CODES})


def create_places(scale: float) -> tuple[int, int]:
    """Provinces of some 1,600 clubs each, as many as `scale` asks for; at least two. How many units and clubs there are."""
    clubs = round(CLUBS * scale)
    provinces = max(2, round(PROVINCES * scale))
    made, last = Places(), (0, 0)
    for number in range(provinces):
        n = clubs * (number + 1) // provinces - clubs * number // provinces
        last = create_province(made, number, n)
    return last


def create_province(made: Places, number: int, clubs: int) -> tuple[int, int]:
    communes = max(1, round(clubs * COMMUNES_PER_CLUB))
    districts = max(1, round(communes / COMMUNES_PER_DISTRICT))
    hamlets = clubs - communes - districts - districts // 2
    levels = [[unit(made, None, "province", number)]]
    for kind, n in (("district", districts), ("commune", communes), ("hamlet", hamlets)):
        above = levels[-1]
        places = sorted(range(n), key=lambda place: place % len(above))  # those of one parent one after the other
        levels.append([unit(made, above[place % len(above)], kind, place // len(above)) for place in places])
    units = [one for level in levels for one in level]
    save(Unit, units)
    committees = (one for one in units if one.kind != UnitKind.HAMLET)
    save(SteeringCommittee, (SteeringCommittee(pk=u.pk, unit=u, valid_from=date(2001, 1, 1)) for u in committees))
    founded = [club(made, one, slot) for one in units[1:] for slot in slots(one)]
    save(Club, founded)
    save(Suspension, (suspension for one in founded for suspension in suspensions(one)))
    return units[-1].pk, founded[-1].pk


def unit(made: Places, parent: Unit | None, kind: str, place: int) -> Unit:
    """The unit at `place`, from 0, below `parent`."""
    number = place + 131 * (parent.pk if parent else 0)
    found = Unit(
        pk=next(made.ids),
        kind=kind,
        type=TYPES[kind],
        name=name_of(number),
        code=f"{next(made.codes[kind]):0{CODES[kind]}d}" if kind in CODES else "",
        parent=parent,
        path=f"{parent.path if parent else ''}{place + 1:0{PATH_STEP}d}",
        valid_from=date(2000, 1, 1),
    )
    found.refresh_keys()
    return found


def name_of(number: int) -> str:
    """Two words; 552 numbers in a row have different ones."""
    first, step = number % len(WORDS), number // len(WORDS) % (len(WORDS) - 1)
    return f"{WORDS[first]} {WORDS[(first + step + 1) % len(WORDS)]}"


def slots(unit: Unit) -> tuple[int | None, ...]:
    """One club a unit; two in every second district (R4)."""
    if unit.kind != UnitKind.DISTRICT:
        return (None,)
    return (1, 2) if int(unit.path[-PATH_STEP:]) % 2 == 0 else (1,)


def club(made: Places, unit: Unit, slot: int | None) -> Club:
    number = next(made.club_ids)
    is_hamlet = unit.kind == UnitKind.HAMLET
    founder = unit.parent if is_hamlet else unit  # R8
    assert founder is not None and unit.parent is not None
    found = Club(
        pk=number,
        name=f"CLB {unit.in_sentence}, {unit.parent.in_sentence}" + (f" số {slot}" if slot == 2 else ""),
        level=unit.kind,
        kind=ClubKind.POOR_PEOPLE if is_hamlet and number % 8 == 0 else ClubKind.WORK,
        unit=unit,
        path=f"{unit.path}c{slot or 1:04d}",
        district_slot=slot,
        founder=founder,
        manager_id=founder.pk,
        cadence=Cadence.QUARTER if number % 50 == 19 else Cadence.MONTH,
        weekday=4 + number % 3 if is_hamlet else number % 5,
        week=1 + number // 7 % 4,
        starts_at="18:30" if is_hamlet else "07:30",
        **standing(number),
    )
    found.search, found.sort_key = fold(found.name), natural_sort_key(found.name)
    return found


def standing(number: int) -> dict[str, Any]:
    """Nearly all clubs are active since long ago; some are new, planned, suspended or dissolved."""
    if number % 400 == 7:
        return {"status": ClubStatus.PLANNED}
    founded_on = LATELY + timedelta(days=number % 350) if number % 200 == 3 else FIRST + timedelta(number * 37 % 8900)
    facts = {"status": ClubStatus.ACTIVE, "founded_on": founded_on}
    if number % 150 == 11:
        reason = "Không còn đủ thành viên"
        ended_on = date(2025, 11, 1) + timedelta(days=number % 340)
        return facts | {"status": ClubStatus.DISSOLVED, "ended_on": ended_on, "ending_reason": reason}
    return facts | ({"status": ClubStatus.SUSPENDED} if number % 200 == 17 else {})


def suspensions(club: Club) -> Iterator[Suspension]:
    if club.status == ClubStatus.SUSPENDED:
        yield Suspension(club=club, reason="Chờ bầu lại", valid_from=date(2026, 2, 1) + timedelta(days=club.pk % 200))
    elif club.status == ClubStatus.ACTIVE and club.pk % 97 == 5 and club.pk % 200 != 3:
        first = date(2026, 3, 1) + timedelta(days=club.pk % 60)
        yield Suspension(club=club, reason="Mùa thu hoạch", valid_from=first, valid_until=first + timedelta(days=75))


def save(model: Any, rows: Iterable[Any]) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        model._default_manager.bulk_create(batch)
