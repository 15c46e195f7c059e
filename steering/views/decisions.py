"""What the clerk adds to a decision. A decision's page and its signed paper are in `clubs`."""

from typing import Any

from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from steering.actions import record_decision, require
from steering.forms import SignedDecisionForm
from steering.models import Decision
from steering.pages import Done, FormPage, visible_or_404

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
