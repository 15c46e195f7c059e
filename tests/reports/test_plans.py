"""The expansion plan: what it may hold, how clubs stand against it, its pages and the data-entry site."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from clubs.actions import dissolve_club, withdraw_proposal
from reports.actions import set_plan
from reports.models import ExpansionPlan
from reports.rules import Standing, open_columns, total_standing
from reports.standing import year_standings
from steering.calendar import reporting_calendar
from steering.models import Unit
from steering.periods import PeriodKind
from steering.versions import version_of
from tests.builders import World, club

LEVELS = ("district", "commune", "hamlet")


def standing(unit: Unit, year: int) -> dict[str, tuple[int, int, int, int]]:
    """Column → planned, founded, clubs now, gap."""
    plan = ExpansionPlan.objects.get(unit=unit, year=year)
    found = year_standings(unit, reporting_calendar().period(PeriodKind.YEAR, year, 1), plan.numbers)
    return {name: (one.planned, one.founded, one.now, one.gap) for name, one in found.items()}


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# Rules


def test_the_gap_is_the_target_less_what_there_is() -> None:
    one = Standing(at_start=50, planned=9, founded=4, ended=1)
    assert (one.target, one.now, one.gap) == (59, 53, 6)
    assert Standing(at_start=7, planned=0, founded=1, ended=0).gap == -1
    assert total_standing([one, Standing(7, 2, 0, 0)]) == Standing(57, 11, 4, 1)


@pytest.mark.parametrize(
    ("kind", "levels", "columns"),
    [
        ("province", LEVELS, ("district", "commune", "hamlet", "poor_people")),
        ("province", ("commune", "hamlet"), ("commune", "hamlet", "poor_people")),
        ("district", LEVELS, ("district", "commune", "hamlet", "poor_people")),
        ("commune", LEVELS, ("commune", "hamlet", "poor_people")),
        ("hamlet", LEVELS, ("hamlet", "poor_people")),
    ],
)
def test_a_unit_plans_only_what_it_can_have(kind: str, levels: tuple[str, ...], columns: tuple[str, ...]) -> None:
    assert open_columns(kind, levels) == columns


# The action


def test_2010_one_district_club_and_three_commune_clubs_more(world: World) -> None:
    club(world.ba_tri, founded_on=date(2009, 5, 1))
    set_plan(unit=world.province, year=2010, district=1, commune=3, by=None)
    club(world.chau_thanh, founded_on=date(2010, 3, 1))
    for place in (world.an_khanh, world.tan_phu):
        club(place, founded_on=date(2010, 6, 1))
    club(world.hamlet, founded_on=date(2011, 1, 1))
    assert standing(world.province, 2010) == {
        "district": (1, 1, 2, 0),
        "commune": (3, 2, 2, 1),
        "hamlet": (0, 0, 0, 0),
        "poor_people": (0, 0, 0, 0),
    }


def test_the_year_is_that_of_the_reporting_calendar_and_an_ended_club_is_missing_again(world: World) -> None:
    set_plan(unit=world.chau_thanh, year=2026, commune=2, by=None)
    for day in (date(2025, 12, 14), date(2025, 12, 15), date(2026, 10, 1)):
        club(world.an_khanh, founded_on=day)
    dissolve_club(club=club(world.an_khanh, founded_on=date(2020, 1, 1)), on=date(2026, 10, 1), reason="Hết", by=None)
    club(world.an_hiep, founded_on=date(2026, 10, 1))  # another district's
    withdraw_proposal(club=club(world.an_khanh, founded_on=None), on=date(2026, 10, 1), reason="Thiếu người", by=None)
    assert standing(world.chau_thanh, 2026)["commune"] == (2, 2, 3, 1)


def test_a_unit_has_one_plan_a_year_which_is_changed_with_its_history(world: World) -> None:
    by = world.users["tinh"]
    for number in (3, 3, 4):
        set_plan(unit=world.province, year=2026, commune=number, by=by)
    set_plan(unit=world.province, year=2027, commune=1, by=by)
    plan = ExpansionPlan.objects.get(unit=world.province, year=2026)
    assert [(row.commune, row.history_user) for row in plan.history.all()] == [(4, by), (3, by)]


@pytest.mark.parametrize(
    ("place", "numbers", "field"),
    [("hamlet", {"hamlet": 1}, "unit"), ("an_khanh", {"district": 1}, "district"), ("province", {}, "__all__")],
)
def test_a_plan_that_cannot_be_is_refused(world: World, place: str, numbers: dict[str, int], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        set_plan(unit=getattr(world, place), year=2026 if numbers else 1999, **numbers, by=None)
    assert list(refusal.value.message_dict) == [field]


def test_no_district_clubs_are_planned_once_there_are_no_districts(world: World, settings: Any) -> None:
    settings.TWO_LEVELS_SINCE = date(2025, 7, 1)
    with pytest.raises(ValidationError):
        set_plan(unit=world.province, year=2026, district=1, by=None)
    assert set_plan(unit=world.province, year=2010, district=1, by=None).district == 1


# The pages


def page(name: str, unit: Unit, year: int = 2026) -> str:
    return reverse(name, args=[unit.pk, year])


def test_the_page_shows_plan_result_and_gap(world: World, client: Client) -> None:
    club(world.an_khanh)
    club(world.tan_phu, founded_on=date(2026, 2, 1))
    set_plan(unit=world.chau_thanh, year=2026, commune=3, by=None)
    client.force_login(world.users["xem"])
    answer = client.get(page("plan", world.chau_thanh))
    assert answer.context["total"] == Standing(at_start=1, planned=3, founded=1, ended=0)
    assert [str(name) for name, _standing in answer.context["rows"]] == [
        "cấp huyện",
        "cấp xã",
        "cấp ấp",
        "CLB người nghèo",
    ]
    assert "Còn 2 câu lạc bộ để đạt kế hoạch." in text(answer)
    assert "plan_change" not in text(answer)
    assert page("plan_change", world.chau_thanh) not in text(answer)


def test_an_officer_sets_the_plan_and_changes_it(world: World, client: Client) -> None:
    client.force_login(world.users["huyen"])
    address = page("plan_change", world.chau_thanh)
    assert address in text(client.get(page("plan", world.chau_thanh)))
    sent = {"district": "1", "commune": "3", "hamlet": "0", "poor_people": "0"}
    answer = client.post(address, sent, follow=True)
    assert "Đã lưu kế hoạch năm 2026 của huyện Châu Thành." in text(answer)
    client.post(address, {**sent, "commune": "4"})
    plan = ExpansionPlan.objects.get()
    assert (plan.unit, plan.year, plan.numbers) == (
        world.chau_thanh,
        2026,
        {"district": 1, "commune": 4, "hamlet": 0, "poor_people": 0},
    )
    assert plan.history.first().history_user == world.users["huyen"]


def test_bad_input_is_shown_again(world: World, client: Client) -> None:
    client.force_login(world.users["huyen"])
    answer = client.post(
        page("plan_change", world.chau_thanh), {"district": "-1", "commune": "nhiều", "hamlet": "", "poor_people": "2"}
    )
    assert set(answer.context["form"].errors) == {"district", "commune", "hamlet"}
    assert 'value="nhiều"' in text(answer)
    assert not ExpansionPlan.objects.exists()


def test_whoever_opened_the_form_before_somebody_elses_change_is_told(world: World, client: Client) -> None:
    plan = set_plan(unit=world.chau_thanh, year=2026, commune=3, by=None)
    version = version_of(plan)
    set_plan(unit=world.chau_thanh, year=2026, commune=5, by=world.users["tinh"])
    client.force_login(world.users["huyen"])
    sent = {"district": "0", "commune": "4", "hamlet": "0", "poor_people": "0", "version": str(version)}
    answer = client.post(page("plan_change", world.chau_thanh), sent)
    assert answer.context["meanwhile"].who == "Người tinh"
    plan.refresh_from_db()
    assert plan.commune == 5


@pytest.mark.parametrize(
    ("username", "place", "status"),
    [
        ("tinh", "chau_thanh", 200),
        ("huyen", "chau_thanh", 200),
        ("huyen", "an_khanh", 200),
        ("huyen", "province", 404),
        ("huyen", "an_hiep", 404),
        ("huyen", "hamlet", 404),
        ("xa", "an_khanh", 403),
        ("xem", "chau_thanh", 403),
    ],
)
def test_who_may_set_which_plan(world: World, client: Client, username: str, place: str, status: int) -> None:
    client.force_login(world.users[username])
    address = page("plan_change", getattr(world, place))
    assert (client.get(address).status_code, client.post(address, {}).status_code) == (status, status)


@pytest.mark.parametrize("year", [2000, 2101])
def test_a_year_out_of_time_is_not_found(world: World, client: Client, year: int) -> None:
    client.force_login(world.users["tinh"])
    assert client.get(page("plan", world.province, year)).status_code == 404


def test_anonymous_visitors_log_in_and_the_page_is_only_read(world: World, client: Client) -> None:
    assert client.get(page("plan", world.province)).status_code == 302
    client.force_login(world.users["tinh"])
    assert client.post(page("plan", world.province)).status_code == 405
    assert client.put(page("plan_change", world.province)).status_code == 405


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_needs_five_queries(world: World, client: Client, rows: int, django_assert_num_queries: Any) -> None:
    set_plan(unit=world.province, year=2026, commune=3, by=None)
    for _ in range(rows):
        club(world.an_khanh)
    client.force_login(world.users["tinh"])
    with django_assert_num_queries(5):
        client.get(page("plan", world.province))


# The data-entry site


def test_a_plan_is_entered_through_the_admin(world: World, client: Client) -> None:
    client.force_login(world.users["huyen"])
    add = reverse("admin:reports_expansionplan_add")
    sent = {
        "unit": world.chau_thanh.pk,
        "year": "2026",
        "district": "1",
        "commune": "3",
        "hamlet": "0",
        "poor_people": "0",
    }
    assert client.post(add, sent).status_code == 302
    plan = ExpansionPlan.objects.get()
    assert (plan.district, plan.commune, plan.history.get().history_user) == (1, 3, world.users["huyen"])
    again = client.post(add, sent)
    assert "Đơn vị này đã có kế hoạch của năm này. Mở kế hoạch đã có để sửa." in text(again)
    change = reverse("admin:reports_expansionplan_change", args=[plan.pk])
    assert client.post(change, {**sent, "commune": "2"}).status_code == 302
    plan.refresh_from_db()
    assert plan.commune == 2


def test_a_plan_of_another_unit_is_not_entered(world: World, client: Client) -> None:
    client.force_login(world.users["huyen"])
    sent = {
        "unit": world.an_hiep.pk,
        "year": "2026",
        "district": "0",
        "commune": "1",
        "hamlet": "0",
        "poor_people": "0",
    }
    answer = client.post(reverse("admin:reports_expansionplan_add"), sent)
    assert "unit" in answer.context["adminform"].form.errors
    assert not ExpansionPlan.objects.exists()
