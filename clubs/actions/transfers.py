"""From one club to another (R5)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clubs.actions.members import admit_member, leave_club
from clubs.models import Club, Membership
from steering.models import User


@transaction.atomic
def transfer_member(*, membership: Membership, to: Club, on: date, by: User | None) -> Membership:
    """Let a member leave on `on` and sit in `to` from the same day. An office held ends; the new seat is returned.

    Raises ValidationError: a former member, the same club, whatever `leave_club` and `admit_member` refuse; nothing is
    written then.
    """
    clubs = Club.objects.select_for_update().filter(pk__in=[membership.club_id, to.pk]).order_by("pk")
    list(clubs)  # in one order everywhere, so that two transfers in opposite directions do not wait for each other
    membership = Membership.objects.select_related("club", "person").get(pk=membership.pk)
    if membership.left_on is not None:
        raise ValidationError(
            _("%(name)s đã rời câu lạc bộ ngày %(day)s. Kết nạp ở câu lạc bộ kia.")
            % {"name": membership, "day": f"{membership.left_on:%d/%m/%Y}"}
        )
    if membership.club_id == to.pk:
        raise ValidationError({"to": _("Người này đang ở câu lạc bộ đó. Chọn câu lạc bộ khác.")})
    leave_club(membership=membership, on=on, reason=f"Chuyển sang {to}", by=by)
    return admit_member(club=to, person=membership.person, joined_on=on, sector=membership.sector, by=by)
