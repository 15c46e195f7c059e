"""Forms that do not follow a model."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClubStateForm(forms.Form):
    """From when, and why, a club stops, resumes or ends."""

    on = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Lý do"), max_length=200)
