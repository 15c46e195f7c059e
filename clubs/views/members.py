"""Members and offices of a club."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clubs.actions import (
    admit_applicant,
    admit_member,
    apply_to_club,
    appoint_officer,
    end_office,
    leave_club,
    save_person,
    transfer_member,
)
from clubs.forms import AppointForm, EndOfficeForm
from clubs.member_forms import AdmitForm, LeaveForm, PersonForm, TransferForm
from clubs.models import SEATS, Club, Membership, Office, OfficeRole
from clubs.views.people import about, record_agreed, recorded_person
from steering.actions import require
from steering.pages import Done, FormPage, visible_or_404


def club_or_404(request: HttpRequest, pk: int) -> Club:
    club: Club = visible_or_404(Club.objects.with_place(), request.user, pk=pk)
    return club


def membership_or_404(request: HttpRequest, pk: int) -> Membership:
    rows = Membership.objects.select_related("club__unit__parent__parent", "person__unit").with_office().with_consents()
    membership: Membership = visible_or_404(rows, request.user, pk=pk)
    return membership


@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    """A seat for somebody on record or for a new person of the club's unit."""
    user: Any = request.user
    club = club_or_404(request, pk)
    require(user, "add", Membership(club=club))
    back = reverse("club", args=[pk])
    named = {"full_name": request.GET.get("name", "")[:120]}
    form = AdmitForm(request.POST or None, club=club, user=user, initial=named)

    def write(data: dict[str, Any]) -> Done:
        person = recorded_person(form, user)
        joining = {name: data[name] for name in ("joined_on", "sector")}
        if data["applied_on"]:
            application = apply_to_club(club=club, person=person, applied_on=data["applied_on"], by=user)
            seated = admit_applicant(application=application, by=user, **joining)
        else:
            seated = admit_member(club=club, person=person, by=user, **joining)
        record_agreed(person, data, data["applied_on"] or data["joined_on"], user)
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
    context = {
        "membership": membership,
        "club": membership.club,
        "offices": membership.offices.order_by("-started_on"),
        **about(request, membership.person),
    }
    return render(request, "clubs/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_person(request: HttpRequest, pk: int) -> HttpResponse:
    membership: Any = membership_or_404(request, pk)
    person = membership.person
    require(request.user, "change", person)  # type: ignore[arg-type]
    back = reverse("member", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        save_person(person=form.instance, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã sửa thông tin của %(name)s.") % {"name": form.instance}, back)

    form = PersonForm(request.POST or None, instance=person)
    if membership.is_not_called:
        del form.fields["phone"]
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
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """To another club, in which the user may admit as well; else that club's own officer admits."""
    user: Any = request.user
    membership: Any = membership_or_404(request, pk)
    require(user, "change", membership)
    done: list[Membership] = []

    def write(data: dict[str, Any]) -> Done:
        require(user, "add", Membership(club=data["to"]))
        done.append(transfer_member(membership=membership, by=user, **data))
        words = {"name": membership, "club": data["to"], "seat": done[-1].seat}
        sentence = _("Đã chuyển %(name)s sang %(club)s, ghế %(seat)d.") % words
        return Done(sentence, reverse("member", args=[done[-1].pk]))

    def review() -> list[str]:
        lines = [
            _("Ghế %(seat)d ở %(club)s trống từ ngày này.") % {"seat": membership.seat, "club": membership.club},
            _("Vào ghế %(seat)d ở %(club)s cùng ngày.") % {"seat": done[-1].seat, "club": done[-1].club},
        ]
        if membership.office_role:
            role = str(OfficeRole(membership.office_role).label).lower()
            lines.append(_("Chức danh %(role)s kết thúc cùng ngày.") % {"role": role})
        return lines

    lead = _(
        "Đang ở %(club)s. Chỉ hiện các câu lạc bộ mà anh, chị kết nạp được. Chuyển sang câu lạc bộ khác: ghi nhận rời ở "
        "đây, cán bộ phụ trách câu lạc bộ kia kết nạp."
    )
    return FormPage(
        title=_("Chuyển câu lạc bộ: %(name)s") % {"name": membership},
        verb=_("Chuyển câu lạc bộ"),
        form=TransferForm(request.POST or None, club=membership.club, user=user),
        write=write,
        back=reverse("member", args=[pk]),
        of=membership,
        review=review,
        context={"lead": lead % {"club": membership.club}},
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
        title=_("Ghi ban chủ nhiệm đầu tiên"),
        verb=_("Ghi nhận"),
        form=AppointForm(request.POST or None, club=club, initial={"role": request.GET.get("role", "")}),
        write=write,
        back=back,
        consequences=[
            _("Chỉ ban chủ nhiệm đầu tiên ghi theo quyết định thành lập; những người sau do thành viên bầu."),
        ],
        context={"lead": str(club)},
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
