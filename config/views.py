"""Views that belong to no app: how the site looks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from config.navigation import THEMES

YEAR = 365 * 24 * 60 * 60


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of a light or dark page, and go back to the page."""
    address = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    response = redirect(address if is_ours else "/")
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response
