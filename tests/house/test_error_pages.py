"""When something is wrong: what happened, then what to do, and nothing else."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from pytest_django.asserts import assertContains

from project.urls import handler404, handler500
from project.urls import urlpatterns as real


@login_not_required
def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only the person this page is about can share it.")


@login_not_required
def refuse_silently(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@login_not_required
def puzzle(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


@login_not_required
def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("CNRY a secret")


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("CNRY nobody said who may see this")


urlpatterns = [
    path("forgotten/", forgotten),
    path("refuse/", refuse),
    path("refuse-silently/", refuse_silently),
    path("puzzle/", puzzle),
    path("break/", break_down),
    *real,
]
__all__ = ["handler404", "handler500", "urlpatterns"]


@pytest.fixture
def visitor_to_trouble(settings, db) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def test_a_view_that_does_not_say_it_is_open_is_closed(visitor_to_trouble):
    answer = visitor_to_trouble.get("/forgotten/")
    assert answer.status_code == 302
    assert "/account/login/" in answer.url


@pytest.mark.parametrize(
    "address, status, words",
    [
        ("/nowhere/", 404, "You have not done anything wrong."),
        ("/refuse/", 403, "Only the person this page is about can share it."),
        ("/refuse-silently/", 403, "You have not done anything wrong."),
        ("/puzzle/", 400, "What you saved before is still there."),
        ("/break/", 500, "Your words are saved up to your last save."),
    ],
)
def test_trouble_is_told_kindly(visitor_to_trouble, address, status, words):
    response = visitor_to_trouble.get(address)
    assertContains(response, words, status_code=status)
    assertContains(response, "Go to the first page", status_code=status)
    assert "CNRY" not in response.text


@pytest.mark.parametrize("template", ["403_csrf.html", "410.html", "429.html", "500.html"])
def test_an_error_page_needs_nothing_from_anybody(template):
    assert "<h1>" in render_to_string(template)


def test_a_form_from_elsewhere_is_told_to_try_again(db):
    response = Client(enforce_csrf_checks=True).post("/looks/", {})
    assertContains(response, "Please try that again", status_code=403)
