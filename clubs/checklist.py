"""The way from a proposal to a club that meets: what is done and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clubs.models import SEATS, Club, ClubStatus

OFFICERS = 3  # R6


@dataclass(frozen=True)
class Step:
    """`note` says how far it is; `verb` leads to `address` and is empty where nothing is to be done yet."""

    title: str
    is_done: bool
    note: str = ""
    verb: str = ""
    address: str = ""
    is_next: bool = False


def founding_steps(club: Club, *, members: int, officers: int, meetings: int) -> list[Step]:
    """The steps of a planned club, and of one that was proposed here until all are done; [] for any other.

    The first that is not done is next.
    """
    proposal = getattr(club, "proposal", None)
    if club.status != ClubStatus.PLANNED and (proposal is None or club.status != ClubStatus.ACTIVE):
        return []
    steps = [
        proposed(club, proposal),
        decided(club),
        *(after_founding(club, members, officers, meetings) if club.founded_on else still_closed()),
    ]
    first = next((place for place, step in enumerate(steps) if not step.is_done), None)
    if first is None:
        return []
    return [Step(**{**vars(step), "is_next": place == first}) for place, step in enumerate(steps)]


def proposed(club: Club, proposal: Any) -> Step:
    note = (
        _("%(who)s, ngày %(day)s") % {"who": proposal.asked_by, "day": f"{proposal.proposed_on:%d/%m/%Y}"}
        if proposal
        else ""
    )
    is_open = club.status == ClubStatus.PLANNED
    verb = "" if not is_open else (_("Sửa đề nghị") if proposal else _("Ghi đề nghị"))
    return Step(_("Đề nghị thành lập"), bool(proposal), note, verb, reverse("club_proposal", args=[club.pk]))


def decided(club: Club) -> Step:
    """Drafted, signed, recorded: the draft is offered beside it."""
    decision = club.founding_decision
    title = _("Quyết định thành lập")
    if club.founded_on is None:
        note = _("Tải dự thảo, trình UBND ký, rồi ghi số, ngày và bản đã ký.")
        return Step(title, False, note, _("Ghi quyết định, thành lập"), reverse("club_found_planned", args=[club.pk]))
    if decision is None:
        return Step(title, True, _("thành lập ngày %(day)s") % {"day": f"{club.founded_on:%d/%m/%Y}"})
    address = reverse("decision_record", args=[decision.pk])
    if not decision.number:
        return Step(title, False, _("chờ văn thư cấp số"), _("Ghi số, ngày, bản ký"), address)
    if not decision.file:
        return Step(title, False, str(decision), _("Gửi bản đã ký"), address)
    return Step(title, True, str(decision))


def after_founding(club: Club, members: int, officers: int, meetings: int) -> list[Step]:
    admit, appoint, plan = (reverse(page, args=[club.pk]) for page in ("club_admit", "club_appoint", "club_plan"))
    joined = _("%(n)d trên %(seats)d ghế") % {"n": members, "seats": SEATS}
    named = _("%(n)d trên %(all)d chức danh") % {"n": officers, "all": OFFICERS}
    return [
        Step(_("Kết nạp thành viên"), members >= OFFICERS, joined, _("Kết nạp thành viên"), admit),
        Step(_("Ban chủ nhiệm"), officers >= OFFICERS, named, _("Ghi nhận ban chủ nhiệm"), appoint),
        Step(_("Kỳ sinh hoạt đầu tiên"), meetings > 0, "", _("Lên lịch"), plan),
    ]


def still_closed() -> list[Step]:
    return [Step(title, False) for title in (_("Kết nạp thành viên"), _("Ban chủ nhiệm"), _("Kỳ sinh hoạt đầu tiên"))]
