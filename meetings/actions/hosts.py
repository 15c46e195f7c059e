"""Whose turn it is (R11): the units and turns of a club, read for the rules in `meetings.rules`."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club
from meetings.models import Meeting
from meetings.rules import Choice, Host, NoEligibleHost, Turn, next_host, rank_hosts
from steering.models import Succession, Unit, UnitKind
from steering.regime import ClubLevel, regime_on
from steering.text import clean


def eligible_units(club: Club, day: date) -> list[Unit]:
    """Units that may host on `day`: of the regime's kind, below the club's unit, in force (R11).

    A district club with communes of its own rotates over these alone (R4). None where the regime has no such level.
    """
    rules = regime_on(day).get(club.level)
    if rules is None:
        return []
    units = Unit.objects.under(club.unit).active_on(day).filter(kind=rules.host_kind)
    if club.level == ClubLevel.DISTRICT:
        covered = club.coverage.active_on(day)
        units = units.filter(Q(pk__in=covered.values("unit")) | ~Exists(covered))
    return list(units)


def predecessors(day: date) -> dict[int, set[int]]:
    """For each unit that took over others by `day`: those it took over directly."""
    direct: dict[int, set[int]] = {}
    rows = Succession.objects.filter(effective_on__lte=day).values_list("predecessor_id", "successor_id")
    for old, new in rows:
        direct.setdefault(new, set()).add(old)
    return direct


def all_predecessors(unit_id: int, direct: dict[int, set[int]]) -> frozenset[int]:
    """What `unit_id` took over, and what those had taken over before."""
    found: set[int] = set()
    waiting = {unit_id}
    while waiting:
        new = direct.get(waiting.pop(), set()) - found
        found |= new
        waiting |= new
    return frozenset(found - {unit_id})


def eligible_hosts(club: Club, day: date) -> list[Host]:
    """Two queries, however many units there are."""
    direct = predecessors(day)
    return [
        Host(unit.pk, str(unit), unit.sort_key, all_predecessors(unit.pk, direct)) for unit in eligible_units(club, day)
    ]


def host_turns(club: Club, *, but: Meeting | None = None) -> list[Turn]:
    """Turns that count, those of `but` left out."""
    rows = Meeting.objects.filter(club=club).exclude(pk=but.pk if but else None).turns()
    return [Turn(unit, timezone.localdate(at)) for unit, at in rows.values_list("host_id", "starts_at")]


def club_turns(meetings: Iterable[Meeting]) -> list[Turn]:
    """The same as `host_turns`, of meetings that are at hand."""
    counting = (m for m in meetings if m.is_turn)
    return [Turn(m.host_id, timezone.localdate(m.starts_at)) for m in counting]


def ranked_hosts(club: Club, day: date, turns: Iterable[Turn] | None = None) -> list[Choice]:
    """The club's hosts on `day` after `turns`, else after all that count; the due one first, empty when nobody can host."""
    return rank_hosts(eligible_hosts(club, day), host_turns(club) if turns is None else turns)


def due_host(club: Club, day: date, turns: Iterable[Turn]) -> Choice:
    """The host due on `day` after `turns`. Raises ValidationError when nobody can host."""
    try:
        return next_host(eligible_hosts(club, day), turns)
    except NoEligibleHost as error:
        raise ValidationError(str(error)) from error


def set_host(meeting: Meeting, host: Unit | None, override_reason: str) -> None:
    """Give `meeting` its host: the due one (None), or another of the rotation, for a reason (R11).

    Raises ValidationError: nobody can host, `host` is outside the rotation, another than the due one without reason.
    """
    day = timezone.localdate(meeting.starts_at)
    due = due_host(meeting.club, day, host_turns(meeting.club, but=meeting))
    if host is None or host.pk == due.host.unit_id:
        meeting.host_id, meeting.host_reason, meeting.is_override = due.host.unit_id, due.reason, False
        return
    check_in_rotation(meeting.club, day, host)
    if not clean(override_reason):
        raise ValidationError(
            {
                "host": _("Lượt này của %(due)s (%(why)s). Muốn họp nơi khác, ghi lý do.")
                % {"due": due.host.name, "why": due.why}
            }
        )
    meeting.host, meeting.host_reason, meeting.is_override = host, clean(override_reason), True


def check_in_rotation(club: Club, day: date, host: Unit) -> None:
    units = eligible_units(club, day)
    if host.pk in {unit.pk for unit in units}:
        return
    kind = UnitKind(units[0].kind).label if units else ""
    raise ValidationError(
        {
            "host": _("%(unit)s không thuộc vòng luân phiên của câu lạc bộ. Chọn một trong các %(kind)s: %(names)s.")
            % {"unit": host, "kind": str(kind).lower(), "names": ", ".join(str(unit) for unit in units)}
        }
    )
