"""Opinions in the data entry: written down, answered where that is one's own committee's part, settled."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from meetings.actions import answer_opinion, change_opinion, may_answer, raise_opinion
from meetings.models import Opinion, OpinionState
from meetings.state_changes import OPINION_CHANGES
from steering.admin_filters import ALL, FirstChoiceFilter, UnitFilter
from steering.scoped_admin import ActionForm, FoldedSearch
from steering.state_admin import StateAdmin

ASKED = ("text", "area", "due_on")
ANSWER = ("answer", "answered_on")


class OpinionForm(ActionForm):
    """The day may stay empty: thirty days after the meeting."""

    to_above = forms.BooleanField(
        label=_("gửi cấp trên của ban chỉ đạo quản lý"),
        required=False,
        help_text=_("Để trống: gửi ban chỉ đạo quản lý câu lạc bộ."),
    )

    class Meta:
        model = Opinion
        fields = ("meeting", *ASKED, *ANSWER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "due_on" in self.fields:
            self.fields["due_on"].required = False
            self.fields["due_on"].help_text = _("Để trống: 30 ngày sau ngày họp.")


class SettledFilter(FirstChoiceFilter):
    title = _("việc")
    parameter_name = "task"
    words = (("unsettled", _("Chưa xong")), ("overdue", _("Quá hạn")), ALL)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "unsettled":
            return queryset.unsettled()
        return queryset.overdue(timezone.localdate()) if self.value() == "overdue" else queryset


@admin.register(Opinion)
class OpinionAdmin(FoldedSearch, StateAdmin):
    hint = _("Kiến nghị nêu tại các kỳ sinh hoạt: gửi ai, hạn trả lời, đã trả lời và đã xong chưa.")
    form = OpinionForm
    state_field = "state"
    state_changes = OPINION_CHANGES
    search_help_text = _("Gõ nội dung kiến nghị hoặc tên câu lạc bộ, không cần dấu.")
    list_display = ("__str__", "club", "addressed_to", "due_on", "state_word")
    list_filter = (UnitFilter, SettledFilter, "area")
    list_select_related = ("meeting__club", "addressed_to__unit")
    autocomplete_fields = ("meeting",)

    def get_fields(self, request: HttpRequest, obj: Opinion | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("meeting", "text", "area", "to_above", "due_on")
        head = ("meeting", "addressed_to", "state_word", *ASKED)
        if obj.state == OpinionState.OPEN:
            return (*head, *ANSWER) if may_answer(request.user, obj) else head  # type: ignore[arg-type]
        return (*head, *ANSWER, "closed_on") if obj.closed_on else (*head, *ANSWER)

    def get_readonly_fields(self, request: HttpRequest, obj: Opinion | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        settled = () if obj.state == OpinionState.OPEN else (*ASKED, *ANSWER, "closed_on")
        return ("meeting", "addressed_to", "state_word", *settled)

    @admin.display(description=_("câu lạc bộ"), ordering="meeting__club__sort_key")
    def club(self, opinion: Opinion) -> str:
        return str(opinion.meeting.club)

    @admin.display(description=_("tình trạng"), ordering="state")
    def state_word(self, opinion: Opinion) -> str:
        if opinion.is_overdue(timezone.localdate()):
            return format_html('<span class="warn">{}</span>', _("Quá hạn"))
        return opinion.get_state_display()

    def perform(self, request: HttpRequest, obj: Opinion, form: Any, change: bool) -> Opinion:
        by: Any = request.user
        asked = {name: getattr(obj, name) for name in ASKED}
        if not change:
            return raise_opinion(meeting=obj.meeting, to_above=form.cleaned_data["to_above"], by=by, **asked)
        if set(ASKED) & set(form.changed_data):
            change_opinion(opinion=obj, by=by, **asked)
        if set(ANSWER) & set(form.changed_data):
            return answer_opinion(opinion=obj, answer=obj.answer, answered_on=form.cleaned_data["answered_on"], by=by)
        return Opinion.objects.get(pk=obj.pk)
