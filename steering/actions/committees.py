"""Steering committees over time (R2): founding, seats, standing agencies."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from steering.actions.save import save_checked
from steering.actions.units import check_in_force
from steering.models import CommitteeSeat, Decision, SeatRole, StandingAgency, SteeringCommittee, User
from steering.models.committees import COMMITTEE_KINDS
from steering.signals import committee_founded
from steering.text import clean


@transaction.atomic
def found_committee(
    *, committee: SteeringCommittee, decision: Decision | None = None, by: User | None
) -> SteeringCommittee:
    """Found `committee`, an unsaved row with its unit and first day. `decision` is an unsaved one of the unit's People's
    Committee. Clubs that waited for a committee are managed by it from now on.

    Raises ValidationError: a unit that has no committees or has one already, a day to come.
    """
    check_founding(committee)
    if decision is not None:
        decision.issuer_unit = committee.unit
        decision.subject = f"Về việc thành lập {committee}"
        committee.decision = save_checked(decision, by=by)
    save_checked(committee, by=by)
    if committee.valid_until is None:
        committee_founded.send(SteeringCommittee, committee=committee, by=by)
    return committee


def check_founding(committee: SteeringCommittee) -> None:
    unit, day = committee.unit, committee.valid_from
    check_in_force(unit)
    if unit.kind not in COMMITTEE_KINDS:
        raise ValidationError(
            {
                "unit": _("Chỉ tỉnh, huyện, xã có ban chỉ đạo. Chọn đơn vị cấp trên của %(unit)s.")
                % {"unit": unit.in_sentence}
            }
        )
    if committee.valid_until is None and unit.committees.filter(valid_until=None).exists():
        raise ValidationError(
            {"unit": _("%(unit)s đã có ban chỉ đạo. Mở ban chỉ đạo đó để ghi thay đổi.") % {"unit": unit}}
        )
    if day and day > timezone.localdate():
        raise ValidationError(
            {"valid_from": _("Ngày %(day)s chưa tới. Ghi ngày thành lập trên quyết định.") % {"day": f"{day:%d/%m/%Y}"}}
        )


@transaction.atomic
def save_seat(*, seat: CommitteeSeat, by: User | None) -> CommitteeSeat:
    """Save a new seat or a corrected one; what stood there before stays in its history.

    Raises ValidationError: a new seat in a committee that ended, one older than its committee, two heads at a time.
    """
    if seat.pk is None:
        check_acting(seat.committee)
    if seat.valid_from:
        check_since(seat.committee, "valid_from", seat.valid_from)
    check_one_head(seat)
    return save_checked(seat, by=by)


@transaction.atomic
def end_seat(*, seat: CommitteeSeat, on: date, by: User | None) -> CommitteeSeat:
    """End a seat on `on`, its first day no longer held."""
    if seat.valid_until:
        raise ValidationError(
            _("Nhiệm kỳ này đã kết thúc từ %(day)s. Muốn đổi ngày, sửa nhiệm kỳ.")
            % {"day": f"{seat.valid_until:%d/%m/%Y}"}
        )
    if seat.valid_from and on < seat.valid_from:
        raise ValidationError(
            {
                "on": _("Nhiệm kỳ này bắt đầu từ %(day)s. Ghi ngày kết thúc từ đó trở đi.")
                % {"day": f"{seat.valid_from:%d/%m/%Y}"}
            }
        )
    seat.valid_until = on
    return save_checked(seat, by=by)


@transaction.atomic
def set_standing_agency(*, committee: SteeringCommittee, name: str, on: date, by: User | None) -> StandingAgency:
    """Make `name` the standing agency from `on`, inclusive; the one before ends on that day."""
    check_acting(committee)
    check_since(committee, "on", on)
    before = committee.agencies.select_for_update().filter(valid_until=None).first()
    if before is not None:
        check_succeeds(before, clean(name), on)
        before.valid_until = on
        save_checked(before, by=by)
    return save_checked(StandingAgency(committee=committee, name=name, valid_from=on), by=by)


def check_succeeds(before: StandingAgency, name: str, on: date) -> None:
    if before.name.lower() == name.lower():
        raise ValidationError(
            {"name": _("%(agency)s đang là cơ quan thường trực. Ghi tên cơ quan khác.") % {"agency": before}}
        )
    if before.valid_from and on <= before.valid_from:
        raise ValidationError(
            {
                "on": _("%(agency)s là cơ quan thường trực từ %(day)s. Ghi một ngày sau ngày đó.")
                % {"agency": before, "day": f"{before.valid_from:%d/%m/%Y}"}
            }
        )


def check_acting(committee: SteeringCommittee) -> None:
    if committee.valid_until:
        raise ValidationError(
            _("%(committee)s đã kết thúc từ %(day)s, chỉ còn để tra cứu.")
            % {"committee": committee, "day": f"{committee.valid_until:%d/%m/%Y}"}
        )


def check_since(committee: SteeringCommittee, name: str, day: date) -> None:
    """Nothing of a committee is older than itself; `name` is the field that is wrong."""
    if committee.valid_from and day < committee.valid_from:
        raise ValidationError(
            {
                name: _("Ban chỉ đạo thành lập ngày %(day)s. Ghi ngày từ đó trở đi.")
                % {"day": f"{committee.valid_from:%d/%m/%Y}"}
            }
        )


def check_one_head(seat: CommitteeSeat) -> None:
    if seat.role != SeatRole.HEAD:
        return
    for other in seat.committee.seats.filter(role=SeatRole.HEAD).exclude(pk=seat.pk):
        if overlap(seat, other):
            refuse_second_head(other)


def overlap(one: CommitteeSeat, other: CommitteeSeat) -> bool:
    """Whether both are in force on some day."""
    first, second = ((s.valid_from or date.min, s.valid_until or date.max) for s in (one, other))
    return first[0] < second[1] and second[0] < first[1]


def refuse_second_head(head: CommitteeSeat) -> None:
    if head.valid_until is None:
        raise ValidationError(
            {
                "role": _("Trưởng ban đang là %(name)s. Kết thúc nhiệm kỳ của người này trước.")
                % {"name": head.full_name}
            }
        )
    raise ValidationError(
        {
            "valid_from": _("%(name)s là Trưởng ban đến %(day)s. Ghi ngày không trùng nhiệm kỳ đó.")
            % {"name": head.full_name, "day": f"{head.valid_until:%d/%m/%Y}"}
        }
    )
