"""The regulation in force on a day, and how long a term in office lasts under it (R6, R7)."""

from collections.abc import Collection
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from clubs.models import Club, Regulation


def regulation_on(club: Club, day: date) -> Regulation:
    """The version in force on `day`; before the first one an unsaved one, version 0, with what is usual."""
    found = club.regulations.filter(adopted_on__lte=day).order_by("-adopted_on").first()
    return found or Regulation(club=club, version=0, cadence=club.cadence)


def term_end(club: Club, started_on: date) -> date:
    """The first day after a whole term from `started_on` on."""
    return started_on + relativedelta(months=regulation_on(club, started_on).term_months)


def running_term_end(club: Club, started_on: date, *, leaving: Collection[int] = ()) -> date:
    """When a term from `started_on` ends beside those who stay in office: with theirs; a whole term without them.

    `leaving` are terms, by their id, that are to end by then.
    """
    staying = club.offices.filter(Q(ended_on=None) | Q(ended_on__gt=started_on), started_on__lt=started_on)
    staying = staying.exclude(pk__in=leaving).filter(term_ends_on__gt=started_on)
    return max(staying.values_list("term_ends_on", flat=True), default=None) or term_end(club, started_on)
