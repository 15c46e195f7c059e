from clubs.models.clubs import Cadence, Club, ClubKind, ClubStatus, Coverage, Suspension
from clubs.models.consents import Application, ApplicationState, Consent, Manner, Purpose, Representative
from clubs.models.elections import Candidate, Contest, Election, ElectionState
from clubs.models.locks import LockException, PeriodLock
from clubs.models.members import SEATS, Membership, Office, OfficeRole, Person, PersonKind, Sector, Sex
from clubs.models.proposals import Proposal
from clubs.models.regulations import Regulation, Share
from clubs.models.tallies import ClubTally, Tally

__all__ = [
    "SEATS",
    "Application",
    "ApplicationState",
    "Cadence",
    "Candidate",
    "Club",
    "ClubKind",
    "ClubStatus",
    "ClubTally",
    "Consent",
    "Contest",
    "Coverage",
    "Election",
    "ElectionState",
    "LockException",
    "Manner",
    "Membership",
    "Office",
    "OfficeRole",
    "PeriodLock",
    "Person",
    "PersonKind",
    "Proposal",
    "Purpose",
    "Regulation",
    "Representative",
    "Sector",
    "Sex",
    "Share",
    "Suspension",
    "Tally",
]
