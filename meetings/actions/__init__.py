from meetings.actions.agenda import Line, add_to_agenda, attach_materials, number_agenda, revise_agenda, set_agenda
from meetings.actions.feeds import open_feed, renew_feed, revoke_feed
from meetings.actions.guests import count_guests, invitation_warning, invite, record_guests, revise_invited
from meetings.actions.hosts import eligible_units, ranked_hosts
from meetings.actions.library import (
    change_model,
    change_replication,
    drop_replication,
    introduce_model,
    keep_material,
    record_replication,
    withdraw_material,
)
from meetings.actions.locks import close_period, reopen_period
from meetings.actions.minutes import (
    agree_minutes,
    correct_minutes,
    minutes_to_agree,
    minutes_to_correct,
    minutes_to_write,
    save_minutes,
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
from meetings.actions.records import members_to_call, record_attendance
from meetings.actions.revisions import Revision
from meetings.actions.states import cancel_meeting, did_not_meet, mark_invited, postpone_meeting, reopen_meeting
from meetings.actions.turns import decline_turn, swap_hosts
from meetings.actions.visits import join_clubs, plan_visit, save_learnt

__all__ = [
    "Line",
    "Revision",
    "add_to_agenda",
    "agree_minutes",
    "answer_opinion",
    "attach_materials",
    "cancel_meeting",
    "change_meeting",
    "change_model",
    "change_opinion",
    "change_replication",
    "close_opinion",
    "close_period",
    "correct_minutes",
    "count_guests",
    "decline_turn",
    "did_not_meet",
    "drop_replication",
    "eligible_units",
    "introduce_model",
    "invitation_warning",
    "invite",
    "join_clubs",
    "keep_material",
    "mark_invited",
    "may_answer",
    "members_to_call",
    "minutes_to_agree",
    "minutes_to_correct",
    "minutes_to_write",
    "number_agenda",
    "open_feed",
    "plan_club",
    "plan_meeting",
    "plan_visit",
    "postpone_meeting",
    "raise_opinion",
    "ranked_hosts",
    "record_attendance",
    "record_guests",
    "record_replication",
    "renew_feed",
    "reopen_meeting",
    "reopen_opinion",
    "reopen_period",
    "require_answerer",
    "revise_agenda",
    "revise_invited",
    "revoke_feed",
    "save_learnt",
    "save_minutes",
    "set_agenda",
    "swap_hosts",
    "withdraw_material",
]
