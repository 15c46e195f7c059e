"""What stands in the masthead of every page, for the one who reads it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steering.access import may_use_admin, own_unit

THEMES = ("light", "dark")

# address name, words, permission that opens it
ITEMS: tuple[tuple[str, Any, str], ...] = (
    ("units", pgettext_lazy("plural", "Đơn vị"), "steering.view_unit"),
    ("committees", _("Ban chỉ đạo"), "steering.view_steeringcommittee"),
    ("clubs", _("Câu lạc bộ"), "clubs.view_club"),
    ("meetings", _("Sinh hoạt"), "meetings.view_meeting"),
    ("library", _("Thư viện"), "meetings.view_productionmodel"),
    ("reports", _("Báo cáo"), "reports.view_report"),
)


def masthead(request: HttpRequest) -> dict[str, Any]:
    """Own unit, destinations in order with the current one marked, theme; no query beyond the appointments."""
    user: Any = getattr(request, "user", None)
    theme = request.COOKIES.get("theme")
    found: dict[str, Any] = {"theme": theme if theme in THEMES else "", "has_public_pages": settings.PUBLIC_PAGES}
    if user is None or not user.is_authenticated:
        return found
    items = [(reverse("home"), _("Trang chủ"))]
    items += [(reverse(name), words) for name, words, permission in ITEMS if user.has_perm(permission)]
    return found | {
        "place": own_unit(user) or "",
        "nav_items": [(address, words, is_current(request.path, address)) for address, words in items],
        "uses_admin": may_use_admin(user),
        "follows_meetings": user.has_perm("meetings.view_meeting"),
        "keeps_accounts": user.has_perm("steering.view_user"),
    }


def is_current(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
