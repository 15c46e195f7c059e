"""Accounts: names to log in with, ways to a password, and who may do what to whom."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from steering.actions import appoint, end_appointment
from steering.actions.accounts import (
    change_account,
    close_account,
    free_username,
    may_keep_account,
    open_account,
    password_path,
    reopen_account,
    require_account,
    roles_to_give,
    send_password_link,
    set_password,
    withdraw_password,
)
from steering.models import User
from steering.roles import Role, in_words
from tests.builders import World, unit

TODAY = date(2026, 10, 20)
NEW = {"new_password1": "mua-xuan-2026", "new_password2": "mua-xuan-2026"}


def reasons(user: User) -> list[str]:
    return list(user.history.order_by("history_id").values_list("history_change_reason", flat=True))  # type: ignore[attr-defined]


# Names


@pytest.mark.parametrize(
    ("full_name", "username"),
    [
        ("Nguyễn Thị Lụa", "lua.nt"),
        ("Đặng Ánh", "anh.d"),
        ("Lụa", "lua"),
        ("  Trần  Văn (Út) ", "ut.tv"),
        ("!", "tk"),
    ],
)
def test_a_login_is_made_of_the_name(db: None, full_name: str, username: str) -> None:
    assert free_username(full_name) == username


def test_a_login_that_is_taken_gets_a_number(db: None) -> None:
    names = [open_account(full_name="Nguyễn Thị Lụa", by=None).username for _ in range(3)]
    assert names == ["lua.nt", "lua.nt2", "lua.nt3"]


def test_a_login_of_somebody_else_is_refused_in_a_sentence(world: World) -> None:
    with pytest.raises(ValidationError) as refusal:
        open_account(full_name="Lê Hoa", username="xa", by=None)
    assert list(refusal.value.message_dict) == ["username"]


@pytest.mark.parametrize("words", ["lua", "Lụa", "nguyen lua", "lua.nt", "LUA@EXAMPLE"])
def test_an_account_is_found_by_name_login_or_e_mail_without_diacritics(db: None, words: str) -> None:
    lua = open_account(full_name="Nguyễn Thị Lụa", email="lua@example.vn", by=None)
    open_account(full_name="Trần Văn Út", by=None)
    assert list(User.objects.search(words)) == [lua]


def test_accounts_stand_in_the_order_of_names(db: None) -> None:
    for name in ("Nguyễn Thị Út", "Trần Văn Đủ", "Lê Văn Dũng", "Lê Thị Ánh"):
        open_account(full_name=name, by=None)
    assert [str(user) for user in User.objects.all()] == ["Lê Thị Ánh", "Lê Văn Dũng", "Trần Văn Đủ", "Nguyễn Thị Út"]


# History


def test_each_change_is_kept_with_what_it_was_and_who_did_it(world: World) -> None:
    by = world.users["tinh"]
    lua = open_account(full_name="Nguyễn Thị Lụa", by=by)
    change_account(user=lua, full_name="Nguyễn Thị Lụa Hai", email="lua@example.vn", by=by)
    withdraw_password(user=lua, by=by)
    set_password(user=lua, password="mua-xuan-2026", by=lua)
    close_account(user=lua, by=by)
    reopen_account(user=lua, by=by)
    assert reasons(lua) == ["opened", "changed", "link", "password", "closed", "reopened"]
    assert [row.history_user for row in lua.history.order_by("history_id")] == [by, by, by, lua, by, by]  # type: ignore[attr-defined]


def test_a_login_is_no_change(world: World, client: Client) -> None:
    user = world.users["xa"]
    before = user.history.count()  # type: ignore[attr-defined]
    client.post(reverse("login"), {"username": "xa", "password": "mat-khau-thu"})
    user.refresh_from_db()
    assert user.last_login is not None
    assert user.history.count() == before  # type: ignore[attr-defined]


def test_no_record_holds_a_password(db: None) -> None:
    assert not {"password", "last_login"} & {field.name for field in User.history.model._meta.fields}  # type: ignore[attr-defined]


# Who may


def test_nobody_closes_their_own_account(world: World) -> None:
    me = world.users["tinh"]
    with pytest.raises(ValidationError, match="Không tự ngừng tài khoản của mình được"):
        close_account(user=me, by=me)
    assert User.objects.get(pk=me.pk).is_active


def test_nobody_ends_their_own_appointment(world: World) -> None:
    me = world.users["tinh"]
    with pytest.raises(ValidationError, match="Không tự kết thúc phân công của mình được"):
        end_appointment(appointment=me.appointments.get(), on=TODAY, by=me)  # type: ignore[attr-defined]


def test_nobody_withdraws_their_own_password(world: World) -> None:
    me = world.users["tinh"]
    with pytest.raises(ValidationError, match="Đổi mật khẩu"):
        withdraw_password(user=me, by=me)
    assert User.objects.get(pk=me.pk).has_usable_password()


def test_a_closed_account_gets_neither_link_nor_work(world: World) -> None:
    by, closed = world.users["tinh"], world.users["xa"]
    close_account(user=closed, by=by)
    with pytest.raises(ValidationError, match="Mở lại tài khoản trước"):
        withdraw_password(user=closed, by=by)
    with pytest.raises(ValidationError, match="Mở lại tài khoản trước"):
        appoint(user=closed, role=Role.VIEWER, unit=world.province, valid_from=TODAY, by=by)


def test_an_account_is_kept_by_those_above_all_of_its_work(world: World) -> None:
    other = unit(None, "tinh", "Trà Vinh", "84")
    neighbour = open_account(full_name="Người bên kia", by=None)
    appoint(user=neighbour, role=Role.PROVINCE, unit=other, valid_from=TODAY, by=None)
    xa, tinh = world.users["xa"], world.users["tinh"]
    assert [may_keep_account(user=xa, by=by) for by in (tinh, world.users["huyen"], neighbour)] == [True, False, False]
    require_account(user=xa, by=tinh)
    appoint(user=xa, role=Role.VIEWER, unit=other, valid_from=TODAY + timedelta(days=1), by=None)
    assert [may_keep_account(user=xa, by=by) for by in (tinh, neighbour)] == [False, False]
    with pytest.raises(PermissionDenied, match="thuộc cấp trên hoặc đơn vị khác"):
        require_account(user=xa, by=tinh)


def test_nobody_keeps_a_superusers_account(world: World) -> None:
    root = User.objects.create_superuser("root", full_name="Quản trị")
    assert not may_keep_account(user=root, by=world.users["tinh"])
    assert not may_keep_account(user=root, by=root)


def test_who_sees_which_accounts(world: World) -> None:
    other = unit(None, "tinh", "Trà Vinh", "84")
    foreign, idle, former = (open_account(full_name=name, by=None) for name in ("Xa", "Chưa", "Cũ"))
    appoint(user=foreign, role=Role.PROVINCE, unit=other, valid_from=TODAY, by=None)
    appoint(
        user=former,
        role=Role.VIEWER,
        unit=world.an_khanh,
        valid_from=date(2020, 1, 1),
        valid_until=date(2021, 1, 1),
        by=None,
    )
    root = User.objects.create_superuser("root")
    own = {*world.users.values(), idle, former}
    assert set(User.objects.visible_to(world.users["tinh"])) == own
    assert set(User.objects.visible_to(root)) == {*own, foreign, root}
    assert set(User.objects.visible_to(world.users["huyen"])) == set()


def test_the_roles_one_gives_are_not_above_the_own_place(world: World) -> None:
    assert roles_to_give(world.users["tinh"]) == list(Role)
    assert roles_to_give(world.users["huyen"]) == []


DEMOCRACY = ["cuộc bầu cử", "quy chế"]
LIBRARY = ["mẫu chương trình", "mô hình", "lần nhân rộng", "tài liệu"]


def test_a_role_in_words_is_read_from_the_table() -> None:
    assert in_words(Role.SECRETARY)[1:] == [
        ("Xem, thêm, sửa", ["biên bản"]),
        ("Xem, sửa", ["kỳ sinh hoạt"]),
        ("Xem, thêm", ["kiến nghị"]),
        ("Xem", ["câu lạc bộ", "người, tập thể", "thành viên", "ban chủ nhiệm", *DEMOCRACY, *LIBRARY]),
    ]
    assert [verbs for verbs, _things in in_words(Role.VIEWER)] == ["Xem"]


# The link


@pytest.fixture
def lua(world: World) -> User:
    user = open_account(full_name="Nguyễn Thị Lụa", email="lua@example.vn", by=world.users["tinh"])
    appoint(user=user, role=Role.COMMUNE, unit=world.an_khanh, valid_from=TODAY, by=None)
    return user


def follow(client: Client, address: str) -> Any:
    """What whoever opens the link sees."""
    return client.get(address, follow=True)


def test_by_the_link_one_sets_a_password_and_is_in(lua: User, client: Client) -> None:
    shown = follow(client, password_path(lua))
    assert "Từ nay đăng nhập bằng tên <b>lua.nt</b>" in shown.content.decode()
    answer = client.post(shown.request["PATH_INFO"], NEW)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))
    assert client.get(reverse("home")).wsgi_request.user == lua
    assert Client().login(username="lua.nt", password=NEW["new_password1"])
    assert reasons(lua)[-1] == "password"


def test_the_link_is_good_once(lua: User, client: Client) -> None:
    link = password_path(lua)
    client.post(follow(client, link).request["PATH_INFO"], NEW)
    again = follow(Client(), link)
    assert again.status_code == 200
    assert "Đường dẫn hết dùng được" in again.content.decode()
    assert "new_password1" not in again.content.decode()


def test_the_link_is_good_for_three_days(lua: User, client: Client) -> None:
    link = password_path(lua)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert "new_password1" in follow(client, link).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert "trong 3 ngày" in follow(client, link).content.decode()
        assert "new_password1" not in follow(client, link).content.decode()


def test_a_newer_link_replaces_an_older_one(lua: User, world: World, client: Client) -> None:
    link = password_path(lua)
    withdraw_password(user=lua, by=world.users["tinh"])
    assert "Đường dẫn hết dùng được" in follow(client, link).content.decode()
    assert "new_password1" in follow(client, password_path(lua)).content.decode()


def test_a_link_of_a_closed_account_opens_nothing(lua: User, world: World, client: Client) -> None:
    link = password_path(lua)
    close_account(user=lua, by=world.users["tinh"])
    assert "Đường dẫn hết dùng được" in follow(client, link).content.decode()


def test_an_invented_link_opens_nothing(db: None, client: Client) -> None:
    for uid in ("MQ", "_", "khong"):
        answer = client.get(reverse("password_set", args=[uid, "abc-123"]))
        assert (answer.status_code, "Đường dẫn hết dùng được" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (("mua-xuan-2026", "mua-xuan-2027"), "new_password2", "Hai lần gõ chưa giống nhau. Gõ lại mật khẩu mới."),
        (("ngan", "ngan"), "new_password2", "Mật khẩu quá ngắn. Phải có ít nhất 8 ký tự."),
    ],
)
def test_a_bad_password_is_told_beside_its_field(
    lua: User, client: Client, typed: tuple[str, str], field: str, sentence: str
) -> None:
    page = follow(client, password_path(lua)).request["PATH_INFO"]
    answer = client.post(page, {"new_password1": typed[0], "new_password2": typed[1]})
    assert answer.context["form"].errors[field] == [sentence]
    assert not User.objects.get(pk=lua.pk).has_usable_password()


def test_the_link_is_sent_once_all_is_saved(lua: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send_password_link(user=lua, address="https://clb.example.vn/dat-mat-khau/x/")
        assert mail.outbox == []
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["lua@example.vn"], "Đặt mật khẩu cho tài khoản lua.nt")
    assert "https://clb.example.vn/dat-mat-khau/x/\n" in letter.body
    assert "Đường dẫn dùng được một lần, trong 3 ngày." in letter.body


def test_without_an_e_mail_nothing_is_sent(world: World, django_capture_on_commit_callbacks: Any) -> None:
    user = open_account(full_name="Lê Văn Út", by=None)
    with django_capture_on_commit_callbacks(execute=True):
        send_password_link(user=user, address="https://clb.example.vn/")
    assert mail.outbox == []


def test_a_post_office_that_does_not_answer_stops_nothing(
    lua: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.DeadBackend"
    with django_capture_on_commit_callbacks(execute=True):
        send_password_link(user=lua, address="https://clb.example.vn/")
    assert mail.outbox == []


class DeadBackend(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise OSError("no route to host")


# One's own password


def test_changing_ones_password_says_so_and_logs_other_machines_out(world: World, client: Client) -> None:
    elsewhere = Client()
    for machine in (client, elsewhere):
        machine.login(username="xa", password="mat-khau-thu")
    answer = client.post(reverse("password_change"), {"old_password": "mat-khau-thu", **NEW}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Đã đổi mật khẩu." in answer.content.decode()
    assert elsewhere.get("/").status_code == 302
    assert reasons(world.users["xa"])[-1] == "password"


def test_a_wrong_old_password_is_told_beside_its_field(world: World, client: Client) -> None:
    client.force_login(world.users["xa"])
    answer = client.post(reverse("password_change"), {"old_password": "sai", **NEW})
    assert answer.context["form"].errors == {"old_password": ["Mật khẩu đang dùng chưa đúng. Gõ lại."]}
    assert User.objects.get(username="xa").check_password("mat-khau-thu")


def test_a_wrong_login_is_told_in_one_sentence_whatever_was_wrong(world: World, client: Client) -> None:
    for typed in ({"username": "xa", "password": "sai"}, {"username": "khong-co", "password": "mat-khau-thu"}):
        answer = client.post(reverse("login"), typed)
        sentence = "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại chữ hoa, chữ thường rồi gõ lại."
        assert answer.context["form"].non_field_errors() == [sentence]


def test_an_empty_login_is_told_beside_each_field(db: None, client: Client) -> None:
    errors = client.post(reverse("login"), {}).context["form"].errors
    assert {name: list(sentences) for name, sentences in errors.items()} == {
        "username": ["Ô này để trống. Ghi thêm."],
        "password": ["Ô này để trống. Ghi thêm."],
    }
