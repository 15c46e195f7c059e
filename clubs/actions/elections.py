"""Preparing an election of chair and vice-chairs (R6): the day, the offices, who stands; and calling it off."""

from collections.abc import Collection, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clubs.actions.members import SLOTS
from clubs.models import (
    Candidate,
    Club,
    ClubStatus,
    Contest,
    Election,
    ElectionState,
    Membership,
    Office,
    OfficeRole,
    PersonKind,
)
from clubs.terms import regulation_on
from steering.actions import delete_recorded, save_checked
from steering.models import User

CANDIDATES = "candidates"  # kept with the history of a contest, whose own fields a change of its list does not touch


@transaction.atomic
def call_election(*, club: Club, held_on: date, places: Mapping[str, int], by: User | None) -> Election:
    """An election on `held_on`, which may be to come, of as many people for each office as `places` says.

    Both vice-chairs at once are elected anew; one alone fills a vacancy. Raises ValidationError: a club that is not
    active, an election still open, more places than R6 has, a day before the last change of officers.
    """
    club = Club.objects.select_for_update().get(pk=club.pk)
    if club.status != ClubStatus.ACTIVE:
        raise ValidationError(_("Chỉ câu lạc bộ đang hoạt động mới bầu ban chủ nhiệm. Mở lại câu lạc bộ trước."))
    check_day(club, held_on)
    check_places(club, held_on, places)
    regulation = regulation_on(club, held_on)
    election = Election(club=club, held_on=held_on, quorum=regulation.quorum, majority=regulation.majority)
    save_checked(election, by=by)
    for role, n in places.items():
        save_checked(Contest(election=election, role=role, places=n), by=by)
    return election


@transaction.atomic
def change_election(*, election: Election, held_on: date, places: Mapping[str, int], by: User | None) -> Election:
    """Another day or other offices, as long as nothing has been counted; the lists of those who stand stay."""
    election = lock_open(election)
    if election.present is not None:
        raise ValidationError(
            _("Đã ghi số có mặt, ngày bầu và chức danh giữ nguyên. Cần đổi thì hủy cuộc bầu rồi mở lại.")
        )
    check_day(election.club, held_on)
    check_places(election.club, held_on, places)
    election.held_on = held_on
    contests = {contest.role: contest for contest in election.contests.all()}
    for role in contests.keys() - places.keys():
        delete_recorded(contests[role], by=by)
    for role, n in places.items():
        contest = contests.get(role) or Contest(election=election, role=role)
        contest.places = n
        save_checked(contest, by=by)
    return save_checked(election, by=by)


def lock_open(election: Election) -> Election:
    """The election as it is now, its club locked for the transaction. Raises ValidationError once it is over."""
    club = Club.objects.select_for_update().get(pk=election.club_id)
    found = Election.objects.get(pk=election.pk)
    found.club = club
    if found.state != ElectionState.OPEN:
        raise ValidationError(_("Cuộc bầu cử này đã kết thúc, kết quả giữ nguyên. Cần bầu lại thì mở cuộc bầu mới."))
    return found


def check_day(club: Club, held_on: date) -> None:
    """Elections follow one another: none is held before officers who began later. Raises ValidationError."""
    if club.founded_on and held_on < club.founded_on:
        raise ValidationError(
            {
                "held_on": _("Câu lạc bộ thành lập ngày %(day)s. Ngày bầu phải từ ngày đó.")
                % {"day": f"{club.founded_on:%d/%m/%Y}"}
            }
        )
    later = club.offices.filter(started_on__gt=held_on).order_by("-started_on").values_list("started_on", flat=True)
    if last := later.first():
        raise ValidationError(
            {
                "held_on": _("Ban chủ nhiệm đã thay đổi ngày %(day)s. Ngày bầu phải từ ngày đó trở đi.")
                % {"day": f"{last:%d/%m/%Y}"}
            }
        )


def check_places(club: Club, held_on: date, places: Mapping[str, int]) -> None:
    """R6, and that one place of two is a vacant one. Raises ValidationError."""
    if not places:
        raise ValidationError(_("Chưa chọn chức danh nào để bầu. Chọn chủ nhiệm, phó chủ nhiệm hoặc cả hai."))
    for role, n in places.items():
        if not 1 <= n <= SLOTS[OfficeRole(role)]:
            raise ValidationError(
                {
                    role: _("Câu lạc bộ có 1 chủ nhiệm và 2 phó chủ nhiệm, không bầu %(n)d người được. Sửa số người.")
                    % {"n": n}
                }
            )
    if places.get(OfficeRole.VICE_CHAIR) == 1 and holders(club, held_on).filter(role=OfficeRole.VICE_CHAIR).count() > 1:
        raise ValidationError(
            {
                OfficeRole.VICE_CHAIR.value: _(
                    "Cả hai phó chủ nhiệm còn tại chức. Bầu lại cả hai, hoặc kết thúc nhiệm kỳ của một người trước."
                )
            }
        )


def holders(club: Club, day: date) -> QuerySet[Office]:
    """Terms that have begun by `day` and are not over by then."""
    return club.offices.filter(Q(ended_on=None) | Q(ended_on__gt=day), started_on__lte=day)


@transaction.atomic
def set_candidates(*, contest: Contest, members: Collection[Membership], by: User | None) -> Contest:
    """Let exactly `members` stand in the first round of a contest that has not been counted.

    Raises ValidationError: no member on the day of the election, a collective, somebody who stands for the other office
    or has been elected to it. Whoever lost there may stand here.
    """
    election = lock_open(contest.election)
    contest = election.contests.get(pk=contest.pk)
    if contest.round > 1:
        raise ValidationError(_("Vòng sau chỉ bầu trong những người của vòng trước. Danh sách giữ nguyên."))
    if contest.valid is not None:
        raise ValidationError(
            _("Lượt bầu này đã kiểm phiếu, danh sách giữ nguyên. Cần bầu lại thì hủy cuộc bầu rồi mở lại.")
        )
    for member in members:
        check_candidate(election, contest, member)
    contest.candidates.exclude(membership__in=members).delete()
    standing = set(contest.candidates.values_list("membership_id", flat=True))
    for member in members:
        if member.pk not in standing:
            new = Candidate(contest=contest, membership=member)
            new.full_clean(validate_constraints=False)
            new.save()
    contest._change_reason = CANDIDATES  # type: ignore[attr-defined]  # read by simple-history
    return save_checked(contest, by=by)


def check_candidate(election: Election, contest: Contest, member: Membership) -> None:
    words = {"name": member.person}
    if member.club_id != election.club_id or not sits_on(member, election.held_on):
        raise ValidationError(
            _("%(name)s không phải thành viên của câu lạc bộ vào ngày bầu. Bỏ tên này khỏi danh sách.") % words
        )
    if member.person.kind != PersonKind.INDIVIDUAL:
        raise ValidationError(_("%(name)s là tập thể, không giữ chức danh được. Bỏ tên này khỏi danh sách.") % words)
    elsewhere = Candidate.objects.filter(membership=member, contest__election=election).exclude(
        contest__role=contest.role
    )
    if elsewhere.filter(is_elected=True).exists():
        raise ValidationError(_("%(name)s đã trúng cử chức danh khác. Bỏ tên này khỏi danh sách.") % words)
    if elsewhere.filter(contest__valid=None).exists():
        raise ValidationError(
            _("%(name)s đang ứng cử chức danh khác. Kiểm phiếu lượt đó trước, hoặc bỏ tên ở một danh sách.") % words
        )


def sits_on(member: Membership, day: date) -> bool:
    return member.joined_on <= day and (member.left_on is None or member.left_on > day)


@transaction.atomic
def call_off_election(*, election: Election, reason: str, by: User | None) -> Election:
    """Give up an open election; whoever holds an office keeps it."""
    election = lock_open(election)
    election.state, election.failure = ElectionState.FAILED, reason
    return save_checked(election, by=by)
