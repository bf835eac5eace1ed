"""What a reader typed to say back is never lost: where it is not sent, it is given back."""

import secrets
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from profiles.pages.actions import delete_page
from profiles.reading import actions as reading_actions
from profiles.reading.decorators import LogIsFull
from profiles.sharing import actions
from profiles.sharing.models import Share
from profiles.workers import promise_actions
from tests.factories import make_share
from tests.readers import ReaderWithLink, address

pytestmark = pytest.mark.django_db
REPLIES = {
    "reading:tell": {"words": "The bus is number <7> now."},
    "workers:have_read": {
        "promise": "I will ask before I move your chair.",
        "promised": "I will ring you on Tuesday.",
    },
}
SAID_BY = {
    "reading:tell": (reading_actions, "say_out_of_date"),
    "workers:have_read": (promise_actions, "say_read_and_promise"),
}
NOT_SENT = "Your words were not sent"


@pytest.fixture
def share(anas_page) -> Share:
    return make_share(anas_page)


@pytest.fixture(params=REPLIES)
def reply(request) -> str:
    return request.param


def say(reader: ReaderWithLink, key: str, reply: str) -> HttpResponse:
    day = (
        {"by_day": timezone.localdate() + timedelta(days=7)} if "promised" in REPLIES[reply] else {}
    )
    return reader._at(key).post(address(reply, key), REPLIES[reply] | day)


def assert_given_back(answer: HttpResponse, reply: str) -> None:
    for words in REPLIES[reply].values():
        assertContains(answer, f">\n{escape(words)}</textarea>", status_code=answer.status_code)
    assertContains(
        answer,
        "These words are not saved" if answer.status_code == 403 else NOT_SENT,
        status_code=answer.status_code,
    )


def stopped(share: Share) -> None:
    actions.stop(share=share, by=share.profile.owner)


def paused(share: Share) -> None:
    actions.pause(share=share, by=share.profile.owner)


def over(share: Share) -> None:
    Share.objects.filter(pk=share.pk).update(ends_at=timezone.now())


def deleted(share: Share) -> None:
    delete_page(profile=share.profile)


@pytest.mark.parametrize("why", [stopped, paused, over, deleted], ids=lambda why: why.__name__)
def test_a_reply_to_a_closed_page_is_given_back_and_says_no_reason(share, cal, why):
    never = secrets.token_urlsafe(16)
    cal.come_in(share)
    key = share.key
    why(share)
    answer = say(cal, key, "reading:tell")
    assert answer.status_code == 410
    assert_given_back(answer, "reading:tell")
    assert answer.content == say(ReaderWithLink(), never, "reading:tell").content


def test_every_reply_is_given_back(share, cal, reply):
    cal.come_in(share)
    stopped(share)
    assert_given_back(say(cal, share.key, reply), reply)


def test_so_is_one_that_sharing_stops_under(share, cal, reply, monkeypatch):
    cal.come_in(share)
    room, verb = SAID_BY[reply]
    does = getattr(room, verb)

    def stops_first(**said):
        stopped(share)
        return does(**said)

    monkeypatch.setattr(room, verb, stops_first)
    answer = say(cal, share.key, reply)
    assert answer.status_code == 410
    assert_given_back(answer, reply)
    assert not share.looks.exists()


def test_who_wrote_for_hours_gets_it_back_and_the_way_in(share, cal, reply, monkeypatch):
    cal.come_in(share)
    monkeypatch.setattr("profiles.reading.decorators.READS_FOR", timedelta())
    answer = say(cal, share.key, reply)
    assert answer.status_code == 403
    assert_given_back(answer, reply)
    assertContains(answer, f'href="{address("reading:doorstep", share.key)}"', status_code=403)
    assertNotContains(answer, "/account/", status_code=403)  # as on all that readers see
    assert not share.looks.exists()


def test_so_does_a_reader_whose_log_is_full(share, cal, reply, monkeypatch):
    def full(*_args, **_said):
        raise LogIsFull

    cal.come_in(share)
    room, verb = SAID_BY[reply]
    monkeypatch.setattr(room, verb, full)
    answer = say(cal, share.key, reply)
    assert answer.status_code == 429
    assert_given_back(answer, reply)


def test_words_from_a_page_elsewhere_are_shown_to_nobody(share):
    stopped(share)
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address("reading:tell", share.key), REPLIES["reading:tell"])
    assertNotContains(answer, "The bus", status_code=403)


def test_what_is_typed_at_a_closed_doorstep_is_not_shown(share, cal):
    stopped(share)
    answer = cal.come_in(share.key, passcode="123456")
    assertNotContains(answer, "123456", status_code=410)


def test_a_reader_whose_cookies_are_gone_is_led_back_and_to_nobodys_own_pages(share):
    strict = Client(enforce_csrf_checks=True)
    tell, said = address("reading:tell", share.key), REPLIES["reading:tell"]
    answer = strict.post(tell, said, headers={"Sec-Fetch-Site": "same-origin"})
    assertContains(answer, f">\n{escape(said['words'])}</textarea>", status_code=403)
    assertContains(answer, f'<a class="button" href="{tell}">Open the page again</a>', 1, 403)
    assertNotContains(answer, "/account/", status_code=403)
