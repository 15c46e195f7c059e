"""Counting an election: who was there, each round, the next one, the conclusion."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from clubs.actions import conclude_election, drop_round, open_next_round, record_count, record_presence
from clubs.ballots import needed_for_quorum
from clubs.election_forms import CountForm, PresenceForm
from clubs.models import ElectionState, Share
from clubs.rounds import names, rounds_of, what_follows
from clubs.views.elections import FORM_METHODS, contest_of, lead, to_change
from steering.pages import Done, FormPage


@require_http_methods(FORM_METHODS)
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    found = to_change(request, pk)
    back = reverse("election", args=[pk])
    entitled = found.club.memberships.active_on(found.held_on).count()
    words = {"n": entitled, "needed": max(1, needed_for_quorum(entitled, Share(found.quorum).fraction))}

    def write(data: dict[str, Any]) -> Done:
        record_presence(election=found, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã ghi %(present)d thành viên có mặt.") % data, back)

    return FormPage(
        title=_("Số có mặt"),
        verb=_("Lưu"),
        form=PresenceForm(request.POST or None, initial={"present": found.present, "teller": found.teller}),
        write=write,
        back=back,
        of=found,
        consequences=[_("Ngày bầu câu lạc bộ có %(n)d thành viên; cần ít nhất %(needed)d người có mặt.") % words],
        context={"lead": lead(found)},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def count(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The ballots and votes of one round, with what follows from them in words."""
    found = to_change(request, pk)
    contest = contest_of(found, number)
    back = reverse("election", args=[pk])
    standing = list(contest.candidates.select_related("membership__person"))
    form = CountForm(request.POST or None, election=found, contest=contest, candidates=standing)

    def write(data: dict[str, Any]) -> Done:
        ballots = {name: data[name] for name in ("ballots_out", "ballots_in", "valid")}
        record_count(contest=contest, votes=form.votes(), by=request.user, **ballots)  # type: ignore[arg-type]
        return Done(_("Đã kiểm phiếu: %(contest)s.") % {"contest": contest}, back)

    return FormPage(
        title=_("Kiểm phiếu: %(contest)s") % {"contest": contest},
        verb=_("Lưu kết quả kiểm phiếu"),
        form=form,
        write=write,
        back=back,
        of=contest,
        template="elections/count.html",
        context={"lead": lead(found), "contest": contest, "election": found},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def next_round(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found = to_change(request, pk)
    contest = contest_of(found, number)
    back = reverse("election", args=[pk])
    this = next(each for each in rounds_of(found) if each.contest == contest)

    def write(data: dict[str, Any]) -> Done:
        new = open_next_round(contest=contest, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã mở: %(contest)s.") % {"contest": new}, back)

    return FormPage(
        title=_("Bầu vòng sau: %(role)s") % {"role": contest.get_role_display()},
        verb=_("Mở vòng sau"),
        form=forms.Form(request.POST or None),
        write=write,
        back=back,
        of=contest,
        consequences=[
            this.sentence,
            _("Bầu trong: %(names)s.") % {"names": names(this.again) or _("không còn ai")},
            _("Kết quả vòng này giữ nguyên; muốn sửa thì bỏ vòng sau trước."),
        ],
        context={"lead": lead(found)},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def drop(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found = to_change(request, pk)
    contest = contest_of(found, number)
    back = reverse("election", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        drop_round(contest=contest, by=request.user)  # type: ignore[arg-type]
        return Done(_("Đã bỏ vòng này."), back)

    return FormPage(
        title=_("Bỏ: %(contest)s") % {"contest": contest},
        verb=_("Bỏ vòng này"),
        form=forms.Form(request.POST or None),
        write=write,
        back=back,
        consequences=[
            _("Số phiếu đã ghi của vòng này bị bỏ. Vòng trước sửa lại được."),
            _("Chỗ chưa có người trúng cử để khuyết, trừ khi mở lại vòng sau."),
        ],
        is_danger=True,
        context={"lead": lead(found)},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """What will change, read once more before it does."""
    found = to_change(request, pk)
    back = reverse("election", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        over = conclude_election(election=found, by=request.user)  # type: ignore[arg-type]
        if over.state == ElectionState.DECIDED:
            return Done(_("Đã kết luận. Ban chủ nhiệm mới nhận chức từ ngày bầu."), back)
        return Done(_("Đã ghi cuộc bầu không thành."), back)

    return FormPage(
        title=_("Kết luận cuộc bầu"),
        verb=pgettext("verb", "Kết luận"),
        form=forms.Form(request.POST or None),
        write=write,
        back=back,
        of=found,
        consequences=what_follows(found, rounds_of(found)),
        context={"lead": lead(found)},
    ).answer(request)
