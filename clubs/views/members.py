"""Members and offices of a club."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clubs.actions import admit_member, appoint_officer, end_office, leave_club, save_person
from clubs.forms import AdmitForm, AppointForm, EndOfficeForm, LeaveForm, PersonForm
from clubs.models import SEATS, Club, Membership, Office, OfficeRole
from steering.actions import require
from steering.pages import Done, FormPage, visible_or_404


def club_or_404(request: HttpRequest, pk: int) -> Club:
    club: Club = visible_or_404(Club.objects.with_place(), request.user, pk=pk)
    return club


def membership_or_404(request: HttpRequest, pk: int) -> Membership:
    rows = Membership.objects.select_related("club__unit__parent__parent", "person__unit").with_office()
    membership: Membership = visible_or_404(rows, request.user, pk=pk)
    return membership


@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    """A seat for somebody on record or for a new person of the club's unit."""
    user: Any = request.user
    club = club_or_404(request, pk)
    require(user, "add", Membership(club=club))
    back = reverse("club", args=[pk])
    form = AdmitForm(request.POST or None, club=club, user=user)

    def write(data: dict[str, Any]) -> Done:
        person = form.admitted()
        if person.pk is None:
            require(user, "add", person)
            save_person(person=person, by=user)
        seated = admit_member(club=club, person=person, joined_on=data["joined_on"], sector=data["sector"], by=user)
        return Done(_("Đã kết nạp %(name)s vào ghế %(seat)d.") % {"name": person, "seat": seated.seat}, back)

    free = SEATS - club.memberships.sitting().count()
    return FormPage(
        title=_("Kết nạp thành viên"),
        verb=_("Kết nạp"),
        form=form,
        write=write,
        back=back,
        template="clubs/admit.html",
        context={"lead": _("%(club)s, còn %(n)d ghế trống.") % {"club": club, "n": free}},
    ).answer(request)


@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One seat: who sits in it, since when, and what may be done about it."""
    membership = membership_or_404(request, pk)
    offices = membership.offices.order_by("-started_on")
    return render(request, "clubs/member.html", {"membership": membership, "club": membership.club, "offices": offices})


@require_http_methods(["GET", "HEAD", "POST"])
def change_person(request: HttpRequest, pk: int) -> HttpResponse:
    membership = membership_or_404(request, pk)
    person = membership.person
    require(request.user, "change", person)  # type: ignore[arg-type]
    back = reverse("member", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        save_person(person=form.instance, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã sửa thông tin của %(name)s.") % {"name": form.instance}, back)

    form = PersonForm(request.POST or None, instance=person)
    title = _("Sửa thông tin: %(name)s") % {"name": person}
    return FormPage(title=title, verb=_("Lưu"), form=form, write=write, back=back, of=person).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    membership: Any = membership_or_404(request, pk)
    require(request.user, "change", membership)  # type: ignore[arg-type]
    back = reverse("club", args=[membership.club_id])

    def write(data: dict[str, Any]) -> Done:
        leave_club(membership=membership, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã ghi %(name)s rời câu lạc bộ.") % {"name": membership}, back)

    consequences = [_("Ghế %(seat)d trống từ ngày này. Lịch sử được giữ lại.") % {"seat": membership.seat}]
    if membership.office_role:
        role = OfficeRole(membership.office_role).label
        consequences.append(_("Chức danh %(role)s kết thúc cùng ngày.") % {"role": str(role).lower()})
    return FormPage(
        title=_("%(name)s rời câu lạc bộ") % {"name": membership},
        verb=_("Ghi nhận rời câu lạc bộ"),
        form=LeaveForm(request.POST or None),
        write=write,
        back=reverse("member", args=[pk]),
        of=membership,
        consequences=consequences,
        is_danger=True,
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    club = club_or_404(request, pk)
    require(request.user, "add", Office(club=club))  # type: ignore[arg-type]
    back = reverse("club", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        office = appoint_officer(by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã ghi %(office)s.") % {"office": office}, back)

    return FormPage(
        title=_("Ghi nhận ban chủ nhiệm"),
        verb=_("Ghi nhận"),
        form=AppointForm(request.POST or None, club=club, initial={"role": request.GET.get("role", "")}),
        write=write,
        back=back,
        context={"lead": _("%(club)s. Một chủ nhiệm, hai phó chủ nhiệm, do thành viên bầu.") % {"club": club}},
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    office = visible_or_404(Office.objects.held().select_related("club", "membership__person"), request.user, pk=pk)
    require(request.user, "change", office)  # type: ignore[arg-type]
    back = reverse("member", args=[office.membership_id])

    def write(data: dict[str, Any]) -> Done:
        end_office(office=office, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã kết thúc: %(office)s.") % {"office": office}, reverse("club", args=[office.club_id]))

    return FormPage(
        title=_("Kết thúc nhiệm kỳ: %(office)s") % {"office": office},
        verb=_("Kết thúc nhiệm kỳ"),
        form=EndOfficeForm(request.POST or None),
        write=write,
        back=back,
        of=office,
        consequences=[_("Chức danh này khuyết từ ngày đó cho đến khi có người khác. Người này vẫn là thành viên.")],
    ).answer(request)
