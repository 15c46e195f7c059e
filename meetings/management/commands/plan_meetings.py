"""Plan the coming meetings of every active club; meant to be run once a day or a week."""

from contextlib import nullcontext
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from clubs.models import Club, ClubStatus
from clubs.querysets import ClubQuerySet
from meetings.actions import plan_club
from steering.actions.calendar import seed_closed_days
from steering.calendar import reporting_calendar
from steering.models import Unit
from steering.periods import PeriodKind


class Command(BaseCommand):
    help = "Lên lịch sinh hoạt cho các câu lạc bộ đang hoạt động"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--months", type=int, default=3, help="số tháng tới (mặc định 3)")
        parser.add_argument("--unit", metavar="CODE", help="chỉ các câu lạc bộ từ đơn vị có mã này trở xuống")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm, không ghi")

    def handle(self, *args: Any, months: int, unit: str | None, dry_run: bool, **options: Any) -> None:
        clubs = self.clubs(unit)
        until = timezone.localdate() + relativedelta(months=months)
        with transaction.atomic() if dry_run else nullcontext():
            seed_closed_days(years=years_to(until), by=None)
            planned, problems = self.plan(clubs, until)
            if dry_run:
                transaction.set_rollback(True)
        done = _("Sẽ lên lịch %(n)d kỳ sinh hoạt.") if dry_run else _("Đã lên lịch %(n)d kỳ sinh hoạt.")
        self.stdout.write(done % {"n": planned})
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(_("%(n)d câu lạc bộ chưa lên lịch được.") % {"n": len(problems)})

    def clubs(self, code: str | None) -> ClubQuerySet:
        """Active clubs, at and below the unit in force with that code if there is one."""
        clubs: ClubQuerySet = Club.objects.filter(status=ClubStatus.ACTIVE)
        if code is None:
            return clubs
        paths = list(Unit.objects.active_on(timezone.localdate()).filter(code=code).values_list("path", flat=True))
        if not paths:
            raise CommandError(
                _("Không có đơn vị nào mang mã %(code)s. Kiểm tra lại mã.") % {"code": code}, returncode=2
            )
        return clubs.in_paths(paths)

    def plan(self, clubs: ClubQuerySet, until: date) -> tuple[int, list[str]]:
        """How many meetings were planned, and a line for each club that could not be."""
        planned, problems = 0, []
        for club in tqdm(list(clubs), disable=None, unit="CLB"):
            try:
                planned += len(plan_club(club=club, until=until, by=None))
            except ValidationError as error:
                problems.append(f"{club}: {' '.join(error.messages)}")
        return planned, problems


def years_to(until: date) -> range:
    """The years that the periods from today's to that of `until` touch."""
    last_day = reporting_calendar().containing(PeriodKind.QUARTER, until).last_day
    return range(timezone.localdate().year, last_day.year + 1)
