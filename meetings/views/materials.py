"""Policies and guides: the list, a material's page and file, and keeping them."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import keep_material, withdraw_material
from meetings.library_forms import MaterialFilter, MaterialForm
from meetings.models import Material
from meetings.views.planning import FORM_METHODS
from steering.actions import require
from steering.files import serve
from steering.pages import Done, FormPage, chips, page_of, visible_or_404
from steering.state_changes import StateForm


@require_safe
@permission_required("meetings.view_material", raise_exception=True)
def materials(request: HttpRequest) -> HttpResponse:
    rows = Material.objects.visible_to(request.user).select_related("unit")  # type: ignore[arg-type]
    found = MaterialFilter(request.GET, queryset=rows)
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "chips": chips(request, found.form),
        "default_sort": "title",
        "today": timezone.localdate(),
    }
    return render(request, "library/materials.html", context)


def material_or_404(request: HttpRequest, pk: int) -> Material:
    rows = Material.objects.select_related("unit__parent__parent__parent__parent")
    found: Material = visible_or_404(rows, request.user, pk=pk)
    return found


@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponse:
    crumbs = [(_("Thư viện"), reverse("library")), (_("Tài liệu"), reverse("materials"))]
    context = {"material": material_or_404(request, pk), "crumbs": crumbs, "today": timezone.localdate()}
    return render(request, "library/material.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    found = material_or_404(request, pk)
    return serve(found.file, str(found))


@require_http_methods(FORM_METHODS)
@permission_required("meetings.add_material", raise_exception=True)
def add(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = MaterialForm(request.POST or None, request.FILES or None, user=user)
    return form_page(request, form, "add", _("Thêm tài liệu"), reverse("materials"))


@require_http_methods(FORM_METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found = material_or_404(request, pk)
    require(user, "change", found)
    form = MaterialForm(request.POST or None, request.FILES or None, instance=found, user=user)
    return form_page(request, form, "change", _("Sửa tài liệu"), reverse("material", args=[pk]), of=found)


def form_page(
    request: HttpRequest, form: MaterialForm, verb: str, title: str, back: str, of: Material | None = None
) -> HttpResponse:
    user: Any = request.user

    def write(data: dict[str, Any]) -> Done:
        require(user, verb, form.instance)
        kept = keep_material(material=form.instance, by=user)
        return Done(_("Đã lưu tài liệu %(title)s.") % {"title": kept}, reverse("material", args=[kept.pk]))

    has_file = of is not None and bool(of.file)
    return FormPage(
        title=title,
        verb=_("Lưu tài liệu"),
        form=form,
        write=write,
        back=back,
        of=of,
        template="library/material_form.html",
        context={"lead": _("Đã có tệp kèm; gửi tệp khác thì thay tệp này.") if has_file else ""},
    ).answer(request)


@require_http_methods(FORM_METHODS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    found = material_or_404(request, pk)
    require(user, "change", found)
    back = reverse("material", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        withdraw_material(material=found, on=data["on"], by=user)
        return Done(_("Tài liệu hết hiệu lực từ %(day)s.") % {"day": f"{data['on']:%d/%m/%Y}"}, back)

    return FormPage(
        title=_("Ghi hết hiệu lực: %(title)s") % {"title": found},
        verb=_("Ghi hết hiệu lực"),
        form=StateForm(request.POST or None, asks=("on",)),
        write=write,
        back=back,
        of=found,
        consequences=[_("Từ ngày này tài liệu không còn trong danh sách; lọc “Đã hết hiệu lực” thì vẫn thấy.")],
    ).answer(request)
