"""What a browser sends once more on the way back shows nobody else the words that were typed."""

import re
from functools import partial
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.core.bodies import LONGEST_FORM
from profiles.core.sent_before import TOKEN, noted
from profiles.workers import people_views
from tests.factories import make_share
from tests.readers import ReaderWithLink, address

pytestmark = pytest.mark.django_db
ASK = reverse("workers:ask")
WORDS = "I start on Monday."
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def window(priya) -> Client:
    """Priya's, at a computer that others use too."""
    cache.clear()
    window = Client(enforce_csrf_checks=True, headers=OURS)
    window.force_login(priya)
    return window


def token_on(window: Client, page: str) -> str:
    shown = window.get(page).content.decode()
    found = re.search(r'<main.*?name="csrfmiddlewaretoken" value="([^"]+)"', shown, re.DOTALL)
    assert found
    return found[1]


def ask(window: Client, token: str):
    """Ask for a page, without the code that it takes."""
    return window.post(ASK, {"csrfmiddlewaretoken": token, "why": WORDS})


def _away(*given, **said):
    raise OperationalError


def sign_out(window: Client) -> None:
    sent = {"csrfmiddlewaretoken": token_on(window, reverse("account_logout"))}
    window.post(reverse("account_logout"), sent)


def test_after_signing_out_the_way_back_shows_no_words(window):
    token = token_on(window, ASK)
    assertContains(ask(window, token), WORDS, status_code=422)
    assertContains(ask(window, token), WORDS, status_code=422)  # it is still theirs
    sign_out(window)
    assert ask(window, token).status_code == 302


def test_what_was_not_sent_yet_comes_back_to_whoever_signed_out_in_another_window(window):
    tokens = [token_on(window, ASK) for _ in range(2)]
    ask(window, tokens[0])
    sign_out(window)
    assertContains(ask(window, tokens[1]), WORDS, status_code=403)
    assertContains(ask(window, tokens[1]), WORDS, status_code=403)  # and loads it once more


def test_whoever_signs_in_next_is_shown_none_of_it_and_the_same_person_is(window, priya, dee):
    token = token_on(window, ASK)
    ask(window, token)
    for person, shows in ((dee, assertNotContains), (priya, assertContains)):
        sign_out(window)
        window.force_login(person)
        del window.cookies[settings.CSRF_COOKIE_NAME]  # signing in makes another
        window.get(ASK)
        shows(ask(window, token), WORDS, status_code=403)


def test_a_reader_who_has_closed_the_page_leaves_no_words_behind(anas_page):
    share, cal = make_share(anas_page), ReaderWithLink(browser=Client(enforce_csrf_checks=True))
    door, tell = address("reading:doorstep", share.key), address("reading:tell", share.key)
    here = cal.browser
    cal.come_in(share, csrfmiddlewaretoken=token_on(here, door))
    sent = {"csrfmiddlewaretoken": token_on(here, tell), "words": WORDS * 60}
    assertContains(here.post(tell, sent), WORDS, status_code=422)
    leave = {"csrfmiddlewaretoken": token_on(here, address("door:read", share.key))}
    here.post(address("reading:leave", share.key), leave)
    answer = here.post(tell, sent)
    assertNotContains(answer, WORDS, status_code=answer.status_code)


def sent_by(client, rf, headers):
    request = rf.post("/", {TOKEN: "x"}, headers=headers)
    request.session = client.session
    request.session[SESSION_KEY] = "1"
    request.csrf_processing_done = True
    return request


def test_only_what_a_browser_goes_back_to_is_noted(client, rf, monkeypatch):
    names = []
    monkeypatch.setattr("profiles.core.sent_before.cache.add", lambda *given, **_: names.append(1))
    page, script = "<!DOCTYPE html><p>Tea", {"Sec-Fetch-Dest": "empty"}
    for shown, status, headers in (
        (page, 302, {}), (page, 200, script), ("<p>Saved", 200, {}),
    ):  # fmt: skip
        answer = HttpResponse(shown, status=status)
        noted(lambda _, answer=answer: answer)(sent_by(client, rf, headers))
        assert not names
    for status in (422, 500, 503):
        noted(lambda _, status=status: HttpResponse(page, status=status))(sent_by(client, rf, {}))
        assert names.pop()


def test_what_passed_no_check_of_forms_is_not_taken_apart(client, monkeypatch):
    monkeypatch.setattr(WSGIRequest, "_load_post_and_files", lambda _: pytest.fail("taken apart"))
    assert client.post("/nowhere/", {TOKEN: "x"}).status_code == 404


def test_whose_form_was_stale_is_noted_too(window, dee):
    token = token_on(window, ASK)
    del window.cookies[settings.CSRF_COOKIE_NAME]
    assertContains(ask(window, token), WORDS, status_code=403)
    window.force_login(dee)
    assertNotContains(ask(window, token), WORDS, status_code=403)


@pytest.mark.parametrize("fault", [ValueError, OperationalError])
def test_what_failed_shows_the_next_person_no_words_then_or_later(window, monkeypatch, dee, fault):
    def breaks(*given):
        raise fault

    window.raise_request_exception = False
    token, form_page = token_on(window, ASK), people_views.form_page
    monkeypatch.setattr(people_views, "form_page", breaks)
    for _ in range(2):  # whose they are may load them once more
        failed = ask(window, token)
        assertContains(failed, WORDS, status_code=503 if fault is OperationalError else 500)
    monkeypatch.setattr(people_views, "form_page", form_page)
    sign_out(window)
    assert ask(window, token).status_code == 302
    monkeypatch.setattr(people_views, "form_page", breaks)
    window.force_login(dee)
    assertNotContains(ask(window, token), WORDS, status_code=failed.status_code)


def test_where_it_cannot_be_written_down_this_process_knows_it(window, monkeypatch):
    token = token_on(window, ASK)
    with monkeypatch.context() as full:
        full.setattr("profiles.core.sent_before.cache.add", _away)
        assertContains(ask(window, token), WORDS, status_code=422)
    sign_out(window)
    assert ask(window, token).status_code == 302


def test_so_it_is_with_what_is_too_long(window, dee):
    long = {TOKEN: token_on(window, ASK), "why": WORDS * (LONGEST_FORM // len(WORDS))}
    typed = "application/x-www-form-urlencoded"
    sent = partial(window.post, ASK, urlencode(long), typed)
    for _ in range(2):
        assertContains(sent(), WORDS, status_code=413)
    sign_out(window)
    assertNotContains(sent(), WORDS, status_code=413)
    window.force_login(dee)
    assertNotContains(sent(), WORDS, status_code=413)


def test_words_are_not_lost_where_nobody_can_say(window, monkeypatch):
    token = token_on(window, ASK)
    ask(window, token)
    sign_out(window)

    monkeypatch.setattr("profiles.core.sent_before.cache.get", _away)
    assertContains(ask(window, token), WORDS, status_code=403)
