"""A month's figures of one unit, for people and for other systems; the keys stand in docs/monthly-report.md."""

import os
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from reports.figures import figures
from reports.output import FORMATS
from steering.calendar import reporting_calendar
from steering.models import Unit, UnitKind
from steering.periods import Period, PeriodKind

STDOUT = "-"


class Command(BaseCommand):
    help = "Số liệu tháng của một đơn vị, theo JSON, CSV hoặc XLSX"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", metavar="YYYY-MM", help="tháng báo cáo, ví dụ 2026-10")
        parser.add_argument("--unit", metavar="CODE", help="mã đơn vị (mặc định: tỉnh)")
        parser.add_argument("--format", choices=FORMATS, default="json", help="mặc định json")
        parser.add_argument(
            "--output", metavar="PATH", default=STDOUT, help="tệp để ghi; “-” là đầu ra chuẩn (mặc định)"
        )

    def handle(self, *args: Any, month: str, unit: str | None, format: str, output: str, **options: Any) -> None:
        period = month_of(month)
        content = FORMATS[format](figures(unit_of(unit, period), period))
        if output == STDOUT:
            self.print_bytes(content)
        else:
            save(content, output)

    def print_bytes(self, content: bytes) -> None:
        """The very bytes, whatever the terminal's encoding; text where standard output takes only text."""
        binary = getattr(self.stdout, "buffer", None)
        if binary is None:
            self.stdout.write(content.decode(), ending="")
            return
        self.stdout.flush()
        binary.write(content)
        binary.flush()


def refusal(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=2)


def month_of(text: str) -> Period:
    try:
        period = reporting_calendar().parse(text)
    except ValueError as error:
        raise refusal(str(error)) from error
    if period.kind != PeriodKind.MONTH:
        raise refusal(_("“%(text)s” không phải là một tháng. Viết tháng theo dạng 2026-10.") % {"text": text})
    return period


def unit_of(code: str | None, period: Period) -> Unit:
    """The unit of that code in force on the period's last day, the highest of several; the province for None."""
    units = Unit.objects.active_on(period.last_day).exclude(code="")
    if code is None:
        code = settings.PROVINCE_CODE
        units = units.filter(kind=UnitKind.PROVINCE)
    found = sorted(units.filter(code=code), key=lambda unit: UnitKind(unit.kind).depth)
    if not found:
        raise refusal(_("Không có đơn vị nào mang mã “%(code)s” vào kỳ này. Kiểm tra lại mã.") % {"code": code})
    return found[0]


def save(content: bytes, output: str) -> None:
    """Write the file whole or not at all: beside its place first, then into it."""
    try:
        target = Path(os.path.realpath(output))
        draft = target.with_name(f".monthly_report.{token_hex(8)}")
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise refusal(
            _("Không ghi được tệp %(path)s: %(reason)s. Chọn nơi khác hoặc xin quyền ghi.")
            % {"path": output, "reason": getattr(error, "strerror", None) or error}
        ) from error
