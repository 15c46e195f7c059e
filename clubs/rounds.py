"""An election as it is read: its rounds with their outcomes, what to do next, what its conclusion brings about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clubs.actions.counting import elected, ending_terms, is_quorate, no_quorum, outcome_of
from clubs.ballots import Outcome, needed_for_majority
from clubs.models import Candidate, Contest, Election, ElectionState, OfficeRole, Share
from clubs.terms import running_term_end


@dataclass(frozen=True)
class Round:
    """One round of one contest, the most votes first; `outcome` is None until it is counted, `again` are those who may
    be voted on once more: not elected to the other office."""

    contest: Contest
    candidates: Sequence[Candidate]
    outcome: Outcome | None
    again: Sequence[Candidate]
    is_last: bool
    needed: int

    @property
    def role(self) -> str:
        return str(OfficeRole(self.contest.role).label)

    @property
    def winners(self) -> list[Candidate]:
        return [candidate for candidate in self.candidates if candidate.is_elected]

    @property
    def is_counted(self) -> bool:
        return self.outcome is not None

    @property
    def wants_another(self) -> bool:
        return self.is_last and bool(self.again)

    @property
    def sentence(self) -> str:
        """Who is elected, whether that is all, among whom to vote again."""
        if self.outcome is None:
            return _("Chưa kiểm phiếu.")
        parts = []
        if self.winners:
            parts.append(_("Trúng cử: %(names)s.") % {"names": names(self.winners)})
        if self.outcome.left and self.is_last:
            parts.append(self.what_is_left(self.outcome))
        return " ".join(parts)

    def what_is_left(self, found: Outcome) -> str:
        words = {"names": names(self.again), "n": found.left, "needed": self.needed}
        if not self.again:
            return _("Còn khuyết %(n)d người, không còn ai để bầu tiếp; bầu bổ sung sau.") % words
        if found.tied:
            return _("%(names)s bằng phiếu nhau. Bầu vòng sau trong những người này, lấy %(n)d người.") % words
        if found.elected:
            return _("Còn thiếu %(n)d người. Bầu vòng sau trong: %(names)s.") % words
        return _("Không ai được đủ %(needed)d phiếu. Bầu vòng sau trong: %(names)s.") % words


def names(candidates: Sequence[Candidate]) -> str:
    return ", ".join(str(candidate.membership) for candidate in candidates)


def rounds_of(election: Election) -> list[Round]:
    """All rounds, chair first. Two queries."""
    standing = Candidate.objects.select_related("membership__person").order_by("membership__seat")
    contests = list(election.contests.prefetch_related(Prefetch("candidates", standing)))
    taken = {c.membership_id for contest in contests for c in contest.candidates.all() if c.is_elected}
    last = {contest.role: contest.round for contest in contests}
    return [one_round(election, contest, taken, is_last=last[contest.role] == contest.round) for contest in contests]


def one_round(election: Election, contest: Contest, taken: set[int], *, is_last: bool) -> Round:
    candidates = sorted(contest.candidates.all(), key=lambda candidate: -(candidate.votes or 0))
    found = outcome_of(election, contest, candidates) if contest.valid is not None else None
    again = [c for c in candidates if found and c.pk in found.again and c.membership_id not in taken]
    needed = needed_for_majority(contest.valid or 0, Share(election.majority).fraction)
    return Round(contest, candidates, found, again, is_last, needed)


@dataclass(frozen=True)
class Step:
    """What to do next, and on which page."""

    title: str
    page: str
    symbol: str
    number: int | None = None  # of the contest

    def address(self, election: Election) -> str:
        more = [self.number] if self.number else []
        return reverse(self.page, args=[election.pk, *more])


def next_step(election: Election, rounds: Sequence[Round], today: date) -> Step | None:
    """None when it is over, or all is ready and the day has not come."""
    if election.state != ElectionState.OPEN:
        return None
    if empty := next((each for each in rounds if not each.candidates), None):
        return Step(_("Ghi người ứng cử"), "contest_candidates", "list-plus", empty.contest.pk)
    if election.held_on > today:
        return None
    if election.present is None:
        return Step(_("Ghi số có mặt"), "election_presence", "user-check")
    if not is_quorate(election):
        return Step(_("Kết luận: không đủ người"), "election_conclude", "gavel")
    if uncounted := next((each for each in rounds if not each.is_counted), None):
        return Step(
            _("Kiểm phiếu: %(contest)s") % {"contest": uncounted.contest}, "contest_count", "vote", uncounted.contest.pk
        )
    if again := next((each for each in rounds if each.wants_another), None):
        return Step(_("Mở vòng sau: %(role)s") % {"role": again.role}, "contest_next_round", "repeat", again.contest.pk)
    return Step(pgettext("verb", "Kết luận"), "election_conclude", "gavel")


def what_follows(election: Election, rounds: Sequence[Round]) -> list[str]:
    """Sentences on what concluding the election brings about."""
    if election.present is None or any(not each.is_counted for each in rounds if is_quorate(election)):
        return [_("Chưa kiểm phiếu xong, chưa kết luận được.")]
    final = _("Kết quả không sửa được nữa.")
    if not is_quorate(election):
        return [no_quorum(election), _("Cuộc bầu được ghi là không thành. Ban chủ nhiệm giữ nguyên."), final]
    winners = elected(election)
    if not winners:
        return [_("Không ai trúng cử. Cuộc bầu được ghi là không thành; ban chủ nhiệm giữ nguyên."), final]
    ending = list(ending_terms(election, winners).select_related("membership__person"))
    until = running_term_end(election.club, election.held_on, leaving=[office.pk for office in ending])
    day = {"day": f"{election.held_on:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}"}
    lines = [
        _("%(name)s làm %(role)s từ %(day)s, nhiệm kỳ đến %(until)s.")
        % {"name": winner.membership, "role": role(winner.contest.role), **day}
        for winner in winners
    ]
    again = {(winner.membership_id, winner.contest.role) for winner in winners}
    for office in ending:
        if (office.membership_id, office.role) not in again:
            words = {"name": office.membership, "role": role(office.role)}
            lines.append(_("%(name)s thôi giữ chức %(role)s cùng ngày.") % words)
    return [*lines, *vacancies(rounds), final]


def role(value: str) -> str:
    return str(OfficeRole(value).label).lower()


def vacancies(rounds: Sequence[Round]) -> list[str]:
    found: list[tuple[Any, int]] = [
        (each.role.lower(), each.outcome.left) for each in rounds if each.is_last and each.outcome
    ]
    return [
        _("Còn khuyết %(n)d %(role)s, bầu bổ sung sau.") % {"n": left, "role": words} for words, left in found if left
    ]
