"""Setting a unit's expansion plan (R14)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reports.models import PLANNING_KINDS, ExpansionPlan
from reports.rules import COLUMNS, open_columns
from steering.actions import save_checked
from steering.models import Unit, User
from steering.regime import regime_on


@transaction.atomic
def set_plan(
    *,
    unit: Unit,
    year: int,
    district: int = 0,
    commune: int = 0,
    hamlet: int = 0,
    poor_people: int = 0,
    by: User | None,
) -> ExpansionPlan:
    """Let `unit` plan so many new clubs for `year`, in the place of what it planned before.

    The unit is locked, so that two at once make one plan. Raises ValidationError: a unit too low to plan, clubs of a
    level that the unit or the regime of that year does not have, a year before the first club.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    numbers = dict(zip(COLUMNS, (district, commune, hamlet, poor_people), strict=True))
    check_columns(unit, year, numbers)
    plan = ExpansionPlan.objects.filter(unit=unit, year=year).first() or ExpansionPlan(unit=unit, year=year)
    if plan.pk and plan.numbers == numbers:
        return plan
    for name, number in numbers.items():
        setattr(plan, name, number)
    return save_checked(plan, by=by)


def columns_of(unit: Unit, year: int) -> tuple[str, ...]:
    """The columns that a plan of `unit` for `year` has."""
    return open_columns(unit.kind, regime_on(date(year, 1, 1)))


def check_columns(unit: Unit, year: int, numbers: dict[str, int]) -> None:
    if unit.kind not in PLANNING_KINDS:
        raise ValidationError({"unit": _("Kế hoạch mở rộng lập ở tỉnh, huyện hoặc xã. Chọn một đơn vị như vậy.")})
    closed = [name for name, number in numbers.items() if number and name not in columns_of(unit, year)]
    if closed:
        sentence = _("%(unit)s không có câu lạc bộ ở cấp này. Để số 0.") % {"unit": unit}
        raise ValidationError(dict.fromkeys(closed, sentence))
