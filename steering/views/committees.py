"""Founding committees, their seats and standing agencies. The list and a committee's page are in `clubs`."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steering.actions import end_seat, found_committee, require, save_seat, set_standing_agency
from steering.forms import AgencyForm, EndSeatForm, FoundCommitteeForm, SeatForm
from steering.models import CommitteeSeat, SeatRole, StandingAgency, SteeringCommittee
from steering.pages import Done, FormPage, visible_or_404


def committee_or_404(request: HttpRequest, pk: int) -> SteeringCommittee:
    committee: SteeringCommittee = visible_or_404(SteeringCommittee.objects.select_related("unit"), request.user, pk=pk)
    return committee


def seat_or_404(request: HttpRequest, pk: int) -> CommitteeSeat:
    """The seat, for whoever may change it."""
    seat: CommitteeSeat = visible_or_404(CommitteeSeat.objects.select_related("committee__unit"), request.user, pk=pk)
    require(request.user, "change", seat)  # type: ignore[arg-type]  # pages ask for a login
    return seat


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("steering.add_steeringcommittee", raise_exception=True)
def found(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = FoundCommitteeForm(request.POST or None, user=user, initial={"unit": request.GET.get("unit", "")})

    def write(data: dict[str, Any]) -> Done:
        committee = SteeringCommittee(unit=data["unit"], valid_from=data["valid_from"])
        require(user, "add", committee)
        found_committee(committee=committee, decision=form.decision(), by=user)
        return Done(
            _("Đã lập %(committee)s. Ghi tiếp Trưởng ban và các thành viên.") % {"committee": committee},
            reverse("committee", args=[committee.pk]),
        )

    return FormPage(
        title=_("Lập ban chỉ đạo"),
        verb=_("Lập ban chỉ đạo"),
        form=form,
        write=write,
        back=reverse("committees"),
        template="steering/found_committee.html",
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def add_seat(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_or_404(request, pk)
    seat = CommitteeSeat(committee=committee)
    require(request.user, "add", seat)  # type: ignore[arg-type]
    form = SeatForm(
        request.POST or None,
        instance=seat,
        initial={"role": request.GET.get("role", SeatRole.MEMBER), "valid_from": timezone.localdate()},
    )
    return seat_page(
        request, form, _("Thêm thành viên: %(committee)s") % {"committee": committee}, _("Thêm thành viên")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_seat(request: HttpRequest, pk: int) -> HttpResponse:
    seat = seat_or_404(request, pk)
    form = SeatForm(request.POST or None, instance=seat)
    return seat_page(request, form, _("Sửa nhiệm kỳ: %(name)s") % {"name": seat.full_name}, _("Lưu"), of=seat)


def seat_page(
    request: HttpRequest, form: SeatForm, title: str, verb: str, of: CommitteeSeat | None = None
) -> HttpResponse:
    back = reverse("committee", args=[form.instance.committee_id])

    def write(data: dict[str, Any]) -> Done:
        seat = save_seat(seat=form.instance, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã ghi %(seat)s.") % {"seat": seat}, back)

    return FormPage(
        title=title, verb=verb, form=form, write=write, back=back, of=of, template="steering/seat.html"
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    seat = seat_or_404(request, pk)
    back = reverse("committee", args=[seat.committee.pk])

    def write(data: dict[str, Any]) -> Done:
        end_seat(seat=seat, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã kết thúc nhiệm kỳ của %(name)s.") % {"name": seat.full_name}, back)

    return FormPage(
        title=_("Kết thúc nhiệm kỳ: %(name)s") % {"name": seat.full_name},
        verb=_("Kết thúc nhiệm kỳ"),
        form=EndSeatForm(request.POST or None),
        write=write,
        back=back,
        of=seat,
        consequences=what_ends(seat),
    ).answer(request)


def what_ends(seat: CommitteeSeat) -> list[str]:
    role = SeatRole(seat.role).label
    lines = [
        _("%(name)s thôi làm %(role)s từ ngày này; nhiệm kỳ vẫn còn ở phần “Trước đây”.")
        % {"name": seat.full_name, "role": role}
    ]
    if seat.role == SeatRole.HEAD:
        lines.append(_("Ban chỉ đạo khuyết Trưởng ban cho đến khi ghi người mới."))
    return lines


@require_http_methods(["GET", "HEAD", "POST"])
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_or_404(request, pk)
    require(request.user, "add", StandingAgency(committee=committee))  # type: ignore[arg-type]
    back = reverse("committee", args=[pk])
    before = committee.agencies.filter(valid_until=None).first()

    def write(data: dict[str, Any]) -> Done:
        agency = set_standing_agency(committee=committee, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Cơ quan thường trực nay là %(agency)s.") % {"agency": agency}, back)

    return FormPage(
        title=_("Cơ quan thường trực: %(committee)s") % {"committee": committee},
        verb=_("Ghi cơ quan thường trực"),
        form=AgencyForm(request.POST or None),
        write=write,
        back=back,
        of=before,
        consequences=[_("%(agency)s thôi làm cơ quan thường trực từ ngày này.") % {"agency": before}] if before else [],
    ).answer(request)
