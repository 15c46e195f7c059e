"""Applications to join a club: recording one, admitting the applicant, refusing, withdrawing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clubs.actions import admit_applicant, apply_to_club
from clubs.member_forms import AdmitApplicantForm, ApplyForm
from clubs.models import Application, Membership
from clubs.state_changes import APPLICATION_CHANGES
from clubs.views.members import club_or_404
from clubs.views.people import record_agreed, recorded_person
from steering.actions import require
from steering.pages import Done, FormPage, visible_or_404
from steering.state_changes import state_page


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody on record or somebody new asks to join."""
    user: Any = request.user
    club = club_or_404(request, pk)
    require(user, "add", Application(club=club))
    back = reverse("club", args=[pk])
    form = ApplyForm(request.POST or None, club=club, user=user)

    def write(data: dict[str, Any]) -> Done:
        person = recorded_person(form, user)
        apply_to_club(club=club, person=person, applied_on=data["applied_on"], wish=data["wish"], by=user)
        record_agreed(person, data, data["applied_on"], user)
        return Done(_("Đã ghi đơn xin tham gia của %(name)s.") % {"name": person}, back)

    return FormPage(
        title=_("Ghi đơn xin tham gia"),
        verb=_("Ghi đơn"),
        form=form,
        write=write,
        back=back,
        template="clubs/apply.html",
        context={"lead": _("%(club)s. Câu lạc bộ đã đủ người thì đơn vẫn chờ.") % {"club": club}},
    ).answer(request)


def application_or_404(request: HttpRequest, pk: int) -> Application:
    rows = Application.objects.select_related("club__unit", "person__unit")
    application: Application = visible_or_404(rows, request.user, pk=pk)
    require(request.user, "change", application)  # type: ignore[arg-type]
    return application


@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    application = application_or_404(request, pk)
    require(user, "add", Membership(club=application.club))
    back = reverse("club", args=[application.club_id])

    def write(data: dict[str, Any]) -> Done:
        seated = admit_applicant(application=application, by=user, **data)
        return Done(_("Đã kết nạp %(name)s vào ghế %(seat)d.") % {"name": seated, "seat": seated.seat}, back)

    words = {"club": application.club, "day": f"{application.applied_on:%d/%m/%Y}"}
    return FormPage(
        title=_("Kết nạp: %(name)s") % {"name": application.person},
        verb=_("Kết nạp"),
        form=AdmitApplicantForm(request.POST or None),
        write=write,
        back=back,
        of=application,
        context={"lead": _("%(club)s, đơn ngày %(day)s.") % words},
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Refused by the club, or withdrawn by the applicant."""
    application = application_or_404(request, pk)
    back = reverse("club", args=[application.club_id])
    return state_page(request, application, APPLICATION_CHANGES, state=application.state, verb=verb, back=back)
