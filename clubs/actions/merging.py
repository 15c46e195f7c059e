"""One person entered twice becomes one again. Nothing is deleted: the record that goes stays as a pointer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.members import leave_club
from clubs.models import Application, ApplicationState, Club, Consent, ElectionState, Membership, Person, Purpose
from steering.actions import save_checked
from steering.models import User

FILLED = ("sex", "birth_year", "phone", "job")
REASON = "Nhập người trùng"


@dataclass(frozen=True)
class Merge:
    """What becomes of two records of one person."""

    keep: Person
    gone: Person
    fills: dict[str, Any]  # fields that are blank in `keep`, with what `gone` says
    doubles: list[tuple[Any, Any]]  # two seats in one club: the one that stays, the one that ends


def plan_merge(*, keep: Person, gone: Person) -> Merge:
    """Raises ValidationError: the same record, one merged already, an individual and a collective, two offices in one club,
    a candidate whose seat would end."""
    if keep.pk == gone.pk:
        raise ValidationError(_("Hai hồ sơ này là một. Chọn hồ sơ khác."))
    if keep.merged_into_id or gone.merged_into_id:
        raise ValidationError(_("Một trong hai hồ sơ đã nhập vào hồ sơ khác. Mở lại danh sách người nhập trùng."))
    if keep.kind != gone.kind:
        raise ValidationError(_("Một bên là cá nhân, một bên là tập thể. Sửa loại cho đúng rồi nhập."))
    fills = {name: getattr(gone, name) for name in FILLED if getattr(gone, name) and not getattr(keep, name)}
    return Merge(keep, gone, fills, list(doubles(keep, gone)))


def doubles(keep: Person, gone: Person) -> Iterator[tuple[Any, Any]]:
    """For each club in which both sit: the seat with the office, else the earlier one, then the other."""
    seats: Any = (
        Membership.objects.sitting().filter(person__in=[keep, gone]).with_office().select_related("club", "person")
    )
    by_club: dict[int, list[Any]] = {}
    for seat in seats.order_by("joined_on", "pk"):
        by_club.setdefault(seat.club_id, []).append(seat)
    for first, second in (pair for pair in by_club.values() if len(pair) == 2):
        if first.office_pk and second.office_pk:
            raise ValidationError(
                _("Cả hai đang giữ chức danh ở %(club)s. Kết thúc một nhiệm kỳ trước, rồi nhập.") % {"club": first.club}
            )
        stays, ends = (second, first) if second.office_pk else (first, second)
        if ends.candidacies.filter(contest__election__state=ElectionState.OPEN).exists():
            raise ValidationError(
                _("Người này đang ứng cử ở %(club)s. Làm xong cuộc bầu cử trước, rồi nhập.") % {"club": ends.club}
            )
        yield stays, ends


@transaction.atomic
def merge_people(*, keep: Person, gone: Person, by: User | None) -> Person:
    """Let `keep` have all that is recorded of `gone`, which from now on only points to it.

    Of two seats in one club the one with the office stays, else the earlier one; the other ends today. Of two consents the
    later one goes on, unless it was taken back on the other record afterwards. Raises what `plan_merge` does.
    """
    both = [keep.pk, gone.pk]
    clubs = Membership.objects.sitting().filter(person__in=both).values("club")
    list(Club.objects.select_for_update().filter(pk__in=clubs).order_by("pk"))
    locked = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=both).order_by("pk")}
    keep, gone = locked[keep.pk], locked[gone.pk]
    plan = plan_merge(keep=keep, gone=gone)
    for _stays, ends in plan.doubles:
        leave_club(membership=ends, on=timezone.localdate(), reason=REASON, by=by)
    settle_applications(keep, gone, by)
    settle_consents(keep, gone, by)
    for row in gone.representatives.filter(valid_until=None):
        row.valid_until = timezone.localdate()
        save_checked(row, by=by)
    for field, row in references(gone):
        setattr(row, field, keep)
        save_checked(row, by=by)
    for field, value in plan.fills.items():
        setattr(keep, field, value)
    gone.merged_into = keep
    save_checked(gone, by=by)
    return save_checked(keep, by=by)


def settle_applications(keep: Person, gone: Person, by: User | None) -> None:
    """Nobody waits twice at one club, nor where they sit already."""
    both = [keep.pk, gone.pk]
    taken = set(Membership.objects.sitting().filter(person__in=both).values_list("club", flat=True))
    waiting = Application.objects.filter(person__in=both, state=ApplicationState.PENDING)
    for application in waiting.order_by("applied_on", "pk"):
        if application.club_id in taken:
            application.state, application.decided_on = ApplicationState.WITHDRAWN, timezone.localdate()
            application.reason = REASON
            save_checked(application, by=by)
        taken.add(application.club_id)


def settle_consents(keep: Person, gone: Person, by: User | None) -> None:
    """One consent in force for each purpose, and none that was taken back on the other record after it was given."""
    rows = list(Consent.objects.filter(person__in=[keep, gone]).order_by("given_on", "pk"))
    for purpose in Purpose.values:
        given = [row for row in rows if row.purpose == purpose]
        in_force = [row for row in given if row.withdrawn_on is None]
        for row in in_force:
            ends = [other.withdrawn_on for other in given if other.person_id != row.person_id and other.withdrawn_on]
            row.withdrawn_on = min((day for day in ends if day > row.given_on), default=None)
        still = [row for row in in_force if row.withdrawn_on is None]
        if len(still) > 1:
            still[0].withdrawn_on = still[1].given_on
        for row in in_force:
            if row.withdrawn_on is not None:
                save_checked(row, by=by)


def references(person: Person) -> Iterator[tuple[str, models.Model]]:
    """Every row of the database that is about `person`, with the name of the field that says so."""
    for relation in Person._meta.related_objects:
        for row in relation.related_model._default_manager.filter(**{relation.field.name: person}):
            yield relation.field.name, row
