"""Every closed link is one and the same page, whatever the reason, and in every format."""

import secrets
from time import time

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.http import parse_http_date

from profiles.pages.actions import delete_page
from profiles.sharing import actions, new_actions
from profiles.sharing.models import Share
from tests.factories import make_page, make_share
from tests.readers import address

pytestmark = pytest.mark.django_db
CANARY = "CNRY-ana-important"


@pytest.fixture
def share(ana) -> Share:
    page = make_page(ana, call_me="CNRY-ana-name", important=CANARY)
    return make_share(page, reader_name="CNRY-ana-reader")


def never(share: Share) -> str:
    return secrets.token_urlsafe(16)


def stopped(share: Share) -> str:
    actions.stop(share=share, by=share.profile.owner)
    return share.key


def paused(share: Share) -> str:
    actions.pause(share=share, by=share.profile.owner)
    return share.key


def expired(share: Share) -> str:
    Share.objects.filter(pk=share.pk).update(ends_at=timezone.now())  # exactly now is over
    return share.key


def locked(share: Share) -> str:
    actions.change_passcode(share=share, by=share.profile.owner)
    Share.objects.filter(pk=share.pk).update(wrong_tries=10)
    return share.key


def deleted(share: Share) -> str:
    key = share.key
    delete_page(profile=share.profile)
    return key


def not_given(share: Share) -> str:
    begun = new_actions.begin(profile=share.profile, by=share.profile.owner)
    return begun.key


def headers_of(answer: HttpResponse) -> dict[str, str]:
    """The headers, less the second in which it was answered: that it is over at once stays."""
    headers = dict(answer.headers)
    over = parse_http_date(headers.pop("Expires"))
    assert abs(over - time()) < 60
    return headers


CLOSED = [never, stopped, paused, expired, locked, deleted, not_given]


@pytest.mark.parametrize("why", CLOSED, ids=lambda why: why.__name__)
def test_every_closed_link_is_one_and_the_same_page(share, why, django_assert_num_queries):
    model = Client().get(address("reading:doorstep", secrets.token_urlsafe(16)))
    key = why(share)
    Client().get(address("reading:doorstep", key))  # the first after its end has it written down
    with django_assert_num_queries(1):  # as many as for a key that never was: no time to tell by
        answer = Client().get(address("reading:doorstep", key))
    assert answer.status_code == model.status_code == 410
    assert answer.content == model.content
    assert headers_of(answer) == headers_of(model)
    assert b"CNRY" not in answer.content


@pytest.mark.parametrize("why", [stopped, paused, expired, deleted], ids=lambda why: why.__name__)
@pytest.mark.parametrize("channel", ["html", "pdf", "text", "json"])
def test_who_had_come_in_gets_the_closed_page_at_once_in_every_format(share, cal, why, channel):
    cal.come_in(share)
    looks = share.looks.count()
    key = why(share)
    answer = cal.ask(key, channel)
    assert answer.status_code == 410
    assert b"CNRY" not in answer.content
    assert why is deleted or share.looks.count() == looks


@pytest.mark.parametrize("why", CLOSED, ids=lambda why: why.__name__)
def test_an_introduction_opens_no_closed_link(share, cal, why):
    key = why(share)
    answer = cal.come_in(key)
    assert answer.status_code == 410
    assert answer.content == Client().get(address("reading:doorstep", "never")).content


def test_what_was_paused_opens_again(share, cal):
    cal.come_in(share)
    paused(share)
    actions.resume(share=share, by=share.profile.owner)
    assert cal.ask(share).status_code == 200


@pytest.mark.parametrize("rest", ["x", "x/y/", f"{'a' * 500}/", "%00/", "../me/", "ä/page/"])
def test_any_other_address_there_is_the_same_page(db, client, rest):
    model = client.get("/s/never/")
    answer = client.get(f"/s/{rest}")
    if answer.status_code in {301, 302}:  # Django adds a slash, or a browser would resolve it
        answer = client.get(answer.url)
    assert answer.status_code == 410
    assert answer.content == model.content
