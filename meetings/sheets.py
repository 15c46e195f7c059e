"""Opinions as an Excel file to keep; who took it is logged (domain 6). Column names are part of the file's format."""

from typing import Any

from django.http import HttpResponse
from tablib import Dataset

from clubs.imports import neutral, unit_words
from clubs.sheets import Xlsx, export_name, log_export
from meetings.models import Opinion
from steering.language import on_record
from steering.models import User

HEADERS = [
    *("Kiến nghị", "Lĩnh vực", "Câu lạc bộ", "Đơn vị", "Nêu ngày", "Gửi đến", "Hạn trả lời", "Tình trạng"),
    *("Trả lời", "Trả lời ngày", "Xong ngày"),
]


def opinions_download(user: User, rows: Any) -> HttpResponse:
    """`rows` as a workbook, in their order."""
    with on_record():
        dataset = Dataset(headers=HEADERS)
        for opinion in rows:
            dataset.append([neutral(cell) for cell in cells(opinion)])
        log_export(user, Opinion, len(dataset))
        return HttpResponse(
            Xlsx().export_data(dataset),
            content_type=Xlsx.CONTENT_TYPE,
            headers={"Content-Disposition": f'attachment; filename="{export_name(Opinion)}"'},
        )


def cells(opinion: Opinion) -> list[Any]:
    """In the order of `HEADERS`."""
    club = opinion.meeting.club
    return [
        opinion.text,
        opinion.get_area_display() if opinion.area else "",
        club.name,
        unit_words(club.unit),
        opinion.meeting.day,
        str(opinion.addressed_to),
        opinion.due_on,
        opinion.get_state_display(),
        opinion.answer,
        opinion.answered_on,
        opinion.closed_on,
    ]
