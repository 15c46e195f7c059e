"""Who is on record, and who speaks for a collective (R5)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.tallies import recount
from clubs.models import Club, Person, PersonKind, Representative
from clubs.tallies import CLUBS
from steering.actions import save_checked
from steering.models import User


@transaction.atomic
def save_person(*, person: Person, by: User | None) -> Person:
    """Record a new person or a correction of one. A collective's representative in force is kept in step."""
    is_new = person.pk is None
    save_checked(person, by=by)
    row = None if is_new else person.representatives.filter(valid_until=None).first()
    if person.kind == PersonKind.COLLECTIVE and (row is None or row.full_name != person.representative):
        row = row or Representative(person=person)
        row.full_name = person.representative
        save_checked(row, by=by)
    elif person.kind != PersonKind.COLLECTIVE and row is not None:
        row.valid_until = timezone.localdate()
        save_checked(row, by=by)
    if not is_new:
        recount(*Club.objects.filter(memberships__person=person), book=CLUBS)  # it may be of the other kind now
    return person


@transaction.atomic
def change_representative(*, person: Person, full_name: str, since: date, by: User | None) -> Representative:
    """Let somebody else speak for a collective from `since`, inclusive.

    Raises ValidationError: an individual, a day to come, a day not after the one on which the last began.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.kind != PersonKind.COLLECTIVE:
        raise ValidationError(_("Cá nhân không có người đại diện. Chọn một tập thể."))
    if since > timezone.localdate():
        raise ValidationError({"since": _("Ngày này chưa tới. Ghi khi người mới đã thay.")})
    last = person.representatives.filter(valid_until=None).first()
    if last is not None and last.valid_from and since <= last.valid_from:
        raise ValidationError(
            {
                "since": _("%(name)s đại diện từ %(day)s. Ghi ngày sau đó.")
                % {"name": last, "day": f"{last.valid_from:%d/%m/%Y}"}
            }
        )
    if last is not None:
        last.valid_until = since
        save_checked(last, by=by)
    person.representative = full_name
    save_checked(person, by=by)
    return save_checked(Representative(person=person, full_name=full_name, valid_from=since), by=by)
