"""What people agree to about their data, and take back (domain 6)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.consent import newest
from clubs.models import Consent, Manner, Person, PersonKind
from steering.actions import save_checked
from steering.models import User


@transaction.atomic
def give_consent(
    *,
    person: Person,
    purpose: str,
    given_on: date,
    manner: str = Manner.SIGNED,
    proof: Any = "",
    by: User | None,
) -> Consent:
    """Record that `person` agreed to `purpose` on that day, in its newest wording. `proof` is a file, or "".

    Raises ValidationError: a collective, a day to come, agreed already, a day on which an earlier consent was in force.
    """
    if person.kind == PersonKind.COLLECTIVE:
        raise ValidationError(_("Tập thể không phải ghi sự đồng ý. Chỉ ghi cho cá nhân."))
    if given_on > timezone.localdate():
        raise ValidationError({"given_on": _("Ngày đồng ý chưa tới. Ghi khi người đó đã đồng ý.")})
    before = person.consents.filter(purpose=purpose, withdrawn_on__gt=given_on).order_by("-withdrawn_on").first()
    if before is not None:
        raise ValidationError(
            {
                "given_on": _("Lần đồng ý trước rút lại ngày %(day)s. Ghi ngày đồng ý lại từ ngày đó.")
                % {"day": f"{before.withdrawn_on:%d/%m/%Y}"}
            }
        )
    consent = Consent(
        person=person, purpose=purpose, wording=newest(purpose), given_on=given_on, manner=manner, proof=proof
    )
    return save_checked(consent, by=by)


@transaction.atomic
def withdraw_consent(*, consent: Consent, on: date, by: User | None) -> Consent:
    """Record that it was taken back on `on`, the first day without it. What follows stands in `clubs.consent`."""
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_on is not None:
        raise ValidationError(_("Sự đồng ý này đã rút lại từ %(day)s.") % {"day": f"{consent.withdrawn_on:%d/%m/%Y}"})
    if on > timezone.localdate():
        raise ValidationError({"on": _("Ngày rút lại chưa tới. Ghi khi người đó đã rút lại.")})
    consent.withdrawn_on = on
    return save_checked(consent, by=by)
