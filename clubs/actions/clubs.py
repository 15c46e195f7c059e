"""Founding and changing clubs (R3, R4, R8, R9)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.tallies import recount
from clubs.models import Club, ClubStatus, Coverage, Suspension
from steering.actions import save_checked
from steering.models import Decision, IssuingBody, SteeringCommittee, Unit, UnitKind, User
from steering.regime import ClubLevel, LevelRules, regime_on


def rules_for(*, level: str, unit: Unit, day: date) -> LevelRules:
    """The regime's row for a club of `level` in `unit` on `day`. Raises ValidationError where there can be none."""
    rules = regime_on(day).get(level)
    if rules is None:
        raise ValidationError(
            {"level": _("Từ khi không còn cấp huyện, không lập câu lạc bộ cấp huyện. Chọn cấp khác.")}
        )
    if unit.kind != level:
        raise ValidationError(
            {
                "unit": _("%(unit)s không phải đơn vị %(level)s. Chọn đơn vị đúng cấp của câu lạc bộ.")
                % {"unit": unit, "level": str(ClubLevel(level).label).lower()}
            }
        )
    return rules


def unit_above(unit: Unit, kind: str) -> Unit:
    """`unit` itself or the unit above it that is of `kind`."""
    return Unit.objects.get(path__in=[unit.path, *unit.ancestor_paths], kind=kind)


def issuer_on(club: Club, day: date) -> Unit:
    """Whose People's Committee decides about `club` on `day`: who would found it then (R8).

    Where the regime of the day has no such clubs any more, the province's.
    """
    rules = regime_on(day).get(club.level)
    return unit_above(club.unit, rules.founder_kind if rules else UnitKind.PROVINCE)


def check_decision(decision: Decision, founder: Unit) -> None:
    """R8: the founding decision is the founder's People's Committee's."""
    if decision.issuer_unit_id != founder.pk or decision.issuer_body != IssuingBody.PEOPLES_COMMITTEE:
        raise ValidationError(
            {
                "founding_decision": _(
                    "Quyết định này do %(issuer)s ban hành. Câu lạc bộ này phải do Ủy ban nhân dân %(founder)s ra quyết "
                    "định thành lập. Chọn quyết định khác."
                )
                % {"issuer": decision.issuer_name, "founder": founder.in_sentence}
            }
        )


def next_path(unit: Unit) -> str:
    last = Club.objects.filter(unit=unit).aggregate(last=Max("path"))["last"]
    return f"{unit.path}c{int(last[-4:]) + 1 if last else 1:04d}"


def free_slot(unit: Unit, rules: LevelRules) -> int | None:
    """The first free place among the unit's clubs, None where the regime sets no limit (R4)."""
    if rules.max_clubs is None:
        return None
    taken = set(
        Club.objects.filter(unit=unit, district_slot__isnull=False, ended_on=None).values_list(
            "district_slot", flat=True
        )
    )
    for slot in range(1, rules.max_clubs + 1):
        if slot not in taken:
            return slot
    raise ValidationError(
        {
            "unit": _(
                "%(unit)s đã có đủ %(n)d câu lạc bộ cấp huyện. Một huyện có nhiều nhất %(n)d. Chọn cấp khác hoặc huyện khác."
            )
            % {"unit": unit, "n": rules.max_clubs}
        }
    )


def settle(club: Club) -> LevelRules:
    """Give a club what follows from its level, unit and founding day: founder, manager, and whether it is planned.

    Returns the rules of its level on that day.
    """
    day = club.founded_on or timezone.localdate()
    rules = rules_for(level=club.level, unit=club.unit, day=day)
    club.founder = unit_above(club.unit, rules.founder_kind)
    club.manager = SteeringCommittee.objects.filter(
        unit=unit_above(club.unit, rules.manager_kind), valid_until=None
    ).first()
    if club.founding_decision:
        check_decision(club.founding_decision, club.founder)
    if club.founded_on and club.founded_on > timezone.localdate():
        raise ValidationError({"founded_on": _("Ngày thành lập chưa tới. Để trống nếu câu lạc bộ mới là dự kiến.")})
    if club.status in (ClubStatus.PLANNED, ClubStatus.ACTIVE):
        club.status = ClubStatus.ACTIVE if club.founded_on else ClubStatus.PLANNED
    return rules


@transaction.atomic
def found_club(*, club: Club, covers: Iterable[Unit] = (), decision: Decision | None = None, by: User | None) -> Club:
    """Found `club`, an unsaved row with name, level, kind, unit and schedule.

    `decision` is an unsaved founding decision, issued by the founder's People's Committee (R8). A club without
    `founded_on` is planned. Raises ValidationError: no such level in the regime, the unit of another
    level, a decision of the wrong authority (R8), a third club in a district (R4), a commune covered twice.
    """
    Unit.objects.select_for_update().get(pk=club.unit_id)
    rules = settle(club)
    if decision is not None:
        decision.issuer_unit = unit_above(club.unit, rules.founder_kind)
        decision.subject = f"Về việc thành lập {club}"
        club.founding_decision = save_checked(decision, by=by)
    club.district_slot = free_slot(club.unit, rules)
    club.path = next_path(club.unit)
    save_checked(club, by=by)
    cover_communes(club=club, units=covers, by=by)
    recount(club)
    return club


@transaction.atomic
def change_club(*, club: Club, by: User | None) -> Club:
    """Save changed facts of a club; level and unit are settled at founding and stay."""
    before = Club.objects.select_for_update().get(pk=club.pk)
    if (before.level, before.unit_id) != (club.level, club.unit_id):
        raise ValidationError(
            {
                "unit": _(
                    "Cấp và đơn vị của câu lạc bộ đã định khi thành lập. Muốn đổi, giải thể rồi thành lập câu lạc bộ mới."
                )
            }
        )
    if before.founded_on and not club.founded_on:
        raise ValidationError({"founded_on": _("Câu lạc bộ đã thành lập thì phải có ngày thành lập. Ghi lại ngày.")})
    if before.founded_on is None or before.founding_decision_id != club.founding_decision_id:
        settle(club)
    save_checked(club, by=by)
    recount(club)
    return club


@transaction.atomic
def cover_communes(*, club: Club, units: Iterable[Unit], by: User | None) -> list[Coverage]:
    """Add communes to what a district club covers; each belongs to at most one club of its district (R4)."""
    added = []
    for unit in units:
        if (
            club.level != ClubLevel.DISTRICT
            or unit.kind != UnitKind.COMMUNE
            or not unit.path.startswith(club.unit.path)
        ):
            raise ValidationError(
                _("%(unit)s không phải một xã của huyện mà câu lạc bộ phụ trách. Chọn xã trong huyện.") % {"unit": unit}
            )
        added.append(save_checked(Coverage(club=club, unit=unit, valid_from=club.founded_on), by=by))
    return added


@transaction.atomic
def set_coverage(*, club: Club, units: Iterable[Unit], on: date, by: User | None) -> None:
    """From `on`, inclusive, let a district club cover just `units` (R4)."""
    wanted = {unit.pk: unit for unit in units}
    for row in club.coverage.filter(valid_until=None):
        if wanted.pop(row.unit_id, None) is None:
            row.valid_until = on
            save_checked(row, by=by)
    for row in cover_communes(club=club, units=wanted.values(), by=by):
        row.valid_from = on
        save_checked(row, by=by)


@transaction.atomic
def suspend_club(*, club: Club, on: date, reason: str, by: User | None) -> Club:
    """Suspend from `on`, inclusive: the club owes no meetings until it resumes."""
    if club.status != ClubStatus.ACTIVE:
        raise ValidationError(_("Chỉ tạm ngừng được câu lạc bộ đang hoạt động."))
    save_checked(Suspension(club=club, valid_from=on, reason=reason), by=by)
    club.status = ClubStatus.SUSPENDED
    save_checked(club, by=by)
    recount(club)
    return club


@transaction.atomic
def resume_club(*, club: Club, on: date, by: User | None) -> Club:
    """Resume on `on`, the first day on which the club owes meetings again."""
    if club.status != ClubStatus.SUSPENDED:
        raise ValidationError(_("Câu lạc bộ này không tạm ngừng, không cần mở lại."))
    suspension = club.suspensions.get(valid_until=None)
    suspension.valid_until = on
    save_checked(suspension, by=by)
    club.status = ClubStatus.ACTIVE
    save_checked(club, by=by)
    recount(club)
    return club
