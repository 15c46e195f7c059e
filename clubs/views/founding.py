"""Founding, changing and ending clubs."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clubs.actions import change_club, found_club, set_coverage
from clubs.forms import ClubForm, CoverageForm, FoundClubForm
from clubs.models import SEATS, Club, Coverage
from clubs.quota import Quota
from clubs.state_changes import CLUB_CHANGES
from steering.actions import require
from steering.calendar import month_calendar
from steering.models import Unit, UnitKind
from steering.pages import Done, FormPage, visible_or_404
from steering.periods import PeriodKind
from steering.regime import regime_on
from steering.state_changes import state_page


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clubs.add_club", raise_exception=True)
def found(request: HttpRequest) -> HttpResponse:
    """A new club: fill in, read once more what will follow, agree."""
    user: Any = request.user
    form = FoundClubForm(request.POST or None, user=user, initial={"unit": request.GET.get("unit", "")})

    def write(data: dict[str, Any]) -> Done:
        club = form.club()
        require(user, "add", club)
        found_club(club=club, decision=form.decision(), by=user)
        return Done(_("Đã thành lập %(club)s.") % {"club": club}, reverse("club", args=[club.pk]))

    return FormPage(
        title=_("Thành lập câu lạc bộ"),
        verb=_("Thành lập câu lạc bộ"),
        form=form,
        write=write,
        back=reverse("clubs"),
        review=lambda: what_follows(form.instance),
        template="clubs/found.html",
    ).answer(request)


def what_follows(club: Club) -> list[str]:
    """Sentences on what founding `club` brings about: its authorities, its first meeting owed, its seats."""
    lines = [_("Ủy ban nhân dân %(unit)s được ghi là cơ quan thành lập.") % {"unit": club.founder.in_sentence}]  # type: ignore[union-attr]
    if club.manager:
        lines.append(_("%(committee)s được ghi là cơ quan quản lý.") % {"committee": club.manager})
    lines += quota_lines(club)
    if club.founded_on is None:
        return [*lines, _("Câu lạc bộ được ghi là dự kiến, chưa tính vào số câu lạc bộ.")]
    calendar = month_calendar()
    first = calendar.containing(PeriodKind(club.cadence), club.founded_on)
    if first.first_day < club.founded_on:
        first = calendar.next(first)
    lines.append(_("Kỳ sinh hoạt đầu tiên phải họp là kỳ %(period)s.") % {"period": first.label})
    return [*lines, _("Có %(n)d ghế trống để kết nạp; chưa có ban chủ nhiệm cho đến khi bầu.") % {"n": SEATS}]


def quota_lines(club: Club) -> list[str]:
    """How many clubs the district has with this one, and what that asks for (R4)."""
    rules = regime_on(club.founded_on or timezone.localdate()).get(club.level)
    if rules is None or rules.max_clubs is None:
        return []
    communes = Unit.objects.under(club.unit).filter(kind=UnitKind.COMMUNE, valid_until=None).count()
    quota = Quota(club.unit.clubs.filter(level=club.level, ended_on=None).count(), rules.max_clubs, communes, 0)
    words = {"unit": club.unit, "n": quota.clubs, "limit": quota.limit, "communes": communes, "many": quota.many}
    lines = [_("%(unit)s có %(n)d trên %(limit)d câu lạc bộ cấp huyện.") % words]
    if quota.wants_second:
        lines.append(_("%(unit)s có %(communes)d xã; trên %(many)d xã thì nên tính câu lạc bộ thứ hai.") % words)
    if quota.clubs > 1:
        lines.append(_("Có hai câu lạc bộ thì chia xã cho từng câu lạc bộ, ở trang của huyện."))
    return lines


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    club = visible_or_404(Club.objects.with_place(), request.user, pk=pk)
    require(request.user, "change", club)  # type: ignore[arg-type]
    back = reverse("club", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        change_club(club=form.instance, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã sửa %(club)s.") % {"club": form.instance}, back)

    form = ClubForm(request.POST or None, instance=club)
    title = _("Sửa: %(club)s") % {"club": club}
    return FormPage(title=title, verb=_("Lưu"), form=form, write=write, back=back, of=club).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    club = visible_or_404(Club.objects.with_place().filter(level="district"), request.user, pk=pk)
    require(request.user, "add", Coverage(club=club))  # type: ignore[arg-type]
    back = reverse("club", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        set_coverage(club=club, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã chia địa bàn cho %(club)s.") % {"club": club}, back)

    return FormPage(
        title=_("Địa bàn: %(club)s") % {"club": club},
        verb=_("Lưu địa bàn"),
        form=CoverageForm(request.POST or None, club=club),
        write=write,
        back=back,
        of=club,
        context={"lead": _("Huyện có hai câu lạc bộ thì mỗi xã thuộc một câu lạc bộ. Không chọn xã nào: cả huyện.")},
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    club = visible_or_404(Club.objects.with_place(), request.user, pk=pk)
    require(request.user, "change", club)  # type: ignore[arg-type]
    back = reverse("club", args=[pk])
    return state_page(request, club, CLUB_CHANGES, state=club.status, verb=verb, back=back)
