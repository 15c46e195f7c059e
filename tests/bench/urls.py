"""The site's own addresses, and the bare view that its pages are measured against."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from clubs.models import Club
from config.urls import urlpatterns as site

ROWS = 50


def bare(request: HttpRequest) -> HttpResponse:
    """A table of fifty rows from one query, in a template that extends none."""
    rows = Club.objects.order_by("pk").values("pk", "name", "level", "kind", "status", "founded_on")[:ROWS]
    return render(request, "bare.html", {"user": request.user, "rows": rows}, using="bare")


urlpatterns = [*site, path("bench/", bare, name="bare")]
