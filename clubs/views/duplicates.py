"""People who were entered twice: finding them, reading both records side by side, making them one."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clubs.actions import merge_people, plan_merge
from clubs.models import Membership, Person
from clubs.views.people import page_about, person_or_404
from steering.actions import require
from steering.pages import Done, FormPage, page_of
from steering.versions import shown

COMPARED = ("full_name", "representative", "unit", "birth_year", "sex", "phone", "job")


@require_safe
@permission_required("clubs.change_person", raise_exception=True)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs among the people whom the reader may change: those most likely one, or, asked for, those of one telephone."""
    user: Any = request.user
    people = Person.objects.granted_to(user, "change")
    is_by_phone = request.GET.get("by") == "phone"
    rows = people.twins_by_phone() if is_by_phone else people.twins()
    page = page_of(request, rows.order_by("sort_key", "pk").values_list("twin", "pk"))
    context = {"page": page, "pairs": with_seats(page.object_list), "is_by_phone": is_by_phone}
    return render(request, "clubs/duplicates.html", context)


def with_seats(pairs: Any) -> list[tuple[Person, Person]]:
    """The people of the pairs, each with `sitting`, the seats held now."""
    pairs = list(pairs)
    sitting = Prefetch("memberships", Membership.objects.sitting().select_related("club"), to_attr="sitting")
    people = (
        Person.objects.select_related("unit").prefetch_related(sitting).in_bulk([pk for pair in pairs for pk in pair])
    )
    return [(people[first], people[second]) for first, second in pairs]


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """The first one stays, the other one goes into it; both stand side by side before it is done."""
    user: Any = request.user
    keep, gone = person_or_404(request, pk), person_or_404(request, other)
    for found in (keep, gone):
        require(user, "change", found)

    def write(data: dict[str, Any]) -> Done:
        for _stays, ends in plan_merge(keep=keep, gone=gone).doubles:
            require(user, "change", ends)
        kept = merge_people(keep=keep, gone=gone, by=user)
        return Done(_("Đã nhập hai hồ sơ của %(name)s thành một.") % {"name": kept}, page_about(kept))

    try:
        follows, refusal = what_follows(keep, gone), ""
    except ValidationError as error:
        follows, refusal = [], " ".join(error.messages)
    return FormPage(
        title=_("Nhập thành một người: %(name)s") % {"name": keep},
        verb=_("Nhập thành một"),
        form=forms.Form(request.POST or None),
        write=write,
        back=reverse("duplicates"),
        of=keep,
        consequences=follows,
        is_danger=True,
        template="clubs/merge.html",
        context={
            "keep": keep,
            "gone": gone,
            "rows": side_by_side(keep, gone),
            "seats": [(found, seats_of(found, user)) for found in (keep, gone)],
            "refusal": refusal,
        },
    ).answer(request)


def seats_of(person: Person, user: Any) -> Any:
    """Those that the reader may see, the latest first."""
    seats = Membership.objects.visible_to(user).filter(person=person)
    return seats.select_related("club").with_office().order_by("-joined_on", "-pk")


def side_by_side(keep: Person, gone: Person) -> list[tuple[str, str, str, str]]:
    """Each fact as (its name, what the one that stays says, what the other says, what will stand)."""
    rows = []
    for name in COMPARED:
        field: Any = Person._meta.get_field(name)
        mine, others = getattr(keep, name), getattr(gone, name)
        if mine or others:
            words = shown(field, mine), shown(field, others), shown(field, mine or others)
            rows.append((capfirst(str(field.verbose_name)), *words))
    return rows


def what_follows(keep: Person, gone: Person) -> list[str]:
    """Sentences on what a merge brings about. Raises ValidationError."""
    plan = plan_merge(keep=keep, gone=gone)
    counts = {
        "seats": gone.memberships.count(),
        "applications": gone.applications.count(),
        "consents": gone.consents.count(),
    }
    lines = [
        _(
            "Mọi thứ của hồ sơ kia chuyển sang hồ sơ được giữ: %(seats)d lần làm thành viên, %(applications)d đơn, "
            "%(consents)d lần đồng ý."
        )
        % counts
    ]
    for stays, ends in plan.doubles:
        words = {"club": stays.club, "seat": stays.seat, "free": ends.seat}
        lines.append(_("Ở %(club)s người này giữ hai ghế: ghế %(seat)d ở lại, ghế %(free)d trống từ hôm nay.") % words)
    lines.append(
        _("Hồ sơ kia không còn hiện ra ở đâu, lịch sử của nó vẫn được giữ. Việc này không làm ngược lại được.")
    )
    return lines
