"""The line of a club's hosts as it stands today, for pages that only show it (R11)."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import CharField, Exists, IntegerField, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from clubs.models import Club
from meetings.actions.hosts import all_predecessors
from meetings.rules import Choice, Host, Turn, rank_hosts
from steering.models import Succession, Unit
from steering.regime import ClubLevel, regime_on

NO_ID = Cast(Value(None), IntegerField())
NO_TEXT = Value("", output_field=CharField())


def line_today(club: Club, turns: Iterable[Turn]) -> list[Choice]:
    """The same as `ranked_hosts` on today, in one query."""
    return rank_hosts(hosts_today(club), turns)


def hosts_today(club: Club) -> list[Host]:
    """The same as `eligible_hosts` on today: one query reads the units, and which unit took over which."""
    day = timezone.localdate()
    rules = regime_on(day).get(club.level)
    if rules is None:
        return []
    units = Unit.objects.under(club.unit).filter(kind=rules.host_kind).active_on(day)
    if club.level == ClubLevel.DISTRICT:
        own = club.coverage.active_on(day)
        units = units.filter(Q(pk__in=own.values("unit")) | ~Exists(own))
    mergers = Succession.objects.filter(effective_on__lte=day)
    found, direct = [], defaultdict[int, set[int]](set)
    rows = units.order_by().values_list(NO_ID, "pk", "type", "name", "sort_key")
    for old, pk, type_, name, order in rows.union(
        mergers.values_list("predecessor", "successor", NO_TEXT, NO_TEXT, NO_TEXT), all=True
    ):
        if old is None:
            found.append((pk, str(Unit(type=type_, name=name)), order))
        else:
            direct[pk].add(old)
    return [Host(pk, name, order, all_predecessors(pk, direct)) for pk, name, order in found]
