"""Templates of documents that the province put in the place of those that come with the project."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords


class DocumentTemplate(models.Model):
    """A Word file for one kind of document; see `steering.official`. Written by `put_template`, which tries it first."""

    kind = models.CharField(_("loại văn bản"), max_length=40, unique=True)
    content = models.BinaryField(_("tệp mẫu"))
    file_name = models.CharField(_("tên tệp"), max_length=200)
    history = HistoricalRecords(excluded_fields=["content"])

    class Meta:
        verbose_name = _("mẫu văn bản")
        verbose_name_plural = pgettext_lazy("plural", "mẫu văn bản")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.file_name
