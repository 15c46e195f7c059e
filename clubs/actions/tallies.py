"""Keeping the tallies in step: every action that changes what a report counts ends with `recount`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from clubs.models import Club, Tally
from clubs.tallies import BOOKS, Book, Counts, Key, above, places
from steering.calendar import reporting_calendar
from steering.periods import ReportingCalendar

AT_ONCE = 500


@transaction.atomic
def recount(*clubs: Club, on: date | None = None, book: Book | None = None) -> None:
    """Count `clubs` again after a change, and write the difference for them and for the places above them.

    `on` says that only what is counted in the month with that day may have changed, `book` that only its numbers may. The
    rows of the clubs are locked, so that two changes at once are told apart.
    """
    calendar = reporting_calendar()
    month = calendar.month_end(on) if on else None
    for start in range(0, len(clubs), AT_ONCE):
        locked = lock_clubs(club.pk for club in clubs[start : start + AT_ONCE])
        for one in [book] if book else BOOKS:
            write(one.model, missing_in(one, locked, calendar, month))


def lock_clubs(pks: Iterable[int]) -> list[Club]:
    """In one order everywhere; rows that point to the clubs may still be written by others."""
    return list(Club.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"))


def missing_in(book: Book, clubs: Sequence[Club], calendar: ReportingCalendar, month: date | None = None) -> Counts:
    """By what the tallies of `clubs` are wrong; empty where they say what the rows say."""
    known = tallied(book.model, "path", [club.path for club in clubs], month)
    return difference(book.count(clubs, calendar, month), known, month)


def tallied(model: type[Tally], by: str, paths: Sequence[str], month: date | None = None) -> Counts:
    """What the tallies say, by month and by their "path" or "above"."""
    rows = model.objects.filter(**{f"{by}__in": paths}, **({"last_day": month} if month else {}))
    return {(path, last_day): numbers for (path, last_day), numbers in rows.sums(by, "last_day")}


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
    rows: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    for (path, last_day), numbers in missing.items():
        for place in places(path):
            rows[place, last_day].update(numbers)
    add(model, rows)


def add(model: type[Tally], rows: Counts) -> None:
    """One row each, in the order of the paths, so that they lie side by side."""
    ordered = sorted((key, numbers) for key, numbers in rows.items() if any(numbers.values()))
    new = [model(path=path, above=above(path), last_day=last_day, **numbers) for (path, last_day), numbers in ordered]
    model.objects.bulk_create(new, batch_size=AT_ONCE)
