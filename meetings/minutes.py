"""What minutes say: line by line beside the agenda, what a correction changed, and as an official document (domain 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.minutes import TEXT
from meetings.agendas import agenda_of
from meetings.invitations import ISSUER, today_or, venue
from meetings.models import AgendaItem, AttendanceStatus, Meeting, Minutes, MinutesState, PolicyArea
from steering.access import current_appointments
from steering.language import on_record
from steering.models import IssuingBody, User
from steering.official.words import body_name, day_words, number_words
from steering.text import lower_first
from steering.versions import Change, field_changes

SYMBOL = "BB-BCĐ"
COUNTS = (
    "member_count",
    "there_count",
    "excused_count",
    "guest_count",
)  # a meeting has them, and its minutes print them
Entry = dict[str, Any]


# Text


def entries_of(meeting: Meeting, minutes: Minutes) -> list[Entry]:
    """What was said under each line of the agenda, in its order; a line that left the agenda stays while it has words."""
    said = {key_of(entry): entry for entry in minutes.items}
    found = []
    for entry in map(entry_of, agenda_of(meeting)):
        written = said.pop(key_of(entry), None)
        found.append({**entry, "said": written["said"] if written else ""})
    return [*found, *(entry for entry in said.values() if entry["said"])]


def entry_of(item: AgendaItem) -> Entry:
    with on_record():
        title = str(item)
    return {"title": title, "area": item.area, "presenter": item.presenter, "said": "", "opinion": item.opinion_id}


def key_of(entry: Entry) -> tuple[str, str]:
    """What tells an entry from the others of its minutes."""
    return entry["area"], entry["title"]


def begin(minutes: Minutes, user: User) -> Minutes:
    """Fill in what is known before anybody has written anything: who presides, who writes, the hour."""
    meeting = minutes.meeting
    minutes.chair = presiding(meeting)
    minutes.started_at = timezone.localtime(meeting.starts_at).time()
    if meeting.club.path in [each.path for each in current_appointments(user)]:  # appointed to the club itself
        minutes.secretary = user.full_name
    return minutes


def presiding(meeting: Meeting) -> str:
    """The club's chair on the day, else one of its vice-chairs: whoever of them was not away; "" where nobody is left."""
    away = meeting.attendance.filter(status__in=(AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT)).values(
        "membership"
    )
    held = meeting.club.offices.filter(started_on__lte=meeting.day).exclude(ended_on__lte=meeting.day)
    there = held.exclude(membership__in=away).select_related("membership__person")
    office = there.order_by("role", "slot").first()  # the chair before the vice-chairs
    return str(office.membership.person) if office else ""


def differences(new: Minutes, old: Minutes) -> list[Change]:
    """What a correction changed: field by field, and line by line of what was said."""
    found: list[Change] = []
    for name in TEXT:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            found += field_changes(Minutes._meta.get_field(name), before, after)
    return found


def with_counts(minutes: Minutes) -> Minutes:
    """A draft shows the meeting's counts, without keeping them."""
    if minutes.state == MinutesState.DRAFT:
        for name in COUNTS:
            setattr(minutes, name, getattr(minutes.meeting, name))
    return minutes


def outdated(versions: Iterable[Minutes], meeting: Meeting) -> Minutes | None:
    """The minutes in force, while the meeting's counts are no longer those that they print; `versions`, newest first."""
    agreed = next((each for each in versions if each.state == MinutesState.AGREED), None)
    return agreed if agreed and any(getattr(agreed, name) != getattr(meeting, name) for name in COUNTS) else None


# The document


def context(minutes: Minutes) -> dict[str, Any]:
    """Every name that the template of the minutes may use. The number stays blank: the clerk gives it."""
    meeting = with_counts(minutes).meeting
    with on_record():
        committee, day = meeting.club.manager, today_or(meeting)
        unit = committee.unit if committee else meeting.club.founder or meeting.club.unit
        return {
            "parent": body_name(unit, IssuingBody.PEOPLES_COMMITTEE, day),
            "issuer": ISSUER,
            "number": number_words(None, SYMBOL),
            "is_draft": minutes.state == MinutesState.DRAFT,
            "correction": correction_words(minutes),
            "subject": _("%(what)s của %(club)s") % {"what": meeting.title, "club": meeting.club},
            "started": moment_words(minutes.started_at, meeting),
            "ended": moment_words(minutes.ended_at, meeting),
            "where": venue(meeting.host, day),
            "chair": minutes.chair,
            "secretary": minutes.secretary,
            "members": members_words(minutes),
            "guests": _("Khách dự: %(n)d người.") % {"n": minutes.guest_count},
            "items": [item_words(entry) for entry in minutes.items],
            "strengths": minutes.strengths.splitlines(),
            "limits": minutes.limits.splitlines(),
            "conclusions": minutes.conclusions.splitlines(),
        }


def moment_words(at: Any, meeting: Meeting) -> str:
    """ "07 giờ 30, ngày 16 tháng 10 năm 2026"; room for the hour while there is none."""
    hour = f"{at:%H} giờ {at:%M}" if at else "… giờ …"
    return f"{hour}, {day_words(meeting.day)}"


def members_words(minutes: Minutes) -> str:
    """ "Thành viên: có mặt 18/20 người, vắng có phép 1 người, vắng không phép 1 người;"."""
    words = {
        "there": minutes.there_count,
        "members": minutes.member_count,
        "excused": minutes.excused_count,
        "absent": minutes.member_count - minutes.there_count - minutes.excused_count,
    }
    return (
        _(
            "Thành viên: có mặt %(there)d/%(members)d người, vắng có phép %(excused)d người, vắng không phép %(absent)d người;"
        )
        % words
    )


def item_words(entry: Entry) -> dict[str, Any]:
    """A line of the agenda with what was said, paragraph by paragraph."""
    area = str(PolicyArea(entry["area"]).label) if entry["area"] else ""
    title = entry["title"] if area in ("", entry["title"]) else f"{entry['title']} ({lower_first(area)})"
    return {"title": title, "presenter": entry["presenter"], "said": entry["said"].splitlines()}


def correction_words(minutes: Minutes) -> str:
    if minutes.version == 1:
        return ""
    words = {"n": minutes.version, "before": minutes.version - 1, "reason": minutes.correction_reason}
    return _("Biên bản lần %(n)d, đính chính và thay biên bản lần %(before)d. Lý do: %(reason)s.") % words
