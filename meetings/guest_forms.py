"""Forms about people at a meeting besides its members: the list of those invited, and who of them came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.actions import Revision
from meetings.guest_rules import Known
from meetings.models import Guest
from meetings.rows_form import Make, RowsForm, box
from steering.picker import FIND

HAMLETS = "hamlets"  # the list of names that a browser offers for one
BLANK = 3


def hamlet_box() -> forms.CharField:
    made = box(label=_("Ấp, khu phố"), max_length=120)
    made.widget.attrs["list"] = HAMLETS
    return made


class GuestsForm(RowsForm):
    """People invited besides the members (R12). `earlier` are those of the club's other meetings, who is due first; the
    first `wanted` of them are ticked when the form is asked to, and nothing is saved by that."""

    names = ("full_name", "body", "hamlet")
    needed = ("full_name",)
    incomplete = _("Ghi họ tên, hoặc bỏ dòng này.")
    earlier = forms.MultipleChoiceField(
        label=_("Khách các kỳ trước"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, earlier: Sequence[Known], wanted: int, **kwargs: Any) -> None:
        self.known = {f"{guest.full_name}|{guest.body}": guest for guest in earlier}
        super().__init__(data, **kwargs)
        asked: Any = self.fields["earlier"]
        asked.choices = [(key, known_words(guest)) for key, guest in self.known.items()]
        self.wanted = wanted
        if f"fill{FIND}" in self.data:
            self.fill()

    def makers(self) -> tuple[Make, ...]:
        return (
            lambda: box(label=_("Họ và tên"), max_length=120),
            lambda: box(label=_("Cơ quan, nơi ở"), max_length=160),
            hamlet_box,
        )

    def fill(self) -> None:
        """Tick as many as are wanted beside the rows typed in and those ticked already, who is due first."""
        ticked = self.data.getlist("earlier")
        typed = sum(bool(self.data.get(f"full_name-{key}")) for key, is_old in self.keys if not is_old)
        free = [key for key in self.known if key not in ticked]
        self.data.setlist("earlier", [*ticked, *free[: max(0, self.wanted - typed - len(ticked))]])

    def revision(self) -> Revision:
        own = super().revision()
        again = [self.known[key] for key in self.cleaned_data["earlier"]]
        rows = [(guest.full_name, guest.body, guest.hamlet) for guest in again]
        return Revision(own.changed, own.removed, [*own.added, *rows])


def known_words(guest: Known) -> str:
    """ "Nguyễn Văn Tấn, Hội Nông dân, Ấp 1 (3 lần, gần nhất 09/2026)", or "… (09/2026)" after one time."""
    who = ", ".join(part for part in (guest.full_name, guest.body, guest.hamlet) if part)
    month = f"{guest.last_on:%m/%Y}"
    if guest.times == 1:
        return f"{who} ({month})"
    words = {"who": who, "times": guest.times, "month": month}
    return gettext("%(who)s (%(times)d lần, gần nhất %(month)s)") % words


@dataclass(frozen=True)
class Came:
    """A guest's line: whether they came, and whether that was on record (`was`) when the page was made."""

    guest: Guest
    has_come: bool
    was: bool


@dataclass(frozen=True)
class Blank:
    """An empty line for somebody without an invitation: what was typed into it."""

    number: int
    full_name: str
    body: str


class GuestRoll:
    """Who of the guests came, as a part of the roll's form. Being invited is not having come: only a tick is.

    An unticked box sends nothing, so the form sends whom it showed, and with which mark: what somebody else ticked since
    stays as it is.
    """

    def __init__(self, data: Any, guests: Sequence[Guest]) -> None:
        self.data, self.guests = data, guests

    def lines(self) -> list[Came]:
        return [self.line(guest) for guest in self.guests]

    def line(self, guest: Guest) -> Came:
        pk = str(guest.pk)
        if not self.data or pk not in self.data.getlist("guest"):
            return Came(guest, guest.has_come, guest.has_come)
        was = self.data.get(f"came-was{pk}") == "1"
        mine = pk in self.data.getlist("came") or (guest.is_invited and "came-all" in self.data)
        return Came(guest, guest.has_come if mine == was else mine, guest.has_come)

    def blanks(self) -> list[Blank]:
        return [Blank(n, self.typed("guest-name", n), self.typed("guest-body", n)) for n in range(BLANK)]

    def typed(self, name: str, number: int) -> str:
        return str(self.data.get(f"{name}{number}", "")) if self.data else ""

    def came(self) -> Mapping[int, bool]:
        return {line.guest.pk: line.has_come for line in self.lines()}

    def unexpected(self) -> list[tuple[str, str]]:
        """Full name and body of each filled line. Raises ValidationError: a body without a name, something too long."""
        filled = [blank for blank in self.blanks() if blank.full_name.strip() or blank.body.strip()]
        for blank in filled:
            if not blank.full_name.strip():
                raise forms.ValidationError(gettext("Có khách chưa ghi họ tên. Ghi thêm họ tên, hoặc xóa dòng đó."))
            if len(blank.full_name) > 120 or len(blank.body) > 160:
                raise forms.ValidationError(gettext("Họ tên nhiều nhất 120 chữ, cơ quan nhiều nhất 160. Ghi ngắn hơn."))
        return [(blank.full_name, blank.body) for blank in filled]
