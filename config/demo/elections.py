"""How the demo's clubs came by their officers and their regulations: one voted twice, one whose term is over."""

from datetime import date, timedelta

from django.utils import timezone

from clubs.actions import (
    adopt_regulation,
    call_election,
    conclude_election,
    open_next_round,
    record_count,
    record_presence,
    set_candidates,
)
from clubs.models import Club, Contest, Election, Membership, OfficeRole, PersonKind, Share

ELECTED_ON = date(2025, 7, 1)
VOTED_TWICE, TERM_OVER, TO_VOTE = 2, 4, 6  # clubs, by their number
ARTICLES = (
    "Điều 1. Câu lạc bộ là nơi cán bộ, đoàn thể và người dân cùng trao đổi, giúp nhau giảm nghèo bền vững.",
    "Điều 2. Thành viên tham gia tự nguyện, nhiều nhất 25. Ai muốn vào thì làm đơn; ai muốn thôi thì báo chủ nhiệm.",
    "Điều 3. Câu lạc bộ bầu 1 chủ nhiệm và 2 phó chủ nhiệm bằng phiếu kín, công khai kết quả tại buổi bầu.",
    "Điều 4. Nơi sinh hoạt luân phiên. Mỗi kỳ có chủ đề, có ghi biên bản.",
    "Điều 5. Thu chi của câu lạc bộ được báo cáo công khai mỗi năm một lần.",
)
ADDED = "Điều 6. Thành viên vắng ba kỳ liền không báo thì chủ nhiệm đến thăm, hỏi lý do."


def adopt_regulations(club: Club, number: int) -> None:
    """Every other club has one; every sixth has changed it."""
    if number % 2:
        return
    terms = {"cadence": club.cadence, "quorum": Share.TWO_THIRDS, "majority": Share.HALF}
    months = 12 if number == TERM_OVER else 60
    first = date(2025, 3, 3) + timedelta(days=number)
    adopt_regulation(club=club, adopted_on=first, text="\n".join(ARTICLES), term_months=months, **terms, by=None)
    if number % 6 == 0:
        text = "\n".join([*ARTICLES[:3], ARTICLES[3].replace("Mỗi kỳ", "Mỗi kỳ họp"), ARTICLES[4], ADDED])
        terms["quorum"] = Share.HALF
        adopt_regulation(club=club, adopted_on=date(2026, 2, 2), text=text, term_months=30, **terms, by=None)


def elect_officers(club: Club, number: int, members: list[Membership], offices: list[OfficeRole]) -> None:
    """The first members take the `offices` in order, the chair against a rival."""
    places = {str(role): offices.count(role) for role in OfficeRole if role in offices}
    election = call_election(club=club, held_on=ELECTED_ON, places=places, by=None)
    winners = dict(zip(members, offices, strict=False))
    for contest in election.contests.all():
        standing = [member for member, role in winners.items() if role == contest.role]
        if contest.role == OfficeRole.CHAIR:
            standing.append(next(m for m in members[3:] if m.person.kind == PersonKind.INDIVIDUAL))
        set_candidates(contest=contest, members=standing, by=None)
    present = club.memberships.active_on(ELECTED_ON).count()
    record_presence(election=election, present=present, teller=members[-1].person.full_name, by=None)
    for contest in election.contests.all():
        if number == VOTED_TWICE and contest.role == OfficeRole.CHAIR:
            count(contest, present - present % 2, [present // 2, present // 2])
            contest = open_next_round(contest=contest, by=None)
        count(contest, present, shares(contest, present))
    conclude_election(election=election, by=None)


def shares(contest: Contest, ballots: int) -> list[int]:
    """Votes by candidate: two thirds for the first chair, nearly all for each vice-chair."""
    if contest.role == OfficeRole.CHAIR:
        most = ballots * 2 // 3 + 1
        return [most, ballots - most]
    return [ballots - n for n in range(contest.places)]


def count(contest: Contest, ballots: int, votes: list[int]) -> None:
    by_candidate = dict(zip(contest.candidates.values_list("pk", flat=True), votes, strict=True))
    record_count(contest=contest, ballots_out=ballots, ballots_in=ballots, valid=ballots, votes=by_candidate, by=None)


def prepare_election(club: Club, members: list[Membership]) -> Election:
    """An election of a chair that is still to come, with those who stand."""
    day = timezone.localdate() + timedelta(days=9)
    election = call_election(club=club, held_on=day, places={OfficeRole.CHAIR: 1}, by=None)
    set_candidates(contest=election.contests.get(), members=members[:2], by=None)
    return election
