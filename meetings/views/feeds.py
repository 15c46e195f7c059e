"""Following meetings from one's own calendar: the feed itself, and the page on which its owner keeps it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_http_methods, require_safe

from clubs.models import Club
from meetings.actions import open_feed, renew_feed, revoke_feed
from meetings.feeds import edition, live_feed, meetings_of, name_of
from meetings.ics import calendar_of
from meetings.models import CalendarFeed
from meetings.views.planning import FORM_METHODS
from steering.models import Unit
from steering.pages import Done, FormPage, visible_or_404


@require_safe
@permission_required("meetings.view_meeting", raise_exception=True)
def feeds(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    found = CalendarFeed.objects.visible_to(user).current().select_related("club", "unit")
    rows = [(feed, request.build_absolute_uri(reverse("feed", args=[feed.key]))) for feed in found]
    return render(request, "meetings/feeds.html", {"feeds": rows})


@require_http_methods(FORM_METHODS)
@permission_required("meetings.view_meeting", raise_exception=True)
def follow_all(request: HttpRequest) -> HttpResponse:
    return follow(request, _("mọi câu lạc bộ tôi được xem"), reverse("calendar"))


@require_http_methods(FORM_METHODS)
def follow_club(request: HttpRequest, pk: int) -> HttpResponse:
    club: Club = visible_or_404(Club.objects.all(), request.user, pk=pk)
    return follow(request, str(club), reverse("club", args=[pk]), club=club)


@require_http_methods(FORM_METHODS)
def follow_unit(request: HttpRequest, pk: int) -> HttpResponse:
    unit: Unit = visible_or_404(Unit.objects.all(), request.user, pk=pk)
    return follow(request, unit.in_sentence, reverse("unit", args=[pk]), unit=unit)


def follow(request: HttpRequest, what: str, back: str, **of: Any) -> HttpResponse:
    def write(data: dict[str, Any]) -> Done:
        open_feed(**of, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã có địa chỉ lịch. Chép vào ứng dụng lịch."), reverse("feeds"))

    return FormPage(
        title=_("Theo dõi lịch của %(what)s") % {"what": what},
        verb=_("Lấy địa chỉ lịch"),
        form=forms.Form(request.POST or None),
        write=write,
        back=back,
        consequences=[
            _(
                "Ứng dụng lịch trên điện thoại, máy tính đọc địa chỉ này, tự ghi kỳ mới, ngày dời và nhắc trước một ngày."
            ),
            _("Lịch chỉ có những kỳ anh, chị được xem, không có tên người."),
            _("Ai giữ địa chỉ đều đọc được lịch: không gửi cho người khác. Lúc nào cũng thu hồi được."),
        ],
    ).answer(request)


def own_feed_or_404(request: HttpRequest, pk: int) -> CalendarFeed:
    rows = CalendarFeed.objects.current().select_related("user", "club", "unit")
    found: CalendarFeed = visible_or_404(rows, request.user, pk=pk)
    return found


@require_http_methods(FORM_METHODS)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_feed_or_404(request, pk)

    def write(data: dict[str, Any]) -> Done:
        renew_feed(feed=found, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã đặt địa chỉ mới. Chép lại vào ứng dụng lịch."), reverse("feeds"))

    return FormPage(
        title=_("Đặt lại địa chỉ: %(what)s") % {"what": found},
        verb=_("Đặt lại địa chỉ"),
        form=forms.Form(request.POST or None),
        write=write,
        back=reverse("feeds"),
        consequences=[_("Địa chỉ cũ hết tác dụng ngay. Nơi nào đang đọc nó thì thay bằng địa chỉ mới.")],
    ).answer(request)


@require_http_methods(FORM_METHODS)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_feed_or_404(request, pk)

    def write(data: dict[str, Any]) -> Done:
        revoke_feed(feed=found, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã thu hồi địa chỉ lịch: %(what)s.") % {"what": found}, reverse("feeds"))

    return FormPage(
        title=_("Thu hồi địa chỉ: %(what)s") % {"what": found},
        verb=_("Thu hồi địa chỉ"),
        form=forms.Form(request.POST or None),
        write=write,
        back=reverse("feeds"),
        consequences=[_("Ứng dụng lịch nào đang đọc địa chỉ này sẽ không cập nhật nữa.")],
        is_danger=True,
    ).answer(request)


@require_safe
@login_not_required
@cache_control(private=True, max_age=900)
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar itself, for whoever has its address: revoked, unknown or its owner gone, all are the same 404."""
    found = live_feed(key)
    if found is None:
        raise Http404(_("Không có lịch ở địa chỉ này."))
    rows = meetings_of(found)
    now = edition(rows)

    @condition(etag_func=lambda request: now.tag, last_modified_func=lambda request: now.changed_at)
    def content(request: HttpRequest) -> HttpResponse:
        meetings = (
            rows.select_related("club", "host__parent__parent__parent").with_changes().order_by("starts_at", "pk")
        )
        calendar = calendar_of(meetings, request.build_absolute_uri("/"), name_of(found))
        return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers={"X-Robots-Tag": "noindex"})

    answer: HttpResponse = content(request)
    return answer
