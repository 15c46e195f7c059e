"""The regulation of a club (R7): what is in force, every version, what changed, adopting the next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clubs.actions import adopt_regulation
from clubs.comparing import compare
from clubs.models import Club, Regulation
from clubs.regulation_forms import AdoptForm, OtherVersionForm, version_label
from clubs.terms import regulation_on
from clubs.views.members import club_or_404
from steering.actions import require
from steering.files import serve
from steering.pages import Done, FormPage, visible_or_404


def regulation_or_404(request: HttpRequest, pk: int) -> Regulation:
    found: Regulation = visible_or_404(Regulation.objects.select_related("club"), request.user, pk=pk)
    return found


def club_crumbs(club: Club, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Câu lạc bộ"), reverse("clubs")), (str(club), reverse("club", args=[club.pk])), *more]


def of_regulations(club: Club) -> tuple[str, str]:
    return (_("Quy chế"), reverse("club_regulation", args=[club.pk]))


def provisions(regulation: Regulation) -> list[tuple[str, str]]:
    """What the software reads of a regulation: (what about, how it is)."""
    return [
        (_("Sinh hoạt"), regulation.get_cadence_display()),
        (_("Phải có mặt"), _("ít nhất %(share)s số thành viên") % {"share": regulation.get_quorum_display()}),
        (_("Trúng cử"), _("quá %(share)s số phiếu hợp lệ") % {"share": regulation.get_majority_display()}),
        (_("Nhiệm kỳ"), _("%(n)d tháng") % {"n": regulation.term_months}),
    ]


@require_safe
def regulations(request: HttpRequest, pk: int) -> HttpResponse:
    """What is in force today, and all versions."""
    club = club_or_404(request, pk)
    current = regulation_on(club, timezone.localdate())
    context = {
        "club": club,
        "crumbs": club_crumbs(club),
        "current": current,
        "provisions": provisions(current),
        "versions": club.regulations.all(),
    }
    return render(request, "regulations/current.html", context)


@require_safe
def regulation(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, for reading and printing."""
    found = regulation_or_404(request, pk)
    context = {
        "regulation": found,
        "crumbs": club_crumbs(found.club, of_regulations(found.club)),
        "provisions": provisions(found),
    }
    return render(request, "regulations/version.html", context)


@require_safe
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version changed of the one before it, or of another one (`?voi=`)."""
    found = regulation_or_404(request, pk)
    others = found.club.regulations.exclude(pk=pk)
    form = OtherVersionForm(request.GET, others=others)
    chosen = form.cleaned_data["voi"] if form.is_valid() else None
    other = chosen or others.filter(version__lt=found.version).first()
    older, newer = sorted([found, other], key=lambda each: each.version) if other else (None, found)
    context = {
        "regulation": found,
        "crumbs": club_crumbs(
            found.club, of_regulations(found.club), (version_label(found), reverse("regulation", args=[pk]))
        ),
        "form": OtherVersionForm(initial={"voi": other}, others=others),
        "older": older,
        "newer": newer,
        "lines": compare(older.text, newer.text) if older else [],
        "changes": changed_words(older, newer) if older else [],
    }
    return render(request, "regulations/comparison.html", context)


def changed_words(older: Regulation, newer: Regulation) -> list[tuple[str, str, str]]:
    """(what about, how it was, how it is) of what became different."""
    pairs = zip(provisions(older), provisions(newer), strict=True)
    return [(label, before, after) for (label, before), (_label, after) in pairs if before != after]


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version. A text is read once more before it is adopted; a file cannot be sent twice, so it is not asked."""
    club = club_or_404(request, pk)
    require(request.user, "add", Regulation(club=club))  # type: ignore[arg-type]
    back = reverse("club_regulation", args=[pk])
    current = club.regulations.first() or regulation_on(club, timezone.localdate())
    adopted: list[Regulation] = []

    def write(data: dict[str, Any]) -> Done:
        adopted.append(adopt_regulation(club=club, by=request.user, **data))  # type: ignore[arg-type]
        return Done(_("Đã ghi quy chế %(version)s.") % {"version": version_label(adopted[-1])}, back)

    return FormPage(
        title=_("Thông qua quy chế"),
        verb=_("Thông qua quy chế"),
        form=AdoptForm(request.POST or None, request.FILES or None, current=current),
        write=write,
        back=back,
        review=None if request.FILES else lambda: what_follows(club, current, adopted[-1]),
        template="regulations/adopt.html",
        context={"lead": str(club), "crumbs": club_crumbs(club, of_regulations(club))},
    ).answer(request)


def what_follows(club: Club, before: Regulation, adopted: Regulation) -> list[str]:
    """Sentences on what adopting a version brings about."""
    lines = [
        _("Bản này có hiệu lực từ %(day)s, là %(version)s.")
        % {"day": f"{adopted.adopted_on:%d/%m/%Y}", "version": version_label(adopted)}
    ]
    for label, was, now in changed_words(before, adopted):
        lines.append(_("%(what)s: %(was)s → %(now)s.") % {"what": label, "was": was, "now": now})
    lines.append(_("Nhiệm kỳ đang giữ không đổi; cuộc bầu từ ngày đó theo bản này."))
    return [*lines, _("Quy chế đã thông qua không sửa được; có sai sót thì thông qua bản mới.")]


@require_safe
def signed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The signed paper of a version."""
    found = regulation_or_404(request, pk)
    return serve(found.file, f"quy-che {found.club} {found.adopted_on:%Y-%m-%d}")
