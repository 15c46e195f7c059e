"""Forms on the way from a proposal to a club. What is allowed is decided by the actions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.forms import DAY, ClubForm, NewClubForm
from clubs.models import SEATS, Club, Office, OfficeRole, Proposal
from steering.forms import SignedDecisionForm
from steering.models import Decision
from steering.text import clean_lines

SIGNED = ("number", "symbol", "issued_on", "signer")
PROPOSAL = ("reason", "place", "members", "asked_by", "proposed_on")
SCHEDULE = ("name", "kind", "cadence", "week", "weekday", "starts_at")


class ProposalFields(forms.Form):
    """Why a club is to be founded, where it will meet, how many will join, who asks for it."""

    reason = forms.CharField(
        label=_("Vì sao cần câu lạc bộ"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Số hộ nghèo, nhu cầu vốn, việc làm, điều kiện đi lại …"),
    )
    asked_by = forms.CharField(
        label=_("Ai đề nghị"), max_length=200, help_text=_("Cơ quan, đoàn thể hoặc nhóm người đứng tên đề nghị.")
    )
    proposed_on = forms.DateField(label=_("Đề nghị ngày"), initial=timezone.localdate, help_text=DAY)
    place = forms.CharField(label=_("Nơi sinh hoạt dự kiến"), max_length=200, required=False)
    members = forms.IntegerField(label=_("Số thành viên dự kiến"), min_value=1, max_value=SEATS, required=False)

    def proposal(self, of: Proposal | None = None) -> Proposal:
        """The proposal `of` a club as filled in, or a new one; not saved."""
        proposal = of or Proposal()
        for name in PROPOSAL:
            setattr(proposal, name, self.cleaned_data[name])
        proposal.reason = clean_lines(proposal.reason)
        return proposal


class ProposeClubForm(NewClubForm, ProposalFields):
    """A planned club and why it is wanted."""

    class Meta(ClubForm.Meta):
        fields = SCHEDULE


class ReviseProposalForm(ClubForm, ProposalFields):
    """What may be changed of a planned club: everything but its place."""

    class Meta(ClubForm.Meta):
        fields = SCHEDULE


def fill_in(decision: Decision, data: dict[str, Any]) -> Decision:
    """`decision` with what the clerk gave; without a new file the one on record stays."""
    for name in SIGNED:
        setattr(decision, name, data[name])
    if data["file"]:
        decision.file = data["file"]
    return decision


class FoundPlannedForm(SignedDecisionForm):
    """The signed decision that makes a planned club one, and from which day."""

    founded_on = forms.DateField(
        label=_("Thành lập từ ngày"), required=False, help_text=_("Để trống: ngày ký quyết định.")
    )

    field_order = ("number", "symbol", "issued_on", "signer", "founded_on", "file")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["founded_on"] = data.get("founded_on") or data.get("issued_on")
        if not data["founded_on"] and not {"founded_on", "issued_on"} & set(self.errors):
            self.add_error("founded_on", _("Ghi ngày ký quyết định, hoặc ngày thành lập."))
        return data

    def signed(self, of: Decision | None = None) -> Decision | None:
        """The decision `of` the club as filled in, or a new one; None where nothing is known of any."""
        is_told = self.decision() is not None or self.cleaned_data["file"]
        return fill_in(of or Decision(), self.cleaned_data) if is_told else of


class RecogniseForm(SignedDecisionForm):
    """The decision that recognises officers; those in office without one are offered."""

    offices = forms.ModelMultipleChoiceField(
        Office.objects.none(), label=_("Công nhận"), widget=forms.CheckboxSelectMultiple
    )

    field_order = ("offices", "number", "symbol", "issued_on", "signer", "file")

    def __init__(self, *args: Any, club: Club, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = club.offices.held().filter(decision=None).select_related("membership__person")
        offices: Any = self.fields["offices"]
        offices.queryset = held.order_by("role", "slot")
        offices.label_from_instance = lambda office: f"{OfficeRole(office.role).label}: {office.membership.person}"
        offices.initial = [office.pk for office in held]

    def signed(self) -> Decision:
        return fill_in(Decision(), self.cleaned_data)
