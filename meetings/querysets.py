"""How meetings are picked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import (
    Count,
    DateTimeField,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.functions import Abs, Coalesce, Length, RowNumber, TruncDate
from django.utils import timezone

from steering.periods import Period
from steering.querysets import DatedQuerySet, ScopedQuerySet, how_many, path_query
from steering.text import fold

if TYPE_CHECKING:
    from steering.models import Unit, User

SILENT = ["planned", "invited"]  # once the day has passed, nobody has said what became of it


def with_next_meeting(clubs: Any, now: datetime) -> Any:
    """Adds to clubs `next_at` of the meeting to come, and `silent_since`, the start of the last one that has passed without
    a record; None where there is none. Asked for the clubs that are shown, one by one."""
    meetings = apps.get_model("meetings.Meeting").objects.filter(club=OuterRef("pk"), state__in=SILENT)
    coming = meetings.filter(starts_at__gte=now).order_by("starts_at").values("starts_at")[:1]
    silent = meetings.filter(starts_at__lt=now).order_by("-starts_at").values("starts_at")[:1]
    return clubs.annotate(next_at=Subquery(coming), silent_since=Subquery(silent))


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def traces_of(records: Any, part: int) -> Any:
    """How many history `records` there are, the latest of them and its time, as one row that a union can take up."""
    columns = {
        "part": Value(part, output_field=IntegerField()),
        "n": Func(F("pk"), function="COUNT", output_field=IntegerField()),
        "latest": Func(F("pk"), function="MAX", output_field=IntegerField()),
        "at": Func(F("history_date"), function="MAX", output_field=DateTimeField()),
    }
    return records.order_by().annotate(**columns).values(*columns)


class MeetingQuerySet(ScopedQuerySet):
    def with_place(self) -> Self:
        """The host, the club, its unit and those above it, in the same query."""
        return self.select_related("host", "club__unit__parent__parent__parent")

    def search(self, text: str) -> Self:
        """Meetings of clubs with every word of `text` in their name or in those of their unit and the two above it."""
        meetings = self
        for word in fold(text).split():
            places = Q(club__unit__search__contains=word) | Q(club__unit__parent__search__contains=word)
            above = Q(club__unit__parent__parent__search__contains=word)
            meetings = meetings.filter(Q(club__search__contains=word) | places | above)
        return meetings

    def turns(self) -> Self:
        """Meetings that use up their host's turn: regular, not overridden, held or still to be held (R11)."""
        return self.filter(form="regular", is_override=False, state__in=["planned", "invited", "held"])

    def in_period(self, period: Period) -> Self:
        """Regular meetings that fulfil a period ending within `period`: its own months and quarters."""
        return self.filter(period_last_day__range=(period.first_day, period.last_day))

    def upcoming(self, day: date) -> Self:
        return self.filter(starts_at__date__gte=day, state__in=["planned", "invited"])

    def between(self, first_day: date, last_day: date) -> Self:
        """Meetings whose day is from `first_day` to `last_day`, both inclusive."""
        return self.filter(starts_at__gte=midnight(first_day), starts_at__lt=midnight(last_day + timedelta(days=1)))

    def since(self, first_day: date) -> Self:
        """Meetings of `first_day`, inclusive, and of all days after it."""
        return self.filter(starts_at__gte=midnight(first_day))

    def silent(self, now: datetime) -> Self:
        """Meetings that have passed without a record."""
        return self.filter(state__in=SILENT, starts_at__lt=now)

    def first_of_each_day(self, most: int, now: datetime) -> Self:
        """At most `most` meetings a day, the earliest first, each with `in_day`: how many that day has; and with what
        `counted` finds of all: `total`, `held` and `silent`."""
        day = TruncDate("starts_at")
        silent = Q(state__in=SILENT, starts_at__lt=now)
        order = [F("starts_at").asc(), F("club__sort_key").asc(), F("pk").asc()]
        numbered = self.annotate(
            place=Window(RowNumber(), partition_by=day, order_by=order),
            in_day=Window(Count("pk"), partition_by=day),
            total=Window(Count("pk")),
            held=Window(Count("pk", filter=Q(state="held"))),
            silent=Window(Count("pk", filter=silent)),
        )
        return numbered.filter(place__lte=most).order_by("starts_at", "club__sort_key", "pk")

    def counted(self, now: datetime) -> dict[str, int]:
        """How many there are (`total`), how many of them were held, and how many have passed without a record."""
        silent = Q(state__in=SILENT, starts_at__lt=now)
        held = Count("pk", filter=Q(state="held"))
        return self.aggregate(total=Count("pk"), held=held, silent=Count("pk", filter=silent))

    def with_changes(self) -> Self:
        """Adds `changes`, how often a meeting was changed since it was planned, and `changed_at`, the last time."""
        records = apps.get_model("meetings.HistoricalMeeting").objects.filter(id=OuterRef("pk")).order_by()
        counted = records.values("id").annotate(n=Count("pk"), at=Max("history_date"))
        return self.annotate(
            changes=Subquery(counted.values("n")) - 1,
            changed_at=Subquery(counted.values("at")),
        )

    def with_unsettled(self) -> Self:
        """Each meeting as often as opinions raised at it are not settled, with one of them as `unsettled`; once, without
        that attribute, where there are none."""
        unsettled = FilteredRelation("opinions", condition=Q(opinions__state__in=["open", "answered"]))
        return self.annotate(unsettled=unsettled).select_related("unsettled__addressed_to__unit")

    def traces(self) -> dict[str, Any]:
        """What differs as soon as one of the meetings does, or an opinion of their clubs, which comes onto agendas by
        itself: how many changes (`n`) and the `latest` of each, in one query, and when the last was (`at`)."""
        of_meetings = apps.get_model("meetings.HistoricalMeeting").objects.filter(id__in=self.order_by().values("pk"))
        clubs = self.order_by().values("club")
        of_opinions = apps.get_model("meetings.HistoricalOpinion").objects.filter(meeting__club__in=clubs)
        rows = list(traces_of(of_meetings, 0).union(traces_of(of_opinions, 1), all=True).order_by("part"))
        return {
            "n": sum(row["n"] for row in rows),
            "latest": [row["latest"] or 0 for row in rows],
            "at": max((row["at"] for row in rows if row["at"]), default=None),
        }

    def with_neighbours(self) -> Self:
        """Adds `previous_pk`, `previous_at`, `next_pk` and `next_at`: the club's meetings before and after."""
        others = self.model._default_manager.filter(club=OuterRef("club")).exclude(state="cancelled")
        before = others.filter(starts_at__lt=OuterRef("starts_at")).order_by("-starts_at")
        after = others.filter(starts_at__gt=OuterRef("starts_at")).order_by("starts_at")
        return self.annotate(
            previous_pk=Subquery(before.values("pk")[:1]),
            previous_at=Subquery(before.values("starts_at")[:1]),
            next_pk=Subquery(after.values("pk")[:1]),
            next_at=Subquery(after.values("starts_at")[:1]),
        )


class LibraryQuerySet(ScopedQuerySet):
    """What everybody who works here may read, wherever it comes from; writing keeps to one's own place."""

    def visible_to(self, user: User) -> Self:
        meta = self.model._meta
        return self if user.has_perm(f"{meta.app_label}.view_{meta.model_name}") else self.none()

    def search(self, text: str) -> Self:
        """Rows whose folded text holds every word of `text`, with or without diacritics."""
        rows = self
        for word in fold(text).split():
            rows = rows.filter(search__contains=word)
        return rows


class OpinionQuerySet(ScopedQuerySet):
    def with_place(self) -> Self:
        """The meeting, its club with the unit and those above it, and the committee with its unit, in the same query."""
        return self.select_related("meeting__club__unit__parent__parent__parent", "addressed_to__unit")

    def search(self, text: str) -> Self:
        """Opinions with every word of `text` in their own or in the name of their club, with or without diacritics."""
        opinions = self
        for word in fold(text).split():
            opinions = opinions.filter(Q(search__contains=word) | Q(meeting__club__search__contains=word))
        return opinions

    def unsettled(self) -> Self:
        """Opinions still to be answered, or answered and not yet agreed to be settled."""
        return self.exclude(state="closed")

    def overdue(self, day: date) -> Self:
        """Opinions without an answer on `day`, after the day they were due, which is inclusive."""
        return self.filter(state="open", due_on__lt=day)

    def addressed_to_places(self, paths: Iterable[str]) -> Self:
        """Opinions for the committees of the units with these very paths, none below them."""
        return self.filter(addressed_to__unit__path__in=list(paths))


class ProductionModelQuerySet(LibraryQuerySet):
    def with_place(self) -> Self:
        """The unit and those above it, in the same query."""
        return self.select_related("unit__parent__parent__parent__parent")

    def with_replications(self) -> Self:
        """Adds `places`, how often a model was taken over, `households`, how many did, and `known_cost`, 0 for none."""
        replications = apps.get_model("meetings.Replication").objects.filter(model=OuterRef("pk")).order_by()
        summed: Any = replications.values("model").annotate(n=Sum("households")).values("n")
        return self.annotate(
            places=how_many(replications),
            households=Coalesce(Subquery(summed), 0),
            known_cost=Coalesce("cost", 0),
        )


class MaterialQuerySet(LibraryQuerySet, DatedQuerySet):
    def first_reading(self, unit: Unit, day: date) -> Self:
        """What somebody new at `unit` reads first: materials in force of units at, above and below it, the nearest
        first."""
        near = Q(unit__path__in=[unit.path, *unit.ancestor_paths]) | path_query("unit__path", [unit.path])
        rows = self.active_on(day).filter(near, is_first_reading=True)
        return rows.order_by(Abs(Length("unit__path") - len(unit.path)), "unit__path", "area", "search", "pk")
