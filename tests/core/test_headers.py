"""Every answer tells caches, search engines and other sites to leave it alone."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from profiles.core.headers import HEADERS, HSTS, every_header, for_every_answer
from project.server import refusal

pytestmark = pytest.mark.django_db

OTHERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ANSWERS = {
    200: "/",
    302: "/account/login/",
    404: "/nowhere/",
    405: "/me/",
}


@pytest.mark.parametrize("status", ANSWERS)
def test_every_kind_of_answer_carries_them(status, client):
    method = client.post if status == 405 else client.get
    answer = method(ANSWERS[status])
    assert answer.status_code == status
    missing = {name for name in [*HEADERS, *OTHERS] if name not in answer.headers}
    assert not missing
    assert all(part in answer.headers[name] for name, part in OTHERS.items())
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("is_secure", [True, False])
def test_so_does_a_refusal_of_another_host(is_secure, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/", secure=is_secure, headers={"host": "example.com"})
    assert answer.status_code == 400
    assert every_header().keys() <= answer.headers.keys()
    assert "We could not understand that" in answer.content.decode()


@pytest.mark.parametrize("name", ["door:page_pdf", "exports:page_txt", "exports:everything"])
def test_so_does_every_way_to_take_the_page(name, visitor):
    answer = visitor.get(reverse(name))
    assert answer.status_code == 200
    assert set(HEADERS) <= set(answer.headers)
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_a_view_has_said_stays(rf):
    said = HttpResponse(headers={"Cache-Control": "max-age=60"})
    assert for_every_answer(lambda request: said)(rf.get("/"))["Cache-Control"] == "max-age=60"


def test_whoever_is_asked_to_come_back_is_told_when(rf):
    busy = for_every_answer(lambda request: HttpResponse(status=503))(rf.get("/"))
    assert busy["Retry-After"] == "30"
    said = HttpResponse(status=503, headers={"Retry-After": "5"})
    assert for_every_answer(lambda request: said)(rf.get("/"))["Retry-After"] == "5"
    assert "Retry-After" not in for_every_answer(lambda request: HttpResponse())(rf.get("/"))


def test_every_answer_says_of_what_kind_it_is(client):
    for status, address in ANSWERS.items():
        answer = (client.post if status == 405 else client.get)(address)
        assert answer["Content-Type"] == "text/html; charset=utf-8", address


def test_nothing_is_loaded_that_the_policy_does_not_name(client):
    policy = {part.strip() for part in client.get("/")["Content-Security-Policy"].split(";")}
    assert {"default-src 'none'", "object-src 'none'", "base-uri 'none'"} <= policy
    assert {"frame-ancestors 'none'", "script-src 'self'", "form-action 'self'"} <= policy


def test_over_https_a_browser_is_told_to_stay_with_it(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = False
    settings.SECURE_SSL_REDIRECT = False
    browser = Client()  # what Django's middleware says is decided when it is first asked
    for status, address in ANSWERS.items():
        ask = browser.post if status == 405 else browser.get
        assert ask(address, secure=True)[HSTS] == "max-age=31536000", address
        assert HSTS not in ask(address, secure=False).headers, address
    elsewhere = browser.get("/", secure=True, headers={"host": "example.com"})
    assert (elsewhere.status_code, elsewhere[HSTS]) == (400, "max-age=31536000")
    assert f"{HSTS}: max-age=31536000".encode() in refusal(400)
