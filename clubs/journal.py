"""What happened to a club, its members and its offices: one line a change, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, DateField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs.models import Club, Election, ElectionState, Membership, Office, OfficeRole, Regulation

EMPTY = {
    "subject": Cast(Value(""), CharField(max_length=200)),
    "place": Cast(Value(None), IntegerField()),
    "office": Cast(Value(""), CharField(max_length=200)),
    "until": Cast(Value(None), DateField()),
}
ELECTION_WORDS = {
    ElectionState.OPEN: gettext_lazy("Mở cuộc bầu ban chủ nhiệm ngày %(day)s"),
    ElectionState.DECIDED: gettext_lazy("Cuộc bầu ban chủ nhiệm ngày %(day)s có kết quả"),
    ElectionState.FAILED: gettext_lazy("Cuộc bầu ban chủ nhiệm ngày %(day)s không thành"),
}


@dataclass(frozen=True)
class Entry:
    """`at` is aware; `who` is empty when nobody in particular did it, such as a command."""

    at: datetime
    who: str
    sentence: str


def lines(what: str, rows: Any, **columns: Any) -> Any:
    """The changes of one history, in the columns that all of them share."""
    shared = {"change": F("history_type"), "at": F("history_date"), "number": F("history_id")}
    people = {"who": F("history_user__full_name"), "login": F("history_user__username")}
    what_column = Cast(Value(what), CharField(max_length=200))
    return rows.order_by().values(what=what_column, **shared, **people, **{**EMPTY, **columns})


def journal(club: Club) -> QuerySet[Any, dict[str, Any]]:
    """All changes in one query, for slicing and paging; `entries` puts them into words."""
    return (
        lines("club", Club.history.filter(id=club.pk), until=F("ended_on"))
        .union(
            lines(
                "member",
                Membership.history.filter(club=club.pk),
                subject=F("person__full_name"),
                place=F("seat"),
                until=F("left_on"),
            ),
            lines(
                "office",
                Office.history.filter(club=club.pk),
                subject=F("membership__person__full_name"),
                office=F("role"),
                until=F("ended_on"),
            ),
            lines("regulation", Regulation.history.filter(club=club.pk), place=F("version")),
            lines(
                "election",
                Election.history.filter(Q(history_type="+") | ~Q(state=ElectionState.OPEN), club=club.pk),
                office=F("state"),
                until=F("held_on"),
            ),
            all=True,
        )
        .order_by("-at", "-number")
    )


def entries(rows: Iterable[dict[str, Any]]) -> list[Entry]:
    return [Entry(row["at"], row["who"] or row["login"] or "", sentence(row)) for row in rows]


def sentence(row: dict[str, Any]) -> str:
    """ "Kết nạp Nguyễn Hữu Nghiêng, ghế 25"."""
    is_new, is_over = row["change"] == "+", row["until"] is not None
    words = {"name": row["subject"], "seat": row["place"]}
    if row["what"] == "club":
        if is_new:
            return _("Lập hồ sơ câu lạc bộ")
        return _("Câu lạc bộ kết thúc") if is_over else _("Sửa thông tin câu lạc bộ")
    if row["what"] == "member":
        if is_new:
            return _("Kết nạp %(name)s, ghế %(seat)d") % words
        return _("%(name)s rời câu lạc bộ") % words if is_over else _("Sửa thông tin thành viên %(name)s") % words
    if row["what"] == "regulation":
        return _("Thông qua quy chế lần %(seat)d") % words
    if row["what"] == "election":
        return ELECTION_WORDS[row["office"]] % {"day": f"{row['until']:%d/%m/%Y}"}
    words["role"] = str(OfficeRole(row["office"]).label)
    if is_new:
        return _("%(role)s mới: %(name)s") % words
    return _("%(name)s thôi giữ chức %(role)s") % words if is_over else _("Sửa nhiệm kỳ %(role)s của %(name)s") % words
