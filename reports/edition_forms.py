"""The words of a report."""

from typing import Any

from django import forms

from reports.models import SECTIONS, Edition


class EditionForm(forms.ModelForm):
    """Five sections (domain 2); `before` is the report of the period before, whose words stand beside each."""

    class Meta:
        model = Edition
        fields = SECTIONS
        widgets = {section: forms.Textarea(attrs={"rows": 6}) for section in SECTIONS}

    def __init__(self, *args: Any, before: Edition | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before

    def sections(self) -> list[tuple[Any, str]]:
        """Each field with what was written there last time."""
        return [(self[name], getattr(self.before, name, "")) for name in SECTIONS]
