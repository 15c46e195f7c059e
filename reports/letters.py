"""What a report says as an official document: the written sections, sentences made from the figures, the tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from reports.columns import CLUBS, MODELS, OPINIONS, attendance, cells, topics
from reports.documents import COLUMNS, REPORT
from reports.figures import Figures, UnitFigures
from reports.models import SECTIONS, Edition
from reports.output import part_name
from steering.actions.documents import document
from steering.language import on_record
from steering.models import IssuingBody, SeatRole, SteeringCommittee, Unit
from steering.models.committees import COMMITTEE_KINDS
from steering.official.words import body_name, day_words, name_on, number_words, place_words
from steering.periods import Period
from steering.text import lower_first

SYMBOL = "BC-BCĐ"
ISSUER = "BAN CHỈ ĐẠO GIẢM NGHÈO"
END = "./."


def to_docx(unit: Unit, period: Period, figures: Figures, edition: Edition | None = None) -> bytes:
    """The report as a .docx file, its number, date and signature left to the office. Raises BadTemplate.

    Without `edition`, the written sections but the results stay empty, to be filled in by hand.
    """
    with on_record():
        return document(REPORT, context(unit, period, figures, edition))


def context(unit: Unit, period: Period, figures: Figures, edition: Edition | None) -> dict[str, Any]:
    """Every name that the template may use; see `reports.documents.SAMPLE`."""
    issuer = issuing_unit(unit)
    committee = SteeringCommittee.objects.filter(unit=issuer).active_on(period.due_on).first()
    head = committee.seats.active_on(period.due_on).filter(role=SeatRole.HEAD).first() if committee else None
    above = issuer.parent
    return {
        "parent": body_name(issuer, IssuingBody.PEOPLES_COMMITTEE, period.due_on),
        "issuer": ISSUER,
        "number": number_words(None, SYMBOL),
        "place_and_date": f"{place_words(issuer, period.due_on)}, {day_words(None)}",
        "subject": _("Kết quả hoạt động câu lạc bộ giảm nghèo %(period)s") % {"period": period.label},
        "sections": sections(period, figures, edition),
        "above": above_name(above, period) if above else _("Ban Chỉ đạo giảm nghèo cấp trên"),
        "signer": head.full_name if head else "",
        "rows": [{"name": part_name(figures, part), **row(part)} for part in figures.by_unit],
        "total": {"name": _("Cộng"), **row(figures)},
        "lists": [
            listed(_("Câu lạc bộ và thành viên"), [(column.label, n) for column, n in cells(figures, CLUBS)]),
            listed(_("Điểm danh, lượt người"), attendance(figures)),
            listed(_("Nội dung sinh hoạt, số lần"), topics(figures)),
            listed(_("Kiến nghị của câu lạc bộ"), [(column.label, n) for column, n in cells(figures, OPINIONS)]),
            listed(_("Mô hình sản xuất"), [(column.label, n) for column, n in cells(figures, MODELS)]),
        ],
    }


def issuing_unit(unit: Unit) -> Unit:
    """Whose letterhead a report has: the unit's, or that of the one above which has a committee."""
    while unit.kind not in COMMITTEE_KINDS and unit.parent is not None:
        unit = unit.parent
    return unit


def above_name(above: Unit, period: Period) -> str:
    return f"Ban Chỉ đạo giảm nghèo {lower_first(name_on(above, period.due_on))}"


def sections(period: Period, figures: Figures, edition: Edition | None) -> list[dict[str, Any]]:
    """The five sections (domain 2), each with its paragraphs; the figures come first in the results."""
    found = []
    for name in SECTIONS:
        written = getattr(edition, name, "").splitlines()
        said = ([*results(period, figures), *written] if name == "results" else written) or ["…"]
        if name == SECTIONS[-1]:
            said[-1] = said[-1].rstrip(".") + END
        title = str(Edition._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        found.append({"title": title, "paragraphs": said})
    return found


def results(period: Period, figures: Figures) -> list[str]:
    """The figures in sentences."""
    clubs, members, meetings, came = figures.clubs, figures.members, figures.meetings, figures.attendance
    return [
        _(
            "Đến ngày %(day)s có %(total)s câu lạc bộ: %(district)s cấp huyện, %(commune)s cấp xã, %(hamlet)s cấp ấp và "
            "%(poor)s câu lạc bộ người nghèo; đầu kỳ có %(at_start)s, trong kỳ thành lập %(founded)s, kết thúc %(dissolved)s."
        )
        % {
            "day": f"{period.last_day:%d/%m/%Y}",
            "total": written(clubs.total),
            "district": written(clubs.district),
            "commune": written(clubs.commune),
            "hamlet": written(clubs.hamlet),
            "poor": written(clubs.poor_people),
            "at_start": written(clubs.at_start),
            "founded": written(clubs.founded),
            "dissolved": written(clubs.dissolved),
        },
        _("Có %(total)s thành viên, gồm %(people)s cá nhân và %(bodies)s tập thể; kết nạp %(joined)s, rời %(left)s.")
        % {
            "total": written(members.total),
            "people": written(members.individuals),
            "bodies": written(members.collectives),
            "joined": written(members.joined),
            "left": written(members.left),
        },
        _(
            "Đã họp %(held)s trên %(due)s kỳ phải họp; %(not_held)s kỳ không họp có lý do, thiếu kết quả %(missing)s kỳ. "
            "Có %(there)s lượt thành viên dự và %(invited)s lượt khách được mời."
        )
        % {
            "held": written(meetings.held),
            "due": written(meetings.due),
            "not_held": written(meetings.did_not_meet),
            "missing": written(meetings.missing),
            "there": written(came.present + came.late),
            "invited": written(came.invited),
        },
        _(
            "Đã nêu %(raised)s kiến nghị, trả lời %(answered)s, giải quyết xong %(closed)s, còn %(overdue)s quá hạn; giới "
            "thiệu %(introduced)s mô hình, nhân rộng ở %(replicated)s nơi với %(households)s hộ."
        )
        % {name: written(number) for name, number in {**vars(figures.opinions), **vars(figures.models)}.items()},
    ]


def row(part: UnitFigures) -> dict[str, str]:
    """The numbers of `reports.documents.COLUMNS`."""
    numbers = {
        "clubs": part.clubs.total,
        "members": part.members.total,
        "there": part.attendance.present + part.attendance.late,
        "invited": part.attendance.invited,
        **vars(part.meetings),
    }
    return {name: written(numbers[name]) for name in COLUMNS}


def listed(title: str, rows: Iterable[tuple[Any, int]]) -> dict[str, Any]:
    return {"title": title, "rows": [{"label": str(label), "number": written(number)} for label, number in rows]}


def written(number: int) -> str:
    """1234567 → "1.234.567"."""
    return f"{number:,}".replace(",", ".")
