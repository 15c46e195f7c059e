"""What happened to an opinion: one line a change, newest first; an answer that was taken back is read here."""

from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from clubs.journal import Entry
from meetings.models import Opinion, OpinionState


def journal(opinion: Opinion, most: int) -> list[Entry]:
    """The latest `most` changes, in one query."""
    rows = opinion.history.select_related("history_user").order_by("-history_id")
    found = list(rows[: most + 1])
    pairs = zip_longest(found, found[1:])
    return [Entry(new.history_date, str(new.history_user or ""), sentence(new, old)) for new, old in pairs][:most]


def sentence(new: Any, old: Any) -> str:
    """What `new` made different from `old`, None for the first: "Đổi hạn trả lời từ 18/10/2026 sang 30/10/2026"."""
    if old is None:
        return _("Ghi kiến nghị, hạn trả lời %(day)s") % {"day": f"{new.due_on:%d/%m/%Y}"}
    if new.state != old.state:
        return state_words(new)
    said = []
    if new.due_on != old.due_on:
        days = {"old": f"{old.due_on:%d/%m/%Y}", "new": f"{new.due_on:%d/%m/%Y}"}
        said.append(_("Đổi hạn trả lời từ %(old)s sang %(new)s") % days)
    if new.text != old.text:
        said.append(_("Sửa nội dung kiến nghị, trước là “%(text)s”") % {"text": old.text})
    if new.area != old.area:
        said.append(_("Sửa lĩnh vực"))
    return "; ".join(said) or _("Ghi lại, không đổi gì")


def state_words(row: Any) -> str:
    if row.state == OpinionState.ANSWERED:
        return _("Trả lời ngày %(day)s: “%(answer)s”") % {
            "day": f"{row.answered_on:%d/%m/%Y}",
            "answer": row.answer,
        }
    if row.state == OpinionState.CLOSED:
        return _("Đã xong từ %(day)s") % {"day": f"{row.closed_on:%d/%m/%Y}"}
    return _("Mở lại, trả lời chưa giải quyết được: %(reason)s") % {"reason": row.history_change_reason or "–"}
