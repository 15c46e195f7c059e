"""How clubs, people and their seats are picked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

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


class ClubQuerySet(ScopedQuerySet, SearchQuerySet):
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
        sits = memberships.filter(path_query("club__path", paths), person=OuterRef("pk"))
        return self.filter(path_query("unit__path", paths) | Exists(sits))


class MembershipQuerySet(ScopedQuerySet):
    def sitting(self) -> Self:
        return self.filter(left_on__isnull=True)

    def active_on(self, day: date) -> Self:
        """Members on `day`: joined on or before it, not left by it."""
        return self.filter(joined_on__lte=day).filter(Q(left_on__isnull=True) | Q(left_on__gt=day))


class OfficeQuerySet(ScopedQuerySet):
    def held(self) -> Self:
        return self.filter(ended_on__isnull=True)
