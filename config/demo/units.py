"""Units and committees of the demo: the official districts and communes, invented hamlets and groups."""

from datetime import date
from random import Random

from config.demo.names import HAMLETS, someone
from steering.actions import found_committee, save_checked
from steering.actions.units import bulk_create_units
from steering.imports import apply_units, official_units
from steering.models import CommitteeSeat, SeatRole, StandingAgency, SteeringCommittee, Unit, UnitKind, UnitType

GROUPS_PER_HAMLET = (8, 12)
HAMLETS_PER_COMMUNE = (5, 9)


def create_units(province_code: str, random: Random) -> Unit:
    apply_units(official_units(province_code), by=None)
    province = Unit.objects.get(kind=UnitKind.PROVINCE, code=province_code)
    for commune in Unit.objects.under(province).filter(kind=UnitKind.COMMUNE).order_by("path"):
        unit_type = UnitType.HAMLET if commune.type == UnitType.RURAL_COMMUNE else UnitType.QUARTER
        names = random.sample(HAMLETS, random.randint(*HAMLETS_PER_COMMUNE))
        if unit_type == UnitType.QUARTER:
            names = [str(number) for number in range(1, len(names) + 1)]
        for hamlet in bulk_create_units(parent=commune, rows=[(unit_type, name, "") for name in names], by=None):
            groups = [(UnitType.GROUP, f"số {n}", "") for n in range(1, random.randint(*GROUPS_PER_HAMLET) + 1)]
            bulk_create_units(parent=hamlet, rows=groups, by=None)
    return province


def create_committees(province: Unit, random: Random) -> None:
    kinds = (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE)
    for unit in Unit.objects.under(province).filter(kind__in=kinds).order_by("path"):
        committee = found_committee(committee=SteeringCommittee(unit=unit, valid_from=date(2001, 1, 1)), by=None)
        for role, position in (
            (SeatRole.HEAD, "Phó Chủ tịch Ủy ban nhân dân"),
            (SeatRole.DEPUTY, "Chủ tịch Mặt trận Tổ quốc"),
            (SeatRole.MEMBER, "Ngân hàng Chính sách xã hội"),
        ):
            seat = CommitteeSeat(committee=committee, role=role, position=position, full_name=someone(random)[0])
            save_checked(seat, by=None)
        if unit == province:
            for name, first, last in (
                ("Sở Lao động - Thương binh và Xã hội", date(2001, 1, 1), date(2025, 3, 1)),
                ("Sở Nông nghiệp và Môi trường", date(2025, 3, 1), None),
            ):
                save_checked(
                    StandingAgency(committee=committee, name=name, valid_from=first, valid_until=last), by=None
                )
