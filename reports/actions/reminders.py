"""Reminding a unit of what is missing, from the console."""

from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.reminders import Staff
from reports.models import ReminderChannel, UnitReminder
from steering.models import Unit, User
from steering.periods import Period


@transaction.atomic
def remind_unit(*, unit: Unit, period: Period, channel: str, subject: str, text: str, by: User | None) -> UnitReminder:
    """Keep that `unit` was reminded; by e-mail also send `text` to those who work there.

    Raises ValidationError: nobody there has an address, or the letter could not be sent.
    """
    reminder = UnitReminder.objects.create(unit=unit, period_key=period.key, channel=channel, sent_by=by)
    if channel == ReminderChannel.EMAIL:
        people = Staff(timezone.localdate()).here(unit.path, "reports.add_edition")
        addresses = sorted({user.email for user in people})
        if not addresses:
            raise ValidationError(
                _("%(unit)s chưa có cán bộ nào có thư điện tử. Chép tin nhắn để gửi qua Zalo.") % {"unit": unit}
            )
        try:
            EmailMessage(subject, text, bcc=addresses).send()
        except (SMTPException, OSError, ValueError) as error:
            raise ValidationError(
                _("Không gửi được thư: %(reason)s. Thử lại sau, hoặc chép tin nhắn.") % {"reason": error}
            ) from error
    return reminder
