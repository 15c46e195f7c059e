"""The form that ends a club: since when, why, by which decision, and what becomes of each member and opinion."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clubs.models import Club
from meetings.models import Opinion, OpinionState
from steering.forms import DecisionForm
from steering.models import Decision
from steering.picker import PickField
from steering.text import clean_lines

ALL, LEAVE = "", "leave"
DAY = _("ngày/tháng/năm; ngày đầu tiên không còn câu lạc bộ")


class EndClubForm(DecisionForm):
    """`clubs` are those that may take members, `near` the few that are offered beside each member.

    `answerable` are the opinions that the reader may answer.
    """

    on = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate, help_text=DAY)
    reason = forms.CharField(label=_("Lý do"), max_length=200)
    into = PickField(Club.objects.none(), label=_("Sáp nhập vào câu lạc bộ"))

    field_order = ("into", "on", "reason", "number", "symbol", "issued_on", "signer")

    def __init__(
        self,
        *args: Any,
        is_merging: bool,
        clubs: Any,
        near: Iterable[Club],
        members: Sequence[Any],
        opinions: Sequence[Opinion],
        answerable: Iterable[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members, self.opinions, self.near = members, opinions, {str(club.pk): club for club in near}
        self.is_merging = is_merging
        into: Any = self.fields["into"]
        into.queryset = clubs
        if not is_merging:
            into.label, into.required = _("Thành viên chuyển sang câu lạc bộ"), False
            into.help_text = _("Không chọn thì thành viên rời, trừ người được chọn riêng bên dưới.")
        for member in members:
            self.fields[f"member-{member.pk}"] = self.way_of(member)
        for opinion in opinions:
            self.ask_about(opinion, opinion.pk in set(answerable))

    def way_of(self, member: Any) -> forms.ChoiceField:
        usual = gettext("Sang câu lạc bộ nhận") if self.is_merging else gettext("Như chọn chung ở trên")
        choices = [
            (ALL, usual),
            (LEAVE, gettext("Rời câu lạc bộ")),
            *((pk, str(club)) for pk, club in self.near.items()),
        ]
        widget = forms.Select(attrs={"class": "form-select"})
        return forms.ChoiceField(label=str(member), choices=choices, required=False, widget=widget)

    def ask_about(self, opinion: Opinion, is_answerable: bool) -> None:
        if opinion.state == OpinionState.ANSWERED:
            self.fields[f"settle-{opinion.pk}"] = forms.BooleanField(
                label=gettext("Đã trả lời; đóng lại"), initial=True, required=False
            )
        elif is_answerable:
            self.fields[f"answer-{opinion.pk}"] = forms.CharField(
                label=gettext("Trả lời và đóng"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
                help_text=gettext("Để trống: ban chỉ đạo trả lời tiếp."),
            )

    # For the page

    def general_fields(self) -> list[Any]:
        return [self[name] for name in ("into", "on", "reason")]

    def member_rows(self) -> list[tuple[Any, Any]]:
        return [(member, self[f"member-{member.pk}"]) for member in self.members]

    def opinion_rows(self) -> list[tuple[Opinion, Any]]:
        """Each opinion with its field, None where only the committee that was asked may answer."""
        names = [(opinion, f"{kind}-{opinion.pk}") for opinion in self.opinions for kind in ("settle", "answer")]
        asked = {opinion.pk: self[name] for opinion, name in names if name in self.fields}
        return [(opinion, asked.get(opinion.pk)) for opinion in self.opinions]

    # What was said

    def moves(self) -> dict[int, Club]:
        """By membership: the club the member goes to; whoever leaves is not in it."""
        found = {member.pk: self.goes_to(self.cleaned_data[f"member-{member.pk}"]) for member in self.members}
        return {pk: club for pk, club in found.items() if club is not None}

    def goes_to(self, said: str) -> Club | None:
        into: Club | None = self.cleaned_data["into"]
        return into if said == ALL else self.near.get(said)

    def answers(self) -> dict[int, str]:
        said = {o.pk: clean_lines(self.cleaned_data.get(f"answer-{o.pk}", "")) for o in self.opinions}
        return {pk: words for pk, words in said.items() if words}

    def settled(self) -> list[Opinion]:
        return [opinion for opinion in self.opinions if self.cleaned_data.get(f"settle-{opinion.pk}")]

    def ending_decision(self) -> Decision:
        """As filled in; without a number the clerk gives it later, on the decision's page."""
        return self.decision() or Decision(symbol=self.cleaned_data["symbol"])
