"""How rows are picked by place and by day. A row's place is a path; see `Unit.path`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, FilteredRelation, Func, OuterRef, Q, Subquery

from steering.text import fold

if TYPE_CHECKING:
    from steering.models import Unit, User


def path_query(field: str, paths: Iterable[str]) -> Q:
    """Rows whose `field` lies at or below one of `paths`; no row when there are none.

    Paths are made of digits and "c", so everything below a prefix sorts between the prefix and the prefix + "z",
    on SQLite and PostgreSQL alike, and an ordinary index serves the range.
    """
    query = Q(pk__in=[])
    for path in paths:
        query |= Q(**{f"{field}__gte": path, f"{field}__lt": path + "z"})
    return query


def how_many(rows: models.QuerySet[Any]) -> Subquery:
    """A column: how many of `rows`, tied to each row by OuterRef; counted only for the rows that are shown."""
    number = Func(F("pk"), function="COUNT", output_field=models.IntegerField())
    return Subquery(rows.order_by().annotate(n=number).values("n"))


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that belong to a place. The model names the column in `SCOPE`."""

    def in_paths(self, paths: Iterable[str]) -> Self:
        return self.filter(path_query(self.model.SCOPE, paths))

    def under(self, unit: Unit) -> Self:
        """Rows of the unit and of everything below it."""
        return self.in_paths([unit.path])

    def permitting(self, user: User, permission: str) -> Self:
        """Rows at whose place the user holds `permission` ("clubs.add_club")."""
        from steering.access import granted_paths

        return self.in_paths(granted_paths(user, permission))

    def visible_to(self, user: User) -> Self:
        return self.granted_to(user, "view")

    def granted_to(self, user: User, verb: str) -> Self:
        """Rows on which the user may do `verb` ("view", "add", "change", "delete")."""
        meta = self.model._meta
        return self.permitting(user, f"{meta.app_label}.{verb}_{meta.model_name}")


def in_force_on(day: date, relation: str = "") -> Q:
    """Rows in force on `day`; with `relation` ("appointments__"), those of it that are."""
    began = Q(**{f"{relation}valid_from__isnull": True}) | Q(**{f"{relation}valid_from__lte": day})
    return began & (Q(**{f"{relation}valid_until__isnull": True}) | Q(**{f"{relation}valid_until__gt": day}))


class DatedQuerySet(models.QuerySet[Any]):
    """Rows in force from `valid_from` (inclusive) to `valid_until` (exclusive, empty while in force)."""

    def active_on(self, day: date) -> Self:
        return self.filter(in_force_on(day))


class DecisionQuerySet(ScopedQuerySet):
    def search(self, text: str) -> Self:
        """Decisions with every word of `text` in their number, subject or signer, or in the name of the unit that
        issued them."""
        decisions = self
        for word in fold(text).split():
            decisions = decisions.filter(Q(search__contains=word) | Q(issuer_unit__search__contains=word))
        return decisions


class UserQuerySet(models.QuerySet[Any]):
    def with_appointments(self, day: date) -> Self:
        """Each user as often as there are appointments in force on `day`, with one of them as `appointment`, and its unit;
        once, without that attribute, where there are none."""
        in_force = FilteredRelation("appointments", condition=in_force_on(day, "appointments__"))
        return self.annotate(appointment=in_force).select_related("appointment__unit")

    def visible_to(self, user: User) -> Self:
        """Accounts that work or worked at the user's own place, or nowhere so far; superusers' are for superusers."""
        from steering.access import granted_paths

        if user.is_superuser:
            return self
        paths = granted_paths(user, "steering.view_user")
        appointments = self.model._meta.get_field("appointments").related_model.objects.filter(user=OuterRef("pk"))
        here = Exists(appointments.in_paths(paths)) | ~Exists(appointments)
        return self.filter(here, is_superuser=False) if paths else self.none()

    def search(self, text: str) -> Self:
        """Accounts with every word of `text` in their name, login or e-mail, with or without diacritics."""
        users = self
        for word in fold(text).split():
            users = users.filter(search__contains=word)
        return users


class UnitQuerySet(ScopedQuerySet, DatedQuerySet):
    def search(self, text: str) -> Self:
        """Units with every word of `text` in their name or in those of the two above, with or without diacritics."""
        units = self
        for word in fold(text).split():
            own, above = Q(search__contains=word), Q(parent__search__contains=word)
            units = units.filter(own | above | Q(parent__parent__search__contains=word))
        return units

    def with_parents(self) -> Self:
        """Everything `Unit.full_name` reads, in the same query."""
        return self.select_related("parent__parent__parent__parent")
