from steering.models.accounts import AccountEvent, Appointment, User
from steering.models.calendar import ClosedDay
from steering.models.committees import CommitteeSeat, SeatRole, StandingAgency, SteeringCommittee
from steering.models.decisions import Decision, IssuingBody
from steering.models.documents import DocumentTemplate
from steering.models.submissions import Submission
from steering.models.units import Succession, Unit, UnitKind, UnitType

__all__ = [
    "AccountEvent",
    "Appointment",
    "ClosedDay",
    "CommitteeSeat",
    "Decision",
    "DocumentTemplate",
    "IssuingBody",
    "SeatRole",
    "StandingAgency",
    "SteeringCommittee",
    "Submission",
    "Succession",
    "Unit",
    "UnitKind",
    "UnitType",
    "User",
]
