from datetime import date

from clubs.models import Club
from steering.actions import appoint
from steering.models import Appointment, User
from steering.roles import Role


def appoint_secretary(
    *, user: User, club: Club, valid_from: date, valid_until: date | None = None, by: User | None
) -> Appointment:
    """Make `user` the secretary of one club: the club's path is all they see."""
    dates = {"valid_from": valid_from, "valid_until": valid_until}
    return appoint(user=user, role=Role.SECRETARY, unit=club.unit, path=club.path, by=by, **dates)  # type: ignore[arg-type]
