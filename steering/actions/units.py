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
from steering.text import clean

BATCH = 500
AT_ONCE = 200  # units created by one form
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


def types_below(unit: Unit) -> list[UnitType]:
    """What a unit directly below `unit` may call itself; nothing below a self-management group."""
    return [unit_type for kind, above in KINDS_ABOVE.items() if unit.kind in above for unit_type in TYPES_OF_KIND[kind]]


def next_number(parent: Unit | None) -> int:
    """The next free place below `parent`, which stays locked until the transaction ends."""
    if parent is not None:
        lock(parent)
    last = Unit.objects.filter(parent=parent).aggregate(last=Max("path"))["last"]
    return int(last[-PATH_STEP:]) + 1 if last else 1


def lock(unit: Unit) -> None:
    Unit.objects.select_for_update().get(pk=unit.pk)


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
    """A unit hangs below the level above its own, in force; a commune also directly below a province, as since
    07/2025 (R1)."""
    if parent is None and kind == UnitKind.PROVINCE:
        return
    if parent is None or parent.kind not in KINDS_ABOVE[kind]:
        raise ValidationError(
            {"parent": _("Đơn vị cấp trên không hợp với loại đơn vị này. Chọn đơn vị cấp trên khác.")}
        )
    check_in_force(parent)


def check_in_force(unit: Unit) -> None:
    if unit.valid_until:
        raise ValidationError(
            _("%(unit)s đã kết thúc từ %(day)s, chỉ còn để tra cứu. Chọn đơn vị đang hoạt động.")
            % {"unit": unit, "day": f"{unit.valid_until:%d/%m/%Y}"}
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
def create_named_units(*, parent: Unit, type: str, names: Iterable[str], by: User | None) -> list[Unit]:
    """Create units of one type below `parent`; those that exist stay as they are. Returns the new ones: all or none."""
    check_in_force(parent)
    lock(parent)
    present = {
        name.lower() for name in parent.children.filter(type=type, valid_until=None).values_list("name", flat=True)
    }
    new = [name for name in unit_names(type, names) if name.lower() not in present]
    return bulk_create_units(parent=parent, rows=[(type, name, "") for name in new], by=by)


def create_numbered_units(*, parent: Unit, type: str, last: int, by: User | None) -> list[Unit]:
    """Create "số 1" … "số `last`" below `parent`; those that exist stay as they are. Returns the new ones."""
    if not 1 <= last <= AT_ONCE:
        raise ValidationError({"last": _("Số lượng phải từ 1 đến 200. Nhập lại số lượng.")})
    prefix = "" if type in (UnitType.HAMLET, UnitType.QUARTER) else "số "
    return create_named_units(parent=parent, type=type, names=[f"{prefix}{n}" for n in range(1, last + 1)], by=by)


def unit_names(unit_type: str, lines: Iterable[str]) -> list[str]:
    """Lines as names: clean, without the type before them, each once. Raises ValidationError."""
    before = f"{UnitType(unit_type).prefix} ".lower()
    cleaned = (clean(line) for line in lines)
    bare = (name[len(before) :] if name.lower().startswith(before) else name for name in cleaned)
    names = list({name.lower(): name for name in bare if name}.values())
    longest = Unit._meta.get_field("name").max_length or 0
    if too_long := next((name for name in names if len(name) > longest), None):
        raise ValidationError(
            {
                "names": _("“%(name)s…” dài hơn %(n)d chữ. Mỗi dòng chỉ ghi một tên.")
                % {"name": too_long[:30], "n": longest}
            }
        )
    if len(names) > AT_ONCE:
        raise ValidationError(
            {"names": _("Mỗi lần lập nhiều nhất %(n)d đơn vị. Chia danh sách thành nhiều lần.") % {"n": AT_ONCE}}
        )
    return names


@transaction.atomic
def rename_unit(*, unit: Unit, type: str, name: str, code: str, by: User | None) -> Unit:
    """Change how a unit is called; the old name stays in its history."""
    unit.type, unit.name, unit.code = type, name, code
    unit.refresh_keys()
    return save_checked(unit, by=by)


@transaction.atomic
def close_unit(*, unit: Unit, on: date, by: User | None) -> Unit:
    """End a unit on `on` (its first day no longer in force). Refused while something below it is in force."""
    check_in_force(unit)
    if unit.children.filter(valid_until=None).exists():
        raise ValidationError(_("Đơn vị này còn đơn vị trực thuộc. Kết thúc các đơn vị trực thuộc trước."))
    if unit.valid_from and on < unit.valid_from:
        raise ValidationError(
            {
                "on": _("%(unit)s có từ %(day)s. Ghi ngày kết thúc từ đó trở đi.")
                % {"unit": unit, "day": f"{unit.valid_from:%d/%m/%Y}"}
            }
        )
    unit.valid_until = on
    return save_checked(unit, by=by)
