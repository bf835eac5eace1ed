"""The least that any Django site would do: give back some bytes, and write one row."""

from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from profiles.accounts.models import Session

BYTES: list[bytes] = [b""]  # what is given back


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """One row, then the bytes."""
    Session.objects.create(session_key=uuid4().hex, session_data="", expire_date=timezone.now())
    return HttpResponse(BYTES[0])


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing at all."""
    return HttpResponse()


urlpatterns = [path("bare/", bare), path("empty/", empty), path("", include("project.urls"))]
