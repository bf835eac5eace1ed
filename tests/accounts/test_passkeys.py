"""Passkeys, made and used in a real browser with a pretended fingerprint reader."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, CDPSession, Page, expect
from pytest_django.asserts import assertRedirects
from pytest_django.live_server_helper import LiveServer

from profiles.accounts.models import User
from profiles.pages.models import Profile
from tests.accessibility import check, check_every_way
from tests.factories import make_page, texts
from tests.journeys.conftest import remember
from tests.journeys.steps import code_from_email, expect_heading, follow, press, sign_in
from tests.journeys.watch import Watch

READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Phone:
    """A browser, and the fingerprint reader beside it."""

    window: Page
    reader: CDPSession
    reader_id: str

    def knows_the_finger(self, *, yes: bool) -> None:
        asked = {"authenticatorId": self.reader_id, "isUserVerified": yes}
        self.reader.send("WebAuthn.setUserVerified", asked)


@pytest.fixture
def phone(live_server: LiveServer, new_context: Any) -> Iterator[Phone]:
    """Nothing goes wrong unseen on it, and no security policy is broken."""
    cache.clear()
    # A passkey belongs to a name, and an address in numbers is none.
    address = live_server.url.replace("127.0.0.1", "localhost")
    context: BrowserContext = new_context(base_url=address)
    watch = Watch(context, address)
    window = context.new_page()
    reader = context.new_cdp_session(window)
    reader.send("WebAuthn.enable")
    made = reader.send("WebAuthn.addVirtualAuthenticator", {"options": READER})
    yield Phone(window, reader, made["authenticatorId"])
    assert watch.problems == []


def open_account(phone: Phone) -> Page:
    """Jo signs in with a code, and looks at how Jo signs in."""
    phone.window.goto(reverse("account_request_login_code"))
    sign_in(phone.window, "jo@example.org")
    phone.window.goto(reverse("mfa_index"))
    return phone.window


def add_passkey(window: Page, name: str = "My phone") -> None:
    follow(window, "Add a passkey")
    window.get_by_label("What shall we call it?").fill(name)
    press(window, "Add a passkey")
    expect(window.get_by_text("The passkey is added.")).to_be_visible()


def sign_in_with_passkey(window: Page) -> None:
    window.goto(reverse("account_request_login_code"))
    press(window, "Sign in with a passkey")
    expect(window.get_by_text("You are signed in.")).to_be_visible()


def test_somebody_adds_a_passkey_signs_in_with_it_and_removes_it(phone: Phone) -> None:
    window = open_account(phone)
    expect(window.get_by_text("You have no passkey.")).to_be_visible()
    assert check_every_way(window, 0) == []
    add_passkey(window)
    assert mail.outbox[-1].subject == "A passkey was added to your account"
    press(window, "Sign out")
    sign_in_with_passkey(window)
    window.goto(reverse("mfa_index"))
    expect(window.get_by_text("Last used:")).to_be_visible()
    assert check_every_way(window, 1) == []
    follow(window, "Remove: My phone")
    expect_heading(window, "Remove the passkey “My phone”?")
    assert check_every_way(window, 2) == []
    press(window, "Remove it")
    expect(window.get_by_text("The passkey is removed.")).to_be_visible()
    assert mail.outbox[-1].subject == "A passkey was taken off your account"
    assert not Authenticator.objects.exists()


def test_a_passkey_can_be_given_another_name(phone: Phone) -> None:
    window = open_account(phone)
    add_passkey(window)
    follow(window, "Change its name: My phone")
    name = window.get_by_label("What shall we call it?")
    expect(name).to_have_value("My phone")
    name.fill("x" * 61)
    press(window, "Save")
    expect(window.get_by_role("alert")).to_contain_text("That name is too long")
    assert check(window) == []
    name.fill("<b>Dee’s</b> tablet")
    press(window, "Save")
    expect(window.get_by_role("heading", name="<b>Dee’s</b> tablet")).to_be_visible()


def test_enter_in_the_name_asks_the_device_too(phone: Phone) -> None:
    window = open_account(phone)
    follow(window, "Add a passkey")
    window.wait_for_load_state("networkidle")  # what the button does comes after the page
    window.get_by_label("What shall we call it?").press("Enter")
    expect(window.get_by_text("The passkey is added.")).to_be_visible()


def test_a_passkey_with_no_name_gets_one(phone: Phone) -> None:
    window = open_account(phone)
    add_passkey(window, name="")
    expect(window.get_by_role("heading", name="My passkey")).to_be_visible()


def test_a_device_that_says_no_is_told_kindly_and_can_be_tried_again(phone: Phone) -> None:
    window = open_account(phone)
    phone.knows_the_finger(yes=False)
    follow(window, "Add a passkey")
    press(window, "Add a passkey")
    expect(window.get_by_text("That did not work, and nothing has changed.")).to_be_visible()
    assert check_every_way(window, 0) == []
    phone.knows_the_finger(yes=True)
    press(window, "Add a passkey")
    expect(window.get_by_text("The passkey is added.")).to_be_visible()
    press(window, "Sign out")
    phone.knows_the_finger(yes=False)
    window.goto(reverse("account_request_login_code"))
    press(window, "Sign in with a passkey")
    expect(window.get_by_text("or sign in with a code by email")).to_be_visible()
    assert check(window) == []


def test_signing_in_with_a_passkey_keeps_a_visitors_words(phone: Phone) -> None:
    window = open_account(phone)
    add_passkey(window)
    press(window, "Sign out")
    begun = make_page(call_me="Jo")
    remember(window.context, begun, window.url.split("/account")[0].rstrip("/"))
    sign_in_with_passkey(window)
    page = Profile.objects.get()
    assert (page.owner, texts(page, "call_me")) == (User.objects.get(), ["Jo"])


def test_where_there_can_be_no_passkey_none_is_offered(page: Page, live_server: LiveServer) -> None:
    in_numbers = live_server.url.replace("localhost", "127.0.0.1")
    page.goto(in_numbers + reverse("account_request_login_code"))
    expect(page.get_by_role("button", name="Email me a code")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()


def has_passkey(user: User) -> Authenticator:
    data = {"name": "My phone", "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def test_a_lost_passkey_locks_nobody_out(ana: User, client: Client) -> None:
    has_passkey(ana)
    client.post(reverse("account_request_login_code"), {"email": ana.email})
    response = client.post(reverse("account_confirm_login_code"), {"code": code_from_email()})
    assertRedirects(response, reverse("house:me"), fetch_redirect_response=False)
    assert client.session["_auth_user_id"] == str(ana.pk)


@pytest.mark.parametrize("do", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_nobody_can_touch_somebody_elses_passkey(ana: User, client: Client, do: str) -> None:
    passkey = has_passkey(ana)
    client.post(reverse("account_request_login_code"), {"email": "dee@example.org"})
    client.post(reverse("account_confirm_login_code"), {"code": code_from_email()})
    response = client.post(reverse(do, kwargs={"pk": passkey.pk}), {"name": "Mine"})
    assert response.status_code == 404
    assert Authenticator.objects.get().wrap().name == "My phone"


KEY = {"id": "AAAA", "rawId": "AAAA", "type": "public-key"}
ODD = [
    "", "{", "null", "1", "[]", '"a"', "{}", '{"response": null}', '{"response": []}',
    '{"response": {"userHandle": 1}}', '{"response": {"userHandle": "////"}}',
    "[" * 10_000, '{"a":' * 10_000 + "1" + "}" * 10_000, "[" * 900 + "]" * 900, "9" * 5_000,
    '"\\ud800"', json.dumps(KEY | {"id": "\ud800", "rawId": "\x00"}),
    json.dumps(KEY | {"response": {"userHandle": "MQ"}}),
    json.dumps(KEY | {"response": {"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}}),
    json.dumps(KEY | {"response": {"clientDataJSON": "e30", "attestationObject": "AA"}}),
    json.dumps(KEY | {"response": {"clientDataJSON": "e30", "authenticatorData": "AA",
                                   "signature": "AA", "userHandle": "MQ"}}),
]  # fmt: skip


@pytest.mark.parametrize("credential", ODD)
@pytest.mark.parametrize("address", ["mfa_login_webauthn", "mfa_add_webauthn"])
def test_an_odd_answer_from_a_device_opens_and_adds_nothing(
    ana: User, client: Client, address: str, credential: str
) -> None:
    if address == "mfa_add_webauthn":
        client.post(reverse("account_request_login_code"), {"email": ana.email})
        client.post(reverse("account_confirm_login_code"), {"code": code_from_email()})
    client.get(reverse(address), headers={"accept": "application/json"})
    response = client.post(reverse(address), {"credential": credential, "name": "My phone"})
    assert response.status_code in {200, 302}
    assert not Authenticator.objects.exists()
    assert ("_auth_user_id" in client.session) == (address == "mfa_add_webauthn")
