"""Which template a document is made from."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from steering.actions.save import delete_recorded, save_checked
from steering.models import DocumentTemplate, User
from steering.official import BadTemplate, DocumentKind, fill

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_BYTES = 2 * 1024 * 1024


@transaction.atomic
def put_template(*, kind: DocumentKind, content: bytes, file_name: str, by: User | None) -> DocumentTemplate:
    """Use `content`, a .docx file, for documents of this kind from now on.

    It is filled with the kind's sample first. Raises ValidationError with what is wrong in it; the old one stays.
    """
    if len(content) > MAX_BYTES:
        raise ValidationError({"file": _("Tệp lớn hơn 2 MB. Bỏ bớt hình trong mẫu rồi thử lại.")})
    try:
        fill(content, kind.sample)
    except BadTemplate as error:
        raise ValidationError({"file": str(error)}) from error
    template = DocumentTemplate.objects.filter(kind=kind.key).first() or DocumentTemplate(kind=kind.key)
    template.content, template.file_name = content, file_name
    return save_checked(template, by=by)


@transaction.atomic
def drop_template(*, kind: DocumentKind, by: User | None) -> None:
    """Go back to the template that comes with the project."""
    for template in DocumentTemplate.objects.filter(kind=kind.key):
        delete_recorded(template, by=by)


def template_of(kind: DocumentKind) -> bytes:
    """The province's own template, else the one that comes with the project. One query."""
    own = DocumentTemplate.objects.filter(kind=kind.key).values_list("content", flat=True).first()
    return bytes(own) if own is not None else kind.build()


def document(kind: DocumentKind, context: Mapping[str, Any]) -> bytes:
    """A document of this kind as a .docx file. Raises BadTemplate."""
    return fill(template_of(kind), context)
