"""The form of a meeting's minutes, which several people may write at once."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from meetings.minutes import Entry, entries_of, key_of
from meetings.models import Minutes
from meetings.rows_form import box
from steering.text import clean, clean_lines

PLAIN = ("chair", "secretary", "started_at", "ended_at", "strengths", "limits", "conclusions")
SALT = "minutes"


def lines(label: Any, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "form-control"})
    return forms.CharField(label=label, required=False, widget=widget)


def hour(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "form-control"})
    return forms.TimeField(label=label, required=False, widget=widget)


class MinutesForm(forms.Form):
    """Everything but a reason may stay empty until the minutes are agreed.

    The form carries, signed, the text that its page was opened with. What only somebody else changed since comes in as
    it is; where both did, one's own text stays in the field and the other one's is in `theirs`, by the field's name.
    """

    data: Any  # a QueryDict of one's own
    chair = box(label=_("Chủ tọa"), max_length=120, required=False)
    secretary = box(label=_("Thư ký"), max_length=120, required=False)
    started_at = hour(_("Bắt đầu lúc"))
    ended_at = hour(_("Kết thúc lúc"))
    strengths = lines(_("Ưu điểm"), 3)
    limits = lines(_("Hạn chế"), 3)
    conclusions = lines(_("Kết luận"), 4)

    def __init__(self, data: Any = None, *, minutes: Minutes) -> None:
        self.stored = {name: as_typed(getattr(minutes, name)) for name in PLAIN}
        super().__init__(data.copy() if data else None, initial=self.stored)
        stored = entries_of(minutes.meeting, minutes)
        opened = self.opened()
        items = opened["items"] if opened else stored
        known = [key_of(entry) for entry in items]
        now = {key_of(entry): entry for entry in stored}
        self.entries: list[Entry] = [
            *({**entry, "said": now[key_of(entry)]["said"] if key_of(entry) in now else ""} for entry in items),
            *(entry for entry in stored if key_of(entry) not in known),
        ]
        for number, entry in enumerate(self.entries):
            self.fields[said(number)] = lines(entry["title"], 3)
            self.stored[said(number)] = self.initial[said(number)] = entry["said"]
        self.theirs = self.merge(opened) if opened else {}

    def opened(self) -> Any:
        """The text that the sent page was opened with; None for a page that is new or that was tampered with."""
        try:
            return signing.loads(self.data.get("opened", ""), salt=SALT)
        except signing.BadSignature:
            return None

    def merge(self, opened: Any) -> dict[str, str]:
        """Take what only others changed; what both changed, by field."""
        was = {**opened, **{said(n): entry["said"] for n, entry in enumerate(opened["items"])}}
        theirs = {}
        for name, now in self.stored.items():
            mine, before = clean_lines(self.data.get(name, "")), was.get(name, "")
            if now in (before, mine):
                continue
            if mine == before:
                self.data[name] = now
            else:
                theirs[name] = now
        return theirs

    def signed(self) -> str:
        """The text as it is stored now, for the next time."""
        text = {name: self.stored[name] for name in PLAIN}
        return signing.dumps({**text, "items": self.entries}, salt=SALT, compress=True)

    # what the page shows

    def said_rows(self) -> list[dict[str, Any]]:
        return [self.shown(said(number), entry) for number, entry in enumerate(self.entries)]

    def rows(self) -> dict[str, dict[str, Any]]:
        return {name: self.shown(name) for name in PLAIN}

    def shown(self, name: str, entry: Entry | None = None) -> dict[str, Any]:
        return {"field": self[name], "theirs": self.theirs.get(name), "entry": entry}

    # what it says

    def text(self) -> dict[str, Any]:
        """The fields for `save_minutes`."""
        data = self.cleaned_data
        items = [{**entry, "said": clean_lines(data[said(n)])} for n, entry in enumerate(self.entries)]
        return {
            "chair": clean(data["chair"]),
            "secretary": clean(data["secretary"]),
            "started_at": data["started_at"],
            "ended_at": data["ended_at"],
            "items": items,
            **{name: clean_lines(data[name]) for name in ("strengths", "limits", "conclusions")},
        }


def said(number: int) -> str:
    """The name of the field of what was said under a line, from 0."""
    return f"said-{number}"


def as_typed(value: Any) -> str:
    """A stored value as its field would send it."""
    if value is None or isinstance(value, str):
        return value or ""
    return date_format(value, "H:i")


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do đính chính"), max_length=300, help_text=_("Ví dụ: ghi nhầm số hộ được vay vốn.")
    )
