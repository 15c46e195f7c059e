"""What the figures are added up from: numbers by place and month, kept in step by the actions."""

from functools import cache, partial

from django.db import models

from clubs.querysets import TallyQuerySet

Number = partial(models.IntegerField, default=0)


class Tally(models.Model):
    """What one change added to the numbers of a place in a month: the sum of its rows is what stands there.

    Written by `clubs.actions.recount` at the club's own path and at every place above it, as new rows, so that nobody waits
    for the row of the province. `recount_figures` puts the sum in the place of many rows. `above` is the path of the place
    directly above, "" above a province; `last_day` ends a month of the reporting calendar.
    """

    path = models.CharField(max_length=40)
    above = models.CharField(max_length=40)
    last_day = models.DateField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["above", "last_day"], name="%(class)s_above"),
            models.Index(fields=["path", "last_day"], name="%(class)s_path"),
        ]

    def __str__(self) -> str:
        return f"{self.path}, {self.last_day:%d/%m/%Y}"

    @classmethod
    @cache
    def numbers(cls) -> tuple[str, ...]:
        """The names of the columns that are added up."""
        fields = (field for field in cls._meta.fields if isinstance(field, models.IntegerField))
        return tuple(field.name for field in fields if not field.primary_key)


class ClubTally(Tally):
    """Clubs founded and ended in the month, by column (R3); members who joined and left in it, by kind (R5).

    What is there at a month's end is the sum of all months up to it.
    """

    founded_district = Number()
    founded_commune = Number()
    founded_hamlet = Number()
    founded_poor_people = Number()
    ended_district = Number()
    ended_commune = Number()
    ended_hamlet = Number()
    ended_poor_people = Number()
    joined_individual = Number()
    joined_collective = Number()
    left_individual = Number()
    left_collective = Number()

    class Meta(Tally.Meta):
        abstract = False
