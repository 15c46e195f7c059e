"""Turns that a host asked to be spared."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from meetings.models.meetings import Meeting
from meetings.models.records import OfMeeting
from steering.fields import CleanCharField
from steering.models import Unit
from steering.querysets import ScopedQuerySet


class DeclinedTurn(OfMeeting):
    """A host whose turn `meeting` was, and who asked not to; the turn stays owed (R11). See `meetings.actions.turns`."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="declined", verbose_name=_("kỳ sinh hoạt"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="declined_turns", verbose_name=_("nơi xin thôi"))
    reason = CleanCharField(_("lý do"), max_length=300)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt xin thôi")
        verbose_name_plural = pgettext_lazy("plural", "lượt xin thôi")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "unit"],
                name="turn_declined_once",
                violation_error_message=_("Nơi này đã xin thôi kỳ này."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.reason}"
