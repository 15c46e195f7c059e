"""A person or collective: where they sit and sat, who speaks for them, what they agreed to about their data."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.db.models import F
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clubs.actions import change_representative, give_consent, save_person, withdraw_consent
from clubs.consent import AFTER_WITHDRAWAL, agreements
from clubs.member_forms import ConsentForm, RepresentativeForm, WithdrawForm
from clubs.models import Application, Consent, Membership, Person, PersonKind, Purpose
from steering.actions import require
from steering.files import serve
from steering.pages import Done, FormPage, visible_or_404


def person_or_404(request: HttpRequest, pk: int) -> Person:
    person: Person = visible_or_404(Person.objects.select_related("unit"), request.user, pk=pk)
    return person


def page_about(person: Person) -> str:
    """The page of the seat they hold or held last, else their own."""
    seats = person.memberships.order_by(F("left_on").desc(nulls_first=True), "-joined_on", "-pk")
    seat = seats.values_list("pk", flat=True).first()
    return reverse("member", args=[seat]) if seat else reverse("person", args=[person.pk])


def about(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What every page about a person shows, for those who may read it."""
    user: Any = request.user
    is_body = person.kind == PersonKind.COLLECTIVE
    latest_first = F("valid_until").desc(nulls_first=True), "-valid_from", "-pk"
    places = SimpleNamespace(scope_paths=person.scope_paths)  # read once, asked for several permissions
    may_read = not is_body and user.has_perm("clubs.view_consent", places)
    return {
        "person": person,
        "places": places,
        "agreements": agreements(person) if may_read else [],
        "representatives": person.representatives.order_by(*latest_first) if is_body else [],
    }


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is. A record merged into another leads to that one."""
    user: Any = request.user
    merged = Person.objects.filter(pk=pk).values_list("merged_into", flat=True)
    found = Person.objects.visible_to(user).select_related("unit").filter(pk=pk).first()
    if found is None and (kept := merged.first()):
        return redirect("person", kept)
    found = found or person_or_404(request, pk)
    context = {
        "memberships": Membership.objects.visible_to(user).filter(person=found).select_related("club"),
        "applications": Application.objects.visible_to(user).filter(person=found).select_related("club"),
        **about(request, found),
    }
    return render(request, "clubs/person.html", context)


def recorded_person(form: Any, user: Any) -> Person:
    """Whoever a `JoiningForm` is about; somebody new is recorded now."""
    found: Person = form.who()
    if found.pk is None:
        require(user, "add", found)
        save_person(person=found, by=user)
    return found


def record_agreed(person: Person, data: dict[str, Any], given_on: date, by: Any) -> None:
    """What was ticked in a form; what is agreed to already stays as it is."""
    known = set(person.consents.in_force().values_list("purpose", flat=True))
    more = {"manner": data["manner"]} if data["manner"] else {}
    for purpose in data["agrees"]:
        if purpose not in known:
            require(by, "add", Consent(person=person))
            give_consent(person=person, purpose=purpose, given_on=given_on, by=by, **more)


# What they agree to


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    person = person_or_404(request, pk)
    require(user, "add", Consent(person=person))
    back = page_about(person)
    open_purposes = [agreement.purpose for agreement in agreements(person) if not agreement.is_in_force]

    def write(data: dict[str, Any]) -> Done:
        for purpose in data["agrees"]:
            facts = {name: data[name] for name in ("given_on", "manner")}
            give_consent(person=person, purpose=purpose, proof=data["proof"] or "", by=user, **facts)
        return Done(_("Đã ghi sự đồng ý của %(name)s.") % {"name": person}, back)

    return FormPage(
        title=_("Ghi sự đồng ý: %(name)s") % {"name": person},
        verb=_("Ghi nhận"),
        form=ConsentForm(request.POST or None, request.FILES or None, purposes=open_purposes),
        write=write,
        back=back,
        context={"lead": _("Đọc từng câu cho người này nghe. Chỉ đánh dấu câu mà người này đồng ý.")},
    ).answer(request)


def consent_or_404(request: HttpRequest, pk: int) -> Consent:
    consent: Consent = visible_or_404(Consent.objects.select_related("person__unit"), request.user, pk=pk)
    return consent


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    consent = consent_or_404(request, pk)
    require(request.user, "change", consent)  # type: ignore[arg-type]
    back = page_about(consent.person)
    words = {"name": consent.person, "purpose": str(Purpose(consent.purpose).label).lower()}

    def write(data: dict[str, Any]) -> Done:
        withdraw_consent(consent=consent, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã ghi %(name)s rút lại sự đồng ý: %(purpose)s.") % words, back)

    return FormPage(
        title=_("%(name)s rút lại sự đồng ý") % words,
        verb=_("Ghi nhận rút lại"),
        form=WithdrawForm(request.POST or None),
        write=write,
        back=back,
        of=consent,
        consequences=[str(AFTER_WITHDRAWAL[consent.purpose])],
        is_danger=True,
        context={"lead": Purpose(consent.purpose).label},
    ).answer(request)


@require_safe
def proof(request: HttpRequest, pk: int) -> FileResponse:
    """The signed paper, for whoever may read what the person agreed to."""
    consent = consent_or_404(request, pk)
    return serve(consent.proof, f"dong-y-{consent.person}")


# Who speaks for a collective


@require_http_methods(["GET", "HEAD", "POST"])
def represent(request: HttpRequest, pk: int) -> HttpResponse:
    collectives = Person.objects.filter(kind=PersonKind.COLLECTIVE).select_related("unit")
    body: Person = visible_or_404(collectives, request.user, pk=pk)
    require(request.user, "change", body)  # type: ignore[arg-type]
    back = page_about(body)

    def write(data: dict[str, Any]) -> Done:
        change_representative(person=body, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã ghi %(name)s đại diện cho %(body)s.") % {"name": data["full_name"], "body": body}, back)

    return FormPage(
        title=_("Đổi người đại diện: %(body)s") % {"body": body},
        verb=_("Ghi nhận"),
        form=RepresentativeForm(request.POST or None),
        write=write,
        back=back,
        of=body,
        context={"lead": _("Đang đại diện: %(name)s.") % {"name": body.representative}},
    ).answer(request)
