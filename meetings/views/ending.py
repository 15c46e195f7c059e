"""Pausing and ending a club: everything that hangs on it is listed with numbers before it is agreed to."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clubs import drafts
from clubs.documents import DISSOLVING, MERGING
from clubs.models import ApplicationState, Club, ClubStatus, ElectionState
from clubs.views.drafts import word_file
from meetings.actions.ending import end_club, meetings_to_call_off, pause_club
from meetings.actions.opinions import may_answer
from meetings.ending_forms import EndClubForm
from meetings.models import Meeting, Opinion
from meetings.views.planning import FORM_METHODS
from steering.actions import require
from steering.models import Appointment
from steering.pages import Done, FormPage, visible_or_404
from steering.querysets import how_many
from steering.state_changes import StateForm

NEAR = 30  # clubs offered beside each member
VERBS = {"giai-the": False, "sap-nhap": True}  # whether it merges


def club_to_change(request: HttpRequest, pk: int) -> Club:
    rows = Club.objects.with_place().select_related("manager__unit", "founder", "ending_decision")
    club: Club = visible_or_404(rows, request.user, pk=pk)
    require(request.user, "change", club)  # type: ignore[arg-type]  # pages ask for a login
    return club


def not_now(request: HttpRequest, back: str) -> HttpResponse:
    messages.error(request, _("Việc này không hợp với tình trạng hiện nay. Xem lại rồi chọn việc khác."))
    return redirect(back)


@require_http_methods(FORM_METHODS)
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend: the club owes no meetings, those planned from that day are called off."""
    club = club_to_change(request, pk)
    back = reverse("club", args=[pk])
    if club.status != ClubStatus.ACTIVE:
        return not_now(request, back)
    called_off: list[Meeting] = []

    def write(data: dict[str, Any]) -> Done:
        called_off[:] = meetings_to_call_off(club, data["on"]).order_by("starts_at")
        pause_club(club=club, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã tạm ngừng %(club)s.") % {"club": club}, back)

    return FormPage(
        title=_("Tạm ngừng: %(club)s") % {"club": club},
        verb=_("Tạm ngừng câu lạc bộ"),
        form=StateForm(request.POST or None),
        write=write,
        back=back,
        of=club,
        review=lambda: [
            _("Câu lạc bộ không phải họp cho đến khi mở lại. Thành viên và chức danh giữ nguyên."),
            meetings_line(called_off),
        ],
    ).answer(request)


@dataclass
class Hanging:
    """What hangs on a club that is about to end."""

    members: list[Any]
    opinions: list[Opinion]
    meetings: list[Meeting]
    coverage: int
    applications: int
    elections: int
    silent: int
    secretaries: int


def hanging_on(club: Club) -> Hanging:
    opinions = Opinion.objects.filter(meeting__club=club).unsettled().with_place()
    today = timezone.localdate()
    return Hanging(
        members=list(club.memberships.sitting().select_related("person").with_office().order_by("seat")),
        opinions=list(opinions),
        meetings=list(meetings_to_call_off(club, today).order_by("starts_at")),
        **counted_on(club, today),
    )


def counted_on(club: Club, today: date) -> dict[str, int]:
    """What is only counted, in one query."""
    rows = {
        "coverage": club.coverage.filter(valid_until=None),
        "applications": club.applications.filter(state=ApplicationState.PENDING),
        "elections": club.elections.filter(state=ElectionState.OPEN),
        "silent": Meeting.objects.filter(club=club).silent(timezone.now()),
        "secretaries": Appointment.objects.filter(path=club.path).active_on(today),
    }
    numbers = Club.objects.filter(pk=club.pk).values_list(*map(how_many, rows.values())).get()
    return dict(zip(rows, numbers, strict=True))


def clubs_for_members(user: Any, club: Club) -> Any:
    """Clubs in being where the reader may seat people, those next to `club` first."""
    clubs = Club.objects.live().permitting(user, "clubs.add_membership").exclude(pk=club.pk).with_place()
    return clubs.nearest_first(club)


@require_http_methods(FORM_METHODS)
def end(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Dissolve or merge: fill in, read every consequence with its number, agree."""
    if verb not in VERBS:
        raise Http404(_("Không có trang này."))
    user: Any = request.user
    club, is_merging = club_to_change(request, pk), VERBS[verb]
    back = reverse("club", args=[pk])
    if club.status not in (ClubStatus.ACTIVE, ClubStatus.SUSPENDED):
        return not_now(request, back)
    hanging = hanging_on(club)
    clubs = clubs_for_members(user, club)
    form = EndClubForm(
        request.POST or None,
        is_merging=is_merging,
        clubs=clubs,
        near=list(clubs[:NEAR]) if hanging.members else [],
        members=hanging.members,
        opinions=hanging.opinions,
        answerable=[opinion.pk for opinion in hanging.opinions if may_answer(user, opinion)],
    )

    def write(data: dict[str, Any]) -> Done:
        hanging.meetings = list(meetings_to_call_off(club, data["on"]).order_by("starts_at"))
        end_club(
            club=club,
            on=data["on"],
            reason=data["reason"],
            into=data["into"] if is_merging else None,
            moves=form.moves(),
            answers=form.answers(),
            settled=form.settled(),
            decision=form.ending_decision(),
            by=user,
        )
        words = _("Đã sáp nhập %(club)s vào %(into)s.") if is_merging else _("Đã giải thể %(club)s.")
        return Done(words % {"club": club, "into": data["into"]}, back)

    page = FormPage(
        title=(_("Sáp nhập: %(club)s") if is_merging else _("Giải thể: %(club)s")) % {"club": club},
        verb=_("Sáp nhập câu lạc bộ") if is_merging else _("Giải thể câu lạc bộ"),
        form=form,
        write=write,
        back=back,
        of=club,
        review=lambda: what_follows(club, hanging, form),
        is_danger=True,
        template="meetings/ending.html",
        context={"club": club, "hanging": hanging, "is_merging": is_merging},
    )
    if "draft" in request.POST:
        return draft(club, form) if form.is_valid() else page.show(request)
    return page.answer(request)


def draft(club: Club, form: EndClubForm) -> HttpResponse:
    """The decision as a Word file, from what is filled in so far; nothing is written."""
    data, moving = form.cleaned_data, len(form.moves())
    words = drafts.ending(
        club,
        on=data["on"],
        reason=data["reason"],
        into=data["into"] if form.is_merging else None,
        moving=moving,
        leaving=len(form.members) - moving,
    )
    return word_file(MERGING if form.is_merging else DISSOLVING, club, words)


# What will follow, in sentences


def what_follows(club: Club, hanging: Hanging, form: EndClubForm) -> list[str]:
    lines = [
        *members_lines(hanging, form),
        meetings_line(hanging.meetings),
        opinions_line(hanging, form),
        coverage_line(club, hanging),
        *open_lines(hanging),
        decision_line(club),
        _("Hồ sơ, biên bản và lịch sử của câu lạc bộ được giữ lại."),
    ]
    return [line for line in lines if line]


def members_lines(hanging: Hanging, form: EndClubForm) -> list[str]:
    moves = form.moves()
    going = Counter(str(club) for club in moves.values())
    leaving = len(hanging.members) - len(moves)
    lines = [
        ngettext("%(n)d thành viên chuyển sang %(club)s.", "%(n)d thành viên chuyển sang %(club)s.", n)
        % {"n": n, "club": name}
        for name, n in going.items()
    ]
    if leaving or not going:
        lines.append(
            ngettext("%(n)d thành viên rời câu lạc bộ.", "%(n)d thành viên rời câu lạc bộ.", leaving) % {"n": leaving}
        )
    offices = sum(bool(member.office_role) for member in hanging.members)
    lines.append(ngettext("%(n)d chức danh kết thúc.", "%(n)d chức danh kết thúc.", offices) % {"n": offices})
    return lines


def meetings_line(meetings: list[Meeting]) -> str:
    n = len(meetings)
    if not n:
        return _("Không có kỳ sinh hoạt nào phải hủy.")
    days = ", ".join(f"{meeting.day:%d/%m/%Y}" for meeting in meetings)
    words = ngettext(
        "%(n)d kỳ sinh hoạt đã lên lịch bị hủy với lý do trên: %(days)s.",
        "%(n)d kỳ sinh hoạt đã lên lịch bị hủy với lý do trên: %(days)s.",
        n,
    )
    return words % {"n": n, "days": days}


def opinions_line(hanging: Hanging, form: EndClubForm) -> str:
    closed = len(form.answers()) + len(form.settled())
    words = {"closed": closed, "left": len(hanging.opinions) - closed}
    return _("Kiến nghị: đóng %(closed)d, để ban chỉ đạo trả lời tiếp %(left)d.") % words if hanging.opinions else ""


def coverage_line(club: Club, hanging: Hanging) -> str:
    if not hanging.coverage:
        return ""
    into = club.merged_into
    if into is not None and into.unit_id == club.unit_id and into.level == club.level:
        return _("%(n)d xã thuộc địa bàn chuyển cho %(club)s, nếu câu lạc bộ đó đã chia địa bàn.") % {
            "n": hanging.coverage,
            "club": into,
        }
    return _("%(n)d xã thuộc địa bàn được để trống cho câu lạc bộ khác.") % {"n": hanging.coverage}


def open_lines(hanging: Hanging) -> list[str]:
    lines = []
    if hanging.applications:
        lines.append(_("%(n)d đơn xin gia nhập bị từ chối với lý do trên.") % {"n": hanging.applications})
    if hanging.elections:
        lines.append(_("Cuộc bầu ban chủ nhiệm đang mở bị dừng."))
    if hanging.silent:
        lines.append(_("Còn %(n)d kỳ đã qua chưa có kết quả; vẫn ghi được sau.") % {"n": hanging.silent})
    if hanging.secretaries:
        lines.append(
            _("%(n)d tài khoản thư ký vẫn đọc được hồ sơ; Sở kết thúc phân công khi không cần nữa.")
            % {"n": hanging.secretaries}
        )
    return lines


def decision_line(club: Club) -> str:
    decision = club.ending_decision
    if decision is None or decision.number is None:
        return _("Quyết định chưa có số; ghi số, ngày và gửi bản đã ký ở trang quyết định.")
    return _("Quyết định %(decision)s được ghi; gửi bản đã ký ở trang quyết định.") % {"decision": decision}
