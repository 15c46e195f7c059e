"""Clubs on their way in and out: one proposed, one whose decision is kept as a scan, one dissolved, one merged."""

from datetime import date, timedelta
from random import Random

from django.core.files.base import ContentFile
from django.utils import timezone

from clubs.actions import admit_member, dissolve_club, merge_clubs, propose_club
from clubs.models import Club, Proposal, Sector
from config.demo.clubs import found, individual
from steering.actions import record_decision
from steering.models import Decision, Unit, User
from steering.regime import ClubLevel


def found_and_end(club: Club, random: Random, by: User) -> None:
    """All in the commune of `club`, a commune's club that lives on."""
    free = [hamlet for hamlet in club.unit.children.order_by("sort_key") if not hamlet.clubs.exists()]
    propose(free[0], by)
    scan_decision(club, by)
    closed = former(f"CLB {free[1].in_sentence}", free[1], random)
    dissolve_club(
        club=closed,
        on=date(2019, 6, 1),
        reason="Các hộ đã thoát nghèo",
        decision=Decision(number=611, issued_on=date(2019, 5, 27), signer="Trần Văn Bình"),
        by=by,
    )
    merged = former(f"CLB {free[2].in_sentence}", free[2], random)
    merge_clubs(
        club=merged,
        into=club,
        on=date(2020, 5, 1),
        reason="Còn ít thành viên",
        moves={membership.pk: club for membership in merged.memberships.sitting()},
        decision=Decision(number=612, issued_on=date(2020, 4, 24), signer="Trần Văn Bình"),
        by=by,
    )


def propose(hamlet: Unit, by: User) -> Club:
    proposal = Proposal(
        reason="Ấp còn 14 hộ nghèo, cách trụ sở xã 6 km đường đất. Các tổ muốn sinh hoạt tại chỗ để học cách làm của nhau.",
        asked_by=f"Chi hội Nông dân {hamlet.in_sentence}",
        proposed_on=timezone.localdate() - timedelta(days=12),
        place="Nhà văn hóa ấp",
        members=18,
    )
    club = Club(name=f"CLB {hamlet.in_sentence}", level=ClubLevel.HAMLET, unit=hamlet, weekday=5, starts_at="18:30")
    return propose_club(club=club, proposal=proposal, by=by)


def former(name: str, hamlet: Unit, random: Random) -> Club:
    """A hamlet's club with two members, founded in the years of the others."""
    club = found(name, ClubLevel.HAMLET, hamlet, random)
    for _place in range(2):
        person = individual(club, Sector.HAMLET, random)
        admit_member(club=club, person=person, joined_on=date(2015, 3, 1), sector=Sector.HAMLET, by=None)
    return club


def scan_decision(club: Club, by: User) -> None:
    decision = club.founding_decision
    if decision is None or decision.number is None:
        return
    record_decision(
        decision=decision,
        number=decision.number,
        symbol=decision.symbol,
        issued_on=decision.issued_on,
        signer=decision.signer,
        file=ContentFile(a_scan(f"{decision.number}/QD-UBND"), "quyet-dinh.pdf"),
        by=by,
    )


def a_scan(words: str) -> bytes:
    """A PDF of one page that says `words`, without diacritics, and that it is a sample."""
    text = f"BT /F1 20 Tf 72 760 Td (QUYET DINH {words}) Tj 0 -36 Td (Ban chup mau, khong co gia tri) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("ascii")
