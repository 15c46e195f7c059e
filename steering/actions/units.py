"""Creating and changing units. Paths are given here and nowhere else."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from steering.actions.save import save_checked
from steering.models import Unit, UnitKind, UnitType, User
from steering.models.units import PATH_STEP, TYPES_OF_KIND

BATCH = 500
KINDS_ABOVE: dict[UnitKind, tuple[UnitKind, ...]] = {
    UnitKind.PROVINCE: (),
    UnitKind.DISTRICT: (UnitKind.PROVINCE,),
    UnitKind.COMMUNE: (UnitKind.DISTRICT, UnitKind.PROVINCE),
    UnitKind.HAMLET: (UnitKind.COMMUNE,),
    UnitKind.GROUP: (UnitKind.HAMLET,),
}


def kind_of_type(unit_type: str) -> UnitKind:
    """The level a type belongs to: "huyen" → DISTRICT."""
    return next(kind for kind, types in TYPES_OF_KIND.items() if unit_type in types)


def next_number(parent: Unit | None) -> int:
    """The next free place below `parent`, which stays locked until the transaction ends."""
    if parent is not None:
        Unit.objects.select_for_update().get(pk=parent.pk)
    last = Unit.objects.filter(parent=parent).aggregate(last=Max("path"))["last"]
    return int(last[-PATH_STEP:]) + 1 if last else 1


def path_below(parent: Unit | None, number: int) -> str:
    return f"{parent.path if parent else ''}{number:0{PATH_STEP}d}"


@transaction.atomic
def create_unit(
    *, parent: Unit | None, type: str, name: str, code: str = "", valid_from: date | None = None, by: User | None
) -> Unit:
    """Create one unit below `parent` (None for a province). Raises ValidationError."""
    kind = kind_of_type(type)
    check_parent(parent, kind)
    path = path_below(parent, next_number(parent))
    unit = Unit(kind=kind, type=type, name=name, code=code, parent=parent, valid_from=valid_from, path=path)
    unit.refresh_keys()
    return save_checked(unit, by=by)


def check_parent(parent: Unit | None, kind: UnitKind) -> None:
    """A unit hangs below the level above its own; a commune also directly below a province, as since 07/2025 (R1)."""
    if parent is None and kind == UnitKind.PROVINCE:
        return
    if parent is None or parent.kind not in KINDS_ABOVE[kind]:
        raise ValidationError(
            {"parent": _("Đơn vị cấp trên không hợp với loại đơn vị này. Chọn đơn vị cấp trên khác.")}
        )


@transaction.atomic
def bulk_create_units(*, parent: Unit, rows: Iterable[tuple[str, str, str]], by: User | None) -> list[Unit]:
    """Create many units (type, name, code) below one parent, with history, in batches. Names are taken as clean."""
    number = next_number(parent)
    units = []
    for offset, (unit_type, name, code) in enumerate(rows):
        kind = kind_of_type(unit_type)
        check_parent(parent, kind)
        unit = Unit(kind=kind, type=unit_type, name=name, code=code, parent=parent)
        unit.path = path_below(parent, number + offset)
        unit.refresh_keys()
        units.append(unit)
    return list(bulk_create_with_history(units, Unit, batch_size=BATCH, default_user=by))


@transaction.atomic
def create_numbered_units(*, parent: Unit, type: str, last: int, by: User | None) -> list[Unit]:
    """Create "số 1" … "số `last`" below `parent`; those that exist stay as they are. Returns the new ones."""
    if not 1 <= last <= 200:
        raise ValidationError({"last": _("Số lượng phải từ 1 đến 200. Nhập lại số lượng.")})
    present = set(parent.children.filter(type=type, valid_until=None).values_list("name", flat=True))
    prefix = "" if type in (UnitType.HAMLET, UnitType.QUARTER) else "số "
    names = [f"{prefix}{n}" for n in range(1, last + 1)]
    return bulk_create_units(parent=parent, rows=[(type, n, "") for n in names if n not in present], by=by)


@transaction.atomic
def rename_unit(*, unit: Unit, type: str, name: str, code: str, by: User | None) -> Unit:
    """Change how a unit is called; the old name stays in its history."""
    unit.type, unit.name, unit.code = type, name, code
    unit.refresh_keys()
    return save_checked(unit, by=by)


@transaction.atomic
def close_unit(*, unit: Unit, on: date, by: User | None) -> Unit:
    """End a unit on `on` (its first day no longer in force). Refused while something below it is in force."""
    if unit.children.filter(valid_until=None).exists():
        raise ValidationError(_("Đơn vị này còn đơn vị trực thuộc. Kết thúc các đơn vị trực thuộc trước."))
    unit.valid_until = on
    return save_checked(unit, by=by)
