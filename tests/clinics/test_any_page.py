"""Any page may read what it is told where computers take it: also what no view said."""

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from profiles.clinics import views
from profiles.core.bodies import LONGEST_FORM
from profiles.house import gate

pytestmark = pytest.mark.django_db
TAKEN = ["/shl/never", "/shl/never/files/never"]
JSON = "application/json"
Ask = Callable[[Client, str], HttpResponse]


def breaks(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def is_away(*_: object, **__: object) -> None:
    raise OperationalError


@pytest.fixture
def signed_in(anas_page) -> Client:
    """One in which somebody is signed in, who is not to be told of by a cookie."""
    browser = Client(raise_request_exception=False)
    browser.force_login(anas_page.owner)
    return browser


BEFORE_A_VIEW: dict[str, tuple[Ask, int]] = {
    "too long": (lambda it, at: it.post(at, b" " * (LONGEST_FORM + 1), content_type=JSON), 413),
    "of no length": (lambda it, at: it.post(at, headers={"transfer-encoding": "chunked"}), 411),
    "cannot be read": (lambda it, at: it.get(f"{at}?recipient=%00"), 400),
    "in other letters": (lambda it, at: it.post(at, b"{}", content_type=f"{JSON};charset=x"), 400),
    "asked by another name": (lambda it, at: it.get(at, headers={"host": "example.com"}), 400),
    "no such address": (lambda it, at: it.get(f"{at}/more/of/it"), 404),
}


def may_be_read_anywhere(answer: HttpResponse) -> bool:
    return (
        answer.get("Access-Control-Allow-Origin") == "*"
        and answer["Access-Control-Expose-Headers"] == "Retry-After"
        and answer["Referrer-Policy"] == "no-referrer"
        and "Access-Control-Allow-Credentials" not in answer
        and not answer.cookies
    )


@pytest.mark.parametrize("at", TAKEN)
@pytest.mark.parametrize("why", BEFORE_A_VIEW)
def test_a_refusal_before_a_view_may_be_read_by_any_page(signed_in, why, at):
    ask, status = BEFORE_A_VIEW[why]
    answer = ask(signed_in, at)
    assert answer.status_code == status and may_be_read_anywhere(answer), answer.cookies


@pytest.mark.parametrize("at", TAKEN)
@pytest.mark.parametrize("fault, status", [(breaks, 500), (is_away, 503)])
def test_so_may_a_fault(signed_in, monkeypatch, at, fault, status):
    monkeypatch.setattr(views, "open_link", fault)
    answer = signed_in.get(at)
    assert answer.status_code == status and may_be_read_anywhere(answer), answer.cookies
    assert (status == 503) is ("Retry-After" in answer)


@pytest.mark.parametrize("at", TAKEN)
def test_while_the_gate_is_closed_a_browser_may_ask_and_is_told_when(settings, monkeypatch, at):
    settings.WATCH_ENDINGS = 10
    monkeypatch.setattr(gate, "_is_level_now", lambda once: False)
    browser = Client()
    first = browser.options(at, headers={"Access-Control-Request-Method": "POST"})
    assert first.status_code == 204 and may_be_read_anywhere(first)
    answer = browser.post(at, b"{}", content_type=JSON)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert may_be_read_anywhere(answer)


@pytest.mark.parametrize("at", ["/", "/shl/", "/s/never/", "/shlx/never", "/me/"])
def test_nowhere_else_may_another_page_read_anything(signed_in, at):
    for answer in (signed_in.get(at), signed_in.options(at), signed_in.get(f"{at}?a=%00")):
        assert "Access-Control-Allow-Origin" not in answer
