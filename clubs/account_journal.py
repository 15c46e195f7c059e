"""What happened to an account and its appointments: one line a change, newest first."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clubs.journal import Entry
from clubs.models import Club
from steering.models import AccountEvent, Appointment, User
from steering.roles import Role


def account_journal(user: User) -> list[Entry]:
    """All of it: an account sees a few dozen changes in its life."""
    account = user.history.select_related("history_user")
    work = with_club(Appointment.history.filter(user=user.pk).select_related("history_user", "unit"))
    lines = [(row, account_sentence(row)) for row in account] + [(row, work_sentence(row)) for row in work]
    lines.sort(key=lambda line: line[0].history_date, reverse=True)
    return [Entry(row.history_date, str(row.history_user or ""), sentence) for row, sentence in lines]


def account_sentence(row: Any) -> str:
    if row.history_change_reason in AccountEvent.values:
        return str(AccountEvent(row.history_change_reason).label)
    return _("Lập tài khoản") if row.history_type == "+" else _("Sửa tài khoản")


def work_sentence(row: Any) -> str:
    """ "Phân công: Cán bộ xã, Xã An Khánh, từ 20/10/2026"."""
    words = {"role": Role(row.role).label, "place": row.club_name or row.unit}
    if row.history_type == "-":
        return _("Xóa phân công: %(role)s, %(place)s") % words
    if row.history_type == "+":
        day = date_format(row.valid_from, "d/m/Y") if row.valid_from else "…"
        return _("Phân công: %(role)s, %(place)s, từ %(day)s") % {**words, "day": day}
    if row.valid_until:
        day = date_format(row.valid_until, "d/m/Y")
        return _("Kết thúc phân công: %(role)s, %(place)s, từ %(day)s") % {**words, "day": day}
    return _("Sửa phân công: %(role)s, %(place)s") % words


def with_club(appointments: Any) -> Any:
    """Adds to appointments, or to records of their history, `club_pk` and `club_name`; None where the place is a unit."""
    clubs = Club.objects.filter(path=OuterRef("path")).order_by()
    return appointments.annotate(club_pk=Subquery(clubs.values("pk")), club_name=Subquery(clubs.values("name")))
