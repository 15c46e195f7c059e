"""What goes out to people by itself: calendar feeds they subscribe to, reminders sent by e-mail."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models import Club
from steering.models import Unit, User


class FeedQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        return self.filter(revoked_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """One's own, whoever one is."""
        return self.filter(user=user)


class CalendarFeed(models.Model):
    """A secret address at which a calendar reads meetings: those of a club, of a unit, or all that its owner may see.

    It shows no more than the owner may see on the day it is read, and nothing once it is revoked.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_feeds", verbose_name=_("người đặt"))
    key = models.CharField(max_length=64, unique=True, editable=False)
    club = models.ForeignKey(
        Club, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("câu lạc bộ")
    )
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("đơn vị"))
    created_at = models.DateTimeField(_("đặt lúc"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("lịch theo dõi")
        verbose_name_plural = pgettext_lazy("plural", "lịch theo dõi")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="feed_of_a_club_or_a_unit", condition=Q(club__isnull=True) | Q(unit__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return str(self.club or self.unit or self.user)


class Reminder(models.Model):
    """That somebody was reminded of one thing, due on a day or a week before it. See `meetings.reminders`."""

    user = models.ForeignKey(User, models.CASCADE, related_name="reminders", verbose_name=_("người nhận"))
    kind = models.CharField(_("việc"), max_length=20)
    target = models.PositiveBigIntegerField()
    due_on = models.DateField(_("hạn"))
    sent_at = models.DateTimeField(_("gửi lúc"), auto_now_add=True)

    class Meta:
        verbose_name = _("lời nhắc")
        verbose_name_plural = pgettext_lazy("plural", "lời nhắc")
        ordering = ["-sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "target", "due_on"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"
