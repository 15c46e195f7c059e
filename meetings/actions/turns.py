"""Turns that do not go by the line alone: a host asks to be spared, two hosts exchange (R11)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.hosts import declined_units, due_host, eligible_units, line_for
from meetings.actions.locks import lock_counted
from meetings.actions.plan import lock
from meetings.actions.rotation import HostChange, rehost_after
from meetings.models import DeclinedTurn, Meeting, MeetingForm, MeetingState
from steering.actions import save_checked
from steering.calendar import month_calendar
from steering.language import on_record
from steering.models import Unit, User

COMING = (MeetingState.PLANNED, MeetingState.INVITED)


@transaction.atomic
def decline_turn(*, meeting: Meeting, reason: str, by: User | None) -> list[HostChange]:
    """The host of a meeting to come asks to be spared; what changed by it, that meeting first.

    The next due host takes its place. The turn stays owed, so that the one who declined comes first at the next planned
    meeting, and those after it are worked out anew (`rehost`). Raises ValidationError: no turn to decline, no reason,
    everybody else has declined this meeting already.
    """
    lock(meeting.club)
    meeting = lock_counted(meeting)
    check_has_turn(meeting)
    old = meeting.host
    save_checked(DeclinedTurn(meeting=meeting, unit=old, reason=reason), by=by)
    due = due_host(meeting, declined_units([meeting])[meeting.pk])
    meeting.host_id, meeting.host_reason, meeting.turn_on = due.host.unit_id, due.reason, None
    return rehost_after([HostChange(save_checked(meeting, by=by), old)], by=by)


@transaction.atomic
def swap_hosts(*, meeting: Meeting, other: Meeting, by: User | None) -> list[HostChange]:
    """Two meetings of a club, both to come, exchange their hosts; what changed by it, these two first.

    Both stay turns, and each host keeps its place in the line, so that nobody else's turn changes. Exchanged once more,
    they go by the line again. Raises ValidationError: no turn to give, not the same club, the same host, a host that cannot
    host on the other day or has declined it.
    """
    lock(meeting.club)
    meeting, other = lock_counted(meeting), lock_counted(other)
    if meeting.club_id != other.club_id or meeting == other:
        raise ValidationError({"other": _("Chỉ đổi lượt giữa hai kỳ của cùng một câu lạc bộ. Chọn kỳ khác.")})
    for each in (meeting, other):
        check_has_turn(each)
    if meeting.host_id == other.host_id:
        raise ValidationError({"other": _("Hai kỳ này cùng một nơi đăng cai, không có gì để đổi. Chọn kỳ khác.")})
    changes = [HostChange(meeting, meeting.host), HostChange(other, other.host)]
    check_can_host(meeting, other.host)
    check_can_host(other, meeting.host)
    exchange(meeting, other)
    for change in changes:
        save_checked(change.meeting, by=by)
    return rehost_after(changes, by=by)


def check_has_turn(meeting: Meeting) -> None:
    """Raise ValidationError unless `meeting` is to come and uses up its host's turn."""
    if meeting.form == MeetingForm.VISIT:
        raise ValidationError(_("Giao lưu, tham quan không tính vào lượt nên không có lượt để đổi hay xin thôi."))
    if meeting.state == MeetingState.POSTPONED:
        raise ValidationError(_("Kỳ %(period)s đang hoãn. Chọn ngày họp lại trước.") % {"period": meeting.period_label})
    if meeting.state not in COMING or meeting.starts_at <= timezone.now():
        raise ValidationError(
            _("Kỳ %(period)s không còn là kỳ sắp họp. Chỉ đổi lượt, xin thôi lượt của kỳ sắp họp.")
            % {"period": meeting.period_label}
        )
    if meeting.is_override:
        raise ValidationError(
            _("Kỳ %(period)s họp ngoài lượt nên không có lượt để đổi hay xin thôi. Đổi nơi đăng cai của kỳ đó.")
            % {"period": meeting.period_label}
        )


def check_can_host(meeting: Meeting, host: Unit) -> None:
    words = {"host": host, "period": meeting.period_label}
    if host.pk not in {unit.pk for unit in eligible_units(meeting.club, meeting.day)}:
        raise ValidationError(
            {"other": _("%(host)s không đăng cai được vào ngày họp kỳ %(period)s. Chọn kỳ khác.") % words}
        )
    if host.pk in declined_units([meeting])[meeting.pk]:
        raise ValidationError({"other": _("%(host)s đã xin thôi kỳ %(period)s. Chọn kỳ khác.") % words})


def exchange(meeting: Meeting, other: Meeting) -> None:
    """Not saved yet. Each host goes on standing in the line where it stood."""
    places = meeting.turn_on or meeting.day, other.turn_on or other.day
    meeting.host, other.host = other.host, meeting.host
    for each, partner, place in ((meeting, other, places[1]), (other, meeting, places[0])):
        if place in month_calendar().parse(each.period_key):
            each.turn_on, each.host_reason = None, reason_in_line(each, partner)
        else:
            each.turn_on, each.host_reason = place, swap_reason(each, partner)


def swap_reason(meeting: Meeting, partner: Meeting) -> str:
    """ "Xã Tân Phú: đổi lượt với xã An Khánh, kỳ tháng 12/2026"."""
    with on_record():
        words = {"other": partner.host.in_sentence, "period": partner.period_label}
        return f"{meeting.host}: " + _("đổi lượt với %(other)s, kỳ %(period)s") % words


def reason_in_line(meeting: Meeting, partner: Meeting) -> str:
    """Its host's place in the line, as it was before the exchange with `partner`."""
    return next(choice.reason for choice in line_for(meeting, but=partner) if choice.host.unit_id == meeting.host_id)
