"""The members of one club as a table to take along: no more about a person than the list is for (domain 6)."""

from typing import Any

from clubs.imports import MemberRow, SheetResource, column
from clubs.models import Membership, OfficeRole


def office_words(seat: Any) -> str:
    return str(OfficeRole(seat.office_role).label) if seat.office_role else ""


class RosterResource(SheetResource):
    """Rows come with `with_office` and `with_consents`. Neither year of birth nor sex: the list is there to know who sits."""

    model = Membership
    row_form = MemberRow
    permission = "clubs.view_membership"

    seat = column("Ghế", lambda seat: seat.seat)
    full_name = column("Họ và tên", lambda seat: seat.person.full_name)
    representative = column("Người đại diện", lambda seat: seat.person.representative)
    office = column("Chức danh", office_words)
    sector = column("Thành phần", lambda seat: seat.get_sector_display())
    joined_on = column("Ngày kết nạp", lambda seat: seat.joined_on)
    left_on = column("Ngày rời", lambda seat: seat.left_on)


class CallableRosterResource(RosterResource):
    """For those who may call: with telephones, but of people who took back that one may."""

    phone = column("Điện thoại", lambda seat: "" if seat.is_not_called else str(seat.person.phone or ""))
