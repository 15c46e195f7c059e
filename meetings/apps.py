from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Sinh hoạt")

    def ready(self) -> None:
        from clubs.tallies import BOOKS
        from meetings.tallies import MEETINGS, MODELS

        BOOKS.extend([MEETINGS, MODELS])
