"""The pages of accounts: the list and one account."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from steering.actions import appoint, end_appointment
from steering.actions.accounts import close_account, open_account, withdraw_password
from steering.models import User
from steering.roles import Role
from tests.builders import World, club, officer, secretary, unit

TODAY = date(2026, 10, 20)
LIST = "/tai-khoan/"


@pytest.fixture
def tinh(world: World, client: Client) -> Client:
    client.force_login(world.users["tinh"])
    return client


def logins(client: Client, **conditions: Any) -> list[str]:
    return [user.username for user in client.get(LIST, conditions).context["page"]]


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# The list


def test_the_list_names_each_account_with_its_work(world: World, tinh: Client) -> None:
    secretary("thuky", club(world.an_khanh, name="CLB xã An Khánh"))
    html = text(tinh.get(LIST))
    assert "Người xa</a>" in html
    assert 'Cán bộ xã<small class="d-block">Xã An Khánh, huyện Châu Thành' in html
    assert 'Thư ký câu lạc bộ<small class="d-block">CLB xã An Khánh' in html


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"q": "khac nguoi"}, ["xa_khac"]),
        ({"q": "XA_KHAC@example"}, ["xa_khac"]),
        ({"role": "commune"}, ["xa", "xa_khac"]),
        ({"role": "commune", "unit": "chau_thanh"}, ["xa"]),
        ({"unit": "ba_tri"}, ["xa_khac"]),
        ({"q": "khongco"}, []),
    ],
)
def test_the_list_is_filtered(world: World, tinh: Client, conditions: dict[str, str], found: list[str]) -> None:
    if "unit" in conditions:
        conditions = conditions | {"unit": getattr(world, conditions["unit"]).pk}
    assert sorted(logins(tinh, **conditions)) == found


def test_ended_accounts_are_left_out_until_asked_for(world: World, tinh: Client) -> None:
    by = world.users["tinh"]
    close_account(user=world.users["xem"], by=by)
    end_appointment(appointment=world.users["xa_khac"].appointments.get(), on=TODAY, by=by)  # type: ignore[attr-defined]
    idle = open_account(full_name="Lê Chưa", by=by)
    later = open_account(full_name="Lê Mai", by=by)
    appoint(user=later, role=Role.VIEWER, unit=world.province, valid_from=date(2026, 11, 1), by=by)
    assert sorted(logins(tinh)) == sorted([idle.username, later.username, "huyen", "tinh", "xa"])
    assert sorted(logins(tinh, state="ended")) == ["xa_khac", "xem"]
    assert logins(tinh, state="ended", role="commune") == ["xa_khac"]


def test_those_who_never_came_are_found(world: World, tinh: Client) -> None:
    User.objects.exclude(username="xem").update(last_login=timezone.now())
    assert logins(tinh, state="new") == ["xem"]


def test_the_list_is_sorted_by_the_last_login(world: World, tinh: Client) -> None:
    User.objects.update(last_login=None)
    User.objects.filter(username="xa").update(last_login=timezone.now())
    assert logins(tinh, sort="-seen")[0] == "xa"
    assert logins(tinh, sort="seen")[-1] == "xa"


def test_the_list_holds_fifty_a_page(world: World, tinh: Client) -> None:
    for n in range(50):
        open_account(full_name=f"Lê Văn {n}", by=None)
    page = tinh.get(LIST).context["page"]
    assert (len(page), page.paginator.count, page.paginator.num_pages) == (50, 55, 2)


def test_accounts_of_another_province_and_superusers_are_not_there(world: World, tinh: Client) -> None:
    officer("ben_kia", Role.PROVINCE, unit(None, "tinh", "Trà Vinh", "84"))
    User.objects.create_superuser("root")
    assert sorted(logins(tinh)) == ["huyen", "tinh", "xa", "xa_khac", "xem"]


def test_conditions_that_there_are_not_are_passed_over(world: World, tinh: Client) -> None:
    assert len(logins(tinh, state="x", role="vua", unit="999999", sort="password", page="x")) == 5


def test_an_empty_list_says_what_to_do(world: World, tinh: Client) -> None:
    assert "Không có tài khoản nào khớp" in text(tinh.get(LIST, {"q": "zzz"}))


@pytest.mark.parametrize(
    "conditions", [{}, {"q": "thu ky"}, {"role": "secretary", "unit": "chau_thanh", "sort": "-seen"}]
)
def test_the_list_needs_the_same_queries_for_any_number_of_accounts(
    world: World, tinh: Client, conditions: dict[str, str]
) -> None:
    if "unit" in conditions:
        conditions = conditions | {"unit": world.chau_thanh.pk}
    counts = []
    for more in (1, 2, 47):
        for n in range(more):
            secretary(f"tk{more}_{n}", club(world.an_khanh))
        with CaptureQueriesContext(connection) as queries:
            assert tinh.get(LIST, conditions).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 6


# One account


def account(client: Client, user: User) -> Any:
    return client.get(reverse("account", args=[user.pk]))


def test_the_page_tells_who_works_where_and_did_before(world: World, tinh: Client) -> None:
    user = world.users["xa"]
    appoint(
        user=user,
        role=Role.VIEWER,
        unit=world.ba_tri,
        valid_from=date(2019, 1, 1),
        valid_until=date(2020, 1, 1),
        by=None,
    )
    answer = account(tinh, user)
    assert [(a.role, str(a.unit)) for a in answer.context["current"]] == [("commune", "Xã An Khánh")]
    assert [(a.role, str(a.unit)) for a in answer.context["former"]] == [("viewer", "Huyện Ba Tri")]
    assert "01/01/2019 – 01/01/2020" in text(answer)


def test_the_page_says_what_each_role_may_do(world: World, tinh: Client) -> None:
    html = text(account(tinh, secretary("thuky", club(world.an_khanh, name="CLB xã An Khánh"))))
    assert "Thư ký câu lạc bộ được làm gì" in html
    assert "<dt>Xem, sửa</dt><dd>kỳ sinh hoạt</dd>" in html
    assert ">CLB xã An Khánh</a>" in html


def test_the_page_keeps_what_happened_newest_first(world: World, tinh: Client) -> None:
    by, user = world.users["tinh"], world.users["xa"]
    end_appointment(appointment=user.appointments.get(), on=TODAY, by=by)  # type: ignore[attr-defined]
    withdraw_password(user=user, by=by)
    lines = [(entry.sentence, entry.who) for entry in account(tinh, user).context["entries"]]
    assert lines == [
        ("Cấp đường dẫn đặt mật khẩu mới", "Người tinh"),
        ("Kết thúc phân công: Cán bộ xã, Xã An Khánh, từ 20/10/2026", "Người tinh"),
        ("Phân công: Cán bộ xã, Xã An Khánh, từ 01/01/2020", ""),
        ("Lập tài khoản", ""),
    ]


def test_without_work_the_page_says_what_that_means(world: World, tinh: Client) -> None:
    user = open_account(full_name="Lê Chưa", by=None)
    assert "đăng nhập được nhưng không xem được gì" in text(account(tinh, user))


def test_on_ones_own_page_nothing_is_ended(world: World, tinh: Client) -> None:
    html = text(account(tinh, world.users["tinh"]))
    assert "Ngừng tài khoản" not in html
    assert "/ket-thuc/" not in html
    assert "Đặt lại mật khẩu" not in html


@pytest.mark.parametrize("username", ["huyen", "xa", "xem"])
def test_others_see_no_accounts(world: World, client: Client, username: str) -> None:
    client.force_login(world.users[username])
    assert client.get(LIST).status_code == 403
    assert account(client, world.users["xa"]).status_code == 403
    assert f'href="{LIST}"' not in text(client.get("/"))


def test_another_provinces_account_is_not_found(world: World, tinh: Client) -> None:
    foreign = officer("ben_kia", Role.PROVINCE, unit(None, "tinh", "Trà Vinh", "84"))
    assert account(tinh, foreign).status_code == 404
    assert account(tinh, User.objects.create_superuser("root")).status_code == 404


def test_somebody_with_work_elsewhere_is_seen_but_not_changed(world: World, tinh: Client) -> None:
    appoint(
        user=world.users["xa"],
        role=Role.PROVINCE,
        unit=unit(None, "tinh", "Trà Vinh", "84"),
        valid_from=TODAY,
        by=None,
    )
    html = text(account(tinh, world.users["xa"]))
    assert "Việc khác" not in html
    for name in ("account_change", "account_password", "account_appoint"):
        assert tinh.post(reverse(name, args=[world.users["xa"].pk])).status_code in (403, 405)
        assert tinh.get(reverse(name, args=[world.users["xa"].pk])).status_code == 403


def test_only_reading(world: World, tinh: Client) -> None:
    assert tinh.post(LIST).status_code == 405
    assert tinh.post(reverse("account", args=[world.users["xa"].pk])).status_code == 405


def test_the_page_needs_the_same_queries_for_any_amount_of_work(world: World, tinh: Client) -> None:
    user = world.users["xa"]
    counts = []
    for more in (1, 2, 47):
        for _n in range(more):
            here = club(world.an_khanh)
            appoint(user=user, role=Role.SECRETARY, unit=here.unit, path=here.path, valid_from=TODAY, by=None)
        with CaptureQueriesContext(connection) as queries:
            assert account(tinh, user).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 8
