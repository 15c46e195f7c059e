from clubs.actions.applications import (
    admit_applicant,
    admit_on,
    apply_to_club,
    refuse_application,
    withdraw_application,
)
from clubs.actions.clubs import (
    change_club,
    cover_communes,
    found_club,
    resume_club,
    set_coverage,
    suspend_club,
)
from clubs.actions.consents import give_consent, withdraw_consent
from clubs.actions.counting import conclude_election, drop_round, open_next_round, record_count, record_presence
from clubs.actions.coverage import split_district
from clubs.actions.elections import call_election, call_off_election, change_election, set_candidates
from clubs.actions.ending import dissolve_club, merge_clubs
from clubs.actions.locks import open_for_club
from clubs.actions.members import (
    admit_member,
    appoint_officer,
    change_membership,
    end_office,
    leave_club,
)
from clubs.actions.merging import merge_people, plan_merge
from clubs.actions.people import change_representative, save_person
from clubs.actions.proposals import (
    found_planned_club,
    propose_club,
    recognise_officers,
    revise_proposal,
    withdraw_proposal,
)
from clubs.actions.regulations import adopt_regulation
from clubs.actions.secretaries import appoint_secretary
from clubs.actions.transfers import transfer_member

__all__ = [
    "admit_applicant",
    "admit_member",
    "admit_on",
    "adopt_regulation",
    "apply_to_club",
    "appoint_officer",
    "appoint_secretary",
    "call_election",
    "call_off_election",
    "change_club",
    "change_election",
    "change_membership",
    "change_representative",
    "conclude_election",
    "cover_communes",
    "dissolve_club",
    "drop_round",
    "end_office",
    "found_club",
    "found_planned_club",
    "give_consent",
    "leave_club",
    "merge_clubs",
    "merge_people",
    "open_for_club",
    "open_next_round",
    "plan_merge",
    "propose_club",
    "recognise_officers",
    "record_count",
    "record_presence",
    "refuse_application",
    "resume_club",
    "revise_proposal",
    "save_person",
    "set_candidates",
    "set_coverage",
    "split_district",
    "suspend_club",
    "transfer_member",
    "withdraw_application",
    "withdraw_consent",
    "withdraw_proposal",
]
