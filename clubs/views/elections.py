"""Elections of a club (R6): the list, one election as a path of four steps and as a record, its preparation."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clubs.actions import call_election, call_off_election, change_election, set_candidates
from clubs.actions.counting import is_quorate, no_quorum
from clubs.actions.elections import holders
from clubs.election_documents import KINDS, context_of
from clubs.election_forms import CHAIR, VICE_CHAIR, CallOffForm, CandidatesForm, ElectionForm, suggested
from clubs.models import Club, Contest, Election, ElectionState
from clubs.rounds import next_step, rounds_of
from clubs.views.members import club_or_404
from clubs.views.regulations import club_crumbs
from steering.actions import require
from steering.actions.documents import WORD, document
from steering.pages import Done, FormPage, page_of, visible_or_404
from steering.text import fold

FORM_METHODS = ["GET", "HEAD", "POST"]


def election_or_404(request: HttpRequest, pk: int) -> Election:
    rows = Election.objects.select_related("club__unit__parent__parent__parent")
    found: Election = visible_or_404(rows, request.user, pk=pk)
    return found


def to_change(request: HttpRequest, pk: int) -> Election:
    """The election, for whoever may change it."""
    found = election_or_404(request, pk)
    require(request.user, "change", found)  # type: ignore[arg-type]
    return found


def contest_of(election: Election, number: int) -> Contest:
    found = election.contests.filter(pk=number).first()
    if found is None:
        raise Http404(_("Không còn lượt bầu này."))
    found.election = election
    return found


def of_elections(club: Club) -> tuple[str, str]:
    return (_("Bầu cử"), reverse("club_elections", args=[club.pk]))


def lead(election: Election) -> str:
    return _("%(club)s, bầu ngày %(day)s") % {"club": election.club, "day": f"{election.held_on:%d/%m/%Y}"}


@require_safe
def elections(request: HttpRequest, pk: int) -> HttpResponse:
    club = club_or_404(request, pk)
    page = page_of(request, club.elections.prefetch_related("offices__membership__person"))
    context = {
        "club": club,
        "crumbs": club_crumbs(club),
        "page": page,
        "open": next((each for each in page if each.state == ElectionState.OPEN), None),
    }
    return render(request, "elections/list.html", context)


@require_safe
def election(request: HttpRequest, pk: int) -> HttpResponse:
    """The four steps while it is open; afterwards the same as a record."""
    found = election_or_404(request, pk)
    rounds = rounds_of(found)
    step = next_step(found, rounds, timezone.localdate())
    context = {
        "election": found,
        "club": found.club,
        "crumbs": club_crumbs(found.club, of_elections(found.club)),
        "rounds": rounds,
        "is_open": found.state == ElectionState.OPEN,
        "is_quorate": is_quorate(found),
        "no_quorum": no_quorum(found) if found.present is not None else "",
        "is_today": found.held_on <= timezone.localdate(),
        "step": step,
        "step_address": step.address(found) if step else "",
        "kinds": KINDS,
    }
    return render(request, "elections/election.html", context)


# Preparation


@require_http_methods(FORM_METHODS)
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """A new election, or the one that is open already."""
    club = club_or_404(request, pk)
    require(request.user, "add", Election(club=club))  # type: ignore[arg-type]
    if request.method != "POST" and (current := club.elections.filter(state=ElectionState.OPEN).first()):
        return redirect("election", current.pk)

    today = timezone.localdate()
    places = suggested(club, today)
    form = ElectionForm(request.POST or None, initial={"held_on": today, **places})

    def write(data: dict[str, Any]) -> Done:
        new = call_election(club=club, held_on=data["held_on"], places=form.places(), by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã mở cuộc bầu ban chủ nhiệm."), reverse("election", args=[new.pk]))

    return FormPage(
        title=_("Bầu ban chủ nhiệm"),
        verb=_("Mở cuộc bầu"),
        form=form,
        write=write,
        back=reverse("club", args=[pk]),
        template="elections/call.html",
        context={"lead": str(club), "officers": officers(club, today)},
    ).answer(request)


def officers(club: Club, day: Any) -> Any:
    return holders(club, day).select_related("membership__person").order_by("role", "slot")


@require_http_methods(FORM_METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = to_change(request, pk)
    back = reverse("election", args=[pk])
    places = dict(found.contests.filter(round=1).values_list("role", "places"))
    initial = {"held_on": found.held_on, "chair": CHAIR in places, "vice_chair": places.get(VICE_CHAIR, 0)}
    form = ElectionForm(request.POST or None, initial=initial)

    def write(data: dict[str, Any]) -> Done:
        change_election(election=found, held_on=data["held_on"], places=form.places(), by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã sửa ngày bầu, chức danh."), back)

    return FormPage(
        title=_("Sửa ngày bầu, chức danh"),
        verb=_("Lưu"),
        form=form,
        write=write,
        back=back,
        of=found,
        template="elections/call.html",
        context={"lead": lead(found), "officers": officers(found.club, timezone.localdate())},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def candidates(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Who stands for one office, ticked in the list of members."""
    found = to_change(request, pk)
    contest = contest_of(found, number)
    back = reverse("election", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        set_candidates(contest=contest, members=data["members"], by=request.user)  # type: ignore[arg-type]
        words = {"n": len(data["members"]), "role": contest.get_role_display().lower()}
        return Done(_("Đã ghi %(n)d người ứng cử %(role)s.") % words, back)

    return FormPage(
        title=_("Ứng cử: %(role)s") % {"role": contest.get_role_display()},
        verb=_("Lưu danh sách"),
        form=CandidatesForm(request.POST or None, election=found, contest=contest),
        write=write,
        back=back,
        of=contest,
        context={"lead": lead(found)},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    found = to_change(request, pk)
    back = reverse("election", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        call_off_election(election=found, reason=data["reason"], by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã hủy cuộc bầu."), back)

    return FormPage(
        title=_("Hủy cuộc bầu"),
        verb=_("Hủy cuộc bầu"),
        form=CallOffForm(request.POST or None),
        write=write,
        back=back,
        of=found,
        consequences=[
            _("Cuộc bầu được ghi là không thành, với lý do này. Ban chủ nhiệm giữ nguyên."),
            _("Số phiếu đã ghi giữ lại để xem; cần bầu lại thì mở cuộc bầu mới."),
        ],
        is_danger=True,
        context={"lead": lead(found)},
    ).answer(request)


# Papers


@require_safe
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A draft of one kind of document as a Word file; it is signed on paper."""
    found = to_change(request, pk)
    wanted = next((each for each in KINDS if each.key == kind), None)
    if wanted is None:
        raise Http404(_("Không có loại văn bản này."))
    name = f"du-thao-{wanted.key}-{fold(str(found.club)).replace(' ', '-')}-{found.held_on:%Y-%m-%d}.docx"
    return HttpResponse(
        document(wanted, context_of(found)),
        content_type=WORD,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
