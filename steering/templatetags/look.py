"""Small pieces that every page is made of."""

from functools import cache
from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

register = template.Library()


@register.simple_tag
@cache  # the same few dozen icons, on every row of every table
def icon(name: str, label: str = "") -> SafeString:
    """An inline icon by its lucide name; decoration, unless `label` says what it means."""
    words = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return mark_safe(lucide(name, size=None, **{"class": "icon"}, **words))  # noqa: S308 - the packaged drawing


@register.simple_tag(takes_context=True)
def may(context: Any, permission: str, obj: Any = None) -> bool:
    """Whether the reader holds `permission` on `obj`, or anywhere without one."""
    return bool(context["request"].user.has_perm(permission, obj))


@register.inclusion_tag("parts/sort_header.html", takes_context=True)
def sort_header(context: Any, field: str, label: str, css: str = "") -> dict[str, Any]:
    """A column's head that sorts by `field`, the other way round when it already does."""
    query: QueryDict = context["request"].GET.copy()
    current = query.get("sort") or context.get("default_sort", "")
    query["sort"] = f"-{field}" if current == field else field
    query.pop("page", None)
    direction = {field: "ascending", f"-{field}": "descending"}.get(current, "")
    return {"label": label, "css": css, "direction": direction, "address": f"?{query.urlencode()}"}


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context: Any, page: Any) -> dict[str, Any]:
    """The numbers of the pages around `page`; nothing when there is only one."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": numbers, "request": context["request"]}


@register.simple_tag
def meter(part: int, whole: int) -> SafeString:
    """A bar filled to `part` of `whole`; the number it shows stands beside it."""
    percent = min(100, round(100 * part / whole)) if whole > 0 else 0
    return format_html(
        '<svg class="meter" width="100%" height="6" aria-hidden="true"><rect width="100%" height="6" rx="3"/>'
        '<rect width="{}%" height="6" rx="3"/></svg>',
        percent,
    )


@register.filter
def tail(full_name: str) -> str:
    """The tên, the last word of a name: "Nguyễn Thị Lụa" → "Lụa"."""
    return full_name.split(" ")[-1]


@register.filter
def head(full_name: str) -> str:
    """What stands before the tên: "Nguyễn Thị Lụa" → "Nguyễn Thị"."""
    return full_name.rpartition(" ")[0]
