"""What the clerk adds to a decision, and its signed paper. A decision's page is in `clubs`."""

from typing import Any

from django.forms.models import model_to_dict
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from steering.actions import record_decision, require
from steering.forms import SignedDecisionForm
from steering.models import Decision
from steering.pages import Done, FormPage, visible_or_404
from steering.text import fold
from steering.uploads import ENDINGS, PDF, media_type

RECORDED = ("number", "symbol", "issued_on", "signer")


def decision_or_404(request: HttpRequest, pk: int) -> Decision:
    decision: Decision = visible_or_404(Decision.objects.select_related("issuer_unit"), request.user, pk=pk)
    return decision


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, date, signer and signed paper, once the clerk has them."""
    decision = decision_or_404(request, pk)
    require(request.user, "change", decision)  # type: ignore[arg-type]
    back = reverse("decision", args=[pk])

    def write(data: dict[str, Any]) -> Done:
        record_decision(decision=decision, by=request.user, **data)  # type: ignore[arg-type]
        return Done(_("Đã ghi quyết định %(decision)s.") % {"decision": decision}, back)

    lead = _("%(issuer)s. %(subject)s.") % {"issuer": decision.issuer_name, "subject": decision.subject}
    if decision.file:
        lead += " " + _("Đã có bản ký; gửi tệp khác thì thay bản này.")
    return FormPage(
        title=_("Ghi số, ngày và bản đã ký"),
        verb=_("Lưu"),
        form=SignedDecisionForm(
            request.POST or None, request.FILES or None, initial=model_to_dict(decision, fields=RECORDED)
        ),
        write=write,
        back=back,
        of=decision,
        template="steering/record_decision.html",
        context={"lead": lead},
    ).answer(request)


@require_safe
@never_cache
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The signed paper: a PDF to read in the browser, an image to keep. Its kind is what its content says."""
    decision = decision_or_404(request, pk)
    if not decision.file:
        raise Http404(_("Quyết định này chưa có bản ký."))
    try:
        file = decision.file.open()
    except FileNotFoundError as error:
        raise Http404(_("Không còn tệp này trên máy chủ. Gửi lại bản đã ký.")) from error
    kind = media_type(file)
    return FileResponse(
        file,
        as_attachment=kind != PDF,
        filename=f"quyet-dinh-{slugify(fold(str(decision)).replace('/', '-'))}{ENDINGS.get(kind, ('',))[0]}",
        content_type=kind or "application/octet-stream",
    )
