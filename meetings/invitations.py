"""What an invitation says: as text for a message, as official documents (R12, domain 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clubs.models import OfficeRole
from meetings.agendas import agenda_of
from meetings.models import Meeting
from steering.language import on_record
from steering.models import IssuingBody, SeatRole, Unit, UnitKind
from steering.official.words import body_name, day_words, name_on, names_on, number_words, place_words
from steering.text import lower_first

SYMBOL = "GM-BCĐ"
ISSUER = "BAN CHỈ ĐẠO GIẢM NGHÈO"


def when(meeting: Meeting) -> str:
    """ "07 giờ 30, thứ Sáu, ngày 16 tháng 10 năm 2026"."""
    at = timezone.localtime(meeting.starts_at)
    weekday = lower_first(date_format(at, "l"))
    return f"{at:%H} giờ {at:%M}, {weekday}, {day_words(at.date())}"


def venue(host: Unit, on: date | None = None) -> str:
    """Where one meets: the People's Committee of a commune (R11), else the hamlet or group itself, with those above it.

    As they were called on `on`; as they are called now without it, which takes no query beyond the units.
    """
    above, units = host.parent, [host]
    while above is not None and above.kind in (UnitKind.HAMLET, UnitKind.COMMUNE):
        units.append(above)
        above = above.parent
    parts = [lower_first(name) for name in (names_on(units, on) if on else map(str, units))]
    if host.kind == UnitKind.COMMUNE:
        parts[0] = _("trụ sở UBND %(unit)s") % {"unit": parts[0]}
    return ", ".join(parts)


def chair_of(meeting: Meeting) -> str:
    """Who presides: the club's chair on the day; "" while there is none."""
    offices = meeting.club.offices.filter(role=OfficeRole.CHAIR, started_on__lte=meeting.day)
    office = offices.select_related("membership__person").order_by("-started_on").first()
    holds = office is not None and (office.ended_on is None or office.ended_on > meeting.day)
    return str(office.membership.person) if office and holds else ""


def message(meeting: Meeting) -> str:
    """The invitation as a text to send. It says nothing about anybody invited (domain 7)."""
    with on_record():
        lines = [
            _("Trân trọng kính mời anh, chị dự %(what)s của %(club)s.")
            % {"what": lower_first(meeting.title), "club": meeting.club},
            _("Thời gian: %(when)s.") % {"when": when(meeting)},
            _("Địa điểm: %(where)s.") % {"where": venue(meeting.host, today_or(meeting))},
        ]
        if topics := contents(meeting):
            lines.append(_("Nội dung: %(what)s.") % {"what": "; ".join(topics)})
        return "\n".join([*lines, _("Rất mong anh, chị đến dự đông đủ.")])


def today_or(meeting: Meeting) -> date:
    """The day a document about a meeting is made: today, or the meeting's when that has passed."""
    return min(meeting.day, timezone.localdate())


def contents(meeting: Meeting) -> list[str]:
    return [str(item) for item in agenda_of(meeting)]


def context(meeting: Meeting) -> dict[str, Any]:
    """Every name that the templates of a meeting's documents may use. Number and date stay blank: the clerk gives them."""
    with on_record():
        day, committee = today_or(meeting), meeting.club.manager
        unit = committee.unit if committee else meeting.club.founder or meeting.club.unit
        guests = [{"name": guest.full_name, "body": guest.body} for guest in meeting.guests.filter(is_invited=True)]
        head = committee.seats.active_on(day).filter(role=SeatRole.HEAD).first() if committee else None
        return {
            "parent": body_name(unit, IssuingBody.PEOPLES_COMMITTEE, day),
            "issuer": ISSUER,
            "number": number_words(None, SYMBOL),
            "place_and_date": f"{place_words(unit, day)}, {day_words(None)}",
            "committee": f"Ban Chỉ đạo giảm nghèo {lower_first(name_on(unit, day))}",
            "club": str(meeting.club),
            "what": lower_first(meeting.title),
            "when": when(meeting),
            "where": venue(meeting.host, day),
            "chair": chair_of(meeting),
            "contents": contents(meeting),
            "guests": guests,
            "addressees": guests or [{"name": "…" * 20, "body": ""}],  # a sheet with room for a name
            "members": members(meeting),
            "signer": head.full_name if head else "",
        }


def members(meeting: Meeting) -> list[dict[str, Any]]:
    """Whoever is to be called that day, by seat: seat, name, office or trade."""
    rows = meeting.club.memberships.active_on(meeting.day).select_related("person").with_office().order_by("seat")
    return [{"seat": m.seat, "name": str(m.person), "role": role_of(m)} for m in rows]


def role_of(membership: Any) -> str:
    if membership.office_role:
        return str(OfficeRole(membership.office_role).label)
    return membership.person.job or (
        membership.person.representative and f"Đại diện: {membership.person.representative}"
    )
