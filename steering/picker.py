"""A choice among more rows than one can list: words to search, and what was found as radio buttons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SHOWN = 10
NOTHING = "-"  # the value of the choice to choose nothing
FIND = "-find"  # a button or a request whose name ends like this only asks for rows: nothing is written


class PickWidget(forms.RadioSelect):
    template_name = "widgets/pick.html"
    use_fieldset = True

    field: PickField
    words = ""
    shown = SHOWN

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        self.words = data.get(f"{name}-q", "").strip()
        more = data.get(f"{name}{FIND}", "")
        self.shown = min(int(more), 200) if more.isascii() and more.isdigit() and int(more) > 1 else SHOWN
        return super().value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        found, is_more = self.field.found(self.words, value, self.shown)
        options = [
            self.create_option(
                name, row.pk, self.field.label_from_instance(row), str(row.pk) == str(value), n, attrs=attrs
            )
            for n, row in enumerate(found)
        ]
        if self.field.without:
            options.append(
                self.create_option(name, NOTHING, self.field.without, value == NOTHING, len(options), attrs=attrs)
            )
        context["widget"] |= {
            "options": options,
            "words": self.words,
            "more": self.shown + SHOWN if is_more else 0,
            "is_searched": self.field.is_long or bool(self.words),
        }
        return context

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        return []  # the rows are read in get_context, and never all of them


class PickField(forms.ModelChoiceField):
    """One row of `queryset`, which can `search(words)`. Words that mean one row only choose it.

    `without` is what the choice to choose nothing says, for a field that may stay empty after it had been filled.
    """

    queryset: Any
    widget = PickWidget
    default_error_messages = {
        "required": gettext_lazy("Chưa chọn. Gõ vài chữ để tìm, rồi chọn một."),
        "invalid_choice": gettext_lazy("Không có lựa chọn này trong phạm vi của anh, chị. Chọn lại."),
    }

    def __init__(self, queryset: Any, *, label_of: Any = str, without: Any = "", **kwargs: Any) -> None:
        self.label_of, self.without = label_of, without
        super().__init__(queryset, **kwargs)
        self.widget.field = self

    def __deepcopy__(self, memo: Any) -> Any:
        result = super().__deepcopy__(memo)
        result.widget.field = result  # a copy reads its own rows
        return result

    @property
    def is_long(self) -> bool:
        """Whether a search box is shown: there is more than one sees at once."""
        if not hasattr(self, "_is_long"):
            self._is_long = self.queryset[: SHOWN + 1].count() > SHOWN
        return self._is_long

    def label_from_instance(self, obj: Any) -> str:
        return str(self.label_of(obj))

    def found(self, words: str, chosen: Any, shown: int) -> tuple[list[Any], bool]:
        """The chosen row, then those that `words` find, at most `shown`; and whether there are more."""
        rows = list(self.queryset.search(words)[: shown + 1])
        if not words:
            self._is_long = len(rows) > SHOWN
        first = [row for row in rows if str(row.pk) == str(chosen)]
        if not first and str(chosen or "").isdigit():
            first = list(self.queryset.filter(pk=chosen))
        return [*first, *[row for row in rows[:shown] if row not in first]], len(rows) > shown

    def clean(self, value: Any) -> Any:
        if self.without and value == NOTHING:
            return super().clean("")
        if value in self.empty_values and self.widget.words:
            rows = list(self.queryset.search(self.widget.words)[:2])
            if not rows:
                raise forms.ValidationError(
                    _("Không tìm thấy “%(words)s”. Gõ lại ít chữ hơn.") % {"words": self.widget.words}
                )
            if len(rows) > 1:
                raise forms.ValidationError(
                    _("Có nhiều nơi khớp với “%(words)s”. Chọn một.") % {"words": self.widget.words}
                )
            value = str(rows[0].pk)
        return super().clean(value)
