"""A code that could not be sent: what was typed is kept, and nobody waits for a hung server."""

import re
from contextlib import ExitStack
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from profiles.accounts.models import User
from profiles.core.busy import Places
from profiles.core.mails import send
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ASK = reverse("account_request_login_code")
TYPED = "Ana+1@example.org"


@pytest.fixture
def held(monkeypatch):
    """As many talk to the mail server as may, until this is closed."""
    cache.clear()
    places = Places(4)
    monkeypatch.setattr("profiles.pages.adapter.PLACES", places)
    monkeypatch.setattr("profiles.core.mails.PLACES", places)
    with ExitStack() as held:
        held.enter_context(places.to_email())
        yield held


def fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def test_beyond_a_quarter_of_the_threads_it_says_wait_and_keeps_what_was_typed(client, held):
    answer = client.post(f"{ASK}?next=/me/sharing/", {"email": TYPED, "next": "/me/sharing/"})
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (503, True)
    page = answer.content.decode()
    assert "Many people want an email from us just now." in page
    assert f'<form method="post" action="{ASK}?next=/me/sharing/">' in page
    again = fields(page)
    assert again.pop("csrfmiddlewaretoken")
    assert again == {"email": TYPED, "next": "/me/sharing/"}
    assert mail.outbox == []
    held.close()
    assert client.post(ASK, again).status_code == 302
    assert mail.outbox[0].to == ["ana+1@example.org"]


def test_a_code_that_was_not_tried_uses_no_try_up(held):
    assert {Client().post(ASK, {"email": TYPED}).status_code for _ in range(5)} == {503}
    held.close()
    answers = [Client().post(ASK, {"email": TYPED}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 200]


def test_it_is_the_same_for_whoever_is_known_or_not_or_closed(held):
    make_user("known@example.org")
    make_user("shut@example.org")
    User.objects.filter(email="shut@example.org").update(is_active=False)
    pages = set()
    for name in ("known", "other", "shut"):
        answer = Client().post(ASK, {"email": f"{name}@example.org"})
        pages.add(re.sub(rf'{name}@|name="csrf\w+" value="\w+"', "", answer.content.decode()))
        assert answer.status_code == 503
    assert len(pages) == 1


def test_a_mail_server_that_fails_lets_them_send_it_again_too(client, monkeypatch):
    def fails(*given):
        raise SMTPServerDisconnected

    cache.clear()
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fails)
    answer = client.post(ASK, {"email": TYPED})
    assert answer.status_code == 503
    assert fields(answer.content.decode())["email"] == TYPED


def test_other_emails_that_somebody_waits_for_are_not_tried_either(held):
    assert not send("doctor", "ana@example.org")
    held.close()
    assert send("doctor", "ana@example.org")
