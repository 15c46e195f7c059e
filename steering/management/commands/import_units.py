"""`manage.py import_units`: take over a list of units, whole or not at all."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from steering.imports import BadWorkbook, apply_units, official_units, workbook_units
from steering.models import UnitKind


class Command(BaseCommand):
    help = _("Nhập đơn vị hành chính từ danh mục chính thức hoặc từ tệp Excel.")

    def add_arguments(self, parser: CommandParser) -> None:
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("file", nargs="?", type=Path, help=_("tệp .xlsx, mỗi cấp một trang"))
        source.add_argument("--province", metavar="MÃ", help=_("mã tỉnh trong danh mục chính thức, như 83"))
        parser.add_argument("--dry-run", action="store_true", help=_("chỉ xem, không ghi"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = (
                official_units(options["province"])
                if options["province"] is not None
                else workbook_units(options["file"])
            )
            with transaction.atomic(), tqdm(total=len(rows), disable=not sys.stderr.isatty()) as bar:
                outcome = apply_units(rows, by=None, step=bar.update)
                transaction.set_rollback(options["dry_run"])
        except BadWorkbook as error:
            for cell in error.cells:
                self.stderr.write(str(cell))
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{'':<22}{_('mới'):>8}{_('đổi'):>8}{_('như cũ'):>8}")
        for kind in UnitKind:
            counts = (outcome.new[kind], outcome.changed[kind], outcome.unchanged[kind])
            self.stdout.write(f"{kind.label!s:<22}" + "".join(f"{count:>8}" for count in counts))
