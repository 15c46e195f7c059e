"""Whose turn it is (R11): the units and turns of a club, read for the rules in `meetings.rules`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club
from meetings.models import DeclinedTurn, Meeting, MeetingForm, MeetingState
from meetings.rules import Choice, Host, NoEligibleHost, Slot, Turn, first_willing, rank_for, rank_hosts
from steering.models import Succession, Unit, UnitKind
from steering.models.base import Dated
from steering.regime import ClubLevel, regime_on
from steering.text import clean


def eligible_units(club: Club, day: date) -> list[Unit]:
    """Units that may host on `day`: of the regime's kind, below the club's unit, in force (R11).

    A district club with communes of its own rotates over these alone (R4). None where the regime has no such level.
    """
    return units_on(club, [day])[day]


def units_on(club: Club, days: Collection[date]) -> dict[date, list[Unit]]:
    """`eligible_units` of each day, in two queries however many days there are."""
    kinds = {day: rules.host_kind for day in days if (rules := regime_on(day).get(club.level))}
    units = list(Unit.objects.under(club.unit).filter(kind__in=set(kinds.values())))
    coverage = list(club.coverage.all()) if club.level == ClubLevel.DISTRICT else []
    found: dict[date, list[Unit]] = {day: [] for day in days}
    for day, kind in kinds.items():
        covered = {row.unit_id for row in coverage if in_force(row, day)}
        found[day] = [u for u in units if u.kind == kind and in_force(u, day) and (not covered or u.pk in covered)]
    return found


def in_force(row: Dated, day: date) -> bool:
    """The same as `DatedQuerySet.active_on`, of a row at hand."""
    return (row.valid_from or date.min) <= day < (row.valid_until or date.max)


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
    return hosts_on(club, [day])[day]


def hosts_on(club: Club, days: Collection[date]) -> dict[date, list[Host]]:
    """The hosts of each day, in three queries at most, however many days and units there are."""
    mergers = list(Succession.objects.values_list("predecessor_id", "successor_id", "effective_on"))
    found = {}
    for day, units in units_on(club, days).items():
        direct: dict[int, set[int]] = defaultdict(set)  # for each unit that took over others: those it took over
        for old, new, effective_on in mergers:
            if effective_on <= day:
                direct[new].add(old)
        found[day] = [Host(u.pk, str(u), u.sort_key, all_predecessors(u.pk, direct)) for u in units]
    return found


def host_turns(club: Club, *, but: Iterable[Meeting] = ()) -> list[Turn]:
    """Turns that count, those of `but` left out."""
    rows = Meeting.objects.filter(club=club).exclude(pk__in=[meeting.pk for meeting in but]).turns()
    found = rows.values_list("host_id", "starts_at", "turn_on")
    return [Turn(unit, timezone.localdate(at), instead_of) for unit, at, instead_of in found]


def club_turns(meetings: Iterable[Meeting]) -> list[Turn]:
    """The same as `host_turns`, of meetings that are at hand."""
    return [Turn(m.host_id, m.day, m.turn_on) for m in meetings if m.is_turn]


def movable(club: Club) -> list[Meeting]:
    """Meetings to come that may still get another host, in the order of their days.

    Regular and planned; not one whose invitations went out, nor one whose host was settled by hand, out of turn or by
    an exchange.
    """
    rows = Meeting.objects.filter(club=club, form=MeetingForm.REGULAR, state=MeetingState.PLANNED)
    rows = rows.filter(is_override=False, turn_on=None, starts_at__gt=timezone.now())
    return list(rows.select_related("club__unit", "host").order_by("starts_at"))


def declined_units(meetings: Iterable[Meeting]) -> dict[int | None, set[int]]:
    """The units that declined each meeting."""
    found: dict[int | None, set[int]] = defaultdict(set)
    rows = DeclinedTurn.objects.filter(meeting__in=[meeting for meeting in meetings if meeting.pk])
    for meeting, unit in rows.values_list("meeting_id", "unit_id"):
        found[meeting].add(unit)
    return found


def slots_of(club: Club, meetings: Sequence[Meeting]) -> list[Slot]:
    """What the rules know of meetings of `club`."""
    hosts, declined = hosts_on(club, [meeting.day for meeting in meetings]), declined_units(meetings)
    return [Slot(meeting.day, hosts[meeting.day], declined[meeting.pk]) for meeting in meetings]


def line_for(meeting: Meeting, but: Meeting | None = None) -> list[Choice]:
    """The club's hosts as they stand at `meeting`, the due one first; what is planned after it, and `but`, give way."""
    later = [other for other in movable(meeting.club) if other.day > meeting.day]
    turns = host_turns(meeting.club, but=[meeting, *later, *([but] if but else [])])
    return rank_for(slots_of(meeting.club, [meeting])[0], turns, [other.day for other in later])


def ranked_hosts(club: Club, day: date, turns: Iterable[Turn] | None = None) -> list[Choice]:
    """The club's hosts on `day` after `turns`, else after all that count; the due one first, empty when nobody can host."""
    return rank_hosts(eligible_hosts(club, day), host_turns(club) if turns is None else turns)


def due_host(meeting: Meeting, declined: Iterable[int] = ()) -> Choice:
    """The host whose turn `meeting` is. Raises ValidationError when nobody can host."""
    try:
        return first_willing(line_for(meeting), set(declined))
    except NoEligibleHost as error:
        raise ValidationError(str(error)) from error


def set_host(meeting: Meeting, host: Unit | None, override_reason: str) -> None:
    """Give `meeting` its host: the due one (None), or another of the rotation, for a reason (R11).

    A host that had declined this meeting has thought better of it. Raises ValidationError: nobody can host, `host` is
    outside the rotation, another than the due one without reason.
    """
    declined = declined_units([meeting])[meeting.pk] - ({host.pk} if host else set())
    due = due_host(meeting, declined)
    meeting.turn_on = None
    if host is None or host.pk == due.host.unit_id:
        meeting.host_id, meeting.host_reason, meeting.is_override = due.host.unit_id, due.reason, False
        return
    check_in_rotation(meeting.club, meeting.day, host)
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
