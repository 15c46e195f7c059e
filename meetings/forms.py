"""Forms of the data-entry site about meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clubs.models import Membership
from meetings.actions.hosts import line_for
from meetings.models import AttendanceStatus, Meeting
from meetings.models import MeetingForm as Form
from steering.models import Unit
from steering.scoped_admin import ActionForm


class MeetingForm(ActionForm):
    """A meeting's day and host; the host may stay empty, then it is the one whose turn it is."""

    override_reason = forms.CharField(
        label=_("Lý do họp ngoài lượt"),
        max_length=300,
        required=False,
        help_text=_("Chỉ ghi khi chọn nơi khác với nơi đến lượt."),
    )

    class Meta:
        model = Meeting
        fields = ("club", "form", "starts_at", "host")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host: Any = self.fields.get("host")
        if host is None:
            return
        host.required = False
        host.help_text = _("Để trống: nơi đến lượt.")
        if self.instance.pk and self.instance.form == Form.REGULAR:
            self.offer_rotation(host)

    def offer_rotation(self, host: Any) -> None:
        """The hosts of the club in the order of their turns, each with the reason for its place."""
        ranked = line_for(self.instance)
        host.widget = forms.Select()
        host.queryset = Unit.objects.filter(pk__in=[choice.host.unit_id for choice in ranked])
        host.widget.choices = [("", "---------"), *[(choice.host.unit_id, choice.reason) for choice in ranked]]
        host.help_text = _("Xếp theo lượt, nơi đến lượt đứng đầu.")
        host.error_messages["invalid_choice"] = _(
            "Nơi này không thuộc vòng luân phiên của câu lạc bộ. Chọn một nơi trong danh sách."
        )

    def _get_validation_exclusions(self) -> set[str]:
        """An empty host is filled by the action, after this form."""
        return super()._get_validation_exclusions() | {"host"}  # type: ignore[misc]


class AttendanceForm(forms.Form):
    """One row a member, everybody present until said otherwise."""

    def __init__(self, *args: Any, members: list[Membership], recorded: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for member in members:
            self.fields[f"m{member.pk}"] = forms.ChoiceField(
                label=f"{member.seat}. {member.person}",
                choices=AttendanceStatus.choices,
                initial=recorded.get(member.pk, AttendanceStatus.PRESENT),
                widget=forms.RadioSelect,
            )

    def statuses(self) -> dict[int, str]:
        return {int(name[1:]): status for name, status in self.cleaned_data.items()}
