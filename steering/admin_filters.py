"""Conditions above the data-entry lists: places of one's own only, and what is usually looked for as the first choice."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from steering.access import granted_paths
from steering.models import Unit, UnitKind
from steering.querysets import path_query

ALL = ("all", _("Tất cả"))


class UnitFilter(admin.SimpleListFilter):
    """Rows of a unit and of everything below it: one's own unit's children first, then the chosen one's, down to hamlets."""

    title = _("nơi")
    parameter_name = "under"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        opts = model_admin.opts
        paths = granted_paths(request.user, f"{opts.app_label}.view_{opts.model_name}")
        mine = Unit.objects.filter(path_query("path", paths))
        value = self.value() or ""
        self.chosen = mine.filter(pk=value).first() if value.isdigit() else None
        tops = [self.chosen] if self.chosen else list(self.tops(mine, paths))
        above = mine.filter(path__in=self.chosen.ancestor_paths).order_by("path") if self.chosen else []
        below = mine.filter(parent__in=tops, valid_until=None).exclude(kind=UnitKind.GROUP)
        shown = [*above, *(tops if self.chosen or len(tops) > 1 else []), *below]
        return [(str(unit.pk), str(unit)) for unit in shown]

    def tops(self, mine: Any, paths: list[str]) -> Any:
        return mine.filter(parent=None) if paths == [""] else mine.filter(path__in=paths)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() is None:
            return queryset
        return queryset.under(self.chosen) if self.chosen else queryset.none()


class FirstChoiceFilter(admin.SimpleListFilter):
    """A condition whose first choice holds until another is made."""

    words: tuple[tuple[str, Any], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return self.words

    def value(self) -> str:
        return super().value() or self.words[0][0]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for value, words in self.lookup_choices:
            chosen = {} if value == self.words[0][0] else {self.parameter_name: value}
            address = changelist.get_query_string(chosen, remove=[self.parameter_name])
            yield {"selected": self.value() == value, "query_string": address, "display": words}


class InForceFilter(FirstChoiceFilter):
    """For dated rows."""

    title = _("hiệu lực")
    parameter_name = "in_force"
    words = (("yes", _("Còn hiệu lực")), ("no", _("Đã kết thúc")), ALL)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == ALL[0]:
            return queryset
        active = queryset.active_on(timezone.localdate())
        return active if self.value() == "yes" else queryset.exclude(pk__in=active.values("pk"))
