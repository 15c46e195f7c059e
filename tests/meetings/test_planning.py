"""Planning: a meeting a period, the right host, an open day (R10, R11). Today is 20/10/2026, in the month 2026-11."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from clubs.actions import resume_club, suspend_club
from clubs.models import Club
from meetings.actions import (
    cancel_meeting,
    change_meeting,
    did_not_meet,
    mark_invited,
    plan_club,
    plan_meeting,
    postpone_meeting,
    ranked_hosts,
    reopen_meeting,
)
from meetings.models import Meeting
from steering.actions import close_unit
from steering.actions.calendar import seed_closed_days
from steering.calendar import reporting_calendar
from steering.models import ClosedDay, Succession, Unit
from tests.builders import World, club, unit

VN = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, month: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 7, 30, tzinfo=VN)


def days(meetings: list[Meeting]) -> list[str]:
    return [f"{timezone.localtime(m.starts_at):%d/%m %H:%M}" for m in meetings]


@pytest.fixture
def hamlet_club(world: World) -> Club:
    """It rotates over tổ số 1, 2 and 10; Friday of the second week, 07:30."""
    return club(world.hamlet)


def test_a_monthly_club_gets_one_meeting_a_period_at_its_own_hour(hamlet_club: Club) -> None:
    planned = plan_club(club=hamlet_club, until=date(2027, 1, 14), by=None)
    assert [m.period_key for m in planned] == ["2026-11", "2026-12", "2027-01"]
    assert days(planned) == ["23/10 07:30", "27/11 07:30", "25/12 07:30"]
    assert planned[0].period_last_day == date(2026, 11, 14)


def test_a_quarterly_club_gets_one_meeting_a_quarter(world: World) -> None:
    planned = plan_club(club=club(world.hamlet, cadence="quarter"), until=date(2027, 3, 1), by=None)
    assert [m.period_key for m in planned] == ["2026-Q4", "2027-Q1"]


def test_groups_take_turns_in_natural_order_and_the_reason_is_kept(hamlet_club: Club) -> None:
    planned = plan_club(club=hamlet_club, until=date(2027, 2, 1), by=None)
    assert [m.host.name for m in planned] == ["số 1", "số 2", "số 10", "số 1"]
    assert planned[0].host_reason == "Tổ NDTQ số 1: chưa từng đăng cai"
    assert "10/2026" in planned[3].host_reason


def test_planning_again_plans_nothing_and_a_cancelled_meeting_is_planned_anew(hamlet_club: Club) -> None:
    first, _second = plan_club(club=hamlet_club, until=date(2026, 12, 1), by=None)
    assert plan_club(club=hamlet_club, until=date(2026, 12, 1), by=None) == []
    cancel_meeting(meeting=first, reason="Ngập lụt", by=None)
    again = plan_club(club=hamlet_club, until=date(2026, 12, 1), by=None)
    assert [(m.period_key, m.host.name) for m in again] == [("2026-11", "số 1")]


def test_a_closed_day_is_never_chosen(hamlet_club: Club) -> None:
    ClosedDay.objects.create(day=date(2026, 10, 23), name="Nghỉ bù")
    assert days(plan_club(club=hamlet_club, until=date(2026, 11, 1), by=None)) == ["30/10 07:30"]


def test_when_the_usual_day_has_passed_the_next_one_is_taken_unless_a_start_was_asked_for(world: World) -> None:
    early, asked = (club(world.hamlet, week=1) for _ in range(2))
    assert days(plan_club(club=early, until=date(2026, 11, 1), by=None)) == ["23/10 07:30"]
    assert days(plan_club(club=asked, since=date(2026, 10, 15), until=date(2026, 11, 1), by=None)) == ["16/10 07:30"]


def test_today_is_too_late_once_the_hour_has_passed(world: World) -> None:
    morning = club(world.hamlet, weekday=1, week=1, name="Sáng")
    assert days(plan_club(club=morning, until=date(2026, 11, 1), by=None)) == ["27/10 07:30"]


def test_a_club_founded_in_mid_period_owes_from_the_next(world: World) -> None:
    young = club(world.hamlet, founded_on=date(2026, 10, 16))
    assert [m.period_key for m in plan_club(club=young, until=date(2026, 12, 1), by=None)] == ["2026-12"]


def test_a_period_in_which_the_club_was_suspended_at_all_is_skipped(hamlet_club: Club) -> None:
    suspend_club(club=hamlet_club, on=date(2026, 7, 1), reason="Sửa trụ sở", by=None)
    assert plan_club(club=hamlet_club, until=date(2026, 11, 1), by=None) == []
    resume_club(club=hamlet_club, on=date(2026, 8, 25), by=None)
    planned = plan_club(club=hamlet_club, since=date(2026, 6, 20), until=date(2026, 9, 20), by=None)
    assert [m.period_key for m in planned] == ["2026-10"]  # suspended from 01/07 to 24/08


def test_a_district_club_rotates_over_its_own_communes_or_over_all(world: World) -> None:
    whole = club(world.ba_tri)
    part = club(world.chau_thanh, covers=[world.tan_phu])
    other = club(world.chau_thanh)
    today = date(2026, 10, 20)
    assert [c.host.name for c in ranked_hosts(whole, today)] == ["Xã An Hiệp"]
    assert [c.host.name for c in ranked_hosts(part, today)] == ["Xã Tân Phú"]
    assert [c.host.name for c in ranked_hosts(other, today)] == ["Xã An Khánh", "Xã Phú Đức", "Xã Tân Phú"]


def test_a_merged_unit_inherits_the_turns_of_all_it_took_over(hamlet_club: Club, world: World) -> None:
    plan_club(club=hamlet_club, until=date(2026, 11, 1), by=None)  # số 1
    old, middle = world.groups[0], unit(world.hamlet, "to", "số 3")
    new = unit(world.hamlet, "to", "số 0")
    for before, after in ((old, middle), (middle, new)):
        Succession.objects.create(predecessor=before, successor=after, effective_on=date(2026, 10, 20))
        close_unit(unit=before, on=date(2026, 10, 20), by=None)
    ranked = ranked_hosts(hamlet_club, date(2026, 11, 27))
    assert [(c.host.name, c.last_on) for c in ranked] == [
        ("Tổ NDTQ số 2", None),
        ("Tổ NDTQ số 10", None),
        ("Tổ NDTQ số 0", date(2026, 10, 23)),
    ]


def test_ranking_hosts_takes_as_many_queries_for_many_units(
    hamlet_club: Club, world: World, django_assert_num_queries
) -> None:
    for n in range(20, 25):
        unit(world.hamlet, "to", f"số {n}")
    hamlet_club = Club.objects.select_related("unit").get(pk=hamlet_club.pk)
    with django_assert_num_queries(3):
        assert len(ranked_hosts(hamlet_club, date(2026, 10, 20))) == 8


def test_by_hand_the_due_host_is_taken_and_another_needs_a_reason(hamlet_club: Club, world: World) -> None:
    with pytest.raises(ValidationError) as refusal:
        plan_meeting(club=hamlet_club, starts_at=at(23, 10), host=world.groups[2], by=None)
    assert refusal.value.message_dict == {
        "host": ["Lượt này của Tổ NDTQ số 1 (chưa từng đăng cai). Muốn họp nơi khác, ghi lý do."]
    }
    other = plan_meeting(
        club=hamlet_club, starts_at=at(23, 10), host=world.groups[2], override_reason="Có mô hình mới", by=None
    )
    assert (other.host, other.is_override, other.host_reason) == (world.groups[2], True, "Có mô hình mới")
    due = plan_meeting(club=hamlet_club, starts_at=at(20, 11), by=None)
    assert (due.host, due.is_override) == (world.groups[0], False)


def test_a_unit_outside_the_rotation_is_refused_even_with_a_reason(hamlet_club: Club, world: World) -> None:
    with pytest.raises(ValidationError, match="không thuộc vòng luân phiên"):
        plan_meeting(club=hamlet_club, starts_at=at(23, 10), host=world.tan_phu, override_reason="Gần", by=None)


def test_by_hand_a_closed_day_is_refused_by_its_name(hamlet_club: Club) -> None:
    seed_closed_days(years=[2026], by=None)
    with pytest.raises(ValidationError, match=r"24/11/2026 là ngày nghỉ \(Ngày Văn hóa Việt Nam\)"):
        plan_meeting(club=hamlet_club, starts_at=at(24, 11), by=None)


def test_a_second_regular_meeting_in_a_period_is_refused_but_a_visit_is_not(hamlet_club: Club, world: World) -> None:
    plan_meeting(club=hamlet_club, starts_at=at(23, 10), by=None)
    with pytest.raises(ValidationError, match="đã có kỳ sinh hoạt trong kỳ này"):
        plan_meeting(club=hamlet_club, starts_at=at(30, 10), by=None)
    visit = plan_meeting(club=hamlet_club, starts_at=at(30, 10), host=world.tan_phu, form="visit", by=None)
    assert visit.host == world.tan_phu
    assert ranked_hosts(hamlet_club, date(2026, 11, 27))[0].host.name == "Tổ NDTQ số 2"


def test_a_meeting_moves_within_its_period_only(hamlet_club: Club) -> None:
    meeting = plan_meeting(club=hamlet_club, starts_at=at(23, 10), by=None)
    assert days([change_meeting(meeting=meeting, starts_at=at(14, 11), by=None)]) == ["14/11 07:30"]
    with pytest.raises(ValidationError, match="từ 15/10/2026 đến 14/11/2026"):
        change_meeting(meeting=meeting, starts_at=at(15, 11), by=None)


def test_changing_the_host_follows_the_rule_of_planning(hamlet_club: Club, world: World) -> None:
    meeting = plan_meeting(club=hamlet_club, starts_at=at(23, 10), by=None)
    with pytest.raises(ValidationError, match="Lượt này của Tổ NDTQ số 1"):
        change_meeting(meeting=meeting, host=world.groups[1], by=None)
    moved = change_meeting(meeting=meeting, host=world.groups[1], override_reason="Nhà văn hóa sửa", by=None)
    assert (moved.host, moved.is_override) == (world.groups[1], True)
    back = change_meeting(meeting=meeting, host=world.groups[0], by=None)
    assert (back.host, back.is_override) == (world.groups[0], False)


def test_states_follow_the_table(hamlet_club: Club) -> None:
    meeting = mark_invited(meeting=plan_meeting(club=hamlet_club, starts_at=at(23, 10), by=None), by=None)
    with pytest.raises(ValidationError, match="phải ghi lý do"):
        postpone_meeting(meeting=meeting, reason="", by=None)
    assert postpone_meeting(meeting=meeting, reason="Bão", by=None).state == "postponed"
    assert change_meeting(meeting=meeting, starts_at=at(6, 11), by=None).state == "planned"
    assert did_not_meet(meeting=meeting, reason="Bầu cử", by=None).state_reason == "Bầu cử"
    with pytest.raises(ValidationError, match="Có thể chuyển sang: Đã lên lịch"):
        cancel_meeting(meeting=meeting, reason="Bầu cử", by=None)
    assert reopen_meeting(meeting=meeting, by=None).state == "planned"


def test_closed_days_are_seeded_once_a_year_and_deleted_ones_stay_deleted(db: None) -> None:
    names = {row.day: row.name for row in seed_closed_days(years=[2026], by=None)}
    assert names[date(2026, 9, 2)] == "Quốc khánh"
    assert names[date(2026, 11, 24)] == "Ngày Văn hóa Việt Nam"
    ClosedDay.objects.get(day=date(2026, 9, 2)).delete()
    assert {row.day.year for row in seed_closed_days(years=[2026, 2027], by=None)} == {2027}
    assert date(2026, 9, 2) not in reporting_calendar().closed_days
    assert date(2025, 11, 24) not in {row.day for row in seed_closed_days(years=[2025], by=None)}


def test_the_command_plans_every_club_and_names_the_one_it_could_not(
    hamlet_club: Club, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    club(world.tan_phu, name="CLB không có ấp")
    with pytest.raises(CommandError) as failure:
        call_command("plan_meetings", months=1)
    assert failure.value.returncode == 1
    output = capsys.readouterr()
    assert "Đã lên lịch 2 kỳ sinh hoạt." in output.out
    assert "CLB không có ấp: Không có nơi nào để đăng cai" in output.err
    assert set(Meeting.objects.values_list("club", "period_key")) == {
        (hamlet_club.pk, "2026-11"),
        (hamlet_club.pk, "2026-12"),
    }
    assert ClosedDay.objects.filter(day=date(2026, 11, 24)).exists()


def test_the_command_can_be_confined_to_a_unit_or_only_count(
    hamlet_club: Club, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = club(unit(world.an_hiep, "ap", "An Bình"))
    unit(Unit.objects.get(pk=elsewhere.unit_id), "to", "số 1")
    call_command("plan_meetings", months=0, dry_run=True)
    assert "Sẽ lên lịch 2 kỳ sinh hoạt." in capsys.readouterr().out
    assert (Meeting.objects.count(), ClosedDay.objects.count()) == (0, 0)
    call_command("plan_meetings", months=0, unit="836")
    assert list(Meeting.objects.values_list("club", flat=True)) == [elsewhere.pk]


def test_the_command_ends_with_2_for_an_unknown_unit(world: World) -> None:
    with pytest.raises(CommandError, match="Không có đơn vị nào mang mã 99999") as failure:
        call_command("plan_meetings", unit="99999")
    assert failure.value.returncode == 2
