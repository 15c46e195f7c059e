"""Text fields that normalise what comes in, so that every way into the database stores the same letters."""

from typing import Any

from django.db import models

from steering.text import clean


class CleanCharField(models.CharField):
    """A one-line text, stored NFC with single blanks (domain 7)."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value
