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
    record_guests,
)
from meetings.guests import hamlet_names
from meetings.models import AttendanceStatus, Meeting, MeetingState
from steering.models import User

BODIES = ("Người dân trong ấp", "Hội Phụ nữ", "Hội Nông dân", "Trạm Y tế", "Ngân hàng Chính sách xã hội", "Tổ NDTQ")
REASONS = ("Mưa bão, đường ngập", "Trùng lịch tiếp xúc cử tri", "Nhiều thành viên bận thu hoạch")


def hold_meetings(clubs: list[Club], since: date, random: Random, by: User) -> None:
    """Plan from `since` to two months ahead, then record what is past."""
    today = timezone.localdate()
    until = date(today.year + (today.month + 2 > 12), (today.month + 1) % 12 + 1, 1)
    for number, club in enumerate(clubs):
        known = acquaintances(club, random)
        for meeting in plan_club(club=club, since=since, until=until, by=by):
            if timezone.localdate(meeting.starts_at) < today:
                record(meeting, number, known, random, by)
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


def acquaintances(club: Club, random: Random) -> list[tuple[str, ...]]:
    """Some forty people of the hamlets around a club, of whom it invites now these, now those."""
    hamlets = hamlet_names(club.unit) or [""]
    return [(someone(random)[0], random.choice(BODIES), random.choice(hamlets)) for _ in range(40)]


def record(meeting: Meeting, number: int, known: list[tuple[str, ...]], random: Random, by: User) -> None:
    guests = random.sample(known, 18 if number % 5 == 0 else random.choice([8, 12, 12, 15]))
    chance = random.random()
    if chance < 0.03:
        return  # nobody has said anything yet
    if chance < 0.06:
        did_not_meet(meeting=meeting, reason=random.choice(REASONS), by=by)
        return
    invited = invite(meeting=meeting, guests=guests, by=by)
    put_on_agenda(meeting, random.sample(sorted(TOPICS), random.randint(1, 3)), by)
    day = timezone.localdate(meeting.starts_at)
    exceptions = {
        membership.pk: random.choice([AttendanceStatus.LATE, AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT])
        for membership in meeting.club.memberships.active_on(day)
        if random.random() < 0.12
    }
    held = record_attendance(meeting=meeting, statuses=exceptions, by=by)
    came = {guest.pk: random.random() < 0.8 for guest in invited}
    unexpected = [(someone(random)[0], BODIES[0])] if random.random() < 0.2 else []
    record_guests(meeting=held, came=came, unexpected=unexpected, by=by)
    write_minutes(meeting, by)
