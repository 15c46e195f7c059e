"""How clubs, people and their seats are picked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from steering.access import granted_paths
from steering.querysets import ScopedQuerySet, path_query
from steering.text import fold

if TYPE_CHECKING:
    from steering.models import User


class SearchQuerySet(models.QuerySet[Any]):
    def search(self, text: str) -> Self:
        """Rows whose folded name holds every word of `text`, with or without diacritics."""
        rows = self
        for word in fold(text).split():
            rows = rows.filter(search__contains=word)
        return rows


def number_of(relation: str, condition: Q) -> Coalesce:
    """How many rows of `relation` ("clubs.Membership") a club has; asked only for the clubs that are shown."""
    rows = apps.get_model(relation).objects.filter(condition, club=OuterRef("pk")).order_by()
    counted = rows.values("club").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


class ClubQuerySet(ScopedQuerySet, SearchQuerySet):
    def search(self, text: str) -> Self:
        """Clubs with every word of `text` in their name or in those of their unit and the two above it."""
        clubs = self
        for word in fold(text).split():
            places = Q(unit__search__contains=word) | Q(unit__parent__search__contains=word)
            clubs = clubs.filter(Q(search__contains=word) | places | Q(unit__parent__parent__search__contains=word))
        return clubs

    def not_ended(self) -> Self:
        return self.exclude(status__in=["dissolved", "merged", "withdrawn"])

    def with_place(self) -> Self:
        """The unit and those above it, in the same query."""
        return self.select_related("unit__parent__parent__parent__parent")

    def with_numbers(self) -> Self:
        """Adds `sitting` (members), `chairs` (0 or 1) and `vice_chairs` (0 to 2), as they are now."""
        return self.annotate(
            sitting=number_of("clubs.Membership", Q(left_on__isnull=True)),
            chairs=number_of("clubs.Office", Q(role="chair", ended_on__isnull=True)),
            vice_chairs=number_of("clubs.Office", Q(role="vice_chair", ended_on__isnull=True)),
        )

    def without_chair(self) -> Self:
        """Active clubs whose chair nobody holds (R6)."""
        held = apps.get_model("clubs.Office").objects.filter(club=OuterRef("pk"), role="chair", ended_on__isnull=True)
        return self.filter(~Exists(held), status="active")

    def live(self) -> Self:
        """Founded and neither dissolved nor merged: active or suspended."""
        return self.filter(status__in=["active", "suspended"])

    def existing_on(self, day: date) -> Self:
        """Clubs founded on or before `day` and not ended by then."""
        return self.filter(founded_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class PersonQuerySet(ScopedQuerySet, SearchQuerySet):
    def granted_to(self, user: User, verb: str) -> Self:
        """People of the user's own units, and those who sit in the user's clubs."""
        paths = granted_paths(user, f"clubs.{verb}_person")
        memberships = self.model._meta.get_field("memberships").related_model.objects
        sitting = memberships.filter(path_query("club__path", paths)).values("person")
        return self.filter(path_query("unit__path", paths) | Q(pk__in=sitting))


class OfPersonQuerySet(ScopedQuerySet):
    """Rows about a person, who is seen in the own unit and in every club."""

    def granted_to(self, user: User, verb: str) -> Self:
        people = apps.get_model("clubs.Person").objects
        return self.filter(person__in=people.granted_to(user, verb))


class MembershipQuerySet(ScopedQuerySet):
    def sitting(self) -> Self:
        return self.filter(left_on__isnull=True)

    def active_on(self, day: date) -> Self:
        """Members on `day`: joined on or before it, not left by it."""
        return self.filter(joined_on__lte=day).filter(Q(left_on__isnull=True) | Q(left_on__gt=day))

    def search(self, text: str) -> Self:
        """Members whose name holds every word of `text`, with or without diacritics."""
        rows = self
        for word in fold(text).split():
            rows = rows.filter(person__search__contains=word)
        return rows

    def with_office(self) -> Self:
        """Adds `office_role`, `office_since` and `office_pk` of the office held now, None without one."""
        held = FilteredRelation("offices", condition=Q(offices__ended_on__isnull=True))
        return self.annotate(held=held).annotate(
            office_role=F("held__role"), office_since=F("held__started_on"), office_pk=F("held__pk")
        )


class OfficeQuerySet(ScopedQuerySet):
    def held(self) -> Self:
        return self.filter(ended_on__isnull=True)
