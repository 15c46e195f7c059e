"""Signed papers kept as files: what they are is told by their first bytes, never by their name alone."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

PDF = "application/pdf"
BEGINNINGS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
ENDINGS = {PDF: (".pdf",), "image/png": (".png",), "image/jpeg": (".jpg", ".jpeg")}
LARGEST = 10 * 1024 * 1024  # bytes


def media_type(file: Any) -> str:
    """What the first bytes of an open file say it is; "" when it is none of the kinds that are kept."""
    file.seek(0)
    head = file.read(max(map(len, BEGINNINGS)))
    file.seek(0)
    return next((kind for beginning, kind in BEGINNINGS.items() if head.startswith(beginning)), "")


def check_document(file: Any) -> None:
    """Validator of a file field: PDF, PNG or JPEG by content and by name, at most `LARGEST`.

    A file that is stored already is not read again. Raises ValidationError.
    """
    if file._committed:
        return
    if file.size > LARGEST:
        raise ValidationError(
            _("Tệp nặng %(size)s, nhiều nhất là %(limit)s. Quét lại với độ nét thấp hơn rồi gửi.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(LARGEST)}
        )
    if PurePath(file.name).suffix.lower() not in ENDINGS.get(media_type(file), ()):
        raise ValidationError(_("Tệp này không phải PDF, PNG hay JPEG. Quét bản đã ký thành PDF hoặc ảnh rồi gửi lại."))
