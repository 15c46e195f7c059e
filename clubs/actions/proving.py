"""The tallies proved equal to a recount of the rows themselves, put right where they are not, and kept short."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Length

from clubs.actions.tallies import AT_ONCE, add, difference, lock, missing_in, named, write
from clubs.models import Club
from clubs.tallies import BOOKS, Counts, Found, Key
from steering.calendar import month_calendar
from steering.models import Unit


def prove_rows(*, repair: bool) -> Iterator[tuple[int, list[str]]]:
    """Batch by batch: how many clubs, then units with what lies at themselves, were counted, and the paths of those whose
    tallies were wrong."""
    calendar = month_calendar()
    for model in (Club, Unit):
        books = [book for book in BOOKS if book.of is model]
        for pks in batches(model.objects.order_by("path").values_list("pk", flat=True)):
            with transaction.atomic():
                owners, wrong = lock(model, pks), set[str]()
                for book in books:
                    missing = missing_in(book, owners, calendar)
                    wrong |= {path for path, _last_day in missing}
                    if repair:
                        write(book.model, missing)
            yield len(owners), sorted(wrong)


def prove_units(*, repair: bool) -> Iterator[tuple[int, list[str]]]:
    """The same of units, the lowest first: each is what those directly below it are together."""
    units = Unit.objects.annotate(length=Length("path")).order_by("path")
    for length in units.order_by("-length").values_list("length", flat=True).distinct():
        level = units.filter(length=length)
        for paths in batches(level.values_list("path", flat=True)):
            with transaction.atomic():
                wrong = set[str]()
                for model in tables():
                    missing = missing_above(model, paths)
                    wrong |= {path for path, _last_day in missing}
                    if repair:
                        add(model, missing)
            yield len(paths), sorted(wrong)


def missing_above(model: Any, paths: Sequence[str]) -> Counts:
    """By what the tallies of units differ from those directly below them; both are read by one statement, so that a change
    written meanwhile is in both or in neither."""
    rows = model.objects.filter(Q(path__in=paths) | Q(above__in=paths))
    units, own, below = set(paths), Found(Counter), Found(Counter)
    for path, above, last_day, *numbers in rows.values_list("path", "above", "last_day", *model.numbers()):
        found = named(model, numbers)
        if path in units:
            own[path, last_day].update(found)
        if above in units:
            below[above, last_day].update(found)
    return difference(below, own)


def fold() -> int:
    """Put one row in the place of all those of one place and month, and return how many rows are gone.

    Only rows that are locked are added up and deleted: what others write meanwhile stays beside the sum.
    """
    gone = 0
    for model in tables():
        many = model.objects.values("path", "last_day").annotate(n=Count("pk")).filter(n__gt=1)
        for paths in batches(many.order_by("path").values_list("path", flat=True).distinct()):
            gone += fold_places(model, paths)
    return gone


@transaction.atomic
def fold_places(model: Any, paths: Sequence[str]) -> int:
    rows: defaultdict[Key, list[Any]] = defaultdict(list)
    for row in model.objects.select_for_update().filter(path__in=paths).order_by("pk"):
        rows[row.path, row.last_day].append(row)
    many = {key: found for key, found in rows.items() if len(found) > 1}
    pks = [row.pk for found in many.values() for row in found]
    for start in range(0, len(pks), AT_ONCE):
        model.objects.filter(pk__in=pks[start : start + AT_ONCE]).delete()
    sums = {key: Counter[str]() for key in many}
    for key, found in many.items():
        for row in found:
            sums[key].update({name: getattr(row, name) for name in model.numbers()})
    add(model, sums)
    return len(pks) - len(sums)


def tables() -> list[Any]:
    return list(dict.fromkeys(book.model for book in BOOKS))


def batches(rows: Any) -> Iterator[list[Any]]:
    batch = []
    for row in rows.iterator():
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
