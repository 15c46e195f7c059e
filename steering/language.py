"""Which language is spoken where: the reader chooses that of the screen, what goes on record is Vietnamese."""

from django.conf import settings
from django.utils.translation import override


def on_record() -> override:
    """For words that are stored or put into a file, whoever writes them and whatever language they read."""
    return override(settings.LANGUAGE_CODE)
