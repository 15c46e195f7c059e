"""Excel buttons for the data-entry pages: file checks, the preview, and a log entry for each export."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.results import Result, RowResult
from tablib import Dataset

from clubs.imports import DayField, LabelField, RowForm, SheetResource
from clubs.sheets import Xlsx, export_name, log_export

MAX_BYTES = 5 * 1024 * 1024
SENTENCES_SHOWN = 10  # in a message above another page
PAGE_SENTENCES = 50


class XlsxImportForm(ImportForm):
    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if PurePath(file.name).suffix.lower() != ".xlsx":
            raise ValidationError(_("Tệp này không phải .xlsx. Mở bằng Excel, lưu ở dạng .xlsx rồi nhập lại."))
        if file.size > MAX_BYTES:
            raise ValidationError(_("Tệp lớn hơn 5 MB. Chia thành nhiều tệp rồi nhập từng tệp."))
        return file


class XlsxConfirmForm(ConfirmImportForm):
    format = forms.ChoiceField(choices=[("0", "xlsx")], widget=forms.HiddenInput())
    resource = forms.ChoiceField(choices=[("0", "")], widget=forms.HiddenInput(), required=False)


@dataclass(frozen=True)
class Column:
    """A column of the file, for those who fill it in."""

    name: str
    words: str
    is_required: bool


def columns(row_form: type[RowForm]) -> list[Column]:
    return [Column(str(f.label), words_for(name, f), f.required) for name, f in row_form.base_fields.items()]


def words_for(name: str, field: forms.Field) -> str:
    """What a cell may hold."""
    if name == "unit":
        return _("tên hoặc mã; trùng tên thì ghi cả đơn vị cấp trên, ví dụ “Huyện Châu Thành / Xã Tân Phú”")
    if name == "club":
        return _("tên câu lạc bộ; trùng tên thì ghi cả đơn vị, ví dụ “Xã Tân Phú / CLB người nghèo”")
    if isinstance(field, LabelField):
        return _("một trong: %(labels)s") % {"labels": ", ".join(f"“{label}”" for label in field.labels)}
    if isinstance(field, DayField):
        return _("ngày/tháng/năm, ví dụ 15/01/2025")
    return _("một số") if isinstance(field, forms.IntegerField) else _("chữ")


def sentences(result: Result) -> list[str]:
    """What was refused: "Dòng 3: Cấp: …"."""
    lines = [str(error.error) for error in result.base_errors]
    for row in result.invalid_rows:
        for column, errors in row.field_specific_errors.items():
            lines += [
                _("Dòng %(n)d, cột %(column)s: %(error)s") % {"n": row.number, "column": column, "error": e}
                for e in errors
            ]
        lines += [_("Dòng %(n)d: %(error)s") % {"n": row.number, "error": e} for e in row.non_field_specific_errors]
    return lines


class ScopedImportExportMixin(ImportExportMixin):
    """Put before `ScopedAdmin`; the page names its `resource_classes`, one."""

    formats = [Xlsx]
    import_form_class = XlsxImportForm
    confirm_form_class = XlsxConfirmForm
    export_form_class = ExportForm
    resource_classes: list[type[SheetResource]]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_resource_kwargs(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {"user": request.user}

    # in

    def add_data_read_fail_error_to_form(self, form: Any, error: Exception) -> None:
        if not isinstance(error, ValidationError):
            raise error
        form.add_error("import_file", error)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form, then the preview. A file that cannot be confirmed is forgotten at once."""
        response = super().import_action(request, **kwargs)
        context = response.context_data
        context["title"] = _("Nhập %(what)s từ Excel") % {"what": self.opts.verbose_name_plural}
        context["columns"] = columns(self.resource_classes[0].row_form)
        context["refused"] = sentences(context["result"])[:PAGE_SENTENCES] if "result" in context else []
        stored = getattr(context["form"].files.get("import_file"), "tmp_storage_name", None)
        if stored and "confirm_form" not in context:
            self.get_tmp_storage_class()(name=stored).remove()
        return response

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return super().process_import(request, **kwargs)
        except ValidationError as error:  # the file waited too long
            return self.import_again(request, error.messages)

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        refused = sentences(result)
        return self.import_again(request, refused) if refused else super().process_result(result, request)

    def import_again(self, request: HttpRequest, lines: list[str]) -> HttpResponse:
        messages.error(request, _("Chưa ghi dòng nào. %(why)s") % {"why": " ".join(lines[:SENTENCES_SHOWN])})
        return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))

    def add_success_message(self, result: Result, request: HttpRequest) -> None:
        counts = {"new": result.totals[RowResult.IMPORT_TYPE_NEW], "old": result.totals[RowResult.IMPORT_TYPE_SKIP]}
        messages.success(request, _("Đã nhập %(new)d dòng mới; %(old)d dòng đã có từ trước, giữ nguyên.") % counts)

    # out

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """What will be in the file, then the file."""
        response = super().export_action(request)
        if isinstance(response, TemplateResponse):
            rows = self.get_export_queryset(request).count()
            title = _("Xuất %(what)s ra Excel") % {"what": self.opts.verbose_name_plural}
            response.context_data |= {"title": title, "rows": rows}  # type: ignore[operator]
        return response

    def get_data_for_export(self, request: HttpRequest, queryset: Any, **kwargs: Any) -> Dataset:
        dataset = super().get_data_for_export(request, queryset, **kwargs)
        log_export(request.user, self.model, len(dataset))  # type: ignore[arg-type]  # the page asks for a login
        return dataset

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        return export_name(self.model)
