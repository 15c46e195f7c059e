"""Forms about turns and visits. What is allowed is decided by the actions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clubs.models import Club
from meetings.models import Meeting
from meetings.planning_forms import MomentForm, everywhere
from steering.models import Unit
from steering.picker import PickField


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Lượt của nơi này vẫn còn: đến lượt ngay kỳ sau.")
    )


class SwapForm(forms.Form):
    """The other meeting, each with its day and its host."""

    other = forms.TypedChoiceField(
        label=_("Đổi với kỳ"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chưa chọn. Chọn một.")},
    )

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {meeting.pk: meeting for meeting in meetings}
        other: Any = self.fields["other"]
        other.choices = [(meeting.pk, self.words(meeting)) for meeting in meetings]

    def words(self, meeting: Meeting) -> str:
        """ "Kỳ tháng 12/2026: xã An Khánh, Thứ Sáu, 27/11/2026, đã mời"."""
        words = gettext("Kỳ %(period)s: %(host)s, %(day)s") % {
            "period": meeting.period_label,
            "host": meeting.host.in_sentence,
            "day": date_format(meeting.day, "l, d/m/Y"),
        }
        return f"{words}, {gettext('đã mời')}" if meeting.state == "invited" else words

    @property
    def chosen(self) -> Meeting:
        return self.meetings[self.cleaned_data["other"]]


class ClubsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class VisitForm(MomentForm):
    """A visit: when, where to, what for, and who goes along."""

    host = PickField(
        Unit.objects.none(), label=_("Nơi đến"), label_of=lambda unit: unit.full_name, help_text=_("Nơi nào cũng được.")
    )
    purpose = forms.CharField(
        label=_("Mục đích"), max_length=300, help_text=_("Ví dụ: xem mô hình nuôi dê, trao đổi cách vay vốn.")
    )
    others = ClubsField(Club.objects.none(), label=_("Câu lạc bộ đi cùng"), required=False)

    def __init__(self, *args: Any, club: Club, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].initial = club.starts_at
        self.fields["starts_at"].label = _("Ngày đi")
        self.fields["at"].label = _("Giờ đi")
        for name, rows in (("host", everywhere()), ("others", others)):
            field: Any = self.fields[name]
            field.queryset = rows


class JoinForm(forms.Form):
    others = ClubsField(Club.objects.none(), label=_("Câu lạc bộ đi cùng"))

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["others"]
        field.queryset = others


class LearntForm(forms.Form):
    learnt = forms.CharField(
        label=_("Điều học được"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Cách làm hay, điều định áp dụng ở địa phương mình, ai làm."),
    )
