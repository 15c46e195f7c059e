"""Tables as Excel files: reading what comes in with suspicion, writing and logging what goes out."""

from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.formats.base_formats import XLSX
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from tablib import Dataset

from clubs.imports import SheetResource
from steering.models import User
from steering.text import fold

MAX_UNPACKED = 100 * 1024 * 1024  # bytes; more in 5 MB is no table of names
MAX_ROWS = 1000  # about 20 seconds of checking


class Xlsx(XLSX):
    """The first sheet of an .xlsx file. What cannot be read raises ValidationError with a sentence."""

    def create_dataset(self, in_stream: bytes | None) -> Dataset:
        if in_stream is None:
            raise ValidationError(_("Tệp chờ xác nhận đã hết hạn. Chọn tệp và nhập lại."))
        rows = read_rows(in_stream)
        while rows and not any(cell not in (None, "") for cell in rows[-1]):
            rows.pop()
        if len(rows) > MAX_ROWS + 1:
            raise ValidationError(_("Tệp có hơn %(n)d dòng. Chia thành nhiều tệp rồi nhập từng tệp.") % {"n": MAX_ROWS})
        headers = rows[0] if rows else []
        dataset = Dataset(headers=[str(cell or "") for cell in headers])
        for row in rows[1:]:
            dataset.append([*row, *[None] * len(headers)][: len(headers)])
        return dataset

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        """Dates stay dates and empty cells stay empty; formulas were neutralised by the resource."""
        book = Workbook()
        sheet = book.active
        sheet.append(dataset.headers)
        for row in dataset:
            sheet.append(list(row))
        sheet.freeze_panes = "A2"
        for number, cells in enumerate(sheet.columns, 1):
            cells[0].font = Font(bold=True)
            widest = max(len(str(cell.value or "")) for cell in cells)
            sheet.column_dimensions[get_column_letter(number)].width = min(widest + 2, 50)
            for cell in cells:
                if cell.is_date:
                    cell.number_format = "dd/mm/yyyy"
        out = BytesIO()
        book.save(out)
        return out.getvalue()


def read_rows(data: bytes) -> list[tuple[Any, ...]]:
    """At most two rows more than allowed, without a formula: values only."""
    refusal = ValidationError(_("Không đọc được tệp này. Lưu lại bằng Excel ở dạng .xlsx rồi nhập lại."))
    try:
        with ZipFile(BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except BadZipFile as error:
        raise refusal from error
    if unpacked > MAX_UNPACKED:
        raise refusal
    try:
        sheet = load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size into the file
        return list(sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 2))
    except Exception as error:  # a broken part of a file makes openpyxl raise whatever it stumbles over
        raise refusal from error


def log_export(user: User, model: type[models.Model], rows: int) -> None:
    """Who took how many rows of what out of the system (domain 6)."""
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(model),
        object_repr=str(model._meta.verbose_name_plural),
        action_flag=CHANGE,
        change_message=_("Xuất %(n)d dòng ra tệp Excel.") % {"n": rows},
    )


def export_name(model: type[models.Model]) -> str:
    """ "cau-lac-bo-2026-10-20.xlsx"."""
    name = fold(str(model._meta.verbose_name_plural)).replace(" ", "-")
    return f"{name}-{timezone.localdate():%Y-%m-%d}.xlsx"


def download(resource: SheetResource, rows: Any) -> HttpResponse:
    """What `resource` makes of `rows`, as a file to keep; logged under its user."""
    dataset = resource.export(rows)
    log_export(resource.user, resource.model, len(dataset))
    return HttpResponse(
        Xlsx().export_data(dataset),
        content_type=Xlsx.CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{export_name(resource.model)}"'},
    )
