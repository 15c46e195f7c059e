"""What does not go by the line alone: a turn declined, two exchanged, and a visit that two clubs made together."""

from datetime import date, datetime, time, timedelta
from itertools import islice

from django.utils import timezone

from clubs.models import Cadence, Club
from meetings.actions import decline_turn, plan_club, plan_visit, record_attendance, save_learnt, swap_hosts
from meetings.models import Meeting, MeetingForm
from steering.models import ClosedDay, User

DAYS_AGO = 24
MONTHS_AHEAD = 6
LEARNT = (
    "Nuôi dê nhốt chuồng, mỗi hộ bắt đầu với 3 con; vốn quay vòng trong tổ.\nVề họp ban chủ nhiệm, chọn 5 hộ làm trước.",
    "Tổ vay vốn họp ngay tại chuồng, ai cũng thấy cách làm.\nMời chủ hộ sang nói chuyện ở kỳ sinh hoạt sau.",
)


def change_turns(clubs: list[Club], by: User) -> None:
    """In the first two monthly clubs that rotate, planned further ahead than the others."""
    first, second = islice((club for club in clubs[1:] if rotates(club, by)), 2)
    decline_turn(meeting=coming(first)[0], reason="Hội trường xã đang cho mượn làm điểm bầu cử", by=by)
    meeting, *others = coming(second)
    other = next(other for other in others if other.host_id != meeting.host_id)
    swap_hosts(meeting=meeting, other=other, by=by)
    visit_together(first, second, by)


def rotates(club: Club, by: User) -> bool:
    """Whether it meets at two places at least in the months ahead."""
    if club.cadence != Cadence.MONTH:
        return False
    plan_club(club=club, until=timezone.localdate() + timedelta(days=MONTHS_AHEAD * 30), by=by)
    return len({meeting.host_id for meeting in coming(club)}) > 1


def coming(club: Club) -> list[Meeting]:
    rows = Meeting.objects.filter(club=club, form=MeetingForm.REGULAR).upcoming(
        timezone.localdate() + timedelta(days=1)
    )
    return list(rows.order_by("starts_at"))


def visit_together(club: Club, other: Club, by: User) -> None:
    """Three weeks ago, both called their rolls and wrote down what they brought home."""
    goat_farm = club.unit.children.filter(valid_until=None).order_by("sort_key").last() or club.unit
    leader = plan_visit(
        club=club,
        starts_at=timezone.make_aware(datetime.combine(open_day(), time(10, 0))),
        host=goat_farm,
        purpose="Xem mô hình nuôi dê, trao đổi cách quay vòng vốn",
        others=[other],
        by=by,
    )
    for meeting, learnt in zip((leader, leader.joined_by.get()), LEARNT, strict=True):
        record_attendance(meeting=meeting, statuses={}, by=by)
        save_learnt(meeting=meeting, learnt=learnt, by=by)


def open_day() -> date:
    day = timezone.localdate() - timedelta(days=DAYS_AGO)
    closed = set(ClosedDay.objects.values_list("day", flat=True))
    while day in closed:
        day -= timedelta(days=1)
    return day
