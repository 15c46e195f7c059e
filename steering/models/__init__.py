from steering.models.accounts import Appointment, User
from steering.models.calendar import ClosedDay
from steering.models.committees import CommitteeSeat, SeatRole, StandingAgency, SteeringCommittee
from steering.models.decisions import Decision, IssuingBody
from steering.models.submissions import Submission
from steering.models.units import Succession, Unit, UnitKind, UnitType

__all__ = [
    "Appointment",
    "ClosedDay",
    "CommitteeSeat",
    "Decision",
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
