"""The report on the screen and as a file: the command's own figures, drill-down, other periods, who may."""

import csv
import io
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from reports.figures import figures
from reports.output import to_csv
from reports.rules import begun_periods, percent, reported_period
from steering.calendar import reporting_calendar
from steering.models import Unit
from steering.periods import PeriodKind, ReportingCalendar
from tests.builders import World, club, secretary, unit
from tests.meetings.opinions import raised
from tests.reports.builders import held, not_held, with_members

TODAY = date(2026, 10, 20)


def address(unit: Unit, key: str = "2026-10") -> str:
    return reverse("report", args=[unit.pk, key])


def file(unit: Unit, kind: str, key: str = "2026-10") -> str:
    return reverse("report_file", args=[unit.pk, key, kind])


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def huyen(world: World, client: Client) -> Client:
    client.force_login(world.users["huyen"])
    return client


# Rules


@pytest.mark.parametrize(
    ("key", "is_found"),
    [
        ("2026-10", True),
        ("2026-11", True),  # runs since 15/10
        ("2026-12", False),
        ("2026-Q4", True),
        ("2026-H2", True),
        ("2026", True),
        ("2027", False),
        ("2001-01", True),
        ("2000", False),
        ("2026-13", False),
        ("2026-Q5", False),
        ("thang-10", False),
        ("9999", False),
    ],
)
def test_a_period_can_be_reported_once_it_has_begun(key: str, is_found: bool) -> None:
    found = reported_period(ReportingCalendar(), key, TODAY)
    assert (found is not None and found.key == key) is is_found


def test_the_periods_of_a_year_to_choose_from_are_those_that_have_begun() -> None:
    found = begun_periods(ReportingCalendar(), 2026, TODAY)
    assert {kind: [p.key for p in periods][-2:] for kind, periods in found.items()} == {
        PeriodKind.MONTH: ["2026-10", "2026-11"],
        PeriodKind.QUARTER: ["2026-Q3", "2026-Q4"],
        PeriodKind.HALF_YEAR: ["2026-H1", "2026-H2"],
        PeriodKind.YEAR: ["2025", "2026"],
    }


def test_a_share_of_nothing_is_none() -> None:
    assert (percent(5, 6), percent(0, 3), percent(0, 0)) == (83, 0, None)


# The page


def test_the_report_leads_from_ones_own_unit_and_the_period_that_runs(world: World, huyen: Client) -> None:
    assert huyen.get(reverse("reports")).headers["Location"] == address(world.chau_thanh, "2026-11")


def test_the_page_shows_the_figures_with_a_way_down_and_the_total(world: World, huyen: Client) -> None:
    club(world.chau_thanh)
    held(with_members(world.an_khanh, people=3), date(2026, 10, 9), guests=2, areas="credit")
    not_held(with_members(world.tan_phu), date(2026, 10, 9))
    answer = huyen.get(address(world.chau_thanh))
    assert answer.context["figures"] == figures(world.chau_thanh, reporting_calendar().parse("2026-10"))
    rows = [(name, place, [n for _column, n in cells]) for name, place, cells in answer.context["rows"]]
    assert rows == [
        ("Huyện Châu Thành (trực tiếp)", "", [1, 0, 1, 0, 0, 1, 0, 0, 0]),
        ("Xã An Khánh", address(world.an_khanh), [1, 3, 1, 1, 0, 0, 3, 2, 0]),
        ("Xã Phú Đức", address(world.phu_duc), [0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("Xã Tân Phú", address(world.tan_phu), [1, 2, 1, 0, 1, 0, 0, 0, 0]),
    ]
    assert [n for _column, n in answer.context["total"]] == [3, 5, 3, 1, 1, 1, 3, 2, 0]
    assert answer.context["attended"] == 100
    page = text(answer)
    assert "<h1>Báo cáo tháng 10/2026, huyện Châu Thành</h1>" in page
    assert "Từ 15/09/2026 đến 14/10/2026. Hạn nộp 16/10/2026." in page
    assert ("Vay vốn", 1) in [(str(area), n) for area, n in answer.context["topics"]]
    assert "UBND HUYỆN CHÂU THÀNH" in page


def test_each_picture_says_the_numbers_it_shows_and_stands_by_its_table(world: World, huyen: Client) -> None:
    held(with_members(world.an_khanh), date(2026, 10, 9), areas="credit")
    held(club_ := with_members(world.an_khanh), date(2026, 10, 9), areas="credit health")
    raised(club_.meetings.get())
    club(world.tan_phu)
    page = text(huyen.get(address(world.chau_thanh)))
    told = [unescape(words) for words in re.findall(r'role="img" aria-label="([^"]*)"', page)]
    assert told == [
        "Tỷ lệ sinh hoạt theo địa bàn: Xã An Khánh họp 2 trên 2.",
        "Tỷ lệ sinh hoạt theo địa bàn: Xã Tân Phú họp 0 trên 1, thiếu 1.",
        "Nội dung sinh hoạt, số lần: Vay vốn 2; Nhà ở 0; Dạy nghề, giới thiệu việc làm 0; Y tế 1; Giáo dục 0;"
        " Bảo trợ xã hội 0; Nước sạch 0; Trợ giúp pháp lý 0; Sinh kế 0.",
        "Kiến nghị: Kiến nghị đã nêu 1; Kiến nghị đã trả lời 0; Kiến nghị đã xong 0; Kiến nghị quá hạn 0.",
    ]
    assert "Không vẽ 1 đơn vị không phải họp trong kỳ này." in page
    assert re.findall(r'class="end value"[^>]*>([^<]*)<', page)[:4] == ["100 %", "0 %", "2", "0"]
    assert (
        page.index('role="img"') < page.index('class="rtable') < page.index("Vay vốn 2") < page.index('class="plain"')
    )
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "style=" not in page


def test_many_districts_stand_in_two_drawings_and_their_names_stay_text(world: World, client: Client) -> None:
    for n in range(3):
        club(unit(world.province, "huyen", f"Chợ & 'Lách' <{n}>", f"85{n}"))
    club(world.ba_tri)
    client.force_login(world.users["tinh"])
    answer = client.get(address(world.province))
    assert [picture.count("name") for picture in answer.context["units_picture"].drawings] == [2, 2]
    assert "Huyện Chợ &amp; &#x27;Lách&#x27; &lt;0&gt; họp 0 trên 1" in text(answer)
    assert "<0>" not in text(answer)


def test_words_stand_for_a_picture_of_nothing(world: World, huyen: Client) -> None:
    page = text(huyen.get(address(world.chau_thanh)))
    assert 'role="img"' not in page
    for words in (
        "Trong kỳ này không có đơn vị nào phải họp.",
        "Kỳ này chưa ghi nội dung sinh hoạt nào.",
        "Kỳ này không có kiến nghị nào.",
    ):
        assert words in page


def test_a_period_that_runs_says_so_and_tells_what_is_to_come(world: World, huyen: Client) -> None:
    club(world.an_khanh)
    answer = huyen.get(address(world.chau_thanh, "2026-11"))
    assert "Kỳ chưa kết thúc, số liệu còn thay đổi." in text(answer)
    assert "Chưa đến ngày" in [str(column.label) for column in answer.context["columns"]]
    assert "Chưa đến ngày" not in [
        str(column.label) for column in huyen.get(address(world.chau_thanh)).context["columns"]
    ]


def test_a_hamlet_reports_under_the_letterhead_of_its_commune(world: World, huyen: Client) -> None:
    answer = huyen.get(address(world.hamlet))
    assert "UBND XÃ AN KHÁNH" in text(answer)
    assert answer.context["crumbs"] == [
        ("Báo cáo", reverse("reports")),
        ("Tỉnh Bến Tre", ""),  # beyond the reader's own unit
        ("Huyện Châu Thành", address(world.chau_thanh)),
        ("Xã An Khánh", address(world.an_khanh)),
    ]


def test_other_periods_are_one_step_away(world: World, huyen: Client) -> None:
    for key, before, after in (
        ("2026-11", "2026-10", None),
        ("2026-Q3", "2026-Q2", "2026-Q4"),
        ("2026", "2025", None),
        ("2001", None, "2002"),
    ):
        context = huyen.get(address(world.chau_thanh, key)).context
        found = [step and step[0].key for step in (context["before"], context["after"])]
        assert found == [before, after]


def test_a_period_is_chosen_from_a_list(world: World, huyen: Client) -> None:
    here = address(world.chau_thanh)
    assert huyen.get(here, {"ky": "2026-Q4"}).headers["Location"] == address(world.chau_thanh, "2026-Q4")
    assert huyen.get(here, {"ky": "../nhap-lieu"}).status_code == 404


def test_a_period_not_begun_or_nonsense_is_not_found(world: World, huyen: Client) -> None:
    for key in ("2026-12", "2027", "2026-13", "thang-10"):
        assert huyen.get(address(world.chau_thanh, key)).status_code == 404
        assert huyen.get(file(world.chau_thanh, "csv", key)).status_code == 404


@pytest.mark.parametrize("place", ["province", "ba_tri", "an_hiep"])
def test_another_units_report_is_not_found(world: World, huyen: Client, place: str) -> None:
    club(world.an_hiep)
    assert huyen.get(address(getattr(world, place))).status_code == 404
    assert huyen.get(file(getattr(world, place), "xlsx")).status_code == 404
    assert not LogEntry.objects.exists()


def test_a_secretary_has_no_reports(world: World, client: Client) -> None:
    client.force_login(secretary("thu_ky", club(world.an_khanh)))
    assert client.get(reverse("reports")).status_code == 403
    assert client.get(address(world.an_khanh)).status_code == 404
    assert reverse("reports") not in text(client.get("/"))


def test_anonymous_visitors_log_in_and_reports_are_only_read(world: World, client: Client) -> None:
    for place in (reverse("reports"), address(world.province), file(world.province, "csv")):
        assert client.get(place).headers["Location"] == f"/dang-nhap/?next={place}"
    client.force_login(world.users["tinh"])
    for place in (reverse("reports"), address(world.province), file(world.province, "csv")):
        assert client.post(place).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_needs_as_many_queries_for_one_unit_as_for_fifty(
    world: World, huyen: Client, rows: int, django_assert_num_queries: Any
) -> None:
    places = [world.an_khanh, world.tan_phu, world.chau_thanh, world.hamlet]
    for n in range(rows):
        held(with_members(places[n % 2], people=1), date(2026, 10, 9), guests=1, areas="credit")
    for key, queries in (("2026-10", 8), ("2026", 8)):  # a month may be closed, a year that runs depends on today
        with django_assert_num_queries(queries):
            assert huyen.get(address(world.chau_thanh, key)).status_code == 200


# The files


def test_the_files_are_those_of_the_command(world: World, huyen: Client, tmp_path: Any) -> None:
    held(with_members(world.an_khanh, people=3), date(2026, 10, 9), guests=2, areas="credit")
    of_command = tmp_path / "thang-10.csv"
    call_command("monthly_report", "2026-10", "--unit", "831", "--format", "csv", "--output", str(of_command))
    answer = huyen.get(file(world.chau_thanh, "csv"))
    assert answer.content == of_command.read_bytes()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bao-cao-huyen-chau-thanh-2026-10.csv"'
    sheet = load_workbook(io.BytesIO(huyen.get(file(world.chau_thanh, "xlsx")).content)).active
    assert [cell.value for cell in sheet[5]][:4] == ["28810", "Xã An Khánh", "Xã", 1]


def test_a_file_is_of_any_kind_of_period_and_always_vietnamese(world: World, huyen: Client) -> None:
    club(world.an_khanh)
    huyen.cookies["django_language"] = "en"
    content = huyen.get(file(world.chau_thanh, "csv", "2026-Q3")).content
    assert content == to_csv(figures(world.chau_thanh, reporting_calendar().parse("2026-Q3")))
    assert "Số câu lạc bộ" in next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_who_took_which_file_is_logged(world: World, huyen: Client) -> None:
    huyen.get(file(world.an_khanh, "xlsx"))
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.object_repr, entry.change_message) == (
        world.users["huyen"],
        str(world.an_khanh.pk),
        "Xã An Khánh",
        "Tải báo cáo tháng 10/2026, tệp .xlsx.",
    )


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_other_kinds_of_file_are_not_found(world: World, huyen: Client, kind: str) -> None:
    assert huyen.get(file(world.chau_thanh, kind)).status_code == 404
