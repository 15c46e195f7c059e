"""What the data entry does with accounts: the same rules as on the website."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from steering.actions import appoint
from steering.models import User
from steering.roles import Role
from tests.builders import World, unit


@pytest.fixture
def tinh(world: World, client: Client) -> Client:
    client.force_login(world.users["tinh"])
    return client


def test_ones_own_appointment_is_not_ended(world: World, tinh: Client) -> None:
    work = world.users["tinh"].appointments.get()  # type: ignore[attr-defined]
    answer = tinh.post(
        reverse("admin:steering_appointment_change", args=[work.pk]), {"valid_until": "21/10/2026"}, follow=True
    )
    assert "Không tự kết thúc phân công của mình được." in answer.content.decode()
    work.refresh_from_db()
    assert work.valid_until is None


def test_somebody_elses_appointment_is_ended(world: World, tinh: Client) -> None:
    work = world.users["xa"].appointments.get()  # type: ignore[attr-defined]
    tinh.post(reverse("admin:steering_appointment_change", args=[work.pk]), {"valid_until": "21/10/2026"})
    work.refresh_from_db()
    assert work.valid_until == date(2026, 10, 21)


def test_ones_own_account_is_not_closed(world: World, tinh: Client) -> None:
    me = world.users["tinh"]
    tinh.post(reverse("admin:steering_user_change", args=[me.pk]), {"username": "tinh", "full_name": "Lê Thị Tâm"})
    me.refresh_from_db()
    assert (me.full_name, me.is_active) == ("Lê Thị Tâm", True)


def test_somebody_with_work_elsewhere_is_seen_but_not_changed(world: World, tinh: Client) -> None:
    user = world.users["xa"]
    other = unit(None, "tinh", "Trà Vinh", "84")
    appoint(user=user, role=Role.PROVINCE, unit=other, valid_from=date(2026, 10, 20), by=None)
    address = reverse("admin:steering_user_change", args=[user.pk])
    assert tinh.get(address).status_code == 200
    assert tinh.post(address, {"username": "xa", "full_name": "X"}).status_code == 403
    passwords = {"password1": "mua-xuan-2026", "password2": "mua-xuan-2026"}
    assert tinh.post(reverse("admin:auth_user_password_change", args=[user.pk]), passwords).status_code == 403
    assert User.objects.get(pk=user.pk).check_password("mat-khau-thu")
