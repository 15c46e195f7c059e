"""`manage.py demo`: fill an empty database with the demo province, and say who can log in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from clubs.models import Club
from config.demo import LOGINS, build_demo, demo_password
from steering.roles import Role


class Command(BaseCommand):
    help = _("Dựng một tỉnh mẫu để xem thử. Chạy lại không mất gì.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(_("Dữ liệu mẫu chỉ dùng để xem thử, không dựng trên hệ thống thật."), returncode=2)
        if not Club.objects.exists():
            build_demo(settings.PROVINCE_CODE, say=lambda line: self.stderr.write(f"  {line} …"))
        self.stdout.write(f"\n  {_('Tài khoản'):<12}{_('Mật khẩu'):<16}{_('Vai trò'):<20}{_('Họ và tên')}")
        for username, (role, full_name) in LOGINS.items():
            self.stdout.write(f"  {username:<12}{demo_password():<16}{Role(role).label!s:<20}{full_name}")
        self.stdout.write("")
