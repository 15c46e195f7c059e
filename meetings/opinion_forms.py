"""Forms about opinions. What is allowed is decided by the actions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.actions.opinions import ANSWER_WITHIN
from meetings.models import Meeting, PolicyArea
from steering.models import SteeringCommittee

MOST = 2000  # letters of a text
TO_MANAGER, TO_ABOVE = "manager", "above"


class OpinionForm(forms.Form):
    """What is asked, about which policy area, and by when an answer is awaited."""

    text = forms.CharField(
        label=_("Nội dung kiến nghị"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ghi việc cần làm hoặc cần sửa, ở đâu. Không ghi tên hộ nghèo."),
    )
    area = forms.ChoiceField(
        label=_("Lĩnh vực"), choices=[("", _("Không thuộc lĩnh vực nào")), *PolicyArea.choices], required=False
    )
    due_on = forms.DateField(label=_("Hạn trả lời"), help_text=_("ngày/tháng/năm"))


class RaiseForm(OpinionForm):
    """The same, and to whom it goes: `to_above` is whether it goes over the head of the managing committee."""

    to_above = forms.ChoiceField(label=_("Gửi đến"), widget=forms.RadioSelect, initial=TO_MANAGER)

    field_order = ("text", "area", "to_above", "due_on")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = meeting.day + ANSWER_WITHIN
        to_above: Any = self.fields["to_above"]
        to_above.choices = asked(meeting)

    def clean_to_above(self) -> bool:
        return bool(self.cleaned_data["to_above"] == TO_ABOVE)


def asked(meeting: Meeting) -> list[tuple[str, str]]:
    """Whom the club may ask: the committee that manages it, and that of the unit above."""
    manager = meeting.club.manager
    if manager is None:
        return [(TO_MANAGER, str(_("Ban chỉ đạo quản lý câu lạc bộ")))]
    choices = [(TO_MANAGER, str(manager))]
    if above := manager.unit.parent:
        choices.append((TO_ABOVE, str(SteeringCommittee(unit=above))))
    return choices


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Trả lời"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 5}))
    answered_on = forms.DateField(label=_("Trả lời ngày"), initial=timezone.localdate, help_text=_("ngày/tháng/năm"))
