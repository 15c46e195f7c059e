"""Who may do what: the one table of roles. Names of roles stand nowhere else in the code but in tests and the demo."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    PROVINCE = "province", _("Cán bộ Sở")
    DISTRICT = "district", _("Cán bộ huyện")
    COMMUNE = "commune", _("Cán bộ xã")
    SECRETARY = "secretary", _("Thư ký câu lạc bộ")
    VIEWER = "viewer", _("Người xem")


VERBS = {"v": "view", "a": "add", "c": "change", "d": "delete"}
VERB_WORDS = {"v": _("xem"), "a": _("thêm"), "c": _("sửa"), "d": _("xóa")}
WITHOUT_MODEL: dict[str, Any] = {"reports.report": _("báo cáo")}


@dataclass(frozen=True)
class Rights:
    """What a role may do below its place: a row per model, letters v(iew) a(dd) c(hange) d(elete)."""

    table: dict[str, str]
    seat: str  # kind of the unit it is appointed to; "" for any, "club" for a club
    uses_admin: bool = False
    permissions: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        codenames = {
            f"{model.split('.')[0]}.{VERBS[letter]}_{model.split('.')[1]}"
            for model, letters in self.table.items()
            for letter in letters
        }
        object.__setattr__(self, "permissions", frozenset(codenames))


COMMUNE_TABLE = {
    "steering.unit": "vac",
    "steering.decision": "vac",
    "steering.steeringcommittee": "vac",
    "steering.committeeseat": "vac",
    "steering.standingagency": "vac",
    "steering.closedday": "v",
    "clubs.club": "vac",
    "clubs.coverage": "vacd",
    "clubs.suspension": "v",
    "clubs.person": "vac",
    "clubs.membership": "vac",
    "clubs.office": "vac",
    "clubs.application": "vac",
    "clubs.consent": "vac",
    "clubs.election": "vac",
    "clubs.proposal": "vac",
    "clubs.regulation": "vac",
    "meetings.meeting": "vac",
    "meetings.attendance": "vacd",
    "meetings.guest": "vacd",
    "meetings.agendaitem": "vacd",
    "meetings.agendatemplate": "vacd",
    "meetings.minutes": "vac",
    "meetings.opinion": "vac",
    "meetings.productionmodel": "vac",
    "meetings.replication": "vacd",
    "meetings.material": "vac",
    "reports.report": "v",
    "reports.edition": "vac",
    "reports.recipient": "vacd",
    "reports.expansionplan": "v",
}

SECRETARY_TABLE = {
    "clubs.club": "v",
    "clubs.person": "v",
    "clubs.membership": "v",
    "clubs.office": "v",
    "clubs.election": "v",
    "clubs.regulation": "v",
    "meetings.meeting": "vc",
    "meetings.attendance": "vacd",
    "meetings.guest": "vacd",
    "meetings.agendaitem": "vacd",
    "meetings.agendatemplate": "v",
    "meetings.minutes": "vac",
    "meetings.opinion": "va",
    "meetings.productionmodel": "v",
    "meetings.replication": "v",
    "meetings.material": "v",
}

DISTRICT_TABLE = {**COMMUNE_TABLE, "reports.expansionplan": "vac"}

PROVINCE_TABLE = {
    **DISTRICT_TABLE,
    "clubs.periodlock": "vacd",
    "steering.succession": "vac",
    "steering.closedday": "vacd",
    "steering.user": "vac",
    "steering.documenttemplate": "vacd",
    "steering.appointment": "vac",
}

ROLES: dict[Role, Rights] = {
    Role.PROVINCE: Rights(PROVINCE_TABLE, seat="province", uses_admin=True),
    Role.DISTRICT: Rights(DISTRICT_TABLE, seat="district", uses_admin=True),
    Role.COMMUNE: Rights(COMMUNE_TABLE, seat="commune", uses_admin=True),
    Role.SECRETARY: Rights(SECRETARY_TABLE, seat="club"),
    Role.VIEWER: Rights({model: "v" for model in COMMUNE_TABLE}, seat=""),
}


def in_words(role: Role) -> list[tuple[str, list[str]]]:
    """What a role may do below its place, the most first: [("Xem, thêm, sửa", ["đơn vị", "quyết định"]), …]."""
    things: dict[str, list[str]] = {}
    for model, letters in ROLES[role].table.items():
        name = WITHOUT_MODEL[model] if model in WITHOUT_MODEL else apps.get_model(model)._meta.verbose_name_plural
        things.setdefault(letters, []).append(str(name))
    verbs = {letters: ", ".join(str(VERB_WORDS[letter]) for letter in letters) for letters in things}
    return [(capfirst(verbs[letters]), things[letters]) for letters in sorted(things, key=len, reverse=True)]
