"""Handing out what is kept as a file: what it is, its content says; who may have it, the view has decided before."""

from typing import Any

from django.http import FileResponse, Http404
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.utils.translation import gettext as _

from steering.text import fold
from steering.uploads import ENDINGS, media_type


def serve(file: Any, name: str) -> FileResponse:
    """The content of `file`, a file field's value, called `name` (any words, no ending) where it is saved.

    PDFs and images are read in the browser, anything else is only saved. No copy stays where others could ask for it.
    Raises Http404: there is no file, or it is gone from the disk.
    """
    if not file:
        raise Http404(_("Chưa có bản ký. Gửi bản đã ký trước."))
    try:
        content = file.open()
    except FileNotFoundError as error:
        raise Http404(_("Không còn tệp này trên máy chủ. Gửi lại bản đã ký.")) from error
    kind = media_type(content)
    answer = FileResponse(
        content,
        as_attachment=not kind,
        filename=f"{slugify(fold(name).replace('/', '-'))}{ENDINGS.get(kind, ('',))[0]}",
        content_type=kind or "application/octet-stream",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, no_cache=True)
    return answer
