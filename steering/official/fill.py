"""Filling a Word template. What is wrong with a template is said by name, never by a half-filled document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment, SecurityError

MISSING = re.compile(r"'(\w+)' is undefined|has no attribute '(\w+)'")


class BadTemplate(ValueError):
    """The template cannot be filled; the message says what to mend in it."""


def fill(template: bytes, context: Mapping[str, Any]) -> bytes:
    """`template`, a .docx file, with its {{ … }} filled from `context`. Raises BadTemplate.

    Texts are escaped, so that "<" and "&" come out whole; a name that the context has not is an error. Templates come
    from outside: they may read values, not call what is unsafe.
    """
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document = DocxTemplate(BytesIO(template))
        document.render(dict(context), environment, autoescape=True)
    except UndefinedError as error:
        found = MISSING.search(str(error))
        name = next((part for part in found.groups() if part), "") if found else str(error)
        raise BadTemplate(
            _("Mẫu dùng tên “%(name)s” mà hệ thống không có. Sửa lại tên trong mẫu.") % {"name": name}
        ) from error
    except TemplateSyntaxError as error:
        raise BadTemplate(
            _("Mẫu viết sai cú pháp: %(what)s. Sửa chỗ này trong mẫu.") % {"what": error.message}
        ) from error
    except SecurityError as error:
        raise BadTemplate(_("Mẫu gọi một lệnh không được phép. Bỏ lệnh này khỏi mẫu.")) from error
    except Exception as error:  # whatever a broken file makes the reader raise
        raise BadTemplate(_("Tệp này không phải mẫu Word (.docx) đọc được. Lưu lại bằng Word rồi thử lại.")) from error
    file = BytesIO()
    document.save(file)
    return file.getvalue()
