"""From a proposal to a club: propose, decide, found."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clubs.actions import found_planned_club, propose_club, recognise_officers, revise_proposal
from clubs.founding_forms import PROPOSAL, SIGNED, FoundPlannedForm, ProposeClubForm, RecogniseForm, ReviseProposalForm
from clubs.models import SEATS, Club, ClubStatus, Proposal
from clubs.views.founding import what_follows
from steering.actions import require
from steering.models import Decision
from steering.pages import Done, FormPage, visible_or_404

FORM_METHODS = ["GET", "HEAD", "POST"]


def club_to_change(request: HttpRequest, pk: int) -> Club:
    """The club, for whoever may change it."""
    rows = Club.objects.with_place().select_related("proposal", "founding_decision", "founder", "manager__unit")
    club: Club = visible_or_404(rows, request.user, pk=pk)
    require(request.user, "change", club)  # type: ignore[arg-type]  # pages ask for a login
    return club


def proposal_of(club: Club) -> Proposal | None:
    """Why the club is planned; None for one that was written down without a reason."""
    return getattr(club, "proposal", None)


@require_http_methods(FORM_METHODS)
@permission_required("clubs.add_club", raise_exception=True)
def propose(request: HttpRequest) -> HttpResponse:
    """A planned club: fill in, read once more what will follow, agree."""
    user: Any = request.user
    form = ProposeClubForm(request.POST or None, user=user, initial={"unit": request.GET.get("unit", "")})

    def write(data: dict[str, Any]) -> Done:
        club = form.club()
        require(user, "add", club)
        propose_club(club=club, proposal=form.proposal(), by=user)
        return Done(_("Đã ghi đề nghị thành lập %(club)s.") % {"club": club}, reverse("club", args=[club.pk]))

    return FormPage(
        title=_("Đề nghị thành lập câu lạc bộ"),
        verb=_("Ghi đề nghị"),
        form=form,
        write=write,
        back=reverse("clubs"),
        review=lambda: what_follows(form.instance),
        template="clubs/propose.html",
    ).answer(request)


@require_http_methods(FORM_METHODS)
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    club = club_to_change(request, pk)
    proposal = proposal_of(club)
    back = reverse("club", args=[pk])
    if club.status != ClubStatus.PLANNED:
        return redirect(back)
    form = ReviseProposalForm(
        request.POST or None,
        instance=club,
        initial=model_to_dict(proposal, fields=PROPOSAL) if proposal else None,
    )

    def write(data: dict[str, Any]) -> Done:
        revise_proposal(club=form.instance, proposal=form.proposal(proposal), by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã sửa đề nghị thành lập %(club)s.") % {"club": form.instance}, back)

    return FormPage(
        title=_("Đề nghị thành lập: %(club)s") % {"club": club},
        verb=_("Lưu đề nghị"),
        form=form,
        write=write,
        back=back,
        of=proposal or club,
        template="clubs/propose.html",
    ).answer(request)


@require_http_methods(FORM_METHODS)
def found_planned(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed decision with its number, its day and its paper: from its day on the club is in being."""
    club = club_to_change(request, pk)
    back = reverse("club", args=[pk])
    if club.status != ClubStatus.PLANNED:
        return redirect(back)
    own = club.founding_decision
    form = FoundPlannedForm(
        request.POST or None, request.FILES or None, initial=model_to_dict(own, fields=SIGNED) if own else None
    )

    def write(data: dict[str, Any]) -> Done:
        found_planned_club(
            club=club,
            founded_on=data["founded_on"],
            decision=form.signed(own),
            by=request.user,  # type: ignore[arg-type]
        )
        return Done(_("Đã thành lập %(club)s. Tiếp theo: kết nạp thành viên.") % {"club": club}, back)

    return FormPage(
        title=_("Thành lập: %(club)s") % {"club": club},
        verb=_("Thành lập câu lạc bộ"),
        form=form,
        write=write,
        back=back,
        of=club,
        template="clubs/found_planned.html",
        consequences=[
            _("Câu lạc bộ chuyển từ dự kiến sang hoạt động và được tính vào số câu lạc bộ từ ngày thành lập."),
            _("Từ kỳ báo cáo bắt đầu sau ngày thành lập, câu lạc bộ phải họp mỗi kỳ."),
            _("Có %(n)d ghế trống để kết nạp; chưa có ban chủ nhiệm cho đến khi bầu.") % {"n": SEATS},
        ],
        context={"club": club},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def recognise(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision that recognises those elected as chair and vice-chairs (kiện toàn)."""
    club = club_to_change(request, pk)
    back = reverse("club", args=[pk])
    form = RecogniseForm(request.POST or None, request.FILES or None, club=club)

    def write(data: dict[str, Any]) -> Done:
        decision: Decision = recognise_officers(
            club=club,
            offices=data["offices"],
            decision=form.signed(),
            by=request.user,  # type: ignore[arg-type]
        )
        return Done(
            _("Đã ghi quyết định công nhận ban chủ nhiệm %(club)s.") % {"club": club},
            reverse("decision", args=[decision.pk]),
        )

    return FormPage(
        title=_("Công nhận ban chủ nhiệm: %(club)s") % {"club": club},
        verb=_("Ghi quyết định"),
        form=form,
        write=write,
        back=back,
        of=club,
        template="clubs/recognise.html",
        context={"club": club},
    ).answer(request)
