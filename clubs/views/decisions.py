"""A decision with all that it is about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clubs.models import Club
from steering.models import Decision, SteeringCommittee, Succession
from steering.pages import unit_crumbs, visible_or_404


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Decision.objects.select_related("issuer_unit__parent__parent__parent")
    found: Decision = visible_or_404(rows, request.user, pk=pk)
    context = {
        "decision": found,
        "crumbs": unit_crumbs(request.user, found.issuer_unit),
        "clubs": Club.objects.filter(founding_decision=found).with_place(),
        "committees": SteeringCommittee.objects.filter(decision=found).select_related("unit"),
        "successions": Succession.objects.filter(decision=found).select_related("predecessor", "successor"),
    }
    return render(request, "steering/decision.html", context)
