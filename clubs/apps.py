from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClubsConfig(AppConfig):
    name = "clubs"
    verbose_name = _("Câu lạc bộ")

    def ready(self) -> None:
        from clubs.actions.management import take_over_clubs
        from steering.models import SteeringCommittee
        from steering.signals import committee_founded

        committee_founded.connect(take_over_clubs, SteeringCommittee)
