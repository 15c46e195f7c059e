"""Fourteen months of meetings, with what a real province has: late, missing, called off, hosted out of turn."""

from datetime import date, timedelta
from random import Random

from django.db.models import F
from django.utils import timezone

from clubs.models import Club
from config.demo.minutes import TOPICS, put_on_agenda, write_minutes
from config.demo.names import someone
from meetings.actions import (
    change_meeting,
    did_not_meet,
    eligible_units,
    invite,
    plan_club,
    record_attendance,
)
from meetings.models import AttendanceStatus, Meeting, MeetingState
from steering.models import User

BODIES = ("Người dân trong ấp", "Hội Phụ nữ", "Hội Nông dân", "Trạm Y tế", "Ngân hàng Chính sách xã hội", "Tổ NDTQ")
REASONS = ("Mưa bão, đường ngập", "Trùng lịch tiếp xúc cử tri", "Nhiều thành viên bận thu hoạch")


def hold_meetings(clubs: list[Club], since: date, random: Random, by: User) -> None:
    """Plan from `since` to two months ahead, then record what is past."""
    today = timezone.localdate()
    until = date(today.year + (today.month + 2 > 12), (today.month + 1) % 12 + 1, 1)
    for number, club in enumerate(clubs):
        for meeting in plan_club(club=club, since=since, until=until, by=by):
            if timezone.localdate(meeting.starts_at) < today:
                record(meeting, number, random, by)
    host_out_of_turn(clubs[0], by)
    spread_record_days()


def host_out_of_turn(club: Club, by: User) -> None:
    """One host that is not the due one, for a reason."""
    day = timezone.localdate()
    meeting = Meeting.objects.filter(club=club).upcoming(day).order_by("starts_at").first()
    if meeting is None:
        return
    other = next(unit for unit in eligible_units(club, day) if unit.pk != meeting.host_id)
    change_meeting(meeting=meeting, host=other, override_reason="Hội trường đang sửa chữa", by=by)


def spread_record_days() -> None:
    """Most meetings were written down the next day, some three weeks late; the loader may say so afterwards."""
    held = Meeting.objects.filter(state=MeetingState.HELD)
    held.update(held_recorded_at=F("starts_at") + timedelta(days=1))
    late = [pk for place, pk in enumerate(held.order_by("pk").values_list("pk", flat=True)) if place % 17 == 0]
    long_ago = timezone.now() - timedelta(days=21)
    held.filter(pk__in=late, starts_at__lt=long_ago).update(held_recorded_at=F("starts_at") + timedelta(days=21))


def record(meeting: Meeting, number: int, random: Random, by: User) -> None:
    guests = [(someone(random)[0], random.choice(BODIES)) for _ in range(random.choice([8, 12, 15, 15, 18]))]
    chance = random.random()
    if chance < 0.03:
        return  # nobody has said anything yet
    if chance < 0.06:
        did_not_meet(meeting=meeting, reason=random.choice(REASONS), by=by)
        return
    invite(meeting=meeting, guests=guests[: 18 if number % 5 == 0 else 12], by=by)
    put_on_agenda(meeting, random.sample(sorted(TOPICS), random.randint(1, 3)), by)
    day = timezone.localdate(meeting.starts_at)
    exceptions = {
        membership.pk: random.choice([AttendanceStatus.LATE, AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT])
        for membership in meeting.club.memberships.active_on(day)
        if random.random() < 0.12
    }
    record_attendance(meeting=meeting, statuses=exceptions, by=by)
    write_minutes(meeting, by)
