"""What a passkey says on its way to us, said again by somebody else, or said to another site."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from profiles.accounts.models import User

FLAG = AuthenticatorData.FLAG
SITE = "testserver"
NAME = b"this passkey"


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Passkey:
    """A device that holds one, and says whatever it is told to."""

    user: User
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def __post_init__(self) -> None:
        public = AttestedCredentialData.create(
            bytes(16), NAME, ES256.from_cryptography_key(self.key.public_key())
        )
        held = AuthenticatorData.create(
            sha256(SITE.encode()).digest(), FLAG.UP | FLAG.UV | FLAG.AT, 0, bytes(public)
        )
        made = {
            "clientDataJSON": text(CollectedClientData.create("webauthn.create", b"", SITE)),
            "attestationObject": text(AttestationObject.create("none", held, {})),
        }
        credential = {"id": text(NAME), "rawId": text(NAME), "type": "public-key"}
        Authenticator.objects.create(
            user=self.user,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "My phone", "credential": credential | {"response": made}},
        )

    def answer(
        self, challenge: str, *, origin: str = f"https://{SITE}", knows: bool = True
    ) -> dict[str, Any]:
        """What it says when it is asked, to a site of this address, by somebody it knows or not."""
        said = CollectedClientData.create("webauthn.get", challenge, origin)
        flags = FLAG.UP | FLAG.UV if knows else FLAG.UP
        data = AuthenticatorData.create(sha256(SITE.encode()).digest(), flags, 1)
        signed = self.key.sign(data + said.hash, ec.ECDSA(SHA256()))
        return {
            "id": text(NAME), "rawId": text(NAME), "type": "public-key",
            "response": {
                "clientDataJSON": text(said), "authenticatorData": text(data),
                "signature": text(signed),
                "userHandle": text(user_pk_to_url_str(self.user).encode()),
            },
        }  # fmt: skip


@pytest.fixture
def passkey(ana: User, settings: Any) -> Passkey:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False  # as everywhere but on one's own machine
    return Passkey(ana)


def asked(browser: Client) -> str:
    """What a device is asked to sign, to sign in on this browser."""
    said = browser.get(
        reverse("mfa_login_webauthn"), headers={"accept": "application/json"}, secure=True
    )
    challenge: str = said.json()["request_options"]["publicKey"]["challenge"]
    return challenge


def is_in(browser: Client, answer: dict[str, Any]) -> bool:
    """Does this answer sign somebody in here?"""
    browser.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(answer)}, secure=True)
    return "_auth_user_id" in browser.session


def test_it_signs_in_once_and_on_no_other_browser(passkey: Passkey) -> None:
    browser = Client()
    answer = passkey.answer(asked(browser))
    other = Client()
    assert not is_in(other, answer), "nobody asked there"
    asked(other)
    assert not is_in(other, answer), "something else was asked there"
    assert is_in(browser, answer)
    browser.logout()
    assert not is_in(browser, answer)
    asked(browser)
    assert not is_in(browser, answer)


def test_what_was_said_to_another_site_signs_nobody_in(passkey: Passkey) -> None:
    """A name below ours may be somebody else's, and a browser lets it ask for our passkeys."""
    others = (
        f"http://{SITE}",
        f"https://below.{SITE}",
        f"https://{SITE}.example",
        f"https://{SITE}:8",
    )
    for origin in others:
        browser = Client()
        assert not is_in(browser, passkey.answer(asked(browser), origin=origin)), origin


def test_a_device_that_does_not_know_who_holds_it_signs_nobody_in(passkey: Passkey) -> None:
    browser = Client()
    assert not is_in(browser, passkey.answer(asked(browser), knows=False))


def test_another_key_of_the_same_name_signs_nobody_in(passkey: Passkey) -> None:
    passkey.key = ec.generate_private_key(ec.SECP256R1())
    browser = Client()
    assert not is_in(browser, passkey.answer(asked(browser)))
