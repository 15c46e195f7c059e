"""Forms about what is recorded of a meeting: people invited, who came."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clubs.models import Membership
from meetings.actions import Revision
from meetings.models import AttendanceStatus, Channel
from meetings.rows_form import Make, RowsForm, box


class ChannelForm(forms.Form):
    through = forms.ChoiceField(label=_("Đã gửi lời mời qua"), choices=Channel, widget=forms.RadioSelect)


class GuestsForm(RowsForm):
    """People invited besides the members (R12); `earlier` are those of the club's other meetings."""

    names = ("full_name", "body")
    needed = ("full_name",)
    incomplete = _("Ghi họ tên, hoặc bỏ dòng này.")
    earlier = forms.MultipleChoiceField(
        label=_("Khách các kỳ trước"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, earlier: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        self.known = {f"{guest['full_name']}|{guest['body']}": guest for guest in earlier}
        super().__init__(data, **kwargs)
        asked: Any = self.fields["earlier"]
        asked.choices = [(key, self.known_words(guest)) for key, guest in self.known.items()]

    def makers(self) -> tuple[Make, Make]:
        return (
            lambda: box(label=_("Họ và tên"), max_length=120),
            lambda: box(label=_("Cơ quan, nơi ở"), max_length=160),
        )

    def known_words(self, guest: dict[str, Any]) -> str:
        """ "Nguyễn Văn Tấn, Ngân hàng CSXH huyện (3 lần, gần nhất 09/2026)", or "… (09/2026)" after one time."""
        who = ", ".join(part for part in (guest["full_name"], guest["body"]) if part)
        month = f"{timezone.localtime(guest['latest']):%m/%Y}"
        if guest["times"] == 1:
            return f"{who} ({month})"
        words = {"who": who, "times": guest["times"], "month": month}
        return gettext("%(who)s (%(times)d lần, gần nhất %(month)s)") % words

    def revision(self) -> Revision:
        own = super().revision()
        again = [(self.known[key]["full_name"], self.known[key]["body"]) for key in self.cleaned_data["earlier"]]
        return Revision(own.changed, own.removed, [*own.added, *again])


@dataclass(frozen=True)
class Call:
    """A member's line: the mark, the one on record (`was`), and what somebody else marked against it, or None."""

    member: Any
    mark: str
    was: str
    theirs: Any


class RollForm(forms.Form):
    """Attendance by exception: everybody `shown` is present unless `absent`, then as the member's own choice says.

    An unchecked box sends nothing, so the form sends whom it showed, and with which mark: whoever was marked by two
    people since is settled line by line, and no mark is lost.
    """

    data: Any  # a QueryDict

    def __init__(self, data: Any = None, *, members: Sequence[Membership], recorded: dict[int, str]) -> None:
        super().__init__(data)
        self.members, self.recorded = members, recorded

    def calls(self) -> list[Call]:
        return [self.call(member) for member in self.members]

    def call(self, member: Membership) -> Call:
        recorded = self.recorded.get(member.pk, AttendanceStatus.PRESENT)
        if not self.is_shown(member):
            return Call(member, recorded, recorded, None)
        mine, seen = self.marked(member.pk), self.data.get(f"was{member.pk}", recorded)
        if mine == seen:
            return Call(member, recorded, recorded, None)
        is_other = recorded not in (mine, seen)
        return Call(member, mine, recorded, AttendanceStatus(recorded).label if is_other else None)

    def is_shown(self, member: Membership) -> bool:
        return self.is_bound and str(member.pk) in self.data.getlist("shown")

    def marked(self, pk: int) -> str:
        if str(pk) not in self.data.getlist("absent"):
            return AttendanceStatus.PRESENT
        return str(self.data.get(f"as{pk}", AttendanceStatus.EXCUSED))

    def counts(self) -> dict[str, int]:
        """Members by status, and `away` for both kinds of absence."""
        found = Counter(call.mark for call in self.calls())
        away = found[AttendanceStatus.EXCUSED] + found[AttendanceStatus.ABSENT]
        return {"present": found[AttendanceStatus.PRESENT], "late": found[AttendanceStatus.LATE], "away": away}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if unseen := [str(member) for member in self.members if not self.is_shown(member)]:
            raise forms.ValidationError(
                gettext("Danh sách ngày họp còn có %(names)s, chưa hiện trên trang đã gửi. Xem lại rồi lưu lần nữa.")
                % {"names": ", ".join(unseen)}
            )
        return data

    def statuses(self) -> dict[int, str]:
        return {call.member.pk: call.mark for call in self.calls()}
