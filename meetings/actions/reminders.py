"""Sending what people are reminded of, and keeping that they were."""

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from meetings.models import Reminder
from meetings.reminders import Digest


@transaction.atomic
def send_digest(*, digest: Digest, connection: BaseEmailBackend) -> None:
    """Send one letter. What could not be sent is not kept, and is tried again next time.

    Kept first, so that of two runs at once only one sends. Raises IntegrityError when the other one was first, and what
    the post office raises: SMTPException, OSError, ValueError for an address that is none.
    """
    Reminder.objects.bulk_create(digest.records())
    EmailMessage(digest.subject, digest.body, to=[digest.user.email], connection=connection).send()
