"""Joining, leaving and holding office (R5, R6)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.tallies import recount
from clubs.models import (
    SEATS,
    Application,
    ApplicationState,
    Club,
    ClubStatus,
    Membership,
    Office,
    OfficeRole,
    Person,
    PersonKind,
    Sector,
)
from clubs.rules import free_seat
from clubs.tallies import CLUBS
from clubs.terms import running_term_end
from steering.actions import save_checked
from steering.models import User

SLOTS = {OfficeRole.CHAIR: 1, OfficeRole.VICE_CHAIR: 2}


@transaction.atomic
def admit_member(
    *, club: Club, person: Person, joined_on: date, sector: str = Sector.OTHER, by: User | None
) -> Membership:
    """Seat `person` in `club` from `joined_on`, inclusive.

    Raises ValidationError: 25 seats held on that day or since (R5), already a member, a club not in being, a day to
    come, a record merged into another. The club row is locked while the seat is chosen; the seat itself is unique in the
    database. An application of theirs that waits there is answered by it.
    """
    club = Club.objects.select_for_update().get(pk=club.pk)
    if club.status not in (ClubStatus.ACTIVE, ClubStatus.SUSPENDED):
        raise ValidationError(
            _("Câu lạc bộ chưa thành lập hoặc đã kết thúc, không kết nạp được. Chọn câu lạc bộ khác.")
        )
    if Person.objects.select_for_update().unmerged().filter(pk=person.pk).first() is None:
        raise ValidationError(_("Hồ sơ này đã nhập vào hồ sơ khác. Tìm và chọn lại người này."))
    rows = list(club.memberships.values_list("seat", "left_on", "person_id"))
    check_joining(club, joined_on, [left for _seat, left, pid in rows if pid == person.pk])
    seat = free_seat(SEATS, [(seat, left_on) for seat, left_on, _pid in rows], joined_on)
    if seat is None:
        raise ValidationError(
            _("Câu lạc bộ đã đủ %(seats)d thành viên. Muốn kết nạp thêm, cần có người rời câu lạc bộ trước.")
            % {"seats": SEATS}
        )
    membership = Membership(club=club, person=person, seat=seat, joined_on=joined_on, sector=sector)
    answer_application(save_checked(membership, by=by), by)
    recount(club, on=joined_on, book=CLUBS)
    return membership


def answer_application(membership: Membership, by: User | None) -> None:
    """The application of a new member that was waiting is admitted."""
    waiting = Application.objects.filter(
        club=membership.club_id, person=membership.person_id, state=ApplicationState.PENDING
    )
    for application in waiting:
        application.state, application.membership = ApplicationState.ADMITTED, membership
        application.decided_on = max(membership.joined_on, application.applied_on)
        save_checked(application, by=by)


def check_joining(club: Club, joined_on: date, left_before: Iterable[date | None]) -> None:
    """Whether somebody who left on those days may be a member from `joined_on` on. Raises ValidationError."""
    if joined_on > timezone.localdate():
        raise ValidationError({"joined_on": _("Ngày kết nạp chưa tới. Ghi ngày đã kết nạp.")})
    if club.founded_on and joined_on < club.founded_on:
        raise ValidationError(
            {
                "joined_on": _("Câu lạc bộ thành lập ngày %(day)s. Ngày kết nạp phải từ ngày đó.")
                % {"day": f"{club.founded_on:%d/%m/%Y}"}
            }
        )
    if any(left and left > joined_on for left in left_before):
        raise ValidationError(
            {"joined_on": _("Người này đã là thành viên vào ngày đó. Ghi ngày kết nạp lại sau ngày rời.")}
        )


@transaction.atomic
def change_membership(*, membership: Membership, joined_on: date, sector: str, by: User | None) -> Membership:
    """Correct since when a member sits, inclusive, and from where they come.

    Raises ValidationError: a day to come or before the founding, a seat that somebody else held since that day, an
    office that began before it.
    """
    club = Club.objects.select_for_update().get(pk=membership.club_id)
    others = list(club.memberships.exclude(pk=membership.pk).values_list("seat", "left_on", "person_id"))
    check_joining(club, joined_on, [left for _seat, left, pid in others if pid == membership.person_id])
    if any(seat == membership.seat and left and left > joined_on for seat, left, _pid in others):
        raise ValidationError(
            {
                "joined_on": _("Vào ngày đó ghế %(seat)d còn người khác. Ghi ngày sau khi người đó rời.")
                % {"seat": membership.seat}
            }
        )
    first = membership.offices.order_by("started_on").values_list("started_on", flat=True).first()
    if first and joined_on > first:
        raise ValidationError(
            {
                "joined_on": _("Người này giữ chức danh từ %(day)s. Ngày kết nạp phải trước đó.")
                % {"day": f"{first:%d/%m/%Y}"}
            }
        )
    membership.joined_on, membership.sector = joined_on, sector
    save_checked(membership, by=by)
    recount(club, book=CLUBS)
    return membership


@transaction.atomic
def leave_club(*, membership: Membership, on: date, reason: str, by: User | None) -> Membership:
    """End a membership on `on`, the first day without it; an office held then ends the same day. Works full or not."""
    if on > timezone.localdate():
        raise ValidationError({"left_on": _("Ngày rời chưa tới. Ghi khi người đó đã rời câu lạc bộ.")})
    for office in membership.offices.filter(Q(ended_on=None) | Q(ended_on__gt=on)):
        end_office(office=office, on=max(on, office.started_on), by=by)
    membership.left_on, membership.leaving_reason = on, reason
    save_checked(membership, by=by)
    recount(membership.club, book=CLUBS)
    return membership


@transaction.atomic
def appoint_officer(*, membership: Membership, role: str, started_on: date, by: User | None) -> Office:
    """One of the first officers, named by the founding decision, in office from `started_on`, inclusive.

    Whoever follows them is elected (R6). Raises ValidationError: a slot that somebody has held before, no founding
    decision on record, no sitting member on that day, a collective, an office already held.
    """
    club = Club.objects.select_for_update().get(pk=membership.club_id)
    check_officer(membership, started_on)
    held = set(club.offices.filter(role=role).values_list("slot", flat=True))
    slot = next((slot for slot in range(1, SLOTS[OfficeRole(role)] + 1) if slot not in held), None)
    if slot is None:
        raise ValidationError(
            _(
                "Chức danh này đã có người giữ rồi, người tiếp theo phải được bầu. Chỉ ban chủ nhiệm đầu tiên mới ghi theo "
                "quyết định thành lập. Mở cuộc bầu ban chủ nhiệm."
            )
        )
    if club.founding_decision is None:
        raise ValidationError(
            _(
                "Câu lạc bộ chưa ghi quyết định thành lập, nên chưa ghi ban chủ nhiệm đầu tiên được. Ghi quyết định "
                "trước, hoặc mở cuộc bầu ban chủ nhiệm."
            )
        )
    office = Office(club=club, membership=membership, role=role, slot=slot, started_on=started_on)
    office.decision, office.term_ends_on = club.founding_decision, running_term_end(club, started_on)
    return save_checked(office, by=by)


def check_officer(membership: Membership, started_on: date) -> None:
    if membership.left_on is not None or started_on < membership.joined_on:
        raise ValidationError(
            {
                "membership": _(
                    "Chủ nhiệm và phó chủ nhiệm phải là thành viên của câu lạc bộ vào ngày nhận chức. Kết nạp trước."
                )
            }
        )
    if membership.person.kind != PersonKind.INDIVIDUAL:
        raise ValidationError({"membership": _("Tập thể không giữ chức danh được. Chọn một cá nhân.")})


@transaction.atomic
def end_office(*, office: Office, on: date, by: User | None) -> Office:
    """End a term on `on`, the first day without it."""
    office.ended_on = on
    return save_checked(office, by=by)
