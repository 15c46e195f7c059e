"""Adopting the regulation a club lives by (R7)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.clubs import change_club
from clubs.models import Club, ClubStatus, Regulation
from steering.actions import save_checked
from steering.models import User
from steering.text import clean_lines


@transaction.atomic
def adopt_regulation(
    *,
    club: Club,
    adopted_on: date,
    text: str = "",
    file: Any = None,
    cadence: str,
    term_months: int,
    quorum: str,
    majority: str,
    by: User | None,
) -> Regulation:
    """The next version, in force from `adopted_on`, inclusive; the club meets as often as it says from then on.

    What was adopted is never rewritten: whoever finds a slip adopts a corrected version. Raises ValidationError: a day
    to come, before the founding, not after the last version; neither text nor file.
    """
    club = Club.objects.select_for_update().get(pk=club.pk)
    if club.status not in (ClubStatus.ACTIVE, ClubStatus.SUSPENDED):
        raise ValidationError(_("Câu lạc bộ chưa thành lập hoặc đã kết thúc, không thông qua quy chế được."))
    last = club.regulations.order_by("-version").first()
    check_adoption(club, last, adopted_on)
    adopted = Regulation(
        club=club,
        version=last.version + 1 if last else 1,
        adopted_on=adopted_on,
        text=clean_lines(text),
        file=file or "",
        cadence=cadence,
        term_months=term_months,
        quorum=quorum,
        majority=majority,
    )
    save_checked(adopted, by=by)
    if club.cadence != cadence:
        club.cadence = cadence
        change_club(club=club, by=by)
    return adopted


def check_adoption(club: Club, last: Regulation | None, day: date) -> None:
    """Whether a version may be adopted on `day`. Raises ValidationError."""
    if day > timezone.localdate():
        raise ValidationError({"adopted_on": _("Ngày thông qua chưa tới. Ghi khi quy chế đã được thông qua.")})
    if club.founded_on and day < club.founded_on:
        raise ValidationError(
            {
                "adopted_on": _("Câu lạc bộ thành lập ngày %(day)s. Quy chế được thông qua từ ngày đó.")
                % {"day": f"{club.founded_on:%d/%m/%Y}"}
            }
        )
    if last and day <= last.adopted_on:
        raise ValidationError(
            {
                "adopted_on": _("Bản gần nhất thông qua ngày %(day)s. Bản mới phải sau ngày đó.")
                % {"day": f"{last.adopted_on:%d/%m/%Y}"}
            }
        )
