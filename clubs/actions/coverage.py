"""Splitting the communes of a district between its two clubs (R4)."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clubs.actions.clubs import set_coverage
from clubs.models import Club
from steering.models import Unit, User


@transaction.atomic
def split_district(*, district: Unit, shares: Mapping[Club, Iterable[Unit]], on: date, by: User | None) -> None:
    """From `on`, inclusive, let each club of the district cover just its share; what is in none is covered by nobody.

    What changes hands is given up by one club before the other takes it. Raises ValidationError: a club of another
    district, a commune in two shares, a commune of another district.
    """
    Unit.objects.select_for_update().get(pk=district.pk)
    wanted = {club: {unit.pk: unit for unit in units} for club, units in shares.items()}
    if any(club.unit_id != district.pk or club.is_ended for club in wanted):
        raise ValidationError(
            _("Chỉ chia xã cho các câu lạc bộ đang có của %(unit)s. Mở lại trang này.") % {"unit": district.in_sentence}
        )
    if len({pk for share in wanted.values() for pk in share}) < sum(len(share) for share in wanted.values()):
        raise ValidationError(_("Mỗi xã chỉ thuộc một câu lạc bộ. Chọn lại."))
    for club, share in wanted.items():
        kept = [row.unit for row in club.coverage.filter(valid_until=None, unit__in=share).select_related("unit")]
        set_coverage(club=club, units=kept, on=on, by=by)
    for club, share in wanted.items():
        set_coverage(club=club, units=share.values(), on=on, by=by)
