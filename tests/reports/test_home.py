"""The home page: what each role comes to know, and the next step."""

import re
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clubs.actions import dissolve_club, resume_club, suspend_club
from meetings.actions import invite, mark_invited, postpone_meeting
from meetings.next_step import GUESTS, NEW_DAY, SENT, Step
from reports.actions import set_plan
from reports.figures import figures
from reports.rules import last_months
from reports.trend import overview
from steering.calendar import reporting_calendar
from steering.models import User
from steering.periods import ReportingCalendar
from tests.builders import World, club, secretary
from tests.reports.builders import ZONE, held, not_held, planned, with_members


def page(client: Client, user: User) -> str:
    client.force_login(user)
    response = client.get("/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def big_numbers(html: str) -> list[int]:
    return [int(n) for n in re.findall(r'class="big[^"]*">(\d+)<', html)]


# What is counted


def test_the_months_are_those_of_the_figures(world: World) -> None:
    held(with_members(world.an_khanh), date(2026, 10, 16))
    not_held(with_members(world.tan_phu, cadence="quarter"), date(2026, 9, 4))
    planned(with_members(world.phu_duc), date(2026, 10, 19))
    planned(with_members(world.phu_duc), date(2026, 10, 30))
    resume_club(
        club=suspend_club(club=club(world.hamlet), on=date(2026, 3, 1), reason="Bão", by=None),
        on=date(2026, 6, 1),
        by=None,
    )
    dissolve_club(club=club(world.an_hiep), on=date(2026, 5, 1), reason="Hết việc", by=None)
    for place in (world.province, world.chau_thanh, world.hamlet):
        months = overview(place, reporting_calendar(), date(2026, 10, 20)).months
        assert [month.key for month, _numbers in months] == ["2025-12", *(f"2026-{m:02d}" for m in range(1, 12))]
        assert [numbers for _month, numbers in months] == [figures(place, month).meetings for month, _numbers in months]


def test_the_last_months_go_back_over_the_new_year() -> None:
    assert [p.key for p in last_months(ReportingCalendar(), date(2026, 1, 20), 3)] == ["2025-12", "2026-01", "2026-02"]


def test_the_year_against_its_plan(world: World) -> None:
    club(world.chau_thanh)
    club(world.tan_phu, founded_on=date(2026, 2, 1))
    set_plan(unit=world.chau_thanh, year=2026, district=1, commune=3, by=None)
    set_plan(unit=world.province, year=2026, hamlet=7, by=None)
    found = overview(world.chau_thanh, reporting_calendar(), date(2026, 10, 20)).clubs
    assert {name: (one.now, one.target, one.gap) for name, one in found.items()} == {
        "district": (1, 2, 1),
        "commune": (1, 3, 2),
        "hamlet": (0, 0, 0),
        "poor_people": (0, 0, 0),
    }


# An officer's page


def test_the_equation_and_the_meetings_of_the_own_unit(world: World, client: Client) -> None:
    club(world.chau_thanh)
    club(world.hamlet, kind="poor_people")
    held(with_members(world.an_khanh), date(2026, 10, 16))
    club(world.an_hiep, name="CLB An Hiệp")  # another district's
    html = page(client, world.users["huyen"])
    assert big_numbers(html) == [3, 1, 1, 0, 1, 1, 2, 0]
    assert "Thứ Ba, 20/10/2026. Kỳ báo cáo tháng 11/2026: từ 15/10/2026 đến 14/11/2026, hạn nộp 17/11/2026." in html
    assert "đã họp, trên 3" in html
    assert "An Hiệp" not in html


def test_clubs_stand_against_the_plan_of_the_year(world: World, client: Client) -> None:
    club(world.an_khanh)
    set_plan(unit=world.chau_thanh, year=2026, commune=6, by=None)
    html = page(client, world.users["huyen"])
    assert [words.strip() for words in re.findall("kế hoạch [^<]*", html)] == [
        "kế hoạch năm 2026",  # the name of the panel
        "kế hoạch năm 7, còn 6",
        "kế hoạch 0, đã đủ",
        "kế hoạch 7, còn 6",
        "kế hoạch 0, đã đủ",
        "kế hoạch 0, đã đủ",
    ]
    assert reverse("plan", args=[world.chau_thanh.pk, 2026]) in html


def test_without_a_plan_a_quiet_line_leads_there_for_whoever_may_set_one(world: World, client: Client) -> None:
    for username, place, may in (
        ("tinh", world.province, True),
        ("huyen", world.chau_thanh, True),
        ("xem", world.chau_thanh, False),
    ):
        html = page(client, world.users[username])
        assert (reverse("plan_change", args=[place.pk, 2026]) in html) is may
        assert "kế hoạch năm" not in html


def test_missing_meetings_stand_out(world: World, client: Client) -> None:
    held(with_members(world.an_khanh), date(2026, 10, 16))
    assert "text-bad" not in page(client, world.users["xa"])
    planned(with_members(world.an_khanh), date(2026, 10, 16))
    assert 'class="big text-bad">1<' in page(client, world.users["xa"])


def test_the_chart_has_words_and_a_table(world: World, client: Client) -> None:
    held(with_members(world.an_khanh), date(2026, 10, 9))
    html = page(client, world.users["xa"])
    assert (
        'role="img" aria-label="Đã họp 1 trên 12 kỳ sinh hoạt phải họp, thiếu 10,'
        ' từ tháng 12/2025 đến tháng 11/2026; số liệu ở bảng bên dưới"'
    ) in html
    assert (html.count('class="value-bad"'), html.count("url(#trend-hatch)")) == (10, 10)
    assert [word in html for word in ("đã họp</li>", "thiếu (số đỏ có dấu trừ)</li>")] == [True, True]
    assert reverse("report", args=[world.an_khanh.pk, "2026-10"]) in html
    assert "style=" not in html


def test_without_a_club_words_stand_for_the_chart(world: World, client: Client) -> None:
    html = page(client, world.users["xa"])
    assert "Từ tháng 12/2025 đến tháng 11/2026 không có kỳ sinh hoạt nào phải họp." in html
    assert 'role="img"' not in html


def test_five_things_to_do_and_the_way_to_the_rest(world: World, client: Client) -> None:
    for n in range(1, 7):
        club(world.an_khanh, founded_on=date(2025, 1, n))
        html = page(client, world.users["xa"])
        assert html.count("Khuyết chủ nhiệm") == min(n, 4)
        assert html.count("Báo cáo tháng chưa gửi") == 1
        assert (f"Xem cả {n + 1} việc" in html) is (n > 4)


def test_nothing_to_do_is_said(world: World, client: Client) -> None:
    assert "Hôm nay không còn việc nào." in page(client, world.users["tinh"])


def test_the_next_meetings_by_day(world: World, client: Client) -> None:
    later, sooner = with_members(world.an_khanh, name="CLB sau"), with_members(world.tan_phu, name="CLB trước")
    planned(later, date(2026, 11, 6))
    invite(meeting=planned(sooner, date(2026, 10, 23)), guests=[("Khách", "")], by=None)
    planned(with_members(world.phu_duc), date(2026, 10, 20))  # 07:30 has passed
    html = page(client, world.users["huyen"])
    table = html[html.index('id="h-next"') :]
    assert table.index("CLB trước") < table.index("CLB sau")
    assert ("Thứ Sáu 23/10, 07:30" in table, table.count("<tr>")) == (True, 3)


@pytest.mark.parametrize(
    ("username", "buttons"),
    [
        ("tinh", ["report", "club_found"]),
        ("huyen", ["report", "club_found"]),
        ("xa", ["report", "admin:index"]),
        ("xem", []),
    ],
)
def test_the_buttons_are_for_who_works_there(world: World, client: Client, username: str, buttons: list[str]) -> None:
    club(world.an_khanh)
    html = page(client, world.users[username])
    head = html[html.index('class="page-head"') : html.index('class="panel"')]
    assert head.count('class="btn') == len(buttons)
    for name in buttons[1:]:
        assert f'class="btn btn-primary" href="{reverse(name)}"' in head
    assert ("btn-sm" in html) is (username != "xem")


# A secretary's page


@pytest.mark.parametrize(
    ("prepare", "step"),
    [
        (lambda meeting: None, GUESTS),
        (lambda meeting: invite(meeting=meeting, guests=[("Khách", "")], by=None), SENT),
        (lambda meeting: postpone_meeting(meeting=meeting, reason="Mưa", by=None), NEW_DAY),
        (lambda meeting: mark_invited(meeting=meeting, by=None), None),
    ],
)
def test_a_secretarys_home_is_the_next_meeting_with_one_next_step(
    world: World, client: Client, prepare: Any, step: Step | None
) -> None:
    own = with_members(world.an_khanh, name="CLB của tôi")
    prepare(planned(own, date(2026, 10, 23)))
    planned(own, date(2026, 11, 20))
    other = with_members(world.an_khanh, name="CLB bên cạnh")
    planned(other, date(2026, 10, 21))
    html = page(client, secretary("thu_ky", own))
    assert '<span class="big">23/10/2026</span><span>Thứ Sáu, 07:30</span>' in html
    assert re.findall(r'class="btn btn-primary"[^>]*><svg.*?</svg>([^<]*)<', html) == ([step.title] if step else [])
    assert (reverse("club", args=[own.pk]) in html, "CLB bên cạnh" in html, "/nhap-lieu/" in html) == (
        True,
        False,
        False,
    )


def test_on_the_day_the_next_step_is_the_roll(world: World, client: Client) -> None:
    own = with_members(world.an_khanh)
    meeting = planned(own, date(2026, 10, 20))
    html = page(client, secretary("thu_ky", own))
    assert f'class="btn btn-primary" href="{reverse("attendance", args=[meeting.pk])}"' in html


def test_a_secretary_is_told_of_meetings_without_a_record_and_reads_the_last_ones(world: World, client: Client) -> None:
    own = with_members(world.an_khanh)
    silent = planned(own, date(2026, 8, 7))
    held(own, date(2026, 9, 4))
    html = page(client, secretary("thu_ky", own))
    assert "Còn 1 kỳ sinh hoạt đã qua, chưa có kết quả." in html
    assert reverse("attendance", args=[silent.pk]) in html
    assert html.index("04/09/2026, 07:30") < html.index("07/08/2026, 07:30")
    assert "Chưa có kỳ nào được lên lịch." in html


def test_a_meeting_that_was_recorded_before_its_hour_is_one_of_the_last(world: World, client: Client) -> None:
    own = with_members(world.an_khanh)
    with time_machine.travel(datetime(2026, 10, 20, 6, 0, tzinfo=ZONE)):
        held(own, date(2026, 10, 20))  # at 07:30
        assert "20/10/2026, 07:30" in page(client, secretary("thu_ky", own))


def test_a_secretary_of_an_ended_club_reads_what_to_do(world: World, client: Client) -> None:
    own = club(world.an_khanh)
    user = secretary("thu_ky", own)
    dissolve_club(club=own, on=date(2026, 10, 1), reason="Hết việc", by=None)
    assert "Gọi cán bộ xã để được phân công lại." in page(client, user)


# Everybody


def test_who_has_no_appointment_reads_what_to_do(world: World, client: Client) -> None:
    club(world.an_khanh, name="CLB xã")
    html = page(client, User.objects.create_user("moi", "moi@example.vn", "mat-khau-thu"))
    assert "chưa được phân công ở đơn vị nào" in html
    assert big_numbers(html) == []
    assert "CLB xã" not in html


def test_an_anonymous_visitor_logs_in_first(db: None, client: Client) -> None:
    assert client.get("/").headers["Location"] == "/dang-nhap/?next=/"


def test_only_reading(world: World, client: Client) -> None:
    client.force_login(world.users["tinh"])
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_home_needs_ten_queries(world: World, client: Client, rows: int, django_assert_num_queries: Any) -> None:
    set_plan(unit=world.province, year=2026, commune=60, by=None)
    for _ in range(rows):
        held(with_members(world.an_khanh, people=1), date(2026, 10, 16), guests=1, areas="credit")
    client.force_login(world.users["tinh"])
    with django_assert_num_queries(10):
        client.get("/")


@pytest.mark.parametrize("rows", [1, 3, 12])
def test_a_secretarys_home_needs_six_queries(
    world: World, client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    own = with_members(world.an_khanh)
    for month in range(1, rows + 1):
        planned(own, date(2026, month, 20))
    client.force_login(secretary("thu_ky", own))
    with django_assert_num_queries(6):
        client.get("/")
