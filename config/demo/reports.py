"""Reports of the last months: most sent and received, one returned, some not written yet."""

from random import Random

from django.utils import timezone

from reports.actions import receive_edition, return_edition, send_edition, write_edition
from steering.calendar import reporting_calendar
from steering.models import Unit, UnitKind, User
from steering.periods import Period, PeriodKind

MONTHS = 2
TEXTS = {
    "direction": "Ban chỉ đạo họp đầu kỳ, phân công thành viên theo dõi từng câu lạc bộ.",
    "results": "Các câu lạc bộ sinh hoạt theo lịch, nội dung sát nhu cầu của thành viên.",
    "limits": "Một số nơi họp còn thiếu hội trường, loa.",
    "next_steps": "Tiếp tục luân phiên nơi họp, giới thiệu thêm mô hình làm ăn.",
    "proposals": "Đề nghị bố trí thêm kinh phí nước uống cho buổi họp.",
}


def send_reports(province: Unit, random: Random, by: User) -> None:
    """One district with its communes, then the districts: what is sent first is counted in what comes after."""
    districts = list(Unit.objects.filter(parent=province).order_by("sort_key", "pk"))
    first = next(unit for unit in districts if unit.name == "Châu Thành")
    communes = list(Unit.objects.filter(parent=first, kind=UnitKind.COMMUNE).order_by("sort_key", "pk"))
    for period in months_over(MONTHS):
        for unit in (*communes[:-2], *districts[:-1]):
            edition = write_edition(unit=unit, period=period, texts=TEXTS, by=by)
            send_edition(edition=edition, by=by)
            if unit == communes[0]:
                return_edition(edition=edition, reason="Chưa nói rõ vì sao thiếu một kỳ.", by=None)
            elif random.random() < 0.7:
                receive_edition(edition=edition, by=None)


def months_over(n: int) -> list[Period]:
    """The last `n` months that have ended, the oldest first."""
    calendar = reporting_calendar()
    period, found = calendar.containing(PeriodKind.MONTH, timezone.localdate()), list[Period]()
    for _n in range(n):
        period = calendar.previous(period)
        found.insert(0, period)
    return found
