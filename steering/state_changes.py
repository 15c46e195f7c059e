"""Moving a row from one state to another, one verb a page: the same table serves the website and the data entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steering.pages import Done, FormPage


class StateForm(forms.Form):
    """What a change of state asks for; `asks` leaves out the rest."""

    on = forms.DateField(
        label=gettext_lazy("Từ ngày"), initial=timezone.localdate, help_text=gettext_lazy("ngày/tháng/năm")
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=200)

    def __init__(self, *args: Any, asks: Iterable[str] = ("on", "reason"), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: field for name, field in self.fields.items() if name in asks}


@dataclass(frozen=True)
class StateChange:
    """A way out of `from_states`. `done` is the sentence afterwards, about %(what)s. `asks` names the fields of `StateForm`
    that its action takes; the action takes the row under its model's name."""

    verb: str
    title: Any
    consequence: Any
    done: Any
    from_states: tuple[str, ...]
    action: Callable[..., Any]
    asks: tuple[str, ...] = ("on", "reason")
    is_danger: bool = False
    symbol: str = "arrow-right"

    def perform(self, obj: Any, by: Any, data: dict[str, Any]) -> Any:
        """Raises ValidationError."""
        return self.action(**{obj._meta.model_name: obj}, by=by, **data)

    def done_to(self, obj: Any) -> str:
        """What has happened to `obj`, in a sentence."""
        return str(self.done) % {"what": getattr(obj, "in_sentence", obj)}


def open_changes(changes: Iterable[StateChange], state: str) -> list[StateChange]:
    return [change for change in changes if state in change.from_states]


def state_page(
    request: HttpRequest,
    obj: Any,
    changes: Iterable[StateChange],
    *,
    state: str,
    verb: str,
    back: str,
    locks: Any = None,
    onward: Callable[[Any], str] | None = None,
    more: Callable[[str], Iterable[str]] = lambda verb: (),
) -> HttpResponse:
    """The page of one verb, back to `back`; a verb that does not fit the state any more leads there too.

    `locks` as in `FormPage`; `onward` tells where the verb's result is read, if not there; `more` gives further consequences of a verb.
    """
    change = next((change for change in open_changes(changes, state) if change.verb == verb), None)
    if change is None:
        messages.error(request, _("Việc này không hợp với tình trạng hiện nay. Xem lại rồi chọn việc khác."))
        return redirect(back)

    def write(data: dict[str, Any]) -> Done:
        made = change.perform(obj, request.user, data)
        return Done(change.done_to(obj), onward(made) if onward else back)

    return FormPage(
        title=f"{change.title}: {obj}",
        verb=str(change.title),
        form=StateForm(request.POST or None, asks=change.asks),
        write=write,
        back=back,
        of=obj,
        locks=locks,
        consequences=[str(change.consequence), *more(verb)],
        is_danger=change.is_danger,
    ).answer(request)
