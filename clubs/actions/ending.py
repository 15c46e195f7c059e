"""Ending a club: dissolved, or merged into another. Its members leave or move on, nothing of it vanishes (R5, R6)."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.applications import refuse_application
from clubs.actions.clubs import issuer_on
from clubs.actions.elections import call_off_election
from clubs.actions.members import leave_club
from clubs.actions.tallies import recount
from clubs.actions.transfers import transfer_member
from clubs.models import SEATS, Application, ApplicationState, Club, ClubStatus, Coverage, ElectionState
from steering.actions import save_checked
from steering.models import Decision, User
from steering.regime import ClubLevel

Moves = Mapping[int, Club]  # by membership: the club that the member goes to; whoever is not in it leaves
NOBODY: Moves = MappingProxyType({})


@transaction.atomic
def dissolve_club(
    *, club: Club, on: date, reason: str, moves: Moves = NOBODY, decision: Decision | None = None, by: User | None
) -> Club:
    """End a club on `on`, its first day no longer in being: its members leave or move, its offices and coverage end.

    `decision` is an unsaved one, issued by who would found the club that day. Raises ValidationError: not in being, a
    day to come, a member who joined later, no room where members go.
    """
    wind_up(club, on, reason, moves, by)
    for row in club.coverage.filter(valid_until=None):
        row.valid_until = on
        save_checked(row, by=by)
    return end(club, ClubStatus.DISSOLVED, on, reason, decision, f"Về việc giải thể {club}", by)


@transaction.atomic
def merge_clubs(
    *,
    club: Club,
    into: Club,
    on: date,
    reason: str,
    moves: Moves = NOBODY,
    decision: Decision | None = None,
    by: User | None,
) -> Club:
    """End `club` on `on` and tell where it went: `into`, which lives on. Otherwise as `dissolve_club`.

    Where both are of one district, `into` covers the communes of `club` from that day, if it covers any by name (R4).
    """
    list(Club.objects.select_for_update().filter(pk__in=[club.pk, into.pk]).order_by("pk"))
    check_target(club, into, on)
    wind_up(club, on, reason, moves, by)
    hand_over_coverage(club, into, on, by)
    club.merged_into = into
    return end(club, ClubStatus.MERGED, on, reason, decision, f"Về việc sáp nhập {club} vào {into}", by)


def check_target(club: Club, into: Club, on: date) -> None:
    now = Club.objects.get(pk=into.pk)
    if now.pk == club.pk or now.status not in (ClubStatus.ACTIVE, ClubStatus.SUSPENDED):
        raise ValidationError(
            {"into": _("Chỉ sáp nhập vào một câu lạc bộ khác còn hoạt động. Chọn lại câu lạc bộ nhận.")}
        )
    if now.founded_on and on < now.founded_on:
        raise ValidationError(
            {
                "on": _("%(club)s thành lập ngày %(day)s. Chọn ngày sáp nhập từ đó trở đi.")
                % {"club": now, "day": f"{now.founded_on:%d/%m/%Y}"}
            }
        )


def wind_up(club: Club, on: date, reason: str, moves: Moves, by: User | None) -> None:
    """Let everybody go and close what was still open in the club: its suspension, its election, applications to it."""
    check_ending(Club.objects.select_for_update().get(pk=club.pk), on)
    check_room(moves, on)
    for membership in club.memberships.sitting().select_related("person"):
        to = moves.get(membership.pk)
        if to is None or to.memberships.sitting().filter(person=membership.person_id).exists():
            leave_club(membership=membership, on=on, reason=reason, by=by)
        else:
            transfer_member(membership=membership, to=to, on=on, by=by)
    for suspension in club.suspensions.filter(valid_until=None):
        suspension.valid_until = on
        save_checked(suspension, by=by)
    for election in club.elections.filter(state=ElectionState.OPEN):
        call_off_election(election=election, reason=reason, by=by)
    for application in Application.objects.filter(club=club, state=ApplicationState.PENDING):
        refuse_application(application=application, on=max(on, application.applied_on), reason=reason, by=by)


def check_ending(club: Club, on: date) -> None:
    if club.is_ended:
        raise ValidationError(_("Câu lạc bộ này đã kết thúc từ %(day)s.") % {"day": f"{club.ended_on:%d/%m/%Y}"})
    if club.status == ClubStatus.PLANNED:
        raise ValidationError(_("Câu lạc bộ mới là dự kiến. Rút đề nghị thay cho giải thể."))
    if on > timezone.localdate():
        raise ValidationError(
            {"on": _("Ngày %(day)s chưa tới. Ghi khi quyết định đã có hiệu lực.") % {"day": f"{on:%d/%m/%Y}"}}
        )
    latest = club.memberships.sitting().select_related("person").order_by("-joined_on").first()
    if latest is not None and latest.joined_on > on:
        raise ValidationError(
            {
                "on": _("%(name)s kết nạp ngày %(day)s. Chọn ngày kết thúc từ đó trở đi, hoặc sửa ngày kết nạp.")
                % {"name": latest, "day": f"{latest.joined_on:%d/%m/%Y}"}
            }
        )


def check_room(moves: Moves, on: date) -> None:
    """Raise ValidationError unless every club has a seat free for each member who comes (R5)."""
    clubs = {club.pk: club for club in moves.values()}
    for pk, coming in Counter(club.pk for club in moves.values()).items():
        held = clubs[pk].memberships.filter(Q(left_on=None) | Q(left_on__gt=on)).values("seat").distinct().count()
        if coming > SEATS - held:
            raise ValidationError(
                _(
                    "%(club)s còn %(free)d ghế trống, không đủ cho %(coming)d người chuyển đến. Chọn câu lạc bộ khác cho một "
                    "số người, hoặc để họ rời."
                )
                % {"club": clubs[pk], "free": SEATS - held, "coming": coming}
            )


def hand_over_coverage(club: Club, into: Club, on: date, by: User | None) -> None:
    """The communes go to `into` where it is the district's other club and covers communes by name."""
    goes_on = into.level == ClubLevel.DISTRICT and into.unit_id == club.unit_id
    is_named = goes_on and into.coverage.filter(valid_until=None).exists()
    for row in club.coverage.filter(valid_until=None):
        row.valid_until = on
        save_checked(row, by=by)
        if is_named:
            save_checked(Coverage(club=into, unit=row.unit, valid_from=on), by=by)


def end(club: Club, status: ClubStatus, on: date, reason: str, decision: Any, subject: str, by: User | None) -> Club:
    if decision is not None:
        decision.issuer_unit = issuer_on(club, on)
        decision.subject = subject
        club.ending_decision = save_checked(decision, by=by)
    club.status, club.ended_on, club.ending_reason = status, on, reason
    save_checked(club, by=by)
    recount(club)
    return club
