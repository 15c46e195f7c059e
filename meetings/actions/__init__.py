from meetings.actions.hosts import eligible_units, ranked_hosts
from meetings.actions.plan import change_meeting, plan_club, plan_meeting
from meetings.actions.records import invitation_warning, invite, record_attendance, save_notes, set_topics
from meetings.actions.states import cancel_meeting, did_not_meet, mark_invited, postpone_meeting, reopen_meeting

__all__ = [
    "cancel_meeting",
    "change_meeting",
    "did_not_meet",
    "eligible_units",
    "invitation_warning",
    "invite",
    "mark_invited",
    "plan_club",
    "plan_meeting",
    "postpone_meeting",
    "ranked_hosts",
    "record_attendance",
    "reopen_meeting",
    "save_notes",
    "set_topics",
]
