"""Keeping the tallies in step: every action that changes what a report counts ends with `recount`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from clubs.actions.locks import check_unlocked
from clubs.models import Club, Tally
from clubs.tallies import BOOKS, Book, Counts, Found, above, places
from steering.calendar import month_calendar
from steering.models import Unit
from steering.periods import ReportingCalendar

AT_ONCE = 500


@transaction.atomic
def recount(*owners: Club | Unit, on: date | None = None, book: Book | None = None) -> None:
    """Count clubs, or with a `book` of units units, again after a change, and write the difference for them and for the
    places above them.

    `on` says that only what is counted in the month with that day may have changed, `book` that only its numbers may. The
    rows of the owners are locked, so that two changes at once are told apart. Raises ValidationError: what a closed month
    counts would change.
    """
    calendar = month_calendar()
    month = calendar.month_end(on) if on else None
    books = [book] if book else [each for each in BOOKS if each.of is Club]
    for start in range(0, len(owners), AT_ONCE):
        locked = lock(books[0].of, (owner.pk for owner in owners[start : start + AT_ONCE]))
        for each in books:
            missing = missing_in(each, locked, calendar, month)
            if each.closes:
                check_unlocked(missing)
            write(each.model, missing)


def lock(model: Any, pks: Iterable[int]) -> list[Any]:
    """In one order everywhere; rows that point to these may still be written by others."""
    return list(model.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"))


def lock_clubs(pks: Iterable[int]) -> list[Club]:
    return lock(Club, pks)


def missing_in(book: Book, owners: Sequence[Any], calendar: ReportingCalendar, month: date | None = None) -> Counts:
    """By what the tallies of `owners` are wrong; empty where they say what the rows say."""
    known = tallied(book.model, book.paths(owners), month)
    return difference(book.count(owners, calendar, month), known, month)


def tallied(model: type[Tally], paths: Sequence[str], month: date | None = None) -> Counts:
    """What the tallies of `paths` say, by path and month."""
    rows = model.objects.filter(path__in=paths, **({"last_day": month} if month else {}))
    found = Found(Counter)
    for path, last_day, *numbers in rows.values_list("path", "last_day", *model.numbers()):
        found[path, last_day].update(named(model, numbers))
    return found


def named(model: type[Tally], numbers: Sequence[int]) -> dict[str, int]:
    """The `numbers` of a row by the names of their columns, without zeros."""
    return {name: n for name, n in zip(model.numbers(), numbers, strict=True) if n}


def difference(counted: Counts, known: Counts, month: date | None = None) -> Counts:
    """What is to be added to `known`; of `month` alone where there is one. Empty where all is right."""
    found = {}
    for key in counted.keys() | known.keys():
        missing = Counter(counted.get(key, {}))
        missing.subtract(known.get(key, {}))
        if month in (None, key[1]) and any(missing.values()):
            found[key] = missing
    return found


def write(model: type[Tally], missing: Counts) -> None:
    """Add to the tallies of clubs what is missing there, and to those of every place above them."""
    rows = Found(Counter)
    for (path, last_day), numbers in missing.items():
        for place in places(path):
            rows[place, last_day].update(numbers)
    add(model, rows)


def add(model: type[Tally], rows: Counts) -> None:
    """One row each, in the order of the paths, so that they lie side by side."""
    ordered = sorted((key, numbers) for key, numbers in rows.items() if any(numbers.values()))
    new = [model(path=path, above=above(path), last_day=last_day, **numbers) for (path, last_day), numbers in ordered]
    model.objects.bulk_create(new, batch_size=AT_ONCE)
