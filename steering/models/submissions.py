"""Forms that were sent, so that a second click does nothing twice."""

from django.conf import settings
from django.db import models


class Submission(models.Model):
    """A form page's own number, taken when the form is first carried out, and where its sender was led afterwards."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.key} → {self.address}"
