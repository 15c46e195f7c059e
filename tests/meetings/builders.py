"""What the tests of the pages about meetings share."""

from typing import Any

from django.test import Client

from steering.models import User


def text(answer: Any) -> str:
    return str(answer.content.decode())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
