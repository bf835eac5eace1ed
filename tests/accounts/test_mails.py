"""Every mail that can be sent is in our words, and holds a code at most."""

import re
from pathlib import Path
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from profiles.accounts.models import User

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR, "templates")
MAILS = [
    "account/email/login_code",
    "account/email/email_confirmation",
    "account/email/email_changed",
    "account/email/unknown_account",  # to an address whose account is closed
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
]
TYPED = "{{ 7*7 }}\r\nBcc: everybody@example.org <b>"
NOT_OUR_WORDS = r"(?i)verif|authenti|two-factor|security key|password|account_|example\.com|\bIP\b"


def sent(prefix: str, rf: Any) -> EmailMessage:
    """One of the mails, with something hostile wherever words that were typed could stand."""
    typed = ["email", "recipient", "user", "name", "from_email", "to_email", "user_agent", "ip"]
    values = dict.fromkeys(typed, TYPED) | {"code": "1234-5678"}
    with request_context(rf.get("/", headers={"user-agent": TYPED})):
        get_adapter().send_mail(prefix, "ana@example.org", values)
    message = mail.outbox[-1]
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize("prefix", MAILS)
def test_a_mail_is_in_our_words_alone(prefix, rf):
    message = sent(prefix, rf)
    words = f"{message.subject}\n{message.body}"
    assert not re.search(NOT_OUR_WORDS, words)
    assert "everybody" not in words
    assert "7*7" not in words
    assert "<" not in words
    assert "&" not in words


@pytest.mark.parametrize("prefix", MAILS)
def test_a_mail_is_plain_short_and_signed(prefix, rf):
    message = sent(prefix, rf)
    body = str(message.body)
    assert body.strip().endswith("Tell it once")
    assert "\n\n\n" not in body
    assert len(body) < 600
    assert 10 < len(message.subject) < 50
    for sentence in re.split(r"[.:]\s", body):
        assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize("prefix", MAILS)
def test_only_a_mail_that_brings_a_code_holds_one(prefix, rf):
    brings_one = prefix.endswith(("login_code", "email_confirmation"))
    assert ("1234-5678" in sent(prefix, rf).body) == brings_one


@pytest.mark.parametrize("prefix", MAILS)
def test_a_mail_says_what_to_do_for_whoever_did_not_ask_for_it(prefix, rf):
    body = sent(prefix, rf).body
    assert re.search("If (you did not|it was not you)", body)
    assert ("Do not tell the code to anybody" in body) == ("1234-5678" in body)


def test_a_passkey_of_somebody_else_can_be_taken_off_from_the_mail_about_it(rf):
    assert f"http://testserver{reverse('mfa_index')}\n" in sent(MAILS[4], rf).body


def test_no_mail_of_ours_is_left_out() -> None:
    ours = {
        str(path.relative_to(TEMPLATES)).removesuffix("_subject.txt")
        for path in TEMPLATES.rglob("*_subject.txt")
    }
    assert ours == set(MAILS)


def test_a_closed_account_gets_no_code_and_a_sentence(ana: User, client: Client) -> None:
    cache.clear()
    User.objects.update(is_active=False)
    client.post(reverse("account_request_login_code"), {"email": ana.email})
    assert "is closed, so there is no code" in mail.outbox[-1].body
    assert "_auth_user_id" not in client.session
