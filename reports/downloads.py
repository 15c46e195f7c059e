"""A report as a file to keep; who took it is logged (domain 6)."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.utils.translation import gettext as _

from reports.figures import Figures
from reports.files import CONTENT_TYPES, file_name, report_file
from reports.models import Edition
from steering.models import Unit, User
from steering.periods import Period


def download(
    user: User, unit: Unit, period: Period, figures: Figures, kind: str, edition: Edition | None = None
) -> HttpResponse:
    """`figures` in the form of `kind`, a key of `CONTENT_TYPES`; the same bytes as the monthly_report command writes."""
    log_download(user, unit, period, kind)
    return HttpResponse(
        report_file(kind, unit, period, figures, edition),
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{file_name(unit, period, kind)}"'},
    )


def log_download(user: User, unit: Unit, period: Period, kind: str) -> None:
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Unit),
        object_id=str(unit.pk),
        object_repr=str(unit),
        action_flag=CHANGE,
        change_message=_("Tải báo cáo %(period)s, tệp .%(kind)s.") % {"period": period.label, "kind": kind},
    )
