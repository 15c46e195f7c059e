from meetings.actions.feeds import open_feed, renew_feed, revoke_feed
from meetings.actions.hosts import eligible_units, ranked_hosts
from meetings.actions.lists import (
    Revision,
    count_invited,
    invitation_warning,
    invite,
    revise_invited,
    revise_topics,
    set_topics,
)
from meetings.actions.opinions import (
    answer_opinion,
    change_opinion,
    close_opinion,
    may_answer,
    raise_opinion,
    reopen_opinion,
    require_answerer,
)
from meetings.actions.plan import change_meeting, plan_club, plan_meeting
from meetings.actions.records import members_to_call, record_attendance, save_notes
from meetings.actions.states import cancel_meeting, did_not_meet, mark_invited, postpone_meeting, reopen_meeting

__all__ = [
    "Revision",
    "answer_opinion",
    "cancel_meeting",
    "change_meeting",
    "change_opinion",
    "close_opinion",
    "count_invited",
    "did_not_meet",
    "eligible_units",
    "invitation_warning",
    "invite",
    "mark_invited",
    "may_answer",
    "members_to_call",
    "open_feed",
    "plan_club",
    "plan_meeting",
    "postpone_meeting",
    "raise_opinion",
    "ranked_hosts",
    "record_attendance",
    "renew_feed",
    "reopen_meeting",
    "reopen_opinion",
    "require_answerer",
    "revise_invited",
    "revise_topics",
    "revoke_feed",
    "save_notes",
    "set_topics",
]
