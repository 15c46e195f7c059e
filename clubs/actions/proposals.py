"""From a proposal to a club (R3, R4, R8): proposed, decided, founded, or withdrawn; its officers recognised."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.clubs import change_club, found_club, issuer_on, settle
from clubs.actions.tallies import recount
from clubs.models import Club, ClubStatus, Office, Proposal
from steering.actions import save_checked
from steering.actions.units import check_in_force
from steering.models import Decision, User


@transaction.atomic
def propose_club(*, club: Club, proposal: Proposal, by: User | None) -> Club:
    """Plan `club`, an unsaved row without a founding day, as `proposal`, unsaved too, says why.

    A planned district club holds its place among the district's two (R4). Raises ValidationError as `found_club` does,
    and for a day to come.
    """
    club.founded_on = None
    check_proposed(proposal)
    found_club(club=club, by=by)
    proposal.club = club
    save_checked(proposal, by=by)
    return club


def check_proposed(proposal: Proposal) -> None:
    if proposal.proposed_on > timezone.localdate():
        raise ValidationError(
            {
                "proposed_on": _("Ngày %(day)s chưa tới. Ghi ngày trên văn bản đề nghị.")
                % {"day": f"{proposal.proposed_on:%d/%m/%Y}"}
            }
        )


@transaction.atomic
def revise_proposal(*, club: Club, proposal: Proposal, by: User | None) -> Proposal:
    """Save a changed proposal and the changed facts of its planned club; a club planned without one gets its own."""
    lock_planned(club)
    check_proposed(proposal)
    change_club(club=club, by=by)
    proposal.club = club
    return save_checked(proposal, by=by)


def lock_planned(club: Club) -> None:
    """Raise ValidationError unless `club` is planned; its row stays locked until the transaction ends."""
    now = Club.objects.select_for_update().get(pk=club.pk)
    if now.status != ClubStatus.PLANNED:
        raise ValidationError(
            _("Câu lạc bộ này đang là “%(state)s”, không còn là dự kiến. Mở lại trang câu lạc bộ để xem.")
            % {"state": ClubStatus(now.status).label}
        )


@transaction.atomic
def found_planned_club(
    *,
    club: Club,
    founded_on: date,
    decision: Decision | None = None,
    by: User | None,
) -> Club:
    """Let a planned club be in being from `founded_on`, inclusive.

    `decision` is the founding decision, a new one or the club's own with what the clerk added; its issuer follows from
    the regime of the day (R8). Raises ValidationError: not planned any more, a unit that ended, a day to come or before
    the decision, whatever `found_club` refuses.
    """
    lock_planned(club)
    check_in_force(club.unit)
    if decision is not None and decision.issued_on and founded_on < decision.issued_on:
        raise ValidationError(
            {
                "founded_on": _("Quyết định ký ngày %(day)s. Câu lạc bộ thành lập từ ngày đó trở đi.")
                % {"day": f"{decision.issued_on:%d/%m/%Y}"}
            }
        )
    club.founded_on = founded_on
    if decision is not None:
        club.founding_decision = None
    settle(club)
    if decision is not None:
        decision.issuer_unit = club.founder  # type: ignore[assignment]  # settled above
        decision.subject = f"Về việc thành lập {club}"
        club.founding_decision = save_checked(decision, by=by)
    save_checked(club, by=by)
    recount(club)
    return club


@transaction.atomic
def withdraw_proposal(*, club: Club, on: date, reason: str, by: User | None) -> Club:
    """Give up a planned club on `on`: its place is free again, what was proposed stays to be read."""
    lock_planned(club)
    if on > timezone.localdate():
        raise ValidationError({"on": _("Ngày %(day)s chưa tới. Ghi ngày đã rút đề nghị.") % {"day": f"{on:%d/%m/%Y}"}})
    club.status, club.ended_on, club.ending_reason = ClubStatus.WITHDRAWN, on, reason
    return save_checked(club, by=by)


def board_verb(club: Club) -> str:
    """What a decision does with the board: it recognises the first, and renews it where others held an office before."""
    return "kiện toàn" if club.offices.exclude(ended_on=None).exists() else "công nhận"


@transaction.atomic
def recognise_officers(*, club: Club, offices: Iterable[Office], decision: Decision, by: User | None) -> Decision:
    """Record the decision, unsaved, that recognises elected officers of `club`; its issuer is who would found it today.

    Raises ValidationError: an office of another club, one that a decision names already.
    """
    club = Club.objects.select_for_update(of=("self",)).select_related("unit").get(pk=club.pk)
    day = decision.issued_on or timezone.localdate()
    decision.issuer_unit = issuer_on(club, day)
    decision.subject = f"Về việc {board_verb(club)} ban chủ nhiệm {club}"
    save_checked(decision, by=by)
    for office in offices:
        if office.club_id != club.pk or office.decision_id is not None:
            raise ValidationError(
                {"offices": _("%(office)s đã có trong một quyết định khác. Bỏ chọn người này.") % {"office": office}}
            )
        office.decision = decision
        save_checked(office, by=by)
    return decision
