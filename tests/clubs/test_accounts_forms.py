"""Inviting, appointing, ending, and the rest of what is done to accounts, as the pages do it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from clubs.models import Club
from steering.models import Appointment, User
from steering.roles import Role
from tests.builders import World, club, officer, secretary, unit

TODAY = date(2026, 10, 20)
FROM = {"valid_from": "01/11/2026", "valid_until": ""}


@pytest.fixture
def tinh(world: World, client: Client) -> Client:
    client.force_login(world.users["tinh"])
    return client


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def send(client: Client, name: str, *args: Any, follow: bool = True, **data: Any) -> Any:
    return client.post(reverse(name, args=args), {"once": uuid4(), **data}, follow=follow)


# Inviting


def test_an_invited_officer_gets_an_account_work_and_a_link(
    world: World, tinh: Client, django_capture_on_commit_callbacks: Any
) -> None:
    lua = {"full_name": "Nguyễn Thị Lụa", "email": "lua@example.vn", "unit": world.tan_phu.pk}
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(tinh, "account_invite_as", "commune", **lua, **FROM)
    user = User.objects.get(username="lua.nt")
    assert answer.redirect_chain == [(reverse("account", args=[user.pk]), 302)]
    assert not user.has_usable_password()
    work = user.appointments.get()  # type: ignore[attr-defined]
    assert (work.role, work.unit, work.path) == ("commune", world.tan_phu, world.tan_phu.path)
    assert (work.valid_from, work.valid_until) == (date(2026, 11, 1), None)
    assert work.history.get().history_user == world.users["tinh"]
    link = answer.context["link"]
    assert link.startswith("http://testserver/dat-mat-khau/")
    assert f'<input class="form-control num" id="link" value="{link}" readonly>' in text(answer)
    assert ('data-copy="link"' in text(answer), "js/copy.js" in text(answer)) == (True, True)
    assert "Đã lập tài khoản “lua.nt” cho Nguyễn Thị Lụa." in text(answer)
    assert [letter.to for letter in mail.outbox] == [["lua@example.vn"]]
    assert "http://testserver/dat-mat-khau/" in mail.outbox[0].body
    assert Client().get(link, follow=True).context["validlink"]


def test_the_link_is_shown_once(world: World, tinh: Client) -> None:
    first = send(tinh, "account_invite_as", "viewer", full_name="Lê Hoa", unit=world.province.pk, **FROM)
    assert "/dat-mat-khau/" in text(first)
    assert "/dat-mat-khau/" not in text(tinh.get(first.request["PATH_INFO"]))


def test_the_link_stands_on_no_other_accounts_page(world: World, tinh: Client) -> None:
    send(tinh, "account_invite_as", "viewer", follow=False, full_name="Lê Hoa", unit=world.province.pk, **FROM)
    assert "/dat-mat-khau/" not in text(tinh.get(reverse("account", args=[world.users["xa"].pk])))


def test_a_secretary_is_invited_to_one_club(world: World, tinh: Client) -> None:
    here = club(world.an_khanh)
    send(tinh, "account_invite_as", "secretary", full_name="Lê Hoa", username="hoa", club=here.pk, **FROM)
    work = User.objects.get(username="hoa").appointments.get()  # type: ignore[attr-defined]
    assert (work.role, work.path, work.unit) == ("secretary", here.path, world.an_khanh)


def test_the_units_offered_are_those_of_the_roles_level(world: World, tinh: Client) -> None:
    def offered(role: str) -> list[str]:
        page = tinh.get(reverse("account_invite_as", args=[role]))
        return [str(row) for row in page.context["form"].fields["unit"].queryset]

    assert offered("province") == ["Tỉnh Bến Tre"]
    assert offered("district") == ["Huyện Ba Tri", "Huyện Châu Thành"]
    assert offered("commune") == ["Xã An Hiệp", "Xã An Khánh", "Xã Phú Đức", "Xã Tân Phú"]
    assert len(offered("viewer")) == 11


def test_where_there_is_one_place_it_is_chosen_already(world: World, tinh: Client) -> None:
    page = tinh.get(reverse("account_invite_as", args=["province"]))
    assert f'value="{world.province.pk}" id="id_unit_0" checked' in text(page)


@pytest.mark.parametrize(
    ("role", "wrong", "field"),
    [
        ("commune", {"full_name": ""}, "full_name"),
        ("commune", {"username": "xa"}, "username"),
        ("commune", {"username": "tên có dấu cách"}, "username"),
        ("commune", {"email": "khong-phai"}, "email"),
        ("commune", {"unit": ""}, "unit"),
        ("commune", {"unit": "chau_thanh"}, "unit"),
        ("commune", {"valid_from": "31/02/2026"}, "valid_from"),
        ("commune", {"valid_until": "01/10/2026"}, "valid_until"),
        ("secretary", {}, "club"),
    ],
)
def test_a_bad_invitation_is_shown_again(
    world: World, tinh: Client, role: str, wrong: dict[str, Any], field: str
) -> None:
    typed = {"full_name": "Lê Hoa", "unit": world.tan_phu.pk, **FROM, **wrong}
    if typed["unit"] == "chau_thanh":
        typed["unit"] = world.chau_thanh.pk
    before = User.objects.count()
    answer = send(tinh, "account_invite_as", role, **typed)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Lê Hoa"' in text(answer) or not typed["full_name"]
    assert User.objects.count() == before


def test_a_place_of_another_province_is_not_offered(world: World, tinh: Client) -> None:
    foreign = unit(unit(unit(None, "tinh", "Trà Vinh", "84"), "huyen", "Càng Long", "844"), "xa", "Đại Phước", "29000")
    answer = send(tinh, "account_invite_as", "commune", full_name="Lê Hoa", unit=foreign.pk, **FROM)
    assert list(answer.context["form"].errors) == ["unit"]
    theirs = club(foreign)
    answer = send(tinh, "account_invite_as", "secretary", full_name="Lê Hoa", club=theirs.pk, **FROM)
    assert list(answer.context["form"].errors) == ["club"]
    assert not User.objects.filter(full_name="Lê Hoa").exists()


def test_sent_twice_there_is_one_account(world: World, tinh: Client) -> None:
    page = tinh.get(reverse("account_invite_as", args=["viewer"]))
    data = {"full_name": "Lê Hoa", "unit": world.province.pk, "once": page.context["once"], **FROM}
    for _ in range(2):
        answer = send(tinh, "account_invite_as", "viewer", **data)
    assert "Việc này đã làm xong ở lần gửi trước" in text(answer)
    assert User.objects.filter(full_name="Lê Hoa").count() == 1


def test_a_role_that_there_is_not_is_not_found(world: World, tinh: Client) -> None:
    assert tinh.get(reverse("account_invite_as", args=["vua"])).status_code == 404


# Appointing and ending


def test_somebody_is_appointed_to_another_unit(world: World, tinh: Client) -> None:
    user = world.users["xa"]
    data = {"unit": world.phu_duc.pk, "valid_from": "01/11/2026", "valid_until": "01/11/2027"}
    answer = send(tinh, "account_appoint_as", user.pk, "commune", **data)
    assert answer.redirect_chain == [(reverse("account", args=[user.pk]), 302)]
    new = Appointment.objects.get(user=user, unit=world.phu_duc)
    assert (new.role, new.valid_from, new.valid_until) == ("commune", date(2026, 11, 1), date(2027, 11, 1))


def test_the_same_work_twice_is_refused(world: World, tinh: Client) -> None:
    user = world.users["xa"]
    answer = send(tinh, "account_appoint_as", user.pk, "commune", unit=world.an_khanh.pk, **FROM)
    assert answer.context["form"].non_field_errors() == ["Người này đang giữ đúng vai trò này tại đây."]
    assert user.appointments.count() == 1  # type: ignore[attr-defined]


def test_an_appointment_is_ended(world: World, tinh: Client) -> None:
    work = world.users["xa"].appointments.get()  # type: ignore[attr-defined]
    answer = send(tinh, "appointment_end", work.pk, valid_until="20/10/2026")
    assert "Đã kết thúc phân công: Cán bộ xã, Xã An Khánh." in text(answer)
    work.refresh_from_db()
    assert (work.valid_until, work.history.first().history_user) == (TODAY, world.users["tinh"])
    client = Client()
    client.force_login(world.users["xa"])
    assert client.get(reverse("clubs")).status_code == 403


def test_an_end_before_the_beginning_is_refused(world: World, tinh: Client) -> None:
    work = world.users["xa"].appointments.get()  # type: ignore[attr-defined]
    answer = send(tinh, "appointment_end", work.pk, valid_until="01/01/2019")
    sentence = "Ngày kết thúc không thể trước ngày bắt đầu. Sửa một trong hai ngày."
    assert answer.context["form"].errors == {"valid_until": [sentence]}


def test_ones_own_work_is_not_ended(world: World, tinh: Client) -> None:
    work = world.users["tinh"].appointments.get()  # type: ignore[attr-defined]
    answer = send(tinh, "appointment_end", work.pk, valid_until="21/10/2026")
    sentence = "Không tự kết thúc phân công của mình được. Nhờ một người quản trị khác."
    assert answer.context["form"].non_field_errors() == [sentence]
    work.refresh_from_db()
    assert work.valid_until is None


def test_what_has_ended_is_not_ended_again(world: World, tinh: Client) -> None:
    work = world.users["xa"].appointments.get()  # type: ignore[attr-defined]
    send(tinh, "appointment_end", work.pk, valid_until="20/10/2026")
    assert tinh.get(reverse("appointment_end", args=[work.pk])).status_code == 404


def test_another_provinces_work_is_not_found(world: World, tinh: Client) -> None:
    foreign = officer("ben_kia", Role.PROVINCE, unit(None, "tinh", "Trà Vinh", "84"))
    work = foreign.appointments.get()  # type: ignore[attr-defined]
    assert send(tinh, "appointment_end", work.pk, valid_until="21/10/2026").status_code == 404
    assert send(tinh, "account_appoint_as", foreign.pk, "viewer", unit=world.province.pk, **FROM).status_code == 404
    assert foreign.appointments.count() == 1  # type: ignore[attr-defined]


# The account itself


def test_names_are_changed(world: World, tinh: Client) -> None:
    user = world.users["xa"]
    send(tinh, "account_change", user.pk, full_name="  Nguyễn  Thị Lụa ", email="")
    user.refresh_from_db()
    assert (user.full_name, user.email, user.username) == ("Nguyễn Thị Lụa", "", "xa")


def test_a_form_opened_before_somebody_elses_change_says_so(world: World, tinh: Client) -> None:
    user = world.users["xa"]
    version = tinh.get(reverse("account_change", args=[user.pk])).context["version"]
    send(tinh, "account_change", user.pk, full_name="Nguyễn Thị Lụa", email="", version=version)
    answer = send(tinh, "account_change", user.pk, full_name="Lê Hoa", email="", version=version)
    assert answer.context["meanwhile"].who == "Người tinh"
    user.refresh_from_db()
    assert user.full_name == "Nguyễn Thị Lụa"


def test_a_new_link_ends_old_sessions_and_the_old_password(world: World, tinh: Client) -> None:
    user, at_work = world.users["xa"], Client()
    at_work.login(username="xa", password="mat-khau-thu")
    assert at_work.get("/").status_code == 200
    answer = send(tinh, "account_password", user.pk)
    assert answer.context["link"].startswith("http://testserver/dat-mat-khau/")
    assert at_work.get("/").status_code == 302
    assert not Client().login(username="xa", password="mat-khau-thu")


def test_ones_own_password_is_not_withdrawn(world: World, tinh: Client) -> None:
    answer = send(tinh, "account_password", world.users["tinh"].pk)
    assert answer.context["form"].non_field_errors() == ["Mật khẩu của mình thì đổi ở mục “Đổi mật khẩu”."]
    assert tinh.get("/").status_code == 200


def test_an_account_is_closed_and_opened_again(world: World, tinh: Client) -> None:
    user, at_work = world.users["xa"], Client()
    at_work.force_login(user)
    send(tinh, "account_state", user.pk, "close")
    user.refresh_from_db()
    assert not user.is_active
    assert at_work.get("/").status_code == 302
    assert "Mở lại tài khoản" in text(tinh.get(reverse("account", args=[user.pk])))
    send(tinh, "account_state", user.pk, "reopen")
    assert Client().login(username="xa", password="mat-khau-thu")


def test_ones_own_account_is_not_closed(world: World, tinh: Client) -> None:
    answer = send(tinh, "account_state", world.users["tinh"].pk, "close")
    sentence = "Không tự ngừng tài khoản của mình được. Nhờ một người quản trị khác."
    assert answer.context["form"].non_field_errors() == [sentence]
    assert tinh.get("/").status_code == 200


def test_a_superusers_account_is_out_of_reach(world: World, tinh: Client) -> None:
    root = User.objects.create_superuser("root", password="mat-khau-thu")
    for name, args in (("account_change", []), ("account_password", []), ("account_state", ["close"])):
        assert send(tinh, name, root.pk, *args, full_name="X").status_code == 404
    client = Client()
    client.force_login(root)
    for name, args in (("account_change", []), ("account_password", []), ("account_state", ["close"])):
        assert send(client, name, root.pk, *args, full_name="X").status_code == 403


# Who may not


@pytest.mark.parametrize("username", ["huyen", "xa", "xem", "thuky"])
def test_nobody_below_the_province_writes(world: World, client: Client, username: str) -> None:
    here = club(world.an_khanh)
    world.users["thuky"] = secretary("thuky", here)
    client.force_login(world.users[username])
    user, work = world.users["xem"], world.users["xem"].appointments.get()  # type: ignore[attr-defined]
    pages: list[tuple[str, list[Any]]] = [
        ("account_invite_as", ["viewer"]),
        ("account_change", [user.pk]),
        ("account_password", [user.pk]),
        ("account_state", [user.pk, "close"]),
        ("account_appoint_as", [user.pk, "viewer"]),
        ("appointment_end", [work.pk]),
        ("club_secretary_appoint", [here.pk]),
    ]
    data = {"full_name": "Lê Hoa", "unit": world.chau_thanh.pk, "user": user.pk, **FROM}
    assert {name: send(client, name, *args, **data).status_code for name, args in pages} == {
        name: 403 for name, _args in pages
    }
    assert (User.objects.count(), Appointment.objects.count()) == (6, 6)


# A club's secretaries


@pytest.fixture
def here(world: World) -> Club:
    return club(world.an_khanh, name="CLB xã An Khánh")


def test_the_clubs_page_leads_to_its_secretaries_for_those_who_appoint(world: World, tinh: Client, here: Club) -> None:
    address = reverse("club_secretaries", args=[here.pk])
    assert f'href="{address}"' in text(tinh.get(reverse("club", args=[here.pk])))
    xa = Client()
    xa.force_login(world.users["xa"])
    assert f'href="{address}"' not in text(xa.get(reverse("club", args=[here.pk])))
    assert xa.get(address).status_code == 403


def test_a_club_without_a_secretary_says_what_to_do(world: World, tinh: Client, here: Club) -> None:
    html = text(tinh.get(reverse("club_secretaries", args=[here.pk])))
    assert "Câu lạc bộ chưa có thư ký" in html
    address = f"{reverse('account_invite_as', args=['secretary'])}?club={here.pk}"
    assert f'href="{address}"' in html
    assert f'value="{here.pk}" id="id_club_0" checked' in text(tinh.get(address))


def test_a_secretary_is_chosen_from_those_with_an_account(world: World, tinh: Client, here: Club) -> None:
    user = world.users["xem"]
    answer = send(tinh, "club_secretary_appoint", here.pk, user=user.pk, **FROM)
    assert "Người xem nay là thư ký của CLB xã An Khánh." in text(answer)
    assert Appointment.objects.get(user=user, role="secretary").path == here.path
    assert [a.user for a in answer.context["current"]] == [user]


def test_the_secretaries_of_a_club_are_those_of_that_club(world: World, tinh: Client, here: Club) -> None:
    secretary("cua_minh", here)
    secretary("ben_canh", club(world.an_khanh))
    page = tinh.get(reverse("club_secretaries", args=[here.pk]))
    assert [a.user.username for a in page.context["current"]] == ["cua_minh"]


def test_another_provinces_club_is_not_found(world: World, tinh: Client) -> None:
    theirs = club(unit(unit(None, "tinh", "Trà Vinh", "84"), "huyen", "Càng Long", "844"))
    assert tinh.get(reverse("club_secretaries", args=[theirs.pk])).status_code == 404
    assert send(tinh, "club_secretary_appoint", theirs.pk, user=world.users["xem"].pk, **FROM).status_code == 404
