"""One account a role."""

from datetime import date

from django.conf import settings

from clubs.actions import appoint_secretary
from clubs.models import Club
from config.demo.clubs import above
from steering.actions import appoint
from steering.models import Unit, User
from steering.roles import ROLES, Role

LOGINS: dict[str, tuple[str, str]] = {
    "tinh": (Role.PROVINCE, "Lê Thị Minh Tâm"),
    "huyen": (Role.DISTRICT, "Trần Hữu Nghĩa"),
    "xa": (Role.COMMUNE, "Nguyễn Thị Lụa"),
    "thuky": (Role.SECRETARY, "Võ Thanh Phong"),
    "xem": (Role.VIEWER, "Phan Ngọc Thảo"),
}
FIRST_DAY = date(2024, 1, 1)


def demo_password() -> str:
    return settings.DEMO_PASSWORD


def create_logins(province: Unit, club: Club) -> dict[str, User]:
    """Accounts at the province, and at the district and commune of `club`, a commune club."""
    commune = club.unit
    district = above(commune)
    places = {"province": province, "district": district, "commune": commune, "": province, "club": commune}
    users = {}
    for username, (role, full_name) in LOGINS.items():
        user = User.objects.create_user(username, f"{username}@example.vn", demo_password(), full_name=full_name)
        users[username] = user
        seat = ROLES[Role(role)].seat
        if seat == "club":
            appoint_secretary(user=user, club=club, valid_from=FIRST_DAY, by=None)
        else:
            appoint(user=user, role=role, unit=places[seat], valid_from=FIRST_DAY, by=None)
    return users
