"""Forms about what is recorded of a meeting: how it was invited to, who came."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clubs.models import Membership
from meetings.guest_forms import GuestRoll
from meetings.models import AttendanceStatus, Channel, Guest


class ChannelForm(forms.Form):
    through = forms.ChoiceField(
        label=_("Đã gửi lời mời qua"),
        choices=Channel,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chưa chọn. Chọn một.")},
    )


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
    people since is settled line by line, and no mark is lost. `guests` are called the other way round.
    """

    data: Any  # a QueryDict

    def __init__(
        self, data: Any = None, *, members: Sequence[Membership], recorded: dict[int, str], guests: Sequence[Guest]
    ) -> None:
        super().__init__(data)
        self.members, self.recorded = members, recorded
        self.guests = GuestRoll(data, guests)

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
        self.guests.unexpected()
        return data

    def statuses(self) -> dict[int, str]:
        return {call.member.pk: call.mark for call in self.calls()}
