"""Forms about what is recorded of a meeting: people invited, topics, notes, who came."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clubs.models import Membership
from meetings.actions import Revision
from meetings.models import AttendanceStatus, Channel, PolicyArea
from steering.pages import words_of
from steering.picker import FIND

MOST_NEW = 40
Make = Callable[[], forms.Field]


def box(**kwargs: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}), **kwargs)


class ChannelForm(forms.Form):
    through = forms.ChoiceField(label=_("Đã gửi lời mời qua"), choices=Channel, widget=forms.RadioSelect)


@dataclass(frozen=True)
class Row:
    """A row's bound fields; `off` takes it from the list, None for a new one."""

    first: Any
    second: Any
    off: Any

    @property
    def words(self) -> str:
        """ "Nguyễn Văn Tấn, Ngân hàng CSXH huyện"."""
        said = [words_of(bound.field, bound.value()) for bound in (self.first, self.second)]
        return ", ".join(part for part in said if part)


class RowsForm(forms.Form):
    """A list of pairs, shown whole: rows that are there, each with a box to take it off, then empty ones.

    Rows that somebody else added since the page was opened come in as they are, so that saving again keeps them.
    """

    data: Any  # a QueryDict of one's own
    names: tuple[str, str]
    blank = 3
    incomplete: Any

    def makers(self) -> tuple[Make, Make]:
        raise NotImplementedError

    def __init__(self, data: Any = None, *, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(data.copy() if data else None, **kwargs)
        self.keys: list[tuple[str, bool]] = []
        for number, row in enumerate(rows, 1):
            self.add_row(str(row.pk), number, row)
        for new in range(self.new_count):
            self.add_row(f"new{new}", len(rows) + new + 1)

    @property
    def new_count(self) -> int:
        asked = str(self.data.get(f"rows{FIND}") or self.data.get("rows") or "")
        return min(int(asked), MOST_NEW) if asked.isascii() and asked.isdigit() else self.blank

    @property
    def more(self) -> int:
        return min(self.new_count + self.blank, MOST_NEW)

    def heads(self) -> list[Any]:
        return [make().label for make in self.makers()]

    def add_row(self, key: str, number: int, row: Any = None) -> None:
        for name, make in zip(self.names, self.makers(), strict=True):
            made = make()
            made.required = False
            made.initial = getattr(row, name, "")
            made.label = gettext("%(what)s, dòng %(n)d") % {"what": made.label, "n": number}
            self.fields[f"{name}-{key}"] = made
            if row and self.is_bound:
                self.data.setdefault(f"{name}-{key}", made.initial)
        if row:
            label = gettext("Bỏ %(what)s") % {"what": row}
            self.fields[f"off-{key}"] = forms.BooleanField(
                label=label, required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
            )
        self.keys.append((key, row is not None))

    def row(self, key: str, is_old: bool) -> Row:
        first, second = (self[f"{name}-{key}"] for name in self.names)
        return Row(first, second, self[f"off-{key}"] if is_old else None)

    def old_rows(self) -> list[Row]:
        return [self.row(key, is_old) for key, is_old in self.keys if is_old]

    def new_rows(self) -> list[Row]:
        return [self.row(key, is_old) for key, is_old in self.keys if not is_old]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for key, is_old in self.keys:
            first, second = self.pair(key)
            if not first and (second or is_old) and not self.is_off(key):
                self.add_error(f"{self.names[0]}-{key}", self.incomplete)
        return data

    def pair(self, key: str) -> tuple[str, str]:
        first, second = (self.cleaned_data.get(f"{name}-{key}", "") for name in self.names)
        return first, second

    def is_off(self, key: str) -> bool:
        return bool(self.cleaned_data.get(f"off-{key}"))

    def revision(self) -> Revision:
        old = [key for key, is_old in self.keys if is_old]
        new = [self.pair(key) for key, is_old in self.keys if not is_old]
        return Revision(
            changed={int(key): self.pair(key) for key in old if not self.is_off(key)},
            removed=[int(key) for key in old if self.is_off(key)],
            added=[pair for pair in new if pair[0]],
        )


class GuestsForm(RowsForm):
    """People invited besides the members (R12); `earlier` are those of the club's other meetings."""

    names = ("full_name", "body")
    incomplete = _("Ghi họ tên, hoặc bỏ dòng này.")
    earlier = forms.MultipleChoiceField(
        label=_("Khách các kỳ trước"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, earlier: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        self.known = {f"{guest['full_name']}|{guest['body']}": guest for guest in earlier}
        super().__init__(data, **kwargs)
        asked: Any = self.fields["earlier"]
        asked.choices = [(key, self.words(guest)) for key, guest in self.known.items()]

    def makers(self) -> tuple[Make, Make]:
        return (
            lambda: box(label=_("Họ và tên"), max_length=120),
            lambda: box(label=_("Cơ quan, nơi ở"), max_length=160),
        )

    def words(self, guest: dict[str, Any]) -> str:
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


class TopicsForm(RowsForm):
    """What a meeting was about, by policy area (R13)."""

    names = ("area", "title")
    blank = 2
    incomplete = _("Chọn lĩnh vực, hoặc bỏ dòng này.")

    def makers(self) -> tuple[Make, Make]:
        areas = [("", _("Chọn lĩnh vực")), *PolicyArea.choices]
        select = forms.Select(attrs={"class": "form-select"})
        return (
            lambda: forms.ChoiceField(label=_("Lĩnh vực"), choices=areas, widget=select),
            lambda: box(label=_("Nội dung"), max_length=300),
        )


class NotesForm(forms.Form):
    notes = forms.CharField(
        label=_("Diễn biến"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Ghi vắn tắt ưu điểm, hạn chế, ý kiến, việc đã thống nhất."),
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
