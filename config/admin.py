"""Templates of documents, which the province may put in the place of those that come with the project."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from config.documents import KINDS
from steering.actions.documents import WORD, drop_template, put_template, template_of
from steering.models import DocumentTemplate
from steering.scoped_admin import ActionForm, ScopedAdmin


class TemplateForm(ActionForm):
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=[(key, kind.label) for key, kind in KINDS.items()])
    file = forms.FileField(label=_("Tệp mẫu (.docx)"))

    class Meta:
        model = DocumentTemplate
        fields = ("kind",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (reverse("admin:steering_documenttemplate_current", args=[key]), kind.label)
                for key, kind in KINDS.items()
            ),
        )

    def validate_unique(self) -> None:
        """A second template of a kind takes the place of the first."""


@admin.register(DocumentTemplate)
class DocumentTemplateAdmin(ScopedAdmin):
    form = TemplateForm
    fields = ("kind", "file")
    list_display = ("label", "file_name")
    hint = _("Tải mẫu đang dùng, sửa bằng Word rồi nạp lại; mẫu hỏng không thay được mẫu cũ.")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.current)
        return [path("dang-dung/<slug:kind>.docx", view, name="steering_documenttemplate_current"), *super().get_urls()]

    @admin.display(description=_("loại văn bản"), ordering="kind")
    def label(self, template: DocumentTemplate) -> str:
        return str(KINDS[template.kind].label) if template.kind in KINDS else template.kind

    def current(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The template in use, to be edited in Word."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in KINDS:
            raise Http404
        headers = {"Content-Disposition": f'attachment; filename="mau-{kind}.docx"'}
        return HttpResponse(template_of(KINDS[kind]), content_type=WORD, headers=headers)

    def perform(self, request: HttpRequest, obj: DocumentTemplate, form: Any, change: bool) -> DocumentTemplate:
        file = form.cleaned_data["file"]
        if not file.name.lower().endswith(".docx"):
            raise ValidationError({"file": _("Tệp này không phải .docx. Lưu lại bằng Word ở dạng .docx rồi nạp lại.")})
        return put_template(
            kind=KINDS[form.cleaned_data["kind"]],
            content=file.read(),
            file_name=file.name,
            by=request.user,  # type: ignore[arg-type]
        )

    def delete_model(self, request: HttpRequest, obj: DocumentTemplate) -> None:
        drop_template(kind=KINDS[obj.kind], by=request.user)  # type: ignore[arg-type]
