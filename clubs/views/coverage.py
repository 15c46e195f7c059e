"""Splitting the communes of a district between its two clubs (R4). What one club covers is in `founding`."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clubs.actions import split_district
from clubs.models import Club
from clubs.split_form import SplitForm
from steering.actions import require
from steering.models import Unit, UnitKind
from steering.pages import Done, FormPage, visible_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """A row a commune, a column a club, saved in one go."""
    user: Any = request.user
    district: Unit = visible_or_404(Unit.objects.filter(kind=UnitKind.DISTRICT).with_parents(), user, pk=pk)
    clubs = list(
        Club.objects.filter(unit=district, district_slot__isnull=False, ended_on=None).order_by("district_slot")
    )
    require(user, "add", Club(unit=district))
    back = reverse("unit", args=[pk])
    if len(clubs) < 2:
        messages.info(
            request, _("%(unit)s chưa có hai câu lạc bộ cấp huyện, nên chưa cần chia xã.") % {"unit": district}
        )
        return redirect(back)
    communes = list(Unit.objects.under(district).filter(kind=UnitKind.COMMUNE, valid_until=None))
    form = SplitForm(request.POST or None, clubs=clubs, communes=communes)

    def write(data: dict[str, Any]) -> Done:
        split_district(district=district, shares=form.shares(), on=data["on"], by=user)
        return Done(_("Đã chia xã của %(unit)s cho hai câu lạc bộ.") % {"unit": district.in_sentence}, back)

    return FormPage(
        title=_("Chia địa bàn: %(unit)s") % {"unit": district},
        verb=_("Lưu địa bàn"),
        form=form,
        write=write,
        back=back,
        template="clubs/split.html",
        context={"lead": _("Mỗi xã thuộc một trong hai câu lạc bộ cấp huyện."), "clubs": clubs},
    ).answer(request)
