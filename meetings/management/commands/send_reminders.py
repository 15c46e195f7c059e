"""Remind people by e-mail of what waits for them; meant to be run once a day."""

from datetime import date
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.actions.reminders import send_digest
from meetings.reminders import Digest, digests


class Command(BaseCommand):
    help = "Gửi thư nhắc việc: mỗi người một thư, mỗi việc nhắc một lần, sau bảy ngày nhắc lại một lần"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="chỉ in thư ra, không gửi, không ghi")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="tính việc đến hạn của ngày này (mặc định: hôm nay)")

    def handle(self, *args: Any, dry_run: bool, on: str | None, **options: Any) -> None:
        if not settings.SITE_URL:
            raise refusal(
                _("Chưa có SITE_URL, địa chỉ của trang để ghi đường dẫn trong thư. Đặt biến này rồi chạy lại.")
            )
        day = day_of(on)
        if dry_run:
            self.show(day)
            return
        sent, failed = self.send(day)
        self.stdout.write(_("Đã gửi %(n)d thư nhắc việc.") % {"n": sent})
        if failed:
            raise CommandError(_("%(n)d thư chưa gửi được. Lần chạy sau gửi lại.") % {"n": failed})

    def show(self, day: date) -> None:
        found = list(digests(day))
        for digest in found:
            self.stdout.write(f"{digest.user.email}\n{digest.subject}\n\n{digest.body}\n")
        self.stdout.write(_("Sẽ gửi %(n)d thư nhắc việc.") % {"n": len(found)})

    def send(self, day: date) -> tuple[int, int]:
        """How many letters went out, and how many could not."""
        sent, failed, connection = 0, 0, get_connection()
        for digest in digests(day):
            try:
                send_digest(digest=digest, connection=connection)
                sent += 1
            except IntegrityError:
                continue  # another run has just told them
            except (SMTPException, OSError, ValueError) as error:  # ValueError: an address that is none
                failed += 1
                self.complain(digest, error)
                connection.close()  # a broken one is opened anew for the next letter
        connection.close()
        return sent, failed

    def complain(self, digest: Digest, error: Exception) -> None:
        self.stderr.write(f"{digest.user.username} <{digest.user.email}>: {error}")


def refusal(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=2)


def day_of(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError as error:
        raise refusal(
            _("“%(text)s” không phải là một ngày. Viết ngày theo dạng 2026-10-20.") % {"text": text}
        ) from error
