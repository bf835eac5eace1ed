"""A passkey, made and used in a real browser with a pretended fingerprint reader."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.asserts import assertRedirects
from pytest_django.live_server_helper import LiveServer

from profiles.accounts.models import User
from tests.journeys.steps import code_from_email, press, sign_in

READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def window(page: Page) -> Page:
    """A window on a device that knows its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": READER})
    return page


def test_somebody_adds_a_passkey_and_signs_in_with_it(
    window: Page, live_server: LiveServer
) -> None:
    # A passkey belongs to a name, and 127.0.0.1 is none.
    address = live_server.url.replace("127.0.0.1", "localhost")
    window.goto(f"{address}/account/login/code/")
    sign_in(window, "jo@example.org")
    expect(window.get_by_text("You are signed in.")).to_be_visible()
    window.goto(f"{address}{reverse('mfa_add_webauthn')}")
    window.get_by_label("What shall we call it?").fill("My phone")
    press(window, "Add a passkey")
    expect(window.get_by_text("The passkey is added.")).to_be_visible()
    press(window, "Sign out")
    window.goto(f"{address}/account/login/code/")
    press(window, "Sign in with a passkey")
    expect(window.get_by_text("You are signed in.")).to_be_visible()


def test_a_lost_passkey_locks_nobody_out(ana: User, client: Client) -> None:
    Authenticator.objects.create(user=ana, type=Authenticator.Type.WEBAUTHN, data={})
    client.post(reverse("account_request_login_code"), {"email": ana.email})
    assert mail.outbox
    response = client.post(reverse("account_confirm_login_code"), {"code": code_from_email()})
    assertRedirects(response, reverse("answers:home"), fetch_redirect_response=False)
