"""The console: what each club owed and what became of it, who needs a call, and reminding them."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from clubs.actions import suspend_club
from meetings.duty import Life
from reports.actions import send_edition, write_edition
from reports.models import UnitReminder
from reports.obligations import Duty, Outcome, duty
from steering.calendar import reporting_calendar
from steering.models import Unit
from steering.periods import Period, PeriodKind, ReportingCalendar
from tests.builders import World, club, secretary
from tests.reports.builders import held, not_held, planned, with_members

CALENDAR = ReportingCalendar()
OCTOBER = CALENDAR.period(PeriodKind.MONTH, 2026, 10)  # 15/09 to 14/10, due on 16/10
TODAY = date(2026, 10, 20)
OLD = Life("month", date(2025, 1, 15), None)


# Decided on values


@pytest.mark.parametrize(
    ("life", "outcome", "today", "expected"),
    [
        (OLD, Outcome("held", date(2026, 10, 9), date(2026, 10, 16)), TODAY, Duty.ON_TIME),
        (OLD, Outcome("held", date(2026, 10, 9), date(2026, 10, 17)), TODAY, Duty.LATE),
        (OLD, Outcome("did_not_meet", date(2026, 10, 9)), TODAY, Duty.DID_NOT_MEET),
        (OLD, Outcome("planned", date(2026, 10, 9)), TODAY, Duty.MISSING),
        (OLD, None, TODAY, Duty.MISSING),
        (OLD, None, date(2026, 10, 14), Duty.PENDING),
        (OLD, Outcome("planned", date(2026, 10, 9)), date(2026, 10, 9), Duty.PENDING),
        (OLD, Outcome("invited", date(2026, 10, 9)), date(2026, 10, 10), Duty.MISSING),
        (OLD, Outcome("postponed", date(2026, 10, 9)), date(2026, 10, 10), Duty.PENDING),
        (Life("month", date(2026, 9, 15), None), None, TODAY, Duty.MISSING),
        (Life("month", date(2026, 9, 16), None), None, TODAY, Duty.NOT_DUE),
        (Life("month", date(2025, 1, 15), date(2026, 10, 14)), None, TODAY, Duty.NOT_DUE),
        (Life("month", date(2025, 1, 15), date(2026, 10, 15)), None, TODAY, Duty.MISSING),
        (Life("month", date(2025, 1, 15), None, ((date(2026, 10, 1), None),)), None, TODAY, Duty.NOT_DUE),
        (Life("month", date(2025, 1, 15), None, ((date(2026, 8, 1), date(2026, 9, 15)),)), None, TODAY, Duty.MISSING),
        (Life("month", None, None), None, TODAY, Duty.NOT_DUE),
    ],
)
def test_the_state_of_an_obligation(life: Life, outcome: Outcome | None, today: date, expected: Duty) -> None:
    assert duty(life.owed_with(CALENDAR, OCTOBER), outcome, today) == expected


def test_a_quarterly_club_owes_in_one_month_of_three() -> None:
    months = [CALENDAR.period(PeriodKind.MONTH, 2026, n) for n in range(7, 13)]
    quarterly = Life("quarter", date(2025, 1, 15), None)
    owed = [quarterly.owed_with(CALENDAR, month) for month in months]
    assert [period.key if period else None for period in owed] == [None, None, "2026-Q3", None, None, "2026-Q4"]


# Pages


@pytest.fixture
def today() -> Any:
    with time_machine.travel("2026-10-20 09:00:00+07:00", tick=False):
        yield


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def console(unit: Unit, key: str = "2026-10") -> str:
    return reverse("console", args=[unit.pk, key])


def reported(unit: Unit, period: Period) -> None:
    send_edition(edition=write_edition(unit=unit, period=period, texts={"results": "Đã họp."}, by=None), by=None)


def test_who_needs_a_call_stands_first(world: World, today: Any) -> None:
    held(with_members(world.an_khanh), date(2026, 10, 9))
    with_members(world.tan_phu)
    september = reporting_calendar().parse("2026-09")
    reported(world.an_khanh, september)
    reported(world.tan_phu, september)
    context = signed_in(world, "huyen").get(console(world.chau_thanh)).context
    assert [(row.unit.name, row.missing, row.days_late) for row in context["calls"]] == [
        ("Tân Phú", 1, 0),
        ("Phú Đức", 0, 34),  # of September, due on 16/09: a report of nothing is owed too
    ]
    assert [(row.unit.name, row.held, row.last_reported_label) for row in context["others"]] == [
        ("An Khánh", 1, "tháng 09/2026")
    ]


def test_what_was_written_down_after_the_due_day_is_late(world: World, today: Any) -> None:
    new = with_members(world.an_khanh)
    with time_machine.travel("2026-10-17 08:00:00+07:00", tick=False):
        held(new, date(2026, 10, 9))
    (row,) = [row for row in signed_in(world, "xa").get(console(world.an_khanh)).context["others"] if row.due]
    assert (row.held, row.late, row.share, row.share_on_time) == (1, 1, 100, 0)


def test_the_grid_tells_each_clubs_twelve_months(world: World, today: Any) -> None:
    new = with_members(world.an_khanh, founded_on=date(2026, 6, 20))
    held(new, date(2026, 8, 7))
    not_held(new, date(2026, 9, 11))
    planned(new, date(2026, 10, 30))
    (row,) = signed_in(world, "xa").get(console(world.an_khanh, "2026-11")).context["clubs"]
    assert [str(duty) for duty, _words in row.cells][6:] == ["no", "no", "late", "none", "miss", "due"]


def test_a_suspended_club_owes_nothing(world: World, today: Any) -> None:
    suspend_club(club=with_members(world.an_khanh), on=date(2026, 9, 1), reason="Bão", by=None)
    (row,) = signed_in(world, "xa").get(console(world.an_khanh)).context["clubs"]
    assert row.cells[-1][0] == Duty.NOT_DUE


@pytest.mark.parametrize(("who", "status"), [("huyen", 200), ("xem", 200), ("xa_khac", 404)])
def test_who_may_look(who: str, status: int, world: World, today: Any) -> None:
    assert signed_in(world, who).get(console(world.chau_thanh)).status_code == status


def test_only_months_have_a_console(world: World, today: Any) -> None:
    assert signed_in(world, "huyen").get(console(world.chau_thanh, "2026-Q3")).status_code == 404


def test_a_secretary_has_no_console(world: World, today: Any) -> None:
    client = Client()
    client.force_login(secretary("thuky", club(world.an_khanh)))
    assert client.get(console(world.an_khanh)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_console_asks_as_often_for_one_club_as_for_fifty(
    world: World, today: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for _n in range(rows):
        club(world.an_khanh)
    client = signed_in(world, "huyen")
    with django_assert_num_queries(14):
        client.get(console(world.chau_thanh))


# Reminding


def remind(world: World, who: str, unit: Unit, channel: str = "email") -> Any:
    address = reverse("remind", args=[unit.pk, "2026-10"])
    return signed_in(world, who).post(address, {"channel": channel}, follow=True)


def test_a_letter_goes_to_those_who_work_there_and_is_kept(world: World, today: Any) -> None:
    with_members(world.an_khanh)
    answer = remind(world, "huyen", world.an_khanh)
    assert "Đã nhắc xã An Khánh." in text(answer)
    (letter,) = mail.outbox
    assert letter.bcc == ["xa@example.vn"]
    assert "Còn thiếu kết quả 1 trên 1 kỳ sinh hoạt tháng 10/2026." in letter.body
    reminder = UnitReminder.objects.get()
    assert (reminder.unit, reminder.period_key, reminder.channel, reminder.sent_by) == (
        world.an_khanh,
        "2026-10",
        "email",
        world.users["huyen"],
    )


def test_a_message_that_was_copied_is_kept_and_not_sent(world: World, today: Any) -> None:
    remind(world, "huyen", world.an_khanh, "zalo")
    assert (UnitReminder.objects.get().channel, mail.outbox) == ("zalo", [])


def test_a_unit_where_nobody_has_an_address_is_reminded_otherwise(world: World, today: Any) -> None:
    answer = remind(world, "huyen", world.phu_duc)
    assert "chưa có cán bộ nào có thư điện tử" in text(answer)
    assert not UnitReminder.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("xa", 404), ("xem", 403), ("xa_khac", 404)])
def test_only_the_unit_above_reminds(who: str, status: int, world: World, today: Any) -> None:
    assert remind(world, who, world.an_khanh).status_code == status


@pytest.mark.parametrize(
    ("on", "sent", "head", "lines"),
    [
        (
            TODAY,
            "2026-08",
            "tháng 09/2026, tháng 10/2026",
            [
                "Báo cáo tháng 09/2026 đã quá hạn 34 ngày. Xin ghi kết quả và gửi ngay.",
                "2026-09",
                "Còn thiếu kết quả 1 trên 1 kỳ sinh hoạt tháng 10/2026.",
                "Xin ghi kết quả và gửi báo cáo ngay.",
                "2026-10",
            ],
        ),
        (
            date(2026, 10, 12),
            "2026-08",
            "tháng 09/2026",
            ["Báo cáo tháng 09/2026 đã quá hạn 26 ngày. Xin ghi kết quả và gửi ngay.", "2026-09"],
        ),
        (
            date(2026, 10, 12),
            "2026-09",
            "tháng 10/2026",
            ["Xin ghi kết quả và gửi báo cáo trước ngày 16/10/2026.", "2026-10"],
        ),
    ],
)
def test_the_letter_asks_for_what_is_due_and_no_more(
    world: World, on: date, sent: str, head: str, lines: list[str], settings: Any
) -> None:
    settings.SITE_URL = "https://example.vn"
    here = world.an_khanh
    with_members(here)
    with time_machine.travel(on):
        reported(here, CALENDAR.parse(sent))
        answer = signed_in(world, "huyen").get(reverse("remind", args=[here.pk, "2026-10"]))
    assert answer.context["lead"] == f"Nhắc báo cáo sinh hoạt {head}, xã An Khánh"
    found = answer.context["text"].splitlines()[1:]
    assert found == [
        f"https://example.vn{reverse('report', args=[here.pk, line])}" if line.startswith("2026") else line
        for line in lines
    ]
