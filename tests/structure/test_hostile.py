"""Whatever strangers send to whatever takes a form, nobody gets a 500."""

import re
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from profiles.core.entrance import type_to_read
from profiles.permissions import PERMISSIONS, Who
from tests.structure.everybody import PATTERNS, TYPED, Hall
from tests.structure.hostile import Sent, everything

PROFILES = Path(__file__).parents[2] / "profiles"
TAKE_FORMS = sorted(name for name, allow in PERMISSIONS.items() if allow.post is not None)
A_FEW = 4  # by day, of each address
STEP = 97  # between one and the next: a prime, so that they are of every kind
CODE = "account_confirm_login_code"


def who_may(name: str) -> Who:
    """Somebody whose form is looked at, not only turned away."""
    return min(PERMISSIONS[name].post or {Who.NOBODY})


def send(hall: Hall, name: str, sent: Sent) -> tuple[int, str]:
    """The status of the answer to this, and of its page; whatever came of it is undone."""
    who = who_may(name)
    browser = Client(raise_request_exception=False)
    browser.handler = hall.browsers[who].handler
    browser.cookies.update(hall.browsers[who].cookies)
    before = transaction.savepoint()
    try:
        if name == CODE:
            browser.post(reverse("account_request_login_code"), {"email": "dee@example.org"})
        given = hall.given_to(who, name)
        address = reverse(name, kwargs=given)
        if sent.piece:
            for piece in map(str, given.values()):
                address = address.replace(f"/{quote(piece)}/", f"/{sent.piece}/")
        headers = sent.headers
        if "cookie" in headers:
            ours = "; ".join(f"{each.key}={each.value}" for each in browser.cookies.values())
            headers = {"cookie": f"{headers['cookie']}; {ours}"}
        kind = type_to_read(sent.content_type)  # as project/wsgi.py hands it on
        answer = browser.generic(
            "POST", address, sent.body, kind, query_string=sent.query, headers=headers
        )
    finally:
        transaction.savepoint_rollback(before)
    return answer.status_code, address


def names_of(name: str, hall: Hall) -> list[str]:
    """What the fields of this address's form are called, and what the code looks for in any."""
    page = hall.ask(who_may(name), name, "GET").content.decode(errors="replace")
    shown = re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', page)
    return sorted({*TYPED.get(name, ()), *shown, "about_page"} - {"csrfmiddlewaretoken"})


READ = {
    name
    for path in PROFILES.rglob("*.py")
    for name in re.findall(r'(?:POST\.get|sent_as)\((?:request, )?"(\w+)"', path.read_text())
} | {"about_page", "credential", "code", "email", "action", "next"}


def faults(hall: Hall, name: str, some: slice) -> list[str]:
    """What this address could not answer."""
    hostile = everything(TYPED.get(name, {}), names_of(name, hall), sorted(READ))
    return [
        f"{name}: {status} for {sent.kind}"
        for make in islice(hostile, some.start, some.stop, some.step)
        if (status := send(hall, name, sent := make())[0]) >= 500
    ]


@pytest.mark.parametrize("name", TAKE_FORMS)
def test_some_hostile_things_sent_to_a_form_are_answered(name: str, everybody: Hall) -> None:
    first = TAKE_FORMS.index(name)  # so that each address gets others
    assert faults(everybody, name, slice(first, first + A_FEW * STEP, STEP)) == []


@pytest.mark.nightly
@pytest.mark.parametrize("name", TAKE_FORMS)
def test_every_hostile_thing_sent_to_a_form_is_answered(name: str, everybody: Hall) -> None:
    assert faults(everybody, name, slice(0, None, 1)) == []


def test_what_is_found_out_about_an_address_is_all_it_has() -> None:
    assert {"say", "about_page", "started_from", "wanted"} <= READ
    assert {name for name in PATTERNS if name not in PERMISSIONS} == set()
