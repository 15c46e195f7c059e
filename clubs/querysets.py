"""How clubs, people and their seats are picked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import connection, models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_date

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
        """The unit and those above it, in the same query: a hamlet is the lowest that has clubs."""
        return self.select_related("unit__parent__parent__parent")

    def with_numbers(self) -> Self:
        """Adds `sitting` (members), `chairs` (0 or 1) and `vice_chairs` (0 to 2), as they are now."""
        return self.annotate(
            sitting=number_of("clubs.Membership", Q(left_on__isnull=True)),
            chairs=number_of("clubs.Office", Q(role="chair", ended_on__isnull=True)),
            vice_chairs=number_of("clubs.Office", Q(role="vice_chair", ended_on__isnull=True)),
        )

    def with_slots_used(self) -> Self:
        """Adds `slots_used`, how many of the slots of its offices somebody holds or has held, 0 to 3."""
        offices = apps.get_model("clubs.Office").objects.filter(club=OuterRef("pk")).order_by()
        chairs = Count("slot", filter=Q(role="chair"), distinct=True)
        vice_chairs = Count("slot", filter=Q(role="vice_chair"), distinct=True)
        used = offices.values("club").annotate(n=chairs + vice_chairs).values("n")
        return self.annotate(slots_used=Coalesce(Subquery(used), 0))

    def with_waiting(self) -> Self:
        """Each club as often as it has applications not decided yet, the first one first, with one of them as `waiting`;
        once, without that attribute, where there are none."""
        pending = FilteredRelation("applications", condition=Q(applications__state="pending"))
        rows = self.annotate(waiting=pending).select_related("waiting__person")
        return rows.order_by("waiting__applied_on", "waiting__pk")

    def without_chair(self) -> Self:
        """Active clubs whose chair nobody holds (R6)."""
        held = apps.get_model("clubs.Office").objects.filter(club=OuterRef("pk"), role="chair", ended_on__isnull=True)
        return self.filter(~Exists(held), status="active")

    def nearest_first(self, club: Any) -> Self:
        """Those of the same unit, then of the same commune, then of the same district, then the others."""
        places = (club.unit.path, club.unit.path[:15], club.unit.path[:10])
        rank = Case(*[When(path__startswith=place, then=n) for n, place in enumerate(places)], default=len(places))
        return self.order_by(rank, "sort_key", "pk")

    def live(self) -> Self:
        """Founded and neither dissolved nor merged: active or suspended."""
        return self.filter(status__in=["active", "suspended"])

    def existing_on(self, day: date) -> Self:
        """Clubs founded on or before `day` and not ended by then."""
        return self.filter(founded_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def agreed(person: str, purpose: str) -> Exists:
    """Whether the person of each row, `person` by its column, agreed to `purpose` and has not taken it back."""
    consents = apps.get_model("clubs.Consent").objects
    return Exists(consents.filter(person=OuterRef(person), purpose=purpose, withdrawn_on=None))


def not_to_be_called(person: str) -> Combinable:
    """Whether the person of each row took back that one may call: no telephone is shown then."""
    consents = apps.get_model("clubs.Consent").objects.filter(person=OuterRef(person), purpose="contact")
    return ExpressionWrapper(
        Q(Exists(consents.filter(withdrawn_on__isnull=False)) & ~Exists(consents.filter(withdrawn_on=None))),
        output_field=models.BooleanField(),
    )


class PersonQuerySet(ScopedQuerySet, SearchQuerySet):
    def unmerged(self) -> Self:
        """Without those who were found to be somebody else on record."""
        return self.filter(merged_into=None)

    def reached_from(self, paths: Iterable[str]) -> Self:
        """People of the units below `paths`, those who sit or sat in the clubs there, and those who wait to be admitted."""
        here = path_query("club__path", paths)
        sitting = apps.get_model("clubs.Membership").objects.filter(here).values("person")
        waiting = apps.get_model("clubs.Application").objects.filter(here, state="pending").values("person")
        return self.filter(path_query("unit__path", paths) | Q(pk__in=sitting) | Q(pk__in=waiting))

    def granted_to(self, user: User, verb: str) -> Self:
        """People of the user's own units, and those of the user's clubs."""
        return self.unmerged().reached_from(granted_paths(user, f"clubs.{verb}_person"))

    def consents_to(self, purpose: str) -> Self:
        """People who agreed to `purpose` and have not taken it back (domain 6)."""
        return self.filter(agreed("pk", purpose))

    def not_called(self) -> Self:
        """People who took back that one may call; their telephone is not shown."""
        return self.filter(not_to_be_called("pk"))

    def like(self, person: Any) -> Self:
        """Others who may be `person`, new or on record: the same folded name, and nothing that speaks against it."""
        rows = self.unmerged().filter(search=fold(person.full_name), kind=person.kind).exclude(pk=person.pk)
        if person.birth_year:
            rows = rows.filter(Q(birth_year=person.birth_year) | Q(birth_year=None))
        same = Q(unit=person.unit_id) | Q(phone=person.phone) if person.phone else Q(unit=person.unit_id)
        return rows.filter(same | Q(birth_year=person.birth_year, birth_year__isnull=False))

    def with_twin(self, condition: Q) -> Self:
        """Adds `twin`, the earliest recorded of those before the row with the same folded name and `condition`; leaves out
        who has none. Both are among the rows."""
        others = self.filter(condition, search=OuterRef("search"), kind=OuterRef("kind"), pk__lt=OuterRef("pk"))
        return self.annotate(twin=Subquery(others.order_by("pk").values("pk")[:1])).filter(twin__isnull=False)

    def twins(self) -> Self:
        """Very likely the same: name, unit and year of birth; of collectives, which have none, name and unit."""
        same_year = Q(birth_year=OuterRef("birth_year")) | Q(kind="collective")
        return self.with_twin(Q(unit=OuterRef("unit")) & same_year)

    def twins_by_phone(self) -> Self:
        """Perhaps the same: name and telephone, in different units or with different years of birth."""
        return self.exclude(phone="").with_twin(Q(phone=OuterRef("phone")))


class OfPersonQuerySet(ScopedQuerySet):
    """Rows about a person, who is seen in the own unit and in every club."""

    def granted_to(self, user: User, verb: str) -> Self:
        people = apps.get_model("clubs.Person").objects
        return self.filter(person__in=people.granted_to(user, verb))


class ConsentQuerySet(OfPersonQuerySet):
    def granted_to(self, user: User, verb: str) -> Self:
        """What people agreed to is read by fewer than who they are."""
        people = apps.get_model("clubs.Person").objects.unmerged()
        paths = granted_paths(user, f"clubs.{verb}_consent")
        return self.filter(person__in=people.reached_from(paths))

    def in_force(self) -> Self:
        return self.filter(withdrawn_on=None)


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

    def with_consents(self) -> Self:
        """Adds `is_agreed` (to being on the list), `is_named` (in public, while in office), `is_not_called`."""
        return self.annotate(
            is_agreed=agreed("person", "membership"),
            is_named=agreed("person", "public_name"),
            is_not_called=not_to_be_called("person"),
        )

    def without_consent(self) -> Self:
        """Individuals who have not agreed to being on the list; a collective is no person whose data it is."""
        return self.filter(~agreed("person", "membership"), person__kind="individual")

    def with_office(self) -> Self:
        """Adds `office_role`, `office_since`, `office_until` (when its term is over) and `office_pk` of the office held now,
        None without one."""
        held = FilteredRelation("offices", condition=Q(offices__ended_on__isnull=True))
        return self.annotate(held=held).annotate(
            office_role=F("held__role"),
            office_since=F("held__started_on"),
            office_until=F("held__term_ends_on"),
            office_pk=F("held__pk"),
        )


class OfficeQuerySet(ScopedQuerySet):
    def held(self) -> Self:
        return self.filter(ended_on__isnull=True)


class TallyQuerySet(models.QuerySet[Any]):
    def monthly(
        self, column: str, path: str, first_day: date, last_day: date
    ) -> Iterator[tuple[str, Any, Counter[str]]]:
        """Path, last day of a month and numbers of all rows whose `column`, "path" or "above", is `path`: for each month that
        ends from `first_day` to `last_day`, and with None in the place of the month for all before. One query.

        Written out, because every figure is read this way and putting the query together took longer than its answer.
        """
        model: Any = self.model
        adapt, names = connection.ops.adapt_datefield_value, model.numbers()
        with connection.cursor() as cursor:
            cursor.execute(monthly_statement(model, column), [adapt(first_day), path, adapt(last_day)])
            for place, month, *numbers in cursor.fetchall():
                found = Counter({name: n for name, n in zip(names, numbers, strict=True) if n})
                yield place, parse_date(month) if isinstance(month, str) else month, found


@cache
def monthly_statement(model: Any, column: str) -> str:
    quoted = connection.ops.quote_name
    sums = ", ".join(f"SUM({quoted(name)})" for name in model.numbers())
    return (
        f"SELECT path, CASE WHEN last_day >= %s THEN last_day END, {sums} FROM {quoted(model._meta.db_table)} "  # noqa: S608
        f"WHERE {quoted(column)} = %s AND last_day <= %s GROUP BY 1, 2"  # names of our own, not of a reader
    )
