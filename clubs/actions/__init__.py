from clubs.actions.clubs import (
    change_club,
    cover_communes,
    dissolve_club,
    found_club,
    resume_club,
    set_coverage,
    suspend_club,
)
from clubs.actions.members import (
    admit_member,
    appoint_officer,
    change_membership,
    end_office,
    leave_club,
    save_person,
)
from clubs.actions.secretaries import appoint_secretary

__all__ = [
    "admit_member",
    "appoint_officer",
    "appoint_secretary",
    "change_club",
    "change_membership",
    "cover_communes",
    "dissolve_club",
    "end_office",
    "found_club",
    "leave_club",
    "resume_club",
    "save_person",
    "set_coverage",
    "suspend_club",
]
