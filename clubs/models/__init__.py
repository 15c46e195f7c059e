from clubs.models.clubs import Cadence, Club, ClubKind, ClubStatus, Coverage, Suspension
from clubs.models.members import SEATS, Membership, Office, OfficeRole, Person, PersonKind, Sector, Sex

__all__ = [
    "SEATS",
    "Cadence",
    "Club",
    "ClubKind",
    "ClubStatus",
    "Coverage",
    "Membership",
    "Office",
    "OfficeRole",
    "Person",
    "PersonKind",
    "Sector",
    "Sex",
    "Suspension",
]
