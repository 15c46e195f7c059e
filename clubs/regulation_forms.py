"""Forms about a club's regulation. What is allowed is decided by the actions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from clubs.models import Cadence, Regulation, Share
from steering.forms import DAY

FIELDS = ("cadence", "term_months", "quorum", "majority", "text")


class AdoptForm(forms.Form):
    """The next version; begins with what is in force."""

    adopted_on = forms.DateField(label=_("Thông qua ngày"), initial=timezone.localdate, help_text=DAY)
    cadence = forms.ChoiceField(label=pgettext_lazy("how often", "Sinh hoạt"), choices=Cadence)
    term_months = forms.IntegerField(label=_("Nhiệm kỳ ban chủ nhiệm (tháng)"), min_value=1, max_value=120)
    quorum = forms.ChoiceField(
        label=_("Số thành viên phải có mặt, ít nhất"), choices=Share, help_text=_("của số thành viên ngày hôm đó")
    )
    majority = forms.ChoiceField(
        label=_("Số phiếu để trúng cử, quá"), choices=Share, help_text=_("của số phiếu hợp lệ")
    )
    text = forms.CharField(
        label=_("Nội dung quy chế"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Mỗi điều, khoản một dòng. Có bản đã ký thì có thể để trống."),
    )
    file = forms.FileField(
        label=_("Bản đã ký"),
        required=False,
        help_text=_("PDF, PNG hoặc JPEG, nhiều nhất 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def __init__(self, *args: Any, current: Regulation, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(current, name) for name in FIELDS}
        super().__init__(*args, **kwargs)


class OtherVersionForm(forms.Form):
    """Which version to compare with."""

    voi = forms.ModelChoiceField(Regulation.objects.none(), label=_("So với bản"), required=False)

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["voi"]
        field.queryset, field.label_from_instance = others, version_label


def version_label(regulation: Regulation) -> str:
    """ "lần 2, 02/02/2026"."""
    return gettext("lần %(n)d, %(day)s") % {"n": regulation.version, "day": f"{regulation.adopted_on:%d/%m/%Y}"}
