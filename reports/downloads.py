"""A report as a file to keep; who took it is logged (domain 6)."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.utils.translation import gettext as _

from reports.figures import Figures
from reports.output import FORMATS
from steering.models import Unit, User
from steering.periods import Period
from steering.text import fold

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def download(user: User, unit: Unit, period: Period, figures: Figures, kind: str) -> HttpResponse:
    """`figures` in the form of `kind`, a key of `CONTENT_TYPES`; the same bytes as the monthly_report command writes."""
    log_download(user, unit, period, kind)
    return HttpResponse(
        FORMATS[kind](figures),
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{file_name(unit, period, kind)}"'},
    )


def file_name(unit: Unit, period: Period, kind: str) -> str:
    """ "bao-cao-huyen-ba-tri-2026-10.xlsx"."""
    return f"bao-cao-{fold(str(unit)).replace(' ', '-')}-{period.key}.{kind}"


def log_download(user: User, unit: Unit, period: Period, kind: str) -> None:
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Unit),
        object_id=str(unit.pk),
        object_repr=str(unit),
        action_flag=CHANGE,
        change_message=_("Tải báo cáo %(period)s, tệp .%(kind)s.") % {"period": period.label, "kind": kind},
    )
