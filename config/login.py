"""Every page asks for a login unless it says otherwise."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase


class LoginUnlessPublicMiddleware(LoginRequiredMiddleware):
    """Django's own, but for a page without a login it does not look who is there: the same answer serves everybody, and a
    cache may keep it."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
