"""Which state of a meeting may follow which: one table, read by every action that changes a state."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingState

S = MeetingState
TRANSITIONS: dict[MeetingState, tuple[MeetingState, ...]] = {
    S.PLANNED: (S.INVITED, S.HELD, S.POSTPONED, S.CANCELLED, S.DID_NOT_MEET),
    S.INVITED: (S.INVITED, S.HELD, S.POSTPONED, S.CANCELLED, S.DID_NOT_MEET),
    S.POSTPONED: (S.PLANNED, S.HELD, S.CANCELLED, S.DID_NOT_MEET),
    S.HELD: (S.HELD,),  # attendance may be corrected
    S.CANCELLED: (S.PLANNED,),
    S.DID_NOT_MEET: (S.PLANNED,),
}


def check_transition(meeting: Meeting, to: MeetingState) -> None:
    """Raise ValidationError unless `meeting` may become `to`; the sentence names what it may become."""
    allowed = TRANSITIONS[MeetingState(meeting.state)]
    if to in allowed:
        return
    raise ValidationError(
        _("Kỳ sinh hoạt này đang là “%(now)s”, không chuyển sang “%(to)s” được. Có thể chuyển sang: %(allowed)s.")
        % {
            "now": MeetingState(meeting.state).label,
            "to": to.label,
            "allowed": ", ".join(str(state.label) for state in allowed),
        }
    )
