"""Forms about a meeting's agenda: its lines, and what it may be begun from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from meetings.actions import Line
from meetings.actions.agenda import COLUMNS
from meetings.models import AgendaItem, AgendaTemplate, Material, Meeting, MeetingState, PolicyArea
from meetings.rows_form import Cell, Make, RowsForm, box, number_box

LONGEST_ITEM = 480  # minutes: a working day
MOST_MATERIALS = 40  # to choose from, beside those a line has


class AgendaForm(RowsForm):
    """What a meeting is about, in order, by policy area (R13)."""

    names = COLUMNS
    needed = ("title", "area")
    blank = 2
    incomplete = _("Ghi nội dung hoặc chọn lĩnh vực, hoặc bỏ dòng này.")

    def makers(self) -> tuple[Make, ...]:
        areas = [("", _("Chọn lĩnh vực")), *PolicyArea.choices]
        select = forms.Select(attrs={"class": "form-select"})
        return (
            lambda: number_box(label=_("Thứ tự"), min_value=1, max_value=999),
            lambda: forms.ChoiceField(label=_("Lĩnh vực"), choices=areas, widget=select),
            lambda: box(label=_("Nội dung"), max_length=300),
            lambda: box(label=_("Người trình bày"), max_length=120),
            lambda: number_box(label=_("Số phút"), min_value=1, max_value=LONGEST_ITEM),
        )

    def words(self, cells: dict[str, Cell]) -> str:
        """ "Hướng dẫn vay vốn, Vay vốn, Nguyễn Văn An, 20 phút"."""
        said = [cells[name].words for name in ("title", "area", "presenter")]
        if minutes := cells["minutes"].words:
            said.append(gettext("%(n)s phút") % {"n": minutes})
        return ", ".join(part for part in said if part)


class MaterialsForm(forms.Form):
    """What is read with a line: materials in force about its area or about none in particular, and those it has."""

    materials = forms.ModelMultipleChoiceField(
        Material.objects.none(), label=_("Tài liệu"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = list(item.materials.values_list("pk", flat=True))
        fitting = Q(area__in=[item.area, ""]) if item.area else Q()
        in_force = Material.objects.active_on(timezone.localdate()).filter(fitting)
        found = list(
            in_force.order_by("-is_first_reading", "search", "pk").values_list("pk", flat=True)[:MOST_MATERIALS]
        )
        asked: Any = self.fields["materials"]
        asked.queryset = Material.objects.filter(pk__in=[*own, *found]).order_by("search", "pk")
        asked.initial = own


@dataclass(frozen=True)
class Source:
    """An agenda to begin from."""

    key: str
    label: str
    items: list[AgendaItem]

    @property
    def lines(self) -> list[Line]:
        return [Line(item.area, item.title, item.presenter, item.minutes) for item in self.items]


def sources(meeting: Meeting) -> list[Source]:
    """The club's last meeting with an agenda, then the templates of the units at and above the club's, nearest first.

    Opinions are not copied: they come onto an agenda by themselves.
    """
    found = []
    others = meeting.club.meetings.filter(starts_at__lt=meeting.starts_at, agenda__opinion=None, agenda__isnull=False)
    if last := others.exclude(state=MeetingState.CANCELLED).order_by("-starts_at").first():
        items = list(last.agenda.filter(opinion=None))
        found.append(
            Source("last", counted(gettext("Kỳ trước, %(day)s") % {"day": f"{last.day:%d/%m/%Y}"}, items), items)
        )
    unit = meeting.club.unit
    templates = AgendaTemplate.objects.filter(unit__path__in=[unit.path, *unit.ancestor_paths])
    for template in templates.select_related("unit").prefetch_related("items").order_by("-unit__path", "name"):
        items = [AgendaItem(area=item.area, title=item.title, minutes=item.minutes) for item in template.items.all()]
        words = gettext("Mẫu “%(name)s” của %(unit)s") % {"name": template.name, "unit": template.unit.in_sentence}
        found.append(Source(f"{template.pk}", counted(words, items), items))
    return found


def counted(label: str, items: Sequence[AgendaItem]) -> str:
    """ "Kỳ trước, 18/09/2026: 3 nội dung"."""
    words = ngettext("%(label)s: %(n)d nội dung", "%(label)s: %(n)d nội dung", len(items))
    return words % {"label": label, "n": len(items)}


class SourceForm(forms.Form):
    source = forms.ChoiceField(label=_("Lấy nội dung từ"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, found: Sequence[Source]) -> None:
        self.found = {source.key: source for source in found}
        super().__init__(data, initial={"source": found[0].key if found else ""})
        asked: Any = self.fields["source"]
        asked.choices = [(source.key, source.label) for source in found]

    @property
    def lines(self) -> list[Line]:
        return self.found[self.cleaned_data["source"]].lines
