"""Writing about production models: introducing and changing one, and where it was taken over."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.actions import change_model, change_replication, drop_replication, introduce_model, record_replication
from meetings.library_forms import ProductionModelForm, ReplicationForm
from meetings.models import Meeting, MeetingState, ProductionModel, Replication
from meetings.views.planning import FORM_METHODS
from steering.actions import require
from steering.pages import Done, FormPage, visible_or_404


@require_http_methods(FORM_METHODS)
@permission_required("meetings.add_productionmodel", raise_exception=True)
def add(request: HttpRequest) -> HttpResponse:
    """With `meeting` in the address, of what was introduced there."""
    user: Any = request.user
    meeting = meeting_asked(request)
    initial = {"meeting": meeting.pk, "unit": meeting.host_id, "introduced_on": meeting.day} if meeting else {}
    form = ProductionModelForm(request.POST or None, user=user, initial=initial)

    def write(data: dict[str, Any]) -> Done:
        require(user, "add", form.instance)
        model = introduce_model(model=form.instance, by=user)
        return Done(_("Đã ghi mô hình %(model)s.") % {"model": model}, reverse("model", args=[model.pk]))

    return FormPage(
        title=_("Giới thiệu mô hình"),
        verb=_("Lưu mô hình"),
        form=form,
        write=write,
        back=reverse("meeting", args=[meeting.pk]) if meeting else reverse("library"),
        template="library/model_form.html",
    ).answer(request)


def meeting_asked(request: HttpRequest) -> Meeting | None:
    """The meeting that the address names, once it was held and the reader may see it."""
    asked = request.GET.get("meeting", "")
    held = Meeting.objects.visible_to(request.user).filter(state=MeetingState.HELD)  # type: ignore[arg-type]
    return held.filter(pk=asked).first() if asked.isascii() and asked.isdigit() else None


def model_or_404(request: HttpRequest, pk: int) -> ProductionModel:
    rows = ProductionModel.objects.select_related("unit", "meeting")
    found: ProductionModel = visible_or_404(rows, request.user, pk=pk)
    return found


@require_http_methods(FORM_METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found = model_or_404(request, pk)
    require(user, "change", found)
    back = reverse("model", args=[pk])
    form = ProductionModelForm(request.POST or None, instance=found, user=user)

    def write(data: dict[str, Any]) -> Done:
        require(user, "change", form.instance)
        model = change_model(model=form.instance, by=user)
        return Done(_("Đã lưu mô hình %(model)s.") % {"model": model}, back)

    return FormPage(
        title=_("Sửa mô hình: %(model)s") % {"model": found},
        verb=_("Lưu mô hình"),
        form=form,
        write=write,
        back=back,
        of=found,
        template="library/model_form.html",
    ).answer(request)


# Replications


@require_http_methods(FORM_METHODS)
@permission_required("meetings.add_replication", raise_exception=True)
def replicate(request: HttpRequest, pk: int) -> HttpResponse:
    """A model of anywhere, taken over in a place of one's own."""
    user: Any = request.user
    found = model_or_404(request, pk)
    back = reverse("model", args=[pk])
    replication = Replication(model=found, started_on=timezone.localdate())
    form = ReplicationForm(request.POST or None, instance=replication, user=user)

    def write(data: dict[str, Any]) -> Done:
        require(user, "add", form.instance)
        record_replication(replication=form.instance, by=user)
        return Done(said(form.instance), back)

    return FormPage(
        title=_("Nhân rộng: %(model)s") % {"model": found},
        verb=_("Lưu lần nhân rộng"),
        form=form,
        write=write,
        back=back,
        context={"lead": introduced(found)},
    ).answer(request)


def introduced(model: ProductionModel) -> str:
    words = {"unit": model.unit.in_sentence, "day": f"{model.introduced_on:%d/%m/%Y}"}
    return _("Làm tại %(unit)s, giới thiệu ngày %(day)s.") % words


def said(replication: Replication) -> str:
    words = {"unit": replication.unit.in_sentence, "n": replication.households}
    return _("Đã ghi nhân rộng tại %(unit)s: %(n)d hộ.") % words


def replication_or_404(request: HttpRequest, pk: int) -> Replication:
    rows = Replication.objects.select_related("model__unit", "unit")
    found: Replication = visible_or_404(rows, request.user, pk=pk)
    return found


@require_http_methods(FORM_METHODS)
def change_one(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found = replication_or_404(request, pk)
    require(user, "change", found)
    back = reverse("model", args=[found.model.pk])
    form = ReplicationForm(request.POST or None, instance=found, user=user)

    def write(data: dict[str, Any]) -> Done:
        require(user, "change", form.instance)
        change_replication(replication=form.instance, by=user)
        return Done(said(form.instance), back)

    return FormPage(
        title=_("Sửa lần nhân rộng: %(model)s") % {"model": found.model},
        verb=_("Lưu lần nhân rộng"),
        form=form,
        write=write,
        back=back,
        of=found,
        context={"lead": introduced(found.model)},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found = replication_or_404(request, pk)
    require(user, "delete", found)
    back = reverse("model", args=[found.model.pk])
    words = {
        "unit": found.unit.in_sentence,
        "n": found.households,
        "day": f"{found.started_on:%d/%m/%Y}",
    }

    def write(data: dict[str, Any]) -> Done:
        drop_replication(replication=found, by=user)
        return Done(_("Đã bỏ lần nhân rộng tại %(unit)s.") % words, back)

    return FormPage(
        title=_("Bỏ lần nhân rộng: %(model)s") % {"model": found.model},
        verb=_("Bỏ lần nhân rộng"),
        form=forms.Form(request.POST),
        write=write,
        back=back,
        of=found,
        consequences=[
            _("Lần nhân rộng tại %(unit)s từ %(day)s, %(n)d hộ, không còn tính vào mô hình và báo cáo.") % words,
            _("Chỉ bỏ khi ghi nhầm; nhật ký vẫn giữ."),
        ],
        is_danger=True,
    ).answer(request)
