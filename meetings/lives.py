"""The lives of clubs with what was fixed when months were closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import prefetch_related_objects

from clubs.models import Club, PeriodLock
from clubs.tallies import places
from meetings.duty import Life, life_of
from meetings.models import ClosedDuty


def lives_of(clubs: Sequence[Club]) -> dict[int, Life]:
    """By the club's id. Three queries, fewer where the suspensions are at hand."""
    prefetch_related_objects(clubs, "suspensions")
    locked: defaultdict[str, set[date]] = defaultdict(set)
    above = {place for club in clubs for place in places(club.path)}
    for path, last_day in PeriodLock.objects.filter(unit__path__in=above).values_list("unit__path", "last_day"):
        locked[path].add(last_day)
    duties = ClosedDuty.objects.filter(club__in=clubs).values_list("club", "lock__last_day", "cadence")
    owed = {(club, day): cadence for club, day, cadence in duties} if locked else {}
    return {
        club.pk: life_of(
            club, {day: owed.get((club.pk, day)) for place in places(club.path) for day in locked.get(place, ())}
        )
        for club in clubs
    }
