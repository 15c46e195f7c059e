"""Units: the way to one's own, new ones, one at a time and many at once, and new names. Their page is in `meetings`."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from steering.access import granted_paths
from steering.actions import create_named_units, create_numbered_units, create_unit, rename_unit, require
from steering.actions.units import types_below, unit_names
from steering.forms import ManyUnitsForm, RenameUnitForm, UnitForm
from steering.models import Unit, UnitKind, UnitType
from steering.models.units import TYPES_OF_KIND
from steering.pages import Done, FormPage, visible_or_404

MANY_BELOW = (UnitKind.COMMUNE, UnitKind.HAMLET)  # their hamlets and groups come by the dozen
NAMED = 12  # names in a sentence


def unit_or_404(request: HttpRequest, pk: int, verb: str) -> Unit:
    """The unit, for whoever may do `verb` there."""
    unit: Unit = visible_or_404(Unit.objects.with_parents(), request.user, pk=pk)
    require(request.user, verb, unit)  # type: ignore[arg-type]  # pages ask for a login
    return unit


@require_safe
@permission_required("steering.view_unit", raise_exception=True)
def units(request: HttpRequest) -> HttpResponse:
    """To the page of one's own unit, the broadest; the province's for whoever sees everything. What is asked of it goes along."""
    path = min(granted_paths(request.user, "steering.view_unit"), key=lambda path: (len(path), path))
    own = Unit.objects.filter(path=path) if path else Unit.objects.filter(parent=None, valid_until=None)
    unit = own.first()
    if unit is None:
        raise Http404(_("Chưa có đơn vị nào. Nhập danh mục đơn vị trước."))
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("unit", args=[unit.pk]) + asked)


def usual_types(above: Unit) -> list[UnitType]:
    """What a unit below `above` may call itself, the usual first: khu phố in a ward or township, ấp in a commune."""
    types = types_below(above)
    return types[::-1] if above.type in (UnitType.WARD, UnitType.TOWNSHIP) else types


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    above = unit_or_404(request, pk, "add")
    if not types_below(above):
        raise Http404(_("Dưới tổ nhân dân tự quản không còn đơn vị nào."))

    def write(data: dict[str, Any]) -> Done:
        unit = create_unit(parent=above, by=user, **data)
        return Done(_("Đã lập %(unit)s.") % {"unit": unit.in_sentence}, reverse("unit", args=[unit.pk]))

    return FormPage(
        title=_("Lập đơn vị trong %(unit)s") % {"unit": above.in_sentence},
        verb=_("Lập đơn vị"),
        form=UnitForm(request.POST or None, types=usual_types(above)),
        write=write,
        back=reverse("unit", args=[pk]),
    ).answer(request)


@require_http_methods(["GET", "HEAD", "POST"])
def add_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Hamlets or groups, counted off or by name: fill in, read what would be new, agree."""
    user: Any = request.user
    above = unit_or_404(request, pk, "add")
    if above.kind not in MANY_BELOW:
        raise Http404(_("Chỉ lập hàng loạt ấp, khu phố trong xã và tổ trong ấp, khu phố."))
    back = reverse("unit", args=[pk])
    present = list(above.children.filter(valid_until=None))
    new: list[Unit] = []

    def write(data: dict[str, Any]) -> Done:
        names, last = data["names"], data["last"]
        if last:
            new[:] = create_numbered_units(parent=above, type=data["type"], last=last, by=user)
        else:
            new[:] = create_named_units(parent=above, type=data["type"], names=names, by=user)
        old = (last or len(unit_names(data["type"], names))) - len(new)
        return Done(
            _("Đã lập %(new)d đơn vị mới; %(old)d đơn vị có sẵn, giữ nguyên.") % {"new": len(new), "old": old}, back
        )

    return FormPage(
        title=_("Lập hàng loạt trong %(unit)s") % {"unit": above.in_sentence},
        verb=_("Lập hàng loạt"),
        form=ManyUnitsForm(request.POST or None, types=usual_types(above)),
        write=write,
        back=back,
        review=lambda: what_is_new(new),
        template="steering/many.html",
        context={"present": present, "above": above},
    ).answer(request)


def what_is_new(new: list[Unit]) -> list[str]:
    """Which units would come into being, by name as far as one reads."""
    kept = _("Đơn vị đã có tên này thì giữ nguyên.")
    if not new:
        return [_("Không có đơn vị nào mới: tất cả đã có."), kept]
    names = ", ".join(str(unit) for unit in new[:NAMED]) + (" …" if len(new) > NAMED else "")
    lines = ngettext("Có %(n)d đơn vị mới: %(names)s.", "Có %(n)d đơn vị mới: %(names)s.", len(new))
    return [lines % {"n": len(new), "names": names}, kept]


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    unit = unit_or_404(request, pk, "change")
    back = reverse("unit", args=[pk])
    before = str(unit)

    def write(data: dict[str, Any]) -> Done:
        rename_unit(unit=unit, by=user, **{"code": unit.code, **data})
        return Done(_("%(before)s nay là %(unit)s.") % {"before": before, "unit": unit.in_sentence}, back)

    return FormPage(
        title=_("Đổi tên: %(unit)s") % {"unit": before},
        verb=_("Lưu tên mới"),
        form=RenameUnitForm(
            request.POST or None,
            types=TYPES_OF_KIND[UnitKind(unit.kind)],
            initial={"type": unit.type, "name": unit.name, "code": unit.code},
        ),
        write=write,
        back=back,
        of=unit,
        consequences=[
            _("Tên cũ được giữ trong lịch sử; văn bản và biên bản đã lưu không đổi."),
            _("Tìm theo tên cũ sẽ không thấy nữa."),
        ],
    ).answer(request)
