"""What the report shows of a unit's figures: the columns of its table, and the lists beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import AttendanceStatus, PolicyArea
from reports.figures import UnitFigures
from steering.periods import Period


@dataclass(frozen=True)
class Column:
    """`is_bad` where any number above zero is, `is_passing` where the end of the period leaves only zeros."""

    label: Any
    number: Callable[[UnitFigures], int]
    is_bad: bool = False
    is_passing: bool = False


COLUMNS = (
    Column(_("Câu lạc bộ"), lambda unit: unit.clubs.total),
    Column(_("Thành viên"), lambda unit: unit.members.total),
    Column(_("Phải họp"), lambda unit: unit.meetings.due),
    Column(_("Đã họp"), lambda unit: unit.meetings.held),
    Column(_("Không họp, có lý do"), lambda unit: unit.meetings.did_not_meet),
    Column(_("Thiếu"), lambda unit: unit.meetings.missing, is_bad=True),
    Column(_("Chưa đến ngày"), lambda unit: unit.meetings.pending, is_passing=True),
    Column(_("Lượt dự"), lambda unit: unit.attendance.present + unit.attendance.late),
    Column(_("Lượt khách mời"), lambda unit: unit.attendance.invited),
    Column(_("Lượt khách đến"), lambda unit: unit.attendance.guests),
)
CLUBS = (
    Column(_("Câu lạc bộ cấp huyện"), lambda unit: unit.clubs.district),
    Column(_("Câu lạc bộ cấp xã"), lambda unit: unit.clubs.commune),
    Column(_("Câu lạc bộ cấp ấp"), lambda unit: unit.clubs.hamlet),
    Column(_("Câu lạc bộ người nghèo"), lambda unit: unit.clubs.poor_people),
    Column(_("Câu lạc bộ thành lập trong kỳ"), lambda unit: unit.clubs.founded),
    Column(_("Câu lạc bộ kết thúc trong kỳ"), lambda unit: unit.clubs.dissolved),
    Column(_("Thành viên là cá nhân"), lambda unit: unit.members.individuals),
    Column(_("Thành viên là tập thể"), lambda unit: unit.members.collectives),
)
OPINIONS = (
    Column(_("Kiến nghị đã nêu"), lambda unit: unit.opinions.raised),
    Column(_("Kiến nghị đã trả lời"), lambda unit: unit.opinions.answered),
    Column(_("Kiến nghị đã xong"), lambda unit: unit.opinions.closed),
    Column(_("Kiến nghị quá hạn"), lambda unit: unit.opinions.overdue, is_bad=True),
)
MODELS = (
    Column(_("Mô hình đã giới thiệu"), lambda unit: unit.models.introduced),
    Column(_("Nơi nhân rộng mô hình"), lambda unit: unit.models.replicated),
    Column(_("Hộ làm theo mô hình"), lambda unit: unit.models.households),
)


def columns_of(period: Period) -> list[Column]:
    """The columns of the table: of a period that is over, without those that only it can fill."""
    is_running = period.last_day >= timezone.localdate()
    return [column for column in COLUMNS if is_running or not column.is_passing]


def cells(unit: UnitFigures, columns: Iterable[Column]) -> list[tuple[Column, int]]:
    return [(column, column.number(unit)) for column in columns]


def topics(unit: UnitFigures) -> list[tuple[Any, int]]:
    """How often each policy area was a topic (R13)."""
    return [(area.label, unit.topics[area.value]) for area in PolicyArea]


def attendance(unit: UnitFigures) -> list[tuple[Any, int]]:
    """What became of the members who were called at the meetings."""
    return [(status.label, getattr(unit.attendance, status.value)) for status in AttendanceStatus]
