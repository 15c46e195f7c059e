"""What a meeting is about, in order (R13), and the templates an agenda is begun from."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from meetings.models.areas import PolicyArea
from meetings.models.library import Material
from meetings.models.meetings import Meeting
from meetings.models.opinions import Opinion
from meetings.models.records import OfMeeting
from steering.fields import CleanCharField
from steering.models import Unit
from steering.querysets import ScopedQuerySet


class Subject(models.Model):
    """A line of an agenda: by `place`, from 1; about a policy area, under words of its own, or both.

    `minutes` is how long it is planned to take.
    """

    place = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    area = models.CharField(_("lĩnh vực"), max_length=20, choices=PolicyArea, blank=True)
    title = CleanCharField(_("nội dung"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("số phút"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_says_what_it_is_about",
                condition=~Q(area="", title=""),
                violation_error_message=_("Ghi nội dung hoặc chọn lĩnh vực."),
            )
        ]

    def __str__(self) -> str:
        return self.title or str(PolicyArea(self.area).label)


class AgendaItem(Subject, OfMeeting):
    """A line of a meeting's agenda; `opinion` where it brings back one that is not settled."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name=_("kỳ sinh hoạt"))
    presenter = CleanCharField(_("người trình bày"), max_length=120, blank=True)
    opinion = models.ForeignKey(
        Opinion, models.CASCADE, null=True, blank=True, related_name="on_agendas", verbose_name=_("kiến nghị")
    )
    materials = models.ManyToManyField(Material, blank=True, related_name="agenda_items", verbose_name=_("tài liệu"))

    class Meta(Subject.Meta):
        abstract = False
        verbose_name = _("nội dung")
        verbose_name_plural = pgettext_lazy("plural", "nội dung")
        ordering = ["place", "pk"]
        indexes = [models.Index(fields=["area", "meeting"], name="agenda_area_meeting")]
        constraints = [
            *Subject.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting", "opinion"],
                condition=Q(opinion__isnull=False),
                name="agenda_opinion_once",
                violation_error_message=_("Kiến nghị này đã có trong chương trình."),
            ),
        ]


class AgendaTemplate(models.Model):
    """An agenda to begin from, kept by a unit for the clubs at and below it."""

    SCOPE = "unit__path"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="agenda_templates", verbose_name=_("đơn vị"))
    name = CleanCharField(_("tên mẫu"), max_length=120)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("mẫu chương trình")
        verbose_name_plural = pgettext_lazy("plural", "mẫu chương trình")
        ordering = ["unit__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="agenda_template_name_once",
                violation_error_message=_("Đơn vị này đã có mẫu cùng tên. Đặt tên khác."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_paths(self) -> tuple[str, ...]:
        return (self.unit.path,)


class AgendaTemplateItem(Subject):
    SCOPE = "template__unit__path"

    template: Any = models.ForeignKey(
        AgendaTemplate, models.CASCADE, related_name="items", verbose_name=_("mẫu chương trình")
    )

    class Meta(Subject.Meta):
        abstract = False
        verbose_name = _("nội dung mẫu")
        verbose_name_plural = pgettext_lazy("plural", "nội dung mẫu")
        ordering = ["place", "pk"]

    @property
    def scope_paths(self) -> tuple[str, ...]:
        paths: tuple[str, ...] = self.template.scope_paths
        return paths
