"""Forms of an election, from the call to the count. What is allowed is decided by the actions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs.actions.elections import holders
from clubs.ballots import Count, impossible, needed_for_majority
from clubs.models import Candidate, Club, Contest, Election, Membership, OfficeRole, PersonKind, Share
from steering.forms import DAY

CHAIR, VICE_CHAIR = OfficeRole.CHAIR.value, OfficeRole.VICE_CHAIR.value


class ElectionForm(forms.Form):
    """The day, and how many for each office; begins with what is vacant, or with all where nothing is."""

    held_on = forms.DateField(label=gettext_lazy("Ngày bầu"), help_text=DAY)
    chair = forms.BooleanField(label=gettext_lazy("Bầu chủ nhiệm"), required=False)
    vice_chair = forms.TypedChoiceField(
        label=gettext_lazy("Bầu phó chủ nhiệm"),
        coerce=int,
        choices=(
            (0, gettext_lazy("Không bầu")),
            (1, gettext_lazy("Một người, vào chỗ còn khuyết")),
            (2, gettext_lazy("Cả hai, bầu mới")),
        ),
        widget=forms.RadioSelect,
    )

    def places(self) -> dict[str, int]:
        wanted = {CHAIR: int(self.cleaned_data["chair"]), VICE_CHAIR: self.cleaned_data["vice_chair"]}
        return {role: n for role, n in wanted.items() if n}


def suggested(club: Club, day: Any) -> dict[str, int]:
    """Places to elect for: the vacant ones, or all where nothing is vacant. One query."""
    held = list(holders(club, day).values_list("role", flat=True))
    vacant = {CHAIR: 1 - held.count(CHAIR), VICE_CHAIR: 2 - held.count(VICE_CHAIR)}
    return vacant if any(vacant.values()) else {CHAIR: 1, VICE_CHAIR: 2}


class CandidatesForm(forms.Form):
    """Who stands, among the members of the day who are natural persons."""

    members = forms.ModelMultipleChoiceField(
        Membership.objects.none(),
        label=gettext_lazy("Người ứng cử"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, election: Election, contest: Contest, **kwargs: Any) -> None:
        kwargs["initial"] = {"members": list(contest.candidates.values_list("membership", flat=True))}
        super().__init__(*args, **kwargs)
        sitting = election.club.memberships.active_on(election.held_on).filter(person__kind=PersonKind.INDIVIDUAL)
        field: Any = self.fields["members"]
        field.queryset = sitting.select_related("person").with_office().order_by("person__sort_key", "seat")
        field.label_from_instance = candidate_label


def candidate_label(member: Any) -> str:
    """ "Trần Thị Lụa, chủ nhiệm, Hội Phụ nữ": the office held now, the trade."""
    office = str(OfficeRole(member.office_role).label).lower() if member.office_role else ""
    return ", ".join(part for part in (str(member.person), office, member.person.job) if part)


class PresenceForm(forms.Form):
    present = forms.IntegerField(label=gettext_lazy("Số thành viên có mặt"), min_value=0)
    teller = forms.CharField(label=gettext_lazy("Trưởng ban kiểm phiếu"), max_length=120, required=False)


class CountForm(forms.Form):
    """The ballots of one round, and the votes of each who stands: fields `votes_<id>`."""

    ballots_out = forms.IntegerField(label=gettext_lazy("Số phiếu phát ra"), min_value=0)
    ballots_in = forms.IntegerField(label=gettext_lazy("Số phiếu thu vào"), min_value=0)
    valid = forms.IntegerField(label=gettext_lazy("Số phiếu hợp lệ"), min_value=0)

    def __init__(
        self, *args: Any, election: Election, contest: Contest, candidates: Sequence[Candidate], **kwargs: Any
    ) -> None:
        self.election, self.contest, self.candidates = election, contest, candidates
        initial = {name: getattr(contest, name) for name in ("ballots_out", "ballots_in", "valid")}
        if initial["ballots_out"] is None:
            initial["ballots_out"] = election.present
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for candidate in candidates:
            self.fields[self.name_of(candidate)] = forms.IntegerField(
                label=str(candidate.membership), min_value=0, initial=candidate.votes
            )
        for field in self.fields.values():
            field.widget.attrs["inputmode"] = "numeric"

    def name_of(self, candidate: Candidate) -> str:
        return f"votes_{candidate.pk}"

    def vote_fields(self) -> list[Any]:
        return [self[self.name_of(candidate)] for candidate in self.candidates]

    def votes(self) -> dict[int, int | None]:
        return {candidate.pk: self.cleaned_data[self.name_of(candidate)] for candidate in self.candidates}

    def typed(self, name: str) -> int | None:
        """The number in a field as it stands, right or wrong; None for anything else."""
        value = str(self[name].value() if self[name].value() is not None else "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else None

    def remarks(self) -> list[str]:
        """What follows from the numbers typed so far: how many votes elect, and what cannot be."""
        share, valid = Share(self.election.majority), self.typed("valid")
        words: Mapping[str, Any] = {"share": share.label, "valid": valid}
        if valid is None:
            return [_("Trúng cử khi được quá %(share)s số phiếu hợp lệ.") % words]
        needed = needed_for_majority(valid, share.fraction)
        lines = [_("%(valid)d phiếu hợp lệ: trúng cử từ %(needed)d phiếu trở lên.") % {**words, "needed": needed}]
        out, brought = self.typed("ballots_out"), self.typed("ballots_in")
        votes = {candidate.pk: self.typed(self.name_of(candidate)) for candidate in self.candidates}
        if out is None or brought is None or None in votes.values():
            return lines
        count = Count(self.contest.places, self.election.present or 0, out, brought, valid, votes)
        return [*lines, *(sentence for _part, sentence in impossible(count))]


class CallOffForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)
