"""Counting an election and concluding it: who was there, the ballots of each round, the new terms (R6)."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.elections import check_day, holders, lock_open, sits_on
from clubs.actions.members import SLOTS, end_office
from clubs.ballots import Count, Outcome, has_quorum, impossible, needed_for_quorum, outcome
from clubs.models import Candidate, Contest, Election, ElectionState, Membership, Office, OfficeRole, Share
from clubs.rules import free_seat
from clubs.terms import regulation_on, running_term_end
from steering.actions import delete_recorded, save_checked
from steering.language import on_record
from steering.models import User


@transaction.atomic
def record_presence(*, election: Election, present: int, teller: str, by: User | None) -> Election:
    """How many members were there, and who led the counting. May be corrected until the election is over.

    The members of the day, and quorum and majority as the regulation had them that day, are kept with it.
    Raises ValidationError: a day to come, more than there are members, fewer than ballots were handed out.
    """
    election = lock_open(election)
    if election.held_on > timezone.localdate():
        raise ValidationError(
            _("Chưa tới ngày bầu (%(day)s). Ghi số có mặt vào ngày bầu hoặc sau đó.")
            % {"day": f"{election.held_on:%d/%m/%Y}"}
        )
    regulation = regulation_on(election.club, election.held_on)
    election.quorum, election.majority = regulation.quorum, regulation.majority
    election.entitled = election.club.memberships.active_on(election.held_on).count()
    if present > election.entitled:
        raise ValidationError(
            {
                "present": _("Ngày bầu câu lạc bộ có %(n)d thành viên, không thể có mặt %(present)d. Kiểm tra lại.")
                % {"n": election.entitled, "present": present}
            }
        )
    most = max((contest.ballots_out or 0 for contest in election.contests.all()), default=0)
    if present < most:
        raise ValidationError(
            {"present": _("Đã phát %(out)d phiếu, số có mặt không thể ít hơn. Kiểm tra lại.") % {"out": most}}
        )
    election.present, election.teller = present, teller
    return save_checked(election, by=by)


def is_quorate(election: Election) -> bool:
    """Whether enough members were there; False while nobody has said how many."""
    share = Share(election.quorum).fraction
    return election.present is not None and has_quorum(election.present, election.entitled or 0, share)


def no_quorum(election: Election) -> str:
    """A sentence on how many were there and how many should have been."""
    return _("Có mặt %(present)d trên %(entitled)d thành viên, cần ít nhất %(needed)d.") % {
        "present": election.present,
        "entitled": election.entitled,
        "needed": max(1, needed_for_quorum(election.entitled or 0, Share(election.quorum).fraction)),
    }


@transaction.atomic
def record_count(
    *,
    contest: Contest,
    ballots_out: int,
    ballots_in: int,
    valid: int,
    votes: Mapping[int, int | None],
    by: User | None,
) -> Contest:
    """The count of the last round for an office: ballots, and votes by candidate; who is elected follows from them.

    May be corrected until the next round is opened or the election is over. Raises ValidationError: no quorum, numbers
    that cannot be, a list that has changed, somebody elected to two offices.
    """
    election = lock_open(contest.election)
    contest = election.contests.get(pk=contest.pk)
    candidates = list(contest.candidates.select_related("membership__person"))
    check_countable(election, contest, candidates)
    if votes.keys() != {candidate.pk for candidate in candidates}:
        raise ValidationError(_("Danh sách ứng cử vừa thay đổi. Tải lại trang rồi ghi lại số phiếu."))
    counted = Count(contest.places, election.present or 0, ballots_out, ballots_in, valid, votes)
    if wrong := impossible(counted):
        raise ValidationError({part: [words for where, words in wrong if where == part] for part, _words in wrong})
    contest.ballots_out, contest.ballots_in, contest.valid = ballots_out, ballots_in, valid
    for candidate in candidates:
        candidate.votes = votes[candidate.pk]
    found = outcome_of(election, contest, candidates)
    for candidate in candidates:
        candidate.is_elected = candidate.pk in found.elected
    Candidate.objects.bulk_update(candidates, ["votes", "is_elected"])
    check_one_office_each(election)
    return save_checked(contest, by=by)


def check_countable(election: Election, contest: Contest, candidates: Iterable[Candidate]) -> None:
    if election.present is None:
        raise ValidationError(_("Chưa ghi số thành viên có mặt. Ghi số có mặt trước."))
    if not is_quorate(election):
        raise ValidationError(
            _("%(why)s Không đủ để bầu. Kết thúc cuộc bầu này, hẹn ngày khác.") % {"why": no_quorum(election)}
        )
    if not candidates:
        raise ValidationError(_("Chưa có ai ứng cử. Ghi danh sách ứng cử trước."))
    if election.contests.filter(role=contest.role, round__gt=contest.round).exists():
        raise ValidationError(_("Đã mở vòng sau theo kết quả này. Bỏ vòng sau trước, rồi sửa."))
    for candidate in candidates:
        if not sits_on(candidate.membership, election.held_on):
            raise ValidationError(
                _("%(name)s không còn là thành viên vào ngày bầu. Bỏ tên này khỏi danh sách ứng cử trước.")
                % {"name": candidate.membership}
            )


def outcome_of(election: Election, contest: Contest, candidates: Iterable[Candidate]) -> Outcome:
    """The outcome of a round that has been counted, candidates by their id."""
    return outcome(
        places=contest.places,
        valid=contest.valid or 0,
        majority=Share(election.majority).fraction,
        votes={candidate.pk: candidate.votes or 0 for candidate in candidates},
    )


def elected(election: Election) -> list[Candidate]:
    """Whoever has been elected in any round, chair first."""
    rows = Candidate.objects.filter(contest__election=election, is_elected=True)
    return list(
        rows.select_related("contest", "membership__person").order_by("contest__role", "contest__round", "-votes", "pk")
    )


def check_one_office_each(election: Election) -> None:
    seen: set[int] = set()
    for candidate in elected(election):
        if candidate.membership_id in seen:
            raise ValidationError(
                _("%(name)s đã trúng cử chức danh khác, mỗi người chỉ giữ một chức danh. Kiểm tra lại số phiếu.")
                % {"name": candidate.membership}
            )
        seen.add(candidate.membership_id)


# Rounds


@transaction.atomic
def open_next_round(*, contest: Contest, by: User | None) -> Contest:
    """Vote again for the places left, among those of the round before who come closest."""
    election = lock_open(contest.election)
    contest = election.contests.get(pk=contest.pk)
    if contest.valid is None:
        raise ValidationError(_("Lượt bầu này chưa kiểm phiếu. Kiểm phiếu trước."))
    if election.contests.filter(role=contest.role, round__gt=contest.round).exists():
        raise ValidationError(_("Vòng sau đã mở. Kiểm phiếu vòng đó."))
    candidates = list(contest.candidates.all())
    found = outcome_of(election, contest, candidates)
    taken = {each.membership_id for each in elected(election)}
    again = [each for each in candidates if each.pk in found.again and each.membership_id not in taken]
    if not again:
        raise ValidationError(_("Không còn chỗ hoặc không còn ai để bầu tiếp. Kết luận cuộc bầu, bầu bổ sung sau."))
    following = Contest(election=election, role=contest.role, places=found.left, round=contest.round + 1)
    save_checked(following, by=by)
    Candidate.objects.bulk_create([Candidate(contest=following, membership_id=each.membership_id) for each in again])
    return following


@transaction.atomic
def drop_round(*, contest: Contest, by: User | None) -> None:
    """Take back a later round, to correct the one before it or to leave the places vacant."""
    election = lock_open(contest.election)
    contest = election.contests.get(pk=contest.pk)
    if contest.round == 1 or election.contests.filter(role=contest.role, round__gt=contest.round).exists():
        raise ValidationError(_("Chỉ bỏ được vòng cuối, và không bỏ vòng 1. Tải lại trang rồi chọn lại."))
    delete_recorded(contest, by=by)


# Conclusion


@transaction.atomic
def conclude_election(*, election: Election, by: User | None) -> Election:
    """The end of an election: without a quorum or anybody elected it failed; else the new terms begin on its day.

    Terms of an office that is filled anew end that day, as does any other office of those elected; where nobody was
    elected the officers stay. Raises ValidationError: presence or a round not counted, somebody elected who was no
    member that day, officers who began later.
    """
    election = lock_open(election)
    if election.present is None:
        raise ValidationError(_("Chưa ghi số thành viên có mặt. Ghi số có mặt trước."))
    with on_record():
        if not is_quorate(election):
            return fail(election, no_quorum(election), by)
    if uncounted := election.contests.filter(valid=None).first():
        raise ValidationError(
            _("Chưa kiểm phiếu: %(contest)s. Kiểm phiếu trước khi kết luận.") % {"contest": uncounted}
        )
    winners = elected(election)
    if not winners:
        with on_record():
            return fail(
                election,
                _("Không ai được quá %(share)s số phiếu hợp lệ.") % {"share": election.get_majority_display()},
                by,
            )
    check_day(election.club, election.held_on)
    for office in ending_terms(election, winners):
        end_office(office=office, on=election.held_on, by=by)
    for winner in winners:
        begin_term(election, winner.contest.role, winner.membership, by)
    election.state = ElectionState.DECIDED
    return save_checked(election, by=by)


def fail(election: Election, why: str, by: User | None) -> Election:
    election.state, election.failure = ElectionState.FAILED, why
    return save_checked(election, by=by)


def ending_terms(election: Election, winners: list[Candidate]) -> QuerySet[Office]:
    """Of offices with all their places up for election and somebody elected, and of the elected themselves."""
    first = {contest.role: contest.places for contest in election.contests.filter(round=1)}
    anew = [role for role in {w.contest.role for w in winners} if first[role] == SLOTS[OfficeRole(role)]]
    again = [winner.membership_id for winner in winners]
    return holders(election.club, election.held_on).filter(Q(role__in=anew) | Q(membership__in=again))


def begin_term(election: Election, role: str, member: Membership, by: User | None) -> Office:
    """The term of somebody elected; it is over already if they have left the club since."""
    if not sits_on(member, election.held_on):
        raise ValidationError(
            _("%(name)s không phải thành viên vào ngày bầu nên không nhận chức được. Hủy cuộc bầu này rồi bầu lại.")
            % {"name": member}
        )
    club, day = election.club, election.held_on
    rows = list(club.offices.filter(role=role).values_list("slot", "ended_on"))
    slot = free_seat(SLOTS[OfficeRole(role)], rows, day)
    if slot is None:
        raise ValidationError(
            _("Không còn chỗ khuyết cho %(name)s. Kết thúc nhiệm kỳ của người cũ trước.") % {"name": member}
        )
    term = Office(club=club, membership=member, role=role, slot=slot, started_on=day, ended_on=member.left_on)
    term.election, term.term_ends_on = election, running_term_end(club, day)
    return save_checked(term, by=by)
