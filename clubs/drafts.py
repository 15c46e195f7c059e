"""What a draft decision about a club says. All names are those of the document's day (domain 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from clubs.actions.clubs import issuer_on, rules_for, unit_above
from clubs.actions.proposals import board_verb
from clubs.models import SEATS, Cadence, Club, ClubKind, Office, OfficeRole, Sex
from clubs.models.clubs import Weekday
from steering.language import on_record
from steering.models import IssuingBody, Unit, UnitKind
from steering.official.words import body_name, day_words, name_on, names_on, number_words, place_words
from steering.regime import THREE_LEVELS, ClubLevel
from steering.text import lower_first

SYMBOL = "QĐ-UBND"
LAW = "Căn cứ Luật Tổ chức chính quyền địa phương"
TO_FILL = "……………………"
HOSTS = {
    "commune": "trụ sở UBND các xã, phường, thị trấn",
    "hamlet": "các ấp, khu phố",
    "group": "các tổ nhân dân tự quản",
}
MANNER: dict[str, str] = {Sex.FEMALE: "Bà", Sex.MALE: "Ông"}


def shared(club: Club, day: date) -> dict[str, Any]:
    """What every decision about `club` has; its issuer is who founds such a club on `day` (R8)."""
    issuer, rules = issuer_on(club, day), THREE_LEVELS[club.level]
    manager = club.manager.unit if club.manager else unit_above(club.unit, rules.manager_kind)
    sample = {
        name: "" for name in ("place", "members", "verb", "into", "reason", "since", "sitting", "moving", "leaving")
    }
    return {
        **sample,
        "body": name_on(issuer, day).upper(),
        "authority": body_name(issuer, IssuingBody.PEOPLES_COMMITTEE, day),
        "number": number_words(None, SYMBOL),
        "place_and_date": f"{place_words(issuer, day)}, {day_words(None)}",
        "club": str(club),
        "kind": str(ClubKind(club.kind).label),
        "level": lower_first(str(ClubLevel(club.level).label)),
        "unit": full_name_on(club.unit, day),
        "area": area(club, HOSTS[rules.host_kind], day),
        "seats": str(SEATS),
        "cadence": lower_first(str(Cadence(club.cadence).label)),
        "schedule": schedule(club),
        "manager": committee_name(manager, day),
        "officers": [],
        "recipients": recipients(issuer, day),
        "signer": "",
    }


def area(club: Club, hosts: str, day: date) -> str:
    """Where meetings rotate (R11): a district club's own communes where they are chosen, else all of the unit."""
    units = [row.unit for row in club.coverage.active_on(day).select_related("unit")]
    covered = [lower_first(name) for name in names_on(units, day)] if units else []
    if covered:
        return f"trụ sở UBND {', '.join(covered)}"
    return f"{hosts} của {lower_first(name_on(club.unit, day))}"


def full_name_on(unit: Unit, day: date) -> str:
    """ "xã Tân Phú, huyện Châu Thành", as they were called on `day`."""
    units, above = [unit], unit.parent
    while above is not None and above.kind != UnitKind.PROVINCE:
        units.append(above)
        above = above.parent
    return ", ".join(lower_first(name) for name in names_on(units, day))


def committee_name(unit: Unit, day: date) -> str:
    return f"Ban Chỉ đạo giảm nghèo {lower_first(name_on(unit, day))}"


def schedule(club: Club) -> str:
    """ "thứ Sáu tuần thứ 2 của kỳ, lúc 07 giờ 30"."""
    at = Club._meta.get_field("starts_at").to_python(club.starts_at)
    return f"{lower_first(str(Weekday(club.weekday).label))} tuần thứ {club.week} của kỳ, lúc {at:%H} giờ {at:%M}"


def recipients(issuer: Unit, day: date) -> list[str]:
    """Who gets a copy besides those named in the last article: the People's Committee above the issuer."""
    return [f"- UBND {lower_first(name_on(issuer.parent, day))} (để b/c);"] if issuer.parent else []


def founding(club: Club) -> dict[str, Any]:
    """Every name of the founding decision, from the proposal and what else is on record.

    Raises ValidationError where there can be no such club on that day.
    """
    with on_record():
        day = document_day(club.founding_decision)
        rules_for(level=club.level, unit=club.unit, day=day)
        told = shared(club, day)
        proposal = getattr(club, "proposal", None)
        sitting = club.memberships.sitting().count() if club.pk else 0
        grounds = [LAW]
        if proposal:
            grounds.append(f"Xét đề nghị của {proposal.asked_by}, {day_words(proposal.proposed_on)}")
        return {
            **told,
            "grounds": [*grounds, f"Theo đề nghị của {told['manager']}"],
            "place": proposal.place if proposal else "",
            "members": str(sitting or (proposal and proposal.members) or TO_FILL),
            "officers": named(club.offices.held()),
        }


def document_day(decision: Any) -> date:
    """The day of a decision that is signed, else today's."""
    return (decision and decision.issued_on) or timezone.localdate()


def officers(club: Club) -> dict[str, Any]:
    """Every name of the decision that recognises the officers; "kiện toàn" where others held an office before."""
    with on_record():
        told = shared(club, timezone.localdate())
        held = list(club.offices.held().select_related("election"))
        elected = sorted({office.election.held_on for office in held if office.election})
        votes = [f"Căn cứ kết quả bầu ban chủ nhiệm {club}, {day_words(day)}" for day in elected]
        return {
            **told,
            "grounds": [LAW, *votes, f"Theo đề nghị của {told['manager']}"],
            "verb": board_verb(club),
            "officers": named(club.offices.held()),
        }


def named(offices: Any) -> list[dict[str, str]]:
    """The chair first: name with Ông or Bà, work, office, from which day."""
    rows: list[Office] = list(offices.select_related("membership__person").order_by("role", "slot"))
    return [
        {
            "name": f"{MANNER.get(row.membership.person.sex, 'Ông (bà)')} {row.membership.person}",
            "job": row.membership.person.job,
            "role": str(OfficeRole(row.role).label),
            "since": day_words(row.started_on),
        }
        for row in rows
    ]


def ending(
    club: Club, *, on: date | None, reason: str, into: Club | None = None, moving: int = 0, leaving: int = 0
) -> dict[str, Any]:
    """Every name of the decision that dissolves `club` or merges it `into` another; what is not known yet is dots."""
    with on_record():
        told = shared(club, document_day(club.ending_decision))
        return {
            **told,
            "grounds": [LAW, f"Theo đề nghị của {told['manager']}"],
            "into": str(into or TO_FILL),
            "reason": reason.rstrip(". ") or TO_FILL,
            "since": day_words(on),
            "sitting": str(moving + leaving),
            "moving": str(moving),
            "leaving": str(leaving),
        }
