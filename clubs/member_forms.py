"""Forms of the website about people: joining, moving on, what they agree to. What is allowed is decided by the actions."""

from collections.abc import Iterable
from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from clubs.consent import newest, text_of
from clubs.forms import DAY
from clubs.models import Club, Manner, Membership, Person, PersonKind, Purpose, Sector
from clubs.querysets import MembershipQuerySet
from steering.filters import EVERYTHING, sorting
from steering.models import User
from steering.picker import PickField

LIKELY = 5  # people told of, when somebody is about to be entered who may be one of them


def person_words(person: Person) -> str:
    """How a person is told from namesakes: "Lê Thị Hoa, Xã An Khánh, 1970"."""
    return f"{person}, {person.unit}" + (f", {person.birth_year}" if person.birth_year else "")


class PhoneForm(forms.ModelForm):
    """A person's form that says of a wrong telephone number how one is written."""

    class Meta:
        model = Person
        fields: tuple[str, ...] = ("phone",)
        error_messages: ClassVar[dict[str, Any]] = {
            "phone": {"invalid": _("Số điện thoại chưa đúng. Ghi đủ 10 chữ số, ví dụ 0912 345 678.")}
        }


class PersonForm(PhoneForm):
    class Meta(PhoneForm.Meta):
        model = Person
        fields = ("kind", "full_name", "representative", "sex", "birth_year", "phone", "job")
        labels = {"kind": _("Cá nhân hay tập thể"), "job": _("Nghề nghiệp, chức vụ")}
        widgets = {"kind": forms.RadioSelect}


class JoiningForm(PersonForm):
    """Somebody on record, or a new person of the club's unit, and what they agree to. No box is ticked beforehand.

    A new person who may be on record already is told of, as `likely`, before being entered once more.
    """

    person = PickField(
        Person.objects.none(),
        label=_("Người, tập thể đã có trong danh sách"),
        label_of=person_words,
        required=False,
    )
    is_another = forms.BooleanField(required=False)
    agrees = forms.MultipleChoiceField(
        label=_("Người này đồng ý"), choices=Purpose, widget=forms.CheckboxSelectMultiple, required=False
    )
    manner = forms.ChoiceField(label=_("Cách đồng ý"), choices=Manner, required=False)

    def __init__(self, *args: Any, club: Club, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.club, self.user = club, user
        self.likely: list[Person] = []
        sitting = club.memberships.sitting().values("person")
        people = Person.objects.visible_to(user).exclude(pk__in=sitting).select_related("unit")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["full_name"].required = self.fields["kind"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("person") or "person" in self.errors:
            return data
        if not data.get("full_name"):
            self.add_error("full_name", _("Chọn một người đã có, hoặc ghi họ tên người mới."))
        elif not data.get("is_another"):
            self.tell_of_the_likely()
        return data

    def tell_of_the_likely(self) -> None:
        people = Person.objects.visible_to(self.user).like(self.who()).select_related("unit")
        sitting = set(self.club.memberships.sitting().values_list("person", flat=True))
        self.likely = list(people.order_by("sort_key", "pk")[:LIKELY])
        for person in self.likely:
            person.is_sitting = person.pk in sitting  # type: ignore[attr-defined]  # for the page
        if self.likely:
            names = "; ".join(person_words(person) for person in self.likely)
            self.add_error(
                "full_name",
                gettext("Đã có %(people)s. Dùng người đã có, hoặc cho biết đây là người khác.") % {"people": names},
            )

    def _post_clean(self) -> None:
        """A new person is checked by its action; one on record is not touched."""

    def who(self) -> Person:
        """The one on record, or a new person of the club's unit, not saved."""
        names = PersonForm.Meta.fields
        facts = {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}
        chosen: Person | None = self.cleaned_data.get("person")
        return chosen or Person(**{"kind": PersonKind.INDIVIDUAL, **facts}, unit=self.club.unit)


class AdmitForm(JoiningForm):
    """A new member; with a day of application, the application is recorded too."""

    sector = forms.ChoiceField(label=_("Thành phần"), choices=Sector)
    joined_on = forms.DateField(label=_("Ngày kết nạp"), initial=timezone.localdate, help_text=DAY)
    applied_on = forms.DateField(label=_("Ngày làm đơn"), required=False, help_text=DAY)


class ApplyForm(JoiningForm):
    applied_on = forms.DateField(label=_("Ngày làm đơn"), initial=timezone.localdate, help_text=DAY)
    wish = forms.CharField(label=_("Mong muốn khi tham gia"), max_length=300, required=False)


class AdmitApplicantForm(forms.Form):
    joined_on = forms.DateField(label=_("Ngày kết nạp"), initial=timezone.localdate, help_text=DAY)
    sector = forms.ChoiceField(label=_("Thành phần"), choices=Sector)


class LeaveForm(forms.Form):
    on = forms.DateField(label=_("Ngày rời"), initial=timezone.localdate, help_text=DAY)
    reason = forms.CharField(label=_("Lý do"), max_length=200)


class TransferForm(forms.Form):
    """Only clubs into which the user may admit are offered."""

    to = PickField(Club.objects.none(), label=_("Câu lạc bộ mới"), label_of=lambda club: f"{club}, {club.unit}")
    on = forms.DateField(
        label=_("Ngày chuyển"), initial=timezone.localdate, help_text=_("ngày/tháng/năm; rời và vào cùng ngày này")
    )

    def __init__(self, *args: Any, club: Club, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clubs = Club.objects.permitting(user, "clubs.add_membership").live().exclude(pk=club.pk)
        self.fields["to"].queryset = clubs.select_related("unit")  # type: ignore[attr-defined]


class RepresentativeForm(forms.Form):
    full_name = forms.CharField(label=_("Người đại diện mới"), max_length=120)
    since = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate, help_text=DAY)


# Consent


class ConsentForm(forms.Form):
    """One box for each purpose not agreed to at present, with the words that are agreed to; none is ticked beforehand."""

    agrees = forms.MultipleChoiceField(label=_("Người này đồng ý"), widget=forms.CheckboxSelectMultiple)
    given_on = forms.DateField(label=_("Ngày đồng ý"), initial=timezone.localdate, help_text=DAY)
    manner = forms.ChoiceField(label=_("Cách đồng ý"), choices=Manner)
    proof = forms.FileField(
        label=_("Bản ký"), required=False, help_text=_("PDF, PNG hoặc JPEG, nhiều nhất 10 MB. Không gửi ảnh căn cước.")
    )

    def __init__(self, *args: Any, purposes: Iterable[Purpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agrees"].choices = [(purpose.value, in_full(purpose)) for purpose in purposes]  # type: ignore[attr-defined]


def in_full(purpose: Purpose) -> str:
    """A purpose with the text that is agreed to, which is Vietnamese in every language of the screen."""
    text = text_of(purpose, newest(purpose))
    return format_html('{}<small class="d-block" lang="vi">{}</small>', purpose.label, text)


class WithdrawForm(forms.Form):
    on = forms.DateField(label=_("Rút lại từ ngày"), initial=timezone.localdate, help_text=DAY)


# The members of a club


class MemberFilter(filters.FilterSet):
    """The conditions of a club's list of members. Former ones are left out until one asks for them."""

    q = filters.CharFilter(label=_("Họ tên"), method="search")
    who = filters.ChoiceFilter(
        label=_("Thành viên"),
        choices=(("former", _("Đã rời")), ("all", _("Cả người đã rời"))),
        method="sat",
        empty_label=_("Đang giữ ghế"),
    )
    sector = filters.ChoiceFilter(label=_("Thành phần"), choices=Sector, empty_label=EVERYTHING)
    consent = filters.ChoiceFilter(
        label=pgettext_lazy("of data", "Sự đồng ý"),
        choices=(("missing", _("Chưa có ý kiến đồng ý")),),
        method="agreed",
        empty_label=EVERYTHING,
    )
    sort = sorting((("seat", "seat"), ("person__sort_key", "name"), ("joined_on", "joined_on")))

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, *, queryset: MembershipQuerySet, may_read_consents: bool) -> None:
        super().__init__(data, queryset=queryset)
        if not may_read_consents:
            del self.form.fields["consent"]

    def filter_queryset(self, queryset: MembershipQuerySet) -> MembershipQuerySet:
        rows: MembershipQuerySet = super().filter_queryset(queryset)
        rows = rows if self.form.cleaned_data.get("who") else rows.sitting()
        return rows.order_by(*(rows.query.order_by or ("seat",)), "-joined_on", "pk")

    def search(self, rows: MembershipQuerySet, name: str, words: str) -> MembershipQuerySet:
        return rows.search(words)

    def sat(self, rows: MembershipQuerySet, name: str, wanted: str) -> MembershipQuerySet:
        return rows.filter(left_on__isnull=False) if wanted == "former" else rows

    def agreed(self, rows: MembershipQuerySet, name: str, wanted: str) -> MembershipQuerySet:
        return rows.without_consent()
