"""A report by e-mail, to the addresses on file."""

from __future__ import annotations

from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from reports.models import Recipient
from steering.language import on_record
from steering.models import Unit
from steering.periods import Period


def send_report(
    unit: Unit, period: Period, name: str, content: bytes, content_type: str
) -> tuple[int, list[tuple[str, str]]]:
    """How many letters went out, and the addresses that could not be reached, with the reason; one does not stop the rest."""
    sent, failed = 0, []
    with on_record(), get_connection() as connection:
        for recipient in Recipient.objects.filter(unit=unit):
            letter = EmailMessage(
                _("Báo cáo %(period)s, %(unit)s") % {"period": period.label, "unit": unit.in_sentence},
                _("Kính gửi %(name)s,\n\nXin gửi kèm báo cáo %(period)s của %(unit)s.\n")
                % {"name": recipient.full_name, "period": period.label, "unit": unit.in_sentence},
                to=[recipient.email],
                attachments=[(name, content, content_type.partition(";")[0])],
                connection=connection,
            )
            try:
                sent += letter.send()
            except (SMTPException, OSError, ValueError) as error:
                failed.append((recipient.email, str(error)))
    return sent, failed
