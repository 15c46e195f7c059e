"""Asking to join a club of one's own will (R5), and what comes of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.actions.members import admit_member
from clubs.models import Application, ApplicationState, Club, Membership, Person, Sector
from steering.actions import save_checked
from steering.models import User


@transaction.atomic
def apply_to_club(*, club: Club, person: Person, applied_on: date, wish: str = "", by: User | None) -> Application:
    """Record that `person` asks to join. The club may be full, or not founded yet.

    Raises ValidationError: a club that has ended, a day to come, a member already, an application still waiting.
    """
    club = Club.objects.select_for_update().get(pk=club.pk)
    if club.is_ended:
        raise ValidationError(_("Câu lạc bộ này đã kết thúc, không nhận đơn nữa. Chọn câu lạc bộ khác."))
    if applied_on > timezone.localdate():
        raise ValidationError({"applied_on": _("Ngày làm đơn chưa tới. Ghi ngày trên đơn.")})
    if club.memberships.sitting().filter(person=person).exists():
        raise ValidationError(_("Người này đang là thành viên của câu lạc bộ. Không cần làm đơn."))
    return save_checked(Application(club=club, person=person, applied_on=applied_on, wish=wish), by=by)


@transaction.atomic
def admit_applicant(
    *, application: Application, joined_on: date, sector: str = Sector.OTHER, by: User | None
) -> Membership:
    """Seat the applicant from `joined_on`, inclusive. In a full club the application goes on waiting.

    Raises ValidationError: decided already, a day before the application, whatever `admit_member` refuses.
    """
    application = lock_pending(application)
    if joined_on < application.applied_on:
        raise ValidationError(
            {
                "joined_on": _("Đơn làm ngày %(day)s. Ngày kết nạp phải từ ngày đó.")
                % {"day": f"{application.applied_on:%d/%m/%Y}"}
            }
        )
    return admit_member(club=application.club, person=application.person, joined_on=joined_on, sector=sector, by=by)


def admit_on(*, application: Application, on: date, by: User | None) -> Membership:
    """Admit with nothing said but the day."""
    return admit_applicant(application=application, joined_on=on, by=by)


def refuse_application(*, application: Application, on: date, reason: str, by: User | None) -> Application:
    return close_application(application, ApplicationState.REFUSED, on, reason, by)


def withdraw_application(*, application: Application, on: date, reason: str, by: User | None) -> Application:
    """The applicant does not want to any more."""
    return close_application(application, ApplicationState.WITHDRAWN, on, reason, by)


@transaction.atomic
def close_application(
    application: Application, state: ApplicationState, on: date, reason: str, by: User | None
) -> Application:
    """Raises ValidationError: decided already, a day to come or before the application."""
    application = lock_pending(application)
    if on > timezone.localdate():
        raise ValidationError({"on": _("Ngày xét chưa tới. Ghi khi đã xét đơn.")})
    application.state, application.decided_on, application.reason = state, on, reason
    return save_checked(application, by=by)


def lock_pending(application: Application) -> Application:
    """The row, which nobody else decides meanwhile. Its club is locked first, as in everything that seats somebody."""
    Club.objects.select_for_update().get(pk=application.club_id)
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state != ApplicationState.PENDING:
        raise ValidationError(
            _("Đơn này đã xét ngày %(day)s: %(state)s.")
            % {"day": f"{locked.decided_on:%d/%m/%Y}", "state": str(locked.get_state_display()).lower()}
        )
    return locked
