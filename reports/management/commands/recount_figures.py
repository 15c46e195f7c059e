"""Whether the summary tables behind the figures are what the rows themselves say; put right where they are not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from clubs.actions.proving import fold, prove_rows, prove_units
from clubs.models import Club
from steering.models import Unit


class Command(BaseCommand):
    help = "Đếm lại số liệu tổng hợp từ từng câu lạc bộ, sửa chỗ sai và gộp các dòng"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="chỉ đếm và so sánh, không sửa; có chỗ sai thì báo lỗi"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        clubs, units = Club.objects.count(), Unit.objects.count()
        wrong: list[str] = []
        # A unit comes by itself, then with everything below it.
        with tqdm(total=clubs + 2 * units, unit="nơi", disable=not sys.stderr.isatty()) as progress:
            for proved in (prove_rows, prove_units):
                for counted, found in proved(repair=not check):
                    progress.update(counted)
                    wrong += found
        if wrong and check:
            raise CommandError(
                _("Số liệu tổng hợp của %(n)d nơi không khớp, như %(some)s. Chạy lại không có --check để sửa.")
                % {"n": len(wrong), "some": ", ".join(wrong[:5])}
            )
        self.stdout.write(
            _("Đã đếm lại %(all)d nơi, sửa %(n)d nơi.") % {"all": clubs + units, "n": len(wrong)}
            if wrong
            else _("Đã đếm lại %(all)d nơi, mọi số đều khớp.") % {"all": clubs + units}
        )
        if not check:
            self.stdout.write(_("Đã gộp bớt %(n)d dòng.") % {"n": fold()})
