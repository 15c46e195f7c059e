"""What was owed when a month was closed."""

from typing import Any

from django.db import models

from clubs.models import Cadence, Club, PeriodLock


class ClosedDuty(models.Model):
    """A club that owed a meeting with the last day of a closed month, for the month or for the quarter, as it stood when the
    month was closed: what is changed of the club afterwards changes this no more."""

    lock: Any = models.ForeignKey(PeriodLock, models.CASCADE, related_name="duties")
    club = models.ForeignKey(Club, models.PROTECT, related_name="closed_duties")
    cadence = models.CharField(max_length=7, choices=Cadence)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lock", "club"], name="closed_duty_once")]

    def __str__(self) -> str:
        return f"{self.club}, {self.lock}"
