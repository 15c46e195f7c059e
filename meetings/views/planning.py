"""When and where clubs meet: planning periods ahead, one meeting by hand, moving it, and what becomes of it."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clubs.models import Club, ClubStatus
from meetings.actions import change_meeting, plan_club, plan_meeting
from meetings.actions.hosts import host_turns, line_for
from meetings.actions.rotation import HostChange, changes_since, hosts_ahead
from meetings.host_words import follows, going_along_follows, state_follows, told
from meetings.line import line_today
from meetings.models import Meeting, MeetingForm, MeetingState
from meetings.planning_forms import HostForm, MomentForm, PlanClubForm, PlanOneForm, VisitHostForm
from meetings.state_changes import MEETING_CHANGES
from meetings.views.refusals import when_closed
from steering.actions import require
from steering.actions.calendar import seed_closed_days
from steering.calendar import month_calendar
from steering.pages import Done, FormPage, visible_or_404
from steering.state_changes import state_page

FORM_METHODS = ["GET", "HEAD", "POST"]


def meeting_or_404(request: HttpRequest, pk: int) -> Meeting:
    found: Meeting = visible_or_404(Meeting.objects.with_place(), request.user, pk=pk)
    return found


def club_to_plan(request: HttpRequest, pk: int) -> Club:
    club: Club = visible_or_404(Club.objects.with_place(), request.user, pk=pk)
    require(request.user, "add", Meeting(club=club))  # type: ignore[arg-type]
    return club


@require_http_methods(FORM_METHODS)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The periods a club owes up to a day: what would be planned is read once more, then agreed to."""
    club = club_to_plan(request, pk)
    form = PlanClubForm(request.POST or None, club=club, until=request.GET.get("until", ""))
    back = reverse("club", args=[pk])
    planned: list[Meeting] = []
    changes: list[HostChange] = []

    def write(data: dict[str, Any]) -> Done:
        seed_closed_days(years=range(timezone.localdate().year, form.last_day.year + 1), by=None)
        before = hosts_ahead(club)
        planned.extend(plan_club(club=club, until=form.last_day, by=request.user))  # type: ignore[arg-type]
        changes.extend(changes_since(before))
        if not planned:
            raise ValidationError(nothing_to_plan(club))
        words = ngettext("Đã lên lịch %(n)d kỳ sinh hoạt.", "Đã lên lịch %(n)d kỳ sinh hoạt.", len(planned))
        return Done(words % {"n": len(planned)}, f"{reverse('meetings')}?club={pk}")

    return FormPage(
        title=_("Lên lịch %(club)s") % {"club": club},
        verb=_("Lên lịch"),
        form=form,
        write=write,
        back=back,
        review=lambda: [*map(planned_words, planned), *follows(changes)],
        template="meetings/plan.html",
        context={"club": club},
    ).answer(request)


def nothing_to_plan(club: Club) -> str:
    if club.status != ClubStatus.ACTIVE:
        return _("Câu lạc bộ đang không hoạt động nên không phải họp. Mở lại câu lạc bộ trước.")
    return _("Các kỳ đến đó đã có lịch cả. Chọn kỳ xa hơn, hoặc lên lịch riêng một kỳ.")


def planned_words(meeting: Meeting) -> str:
    """ "Kỳ tháng 11/2026: Thứ Sáu, 13/11/2026, 07:30, tại xã Tân Phú (chưa từng đăng cai)."."""
    return _("Kỳ %(period)s: %(day)s, %(at)s, tại %(host)s (%(why)s).") % {
        "period": meeting.period_label,
        "day": date_format(meeting.day, "l, d/m/Y"),
        "at": f"{timezone.localtime(meeting.starts_at):%H:%M}",
        "host": meeting.host.in_sentence,
        "why": meeting.why_host,
    }


@require_http_methods(FORM_METHODS)
def plan_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting on a day of one's own choosing."""
    club = club_to_plan(request, pk)
    form = PlanOneForm(request.POST or None, club=club, ranked=line_today(club, host_turns(club)))

    def write(data: dict[str, Any]) -> Done:
        facts = {"host": data["host"], "override_reason": data["override_reason"]}
        meeting = plan_meeting(club=club, starts_at=form.moment, by=request.user, **facts)  # type: ignore[arg-type]
        words = {"day": f"{meeting.day:%d/%m/%Y}", "host": meeting.host.in_sentence, "why": meeting.why_host}
        sentence = _("Đã lên lịch ngày %(day)s tại %(host)s (%(why)s).") % words
        return Done(sentence, reverse("meeting", args=[meeting.pk]))

    return FormPage(
        title=_("Lên lịch một kỳ"),
        verb=_("Lên lịch"),
        form=form,
        write=write,
        back=reverse("club", args=[pk]),
        template="meetings/plan_one.html",
        context={"lead": club, "club": club},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day or hour within the period."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "change", meeting)  # type: ignore[arg-type]
    if closed := when_closed(request, meeting, _("Đổi ngày, giờ")):
        return closed
    back = reverse("meeting", args=[pk])
    initial = {"starts_at": meeting.day, "at": timezone.localtime(meeting.starts_at).time()}
    form = MomentForm(request.POST or None, initial=initial)
    what, was_postponed = meeting.in_sentence, meeting.state == MeetingState.POSTPONED

    def write(data: dict[str, Any]) -> Done:
        moved = change_meeting(meeting=meeting, starts_at=form.moment, by=request.user)  # type: ignore[arg-type]
        at = date_format(timezone.localtime(moved.starts_at), "l, d/m/Y, H:i")
        words = _("Đã dời %(what)s sang %(at)s, tại %(host)s.")
        if was_postponed:
            words = _("Đã lên lịch lại %(what)s: %(at)s, tại %(host)s.")
        return Done(words % {"what": what, "at": at, "host": moved.host.in_sentence}, back)

    page = FormPage(
        title=_("Đổi ngày, giờ: %(what)s") % {"what": meeting},
        verb=_("Đổi ngày, giờ"),
        form=form,
        write=write,
        back=back,
        of=meeting,
        locks=meeting.club,
        consequences=move_follows(meeting),
        context={"lead": period_words(meeting)},
    )
    return told(request, meeting.club, page.answer)


def period_words(meeting: Meeting) -> str:
    if meeting.form == MeetingForm.VISIT:
        return ""
    period = month_calendar().parse(meeting.period_key)
    return _("Chọn ngày trong kỳ %(period)s, từ %(first)s đến %(last)s.") % {
        "period": period.label,
        "first": f"{period.first_day:%d/%m/%Y}",
        "last": f"{period.last_day:%d/%m/%Y}",
    }


def move_follows(meeting: Meeting) -> list[str]:
    lines = []
    if meeting.state != MeetingState.POSTPONED:
        lines.append(_("Nơi đăng cai vẫn là %(host)s.") % {"host": meeting.host.in_sentence})
    if meeting.state == MeetingState.INVITED:
        lines.append(_("Giấy mời đã gửi ghi ngày giờ cũ: báo lại cho người được mời."))
    lines += going_along_follows(meeting, "move")
    if meeting.state == MeetingState.POSTPONED:
        lines.append(_("Kỳ sinh hoạt trở lại “Đã lên lịch”, tại nơi đến lượt khi ấy."))
    return lines


@require_http_methods(FORM_METHODS)
def host(request: HttpRequest, pk: int) -> HttpResponse:
    """Another host: of the rotation with the reason, or of a visit."""
    meeting = meeting_or_404(request, pk)
    require(request.user, "change", meeting)  # type: ignore[arg-type]
    if closed := when_closed(request, meeting, _("Đổi nơi đăng cai")):
        return closed
    back = reverse("meeting", args=[pk])
    form, lead = host_form(request, meeting)

    def write(data: dict[str, Any]) -> Done:
        reason = data.get("override_reason", "")
        changed = change_meeting(meeting=meeting, host=form.unit, override_reason=reason, by=request.user)  # type: ignore[arg-type]
        words = {"host": changed.host.in_sentence, "why": changed.why_host}
        return Done(_("Nơi đăng cai nay là %(host)s (%(why)s).") % words, back)

    page = FormPage(
        title=_("Đổi nơi đăng cai: %(what)s") % {"what": meeting},
        verb=_("Đổi nơi đăng cai"),
        form=form,
        write=write,
        back=back,
        of=meeting,
        locks=meeting.club,
        context={"lead": lead},
    )
    return told(request, meeting.club, page.answer)


def host_form(request: HttpRequest, meeting: Meeting) -> tuple[Any, str]:
    """The form of the meeting's kind, and whose turn it is in a sentence."""
    if meeting.form == MeetingForm.VISIT:
        return VisitHostForm(request.POST or None, meeting=meeting), _("Giao lưu, tham quan không tính vào lượt.")
    ranked = line_for(meeting)
    lead = _("Không còn nơi nào trong vòng luân phiên. Nhập các đơn vị trực thuộc trước.")
    if ranked:
        lead = _("Đến lượt %(due)s. Nơi đến lượt mà không đăng cai thì lượt vẫn còn.") % {"due": ranked[0].reason}
    return HostForm(request.POST or None, meeting=meeting, ranked=ranked), lead


@require_http_methods(FORM_METHODS)
def state(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    meeting = meeting_or_404(request, pk)
    require(request.user, "change", meeting)  # type: ignore[arg-type]
    if closed := when_closed(request, meeting, meeting.title):
        return closed
    back = reverse("meeting", args=[pk])
    return told(
        request,
        meeting.club,
        partial(
            state_page,
            obj=meeting,
            changes=MEETING_CHANGES,
            state=meeting.state,
            verb=verb,
            back=back,
            locks=meeting.club,
            more=partial(state_follows, meeting),
        ),
    )
