"""A unit's report of a period, for people and for other systems; the keys stand in docs/monthly-report.md."""

import os
import sys
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from reports.figures import Figures, figures
from reports.files import CONTENT_TYPES, file_name, report_file
from reports.frozen import figures_from
from reports.mail import send_report
from reports.models import REPORTING_KINDS, Edition
from steering.calendar import reporting_calendar
from steering.models import Unit, UnitKind
from steering.periods import Period, PeriodKind, ReportingCalendar

STDOUT = "-"
KINDS = {kind.value.replace("_", "-"): kind for kind in PeriodKind}


class Command(BaseCommand):
    help = "Báo cáo một kỳ của một đơn vị, theo JSON, CSV, XLSX hoặc DOCX"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", metavar="YYYY-MM", help="tháng báo cáo, ví dụ 2026-10")
        parser.add_argument("--kind", choices=KINDS, default="month", help="kỳ chứa tháng đó: mặc định chính tháng đó")
        parser.add_argument("--unit", metavar="CODE", help="mã đơn vị (mặc định: tỉnh)")
        parser.add_argument("--format", choices=CONTENT_TYPES, default="json", help="mặc định json")
        parser.add_argument("--edition", action="store_true", help="số liệu và lời của bản đã gửi mới nhất")
        where = parser.add_mutually_exclusive_group()
        where.add_argument(
            "--output", metavar="PATH", default=STDOUT, help="tệp để ghi; “-” là đầu ra chuẩn (mặc định)"
        )
        where.add_argument("--email", action="store_true", help="gửi cho các nơi nhận báo cáo của đơn vị")
        where.add_argument("--all-units", metavar="DIR", help="mỗi tỉnh, huyện, xã một tệp trong thư mục này")

    def handle(self, *args: Any, month: str, kind: str, **options: Any) -> None:
        calendar = reporting_calendar()
        self.calendar, self.period = calendar, period_of(calendar, month, KINDS[kind])
        self.format, self.is_frozen = options["format"], options["edition"]
        if options["all_units"]:
            self.write_all(Path(options["all_units"]))
            return
        unit = unit_of(options["unit"], self.period)
        content = self.content(unit)
        if options["email"]:
            self.send(unit, content)
        elif options["output"] == STDOUT:
            self.print_bytes(content)
        else:
            save(content, options["output"])

    def content(self, unit: Unit) -> bytes:
        edition: Any = self.sent_edition(unit) if self.is_frozen else None
        found: Figures = (
            figures_from(edition.figures) if edition else figures(unit, self.period, calendar=self.calendar)
        )
        return report_file(self.format, unit, self.period, found, edition)

    def sent_edition(self, unit: Unit) -> Edition:
        edition: Edition | None = Edition.objects.frozen_of([unit], self.period.key).get(unit.pk)
        if edition is None:
            raise refusal(
                _("%(unit)s chưa gửi báo cáo %(period)s. Gửi báo cáo trước, hoặc bỏ --edition.")
                % {"unit": unit, "period": self.period.label}
            )
        return edition

    def write_all(self, folder: Path) -> None:
        """One file after the other, so that a country takes no more room than a unit; units that sent none are skipped."""
        folder.mkdir(parents=True, exist_ok=True)
        units = reporting_units(self.period)
        written = 0
        for unit in tqdm(units, total=units.count(), unit="đơn vị", disable=not sys.stderr.isatty()):
            if self.is_frozen and not Edition.objects.frozen_of([unit], self.period.key):
                continue
            save(self.content(unit), str(folder / f"{unit.path}-{file_name(unit, self.period, self.format)}"))
            written += 1
        self.stdout.write(_("Đã ghi %(n)d báo cáo vào %(folder)s.") % {"n": written, "folder": folder})

    def send(self, unit: Unit, content: bytes) -> None:
        name = file_name(unit, self.period, self.format)
        sent, failed = send_report(unit, self.period, name, content, CONTENT_TYPES[self.format])
        for address, reason in failed:
            self.stderr.write(f"{address}: {reason}")
        if not sent and not failed:
            raise refusal(
                _("%(unit)s chưa có nơi nhận báo cáo nào. Thêm ở mục “Nơi nhận báo cáo” của trang nhập liệu.")
                % {"unit": unit}
            )
        self.stdout.write(_("Đã gửi báo cáo cho %(n)d nơi.") % {"n": sent})
        if failed:
            raise CommandError(_("%(n)d nơi chưa gửi được. Sửa địa chỉ rồi gửi lại.") % {"n": len(failed)})

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


def period_of(calendar: ReportingCalendar, text: str, kind: PeriodKind) -> Period:
    """The period of `kind` that the month written as 2026-10 lies in."""
    try:
        period = calendar.parse(text)
    except ValueError as error:
        raise refusal(str(error)) from error
    if period.kind != PeriodKind.MONTH:
        raise refusal(_("“%(text)s” không phải là một tháng. Viết tháng theo dạng 2026-10.") % {"text": text})
    return calendar.containing(kind, period.last_day)


def reporting_units(period: Period) -> Any:
    """Provinces, districts and communes in force on the period's last day, those above first."""
    return Unit.objects.active_on(period.last_day).filter(kind__in=REPORTING_KINDS).order_by("path")


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
