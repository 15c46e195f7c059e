"""What the pages of the website share: finding the object, showing a form, carrying it out once, paging a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.paginator import Page, Paginator
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize_input
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from steering.models import Submission, Unit
from steering.picker import FIND
from steering.versions import changed_since, version_of

PAGE_ROWS = 50
COUNTED = 5000  # rows a list counts and pages through; whoever has more filters
REMEMBERED = timedelta(days=2)


def visible_or_404(rows: Any, user: Any, **lookup: Any) -> Any:
    """The one row of the queryset that `user` may see; another unit's row is not found."""
    found = rows.visible_to(user).filter(**lookup).first()
    if found is None:
        raise not_found()
    return found


def all_or_404(rows: Any, user: Any, **lookup: Any) -> list[Any]:
    """The same, of rows that come once for each of something that hangs on them."""
    found = list(rows.visible_to(user).filter(**lookup))
    if not found:
        raise not_found()
    return found


def not_found() -> Http404:
    return Http404(_("Không có trang này trong phạm vi của anh, chị."))


def unit_crumbs(user: Any, unit: Unit) -> list[tuple[str, str]]:
    """`unit` and those above it, the highest first; one beyond the reader's own place is words only."""
    steps: list[tuple[str, str]] = []
    above: Unit | None = unit
    while above is not None:
        is_open = user.has_perm("steering.view_unit", above)
        steps.insert(0, (str(above), reverse("unit", args=[above.pk]) if is_open else ""))
        above = above.parent
    return steps


# Forms


@dataclass(frozen=True)
class Done:
    """How a form ended: the sentence to say and the address to go to."""

    sentence: str
    address: str


@dataclass
class FormPage:
    """One form on a page of its own.

    `write` does the work, given the cleaned data, through actions; what they refuse with a ValidationError is shown beside
    the fields, with nothing typed lost. `of` is the row that the form changes: who changed it meanwhile is told. `locks`
    is a row to be locked before it, where the change reaches beyond it.
    `consequences` are sentences about what will happen; with `review` they stand on a page of their own, asked
    after the form was filled in: given what `write` made of it, before it is undone again.
    """

    title: str
    verb: str
    form: Any
    write: Callable[[dict[str, Any]], Done]
    back: str
    of: models.Model | None = None
    locks: models.Model | None = None
    consequences: Sequence[str] = ()
    review: Callable[[], Sequence[str]] | None = None
    is_danger: bool = False
    template: str = "form.html"
    context: dict[str, Any] = field(default_factory=dict)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The form to fill in, or the way on once it has been carried out."""
        if request.method != "POST":
            return self.show(request)
        if any(name.endswith(FIND) for name in request.POST) or "edit" in request.POST:
            self.form._errors = forms.utils.ErrorDict()  # typed so far, not sent yet: nothing to complain of
            return self.show(request)
        return self.carry_out(request)

    def carry_out(self, request: HttpRequest) -> HttpResponse:
        key = submission_key(request)
        try:
            with transaction.atomic():
                answer = self.attempt(request, key)
                transaction.set_rollback(answer is None or self.is_asking(request))
        except IntegrityError:
            if (done := Submission.objects.filter(key=key, user=request.user).first()) is None:  # type: ignore[misc]
                raise
            messages.info(request, _("Việc này đã làm xong ở lần gửi trước, không làm lại."))
            return redirect(done.address)
        return answer if answer is not None else self.show(request)

    def is_asking(self, request: HttpRequest) -> bool:
        return self.review is not None and "agreed" not in request.POST

    def attempt(self, request: HttpRequest, key: UUID) -> HttpResponse | None:
        """Inside one transaction: take the form's number, do the work. None while the form must be shown again."""
        sent = remember(key, request)
        for row in (self.locks, self.of):
            if row is not None:
                type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
        if not self.form.is_valid() or self.is_stale(request):
            return None
        try:
            with transaction.atomic():
                done = self.write(self.form.cleaned_data)
        except ValidationError as refusal:
            refuse(self.form, refusal)
            return None
        if self.is_asking(request) and self.review is not None:
            return self.ask(request, list(self.review()))
        sent.address = done.address
        sent.save()
        messages.success(request, done.sentence)
        return redirect(done.address)

    def is_stale(self, request: HttpRequest) -> bool:
        version = request.POST.get("version", "")
        if self.of is None or not version.isdigit():
            return False
        self.context["meanwhile"] = changed_since(self.of, int(version))
        return self.context["meanwhile"] is not None

    def ask(self, request: HttpRequest, consequences: list[str]) -> HttpResponse:
        """The last question, with every answer given so far carried along unseen."""
        sent = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "agreed")
        ]
        return self.render(request, "confirm.html", consequences=consequences, sent=sent, answers=answers(self.form))

    def show(self, request: HttpRequest) -> HttpResponse:
        version = version_of(self.of) if self.of is not None else None
        is_new = request.method != "POST"
        return self.render(request, self.template, version=version, once=uuid4() if is_new else submission_key(request))

    def render(self, request: HttpRequest, template: str, **more: Any) -> HttpResponse:
        shared = {name: getattr(self, name) for name in ("title", "verb", "form", "back", "consequences", "is_danger")}
        return render(request, template, {**shared, **self.context, **more})


def submission_key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid4()


def remember(key: UUID, request: HttpRequest) -> Submission:
    """Take the number of a form; the database refuses it the second time. Numbers of long ago are forgotten."""
    Submission.objects.filter(sent_at__lt=timezone.now() - REMEMBERED).delete()
    return Submission.objects.create(key=key, user=request.user)  # type: ignore[misc]  # pages ask for a login


def refuse(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Show what an action refused beside the field it is about; what is about no field stands above all."""
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
    for name, sentences in by_field.items():
        form.add_error(name if name in form.fields else None, ValidationError(list(sentences)))


def answers(form: Any) -> list[tuple[str, str]]:
    """What was filled in, as (label, words), for reading it once more; empty answers are left out."""
    said = [
        (str(bound.label), words_of(bound.field, form.cleaned_data.get(bound.name))) for bound in form.visible_fields()
    ]
    return [(label, words) for label, words in said if words]


def words_of(asked: Any, value: Any) -> str:
    """A cleaned value as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(asked, forms.ModelMultipleChoiceField):
        return ", ".join(asked.label_from_instance(row) for row in value)
    if isinstance(asked, forms.ModelChoiceField):
        return asked.label_from_instance(value)
    if isinstance(asked, forms.ChoiceField):
        labels = {str(key): label for key, label in asked.choices}  # type: ignore[union-attr,misc]
        return str(labels.get(str(value), value))
    return str(localize_input(value))


# Lists


def chips(request: HttpRequest, form: Any) -> list[tuple[str, str]]:
    """What a list is filtered by: the words of each condition of the address, and the address without it."""
    found = []
    for name, value in (form.cleaned_data if form.is_valid() else {}).items():
        if value and name in request.GET and name != "sort":
            rest = request.GET.copy()
            for gone in (name, "page"):
                rest.pop(gone, None)
            found.append((f"{form.fields[name].label}: {words_of(form.fields[name], value)}", f"?{rest.urlencode()}"))
    return found


class ListPaginator(Paginator):
    """Counts no further than `COUNTED`, so that a list of any length answers at once."""

    object_list: Any

    @cached_property
    def count(self) -> int:
        return min(self.counted, COUNTED)

    @cached_property
    def counted(self) -> int:
        rows = self.object_list
        if not rows.query.combinator:  # what is only shown need not be worked out to be counted
            rows = rows.order_by().values("pk")
        return int(rows[: COUNTED + 1].count())

    @property
    def has_more(self) -> bool:
        return self.counted > COUNTED


def page_of(request: HttpRequest, rows: Any, counted: int | None = None) -> Page:
    """The page of `rows` that the address asks for; the nearest one when there is no such page.

    `counted` is how many rows there are, where that is known already.
    """
    paginator = ListPaginator(rows, PAGE_ROWS)
    if counted is not None:
        paginator.counted = counted
    return paginator.get_page(request.GET.get("page"))
