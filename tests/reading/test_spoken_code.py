"""A code that is read out: short, forgiving, for an hour, and no use to whoever guesses."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from profiles.sharing import actions
from profiles.sharing.models import Share
from tests.factories import make_share
from tests.readers import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(anas_page) -> Share:
    cache.clear()
    return make_share(anas_page)


def test_a_code_that_was_read_out_opens_the_doorstep(share, client):
    code = actions.speak(share=share, by=share.profile.owner)
    answer = client.post("/s/", {"code": f" {code[:4].lower()} {code[4:]} "})
    assert answer.url == address("reading:doorstep", share.key)


def test_the_code_works_for_an_hour_and_only_the_newest(share, client, monkeypatch):
    old = actions.speak(share=share, by=share.profile.owner)
    new = actions.speak(share=share, by=share.profile.owner)
    assert client.post("/s/", {"code": old}).status_code == 422
    later = timezone.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr("profiles.sharing.models.timezone.now", lambda: later)
    assert client.post("/s/", {"code": new}).status_code == 422


def test_the_code_of_a_share_that_stopped_is_like_any_wrong_code(share, client):
    code = actions.speak(share=share, by=share.profile.owner)
    actions.stop(share=share, by=share.profile.owner)
    answers = {typed: client.post("/s/", {"code": typed}) for typed in (code, "7KQ3M9XT", "other")}
    bodies = {masked(answer.content.decode(), typed) for typed, answer in answers.items()}
    assert {answer.status_code for answer in answers.values()} == {422}
    assert len(bodies) == 1


def masked(page: str, typed: str) -> str:
    page = page.replace(f'value="{typed}"', "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_whole_link_may_be_pasted(share, client):
    answer = client.post("/s/", {"code": f"http://testserver/s/{share.key}/"})
    assert answer.url == address("reading:doorstep", share.key)


def test_guessing_codes_is_stopped_for_all_processes(share, client):
    code = actions.speak(share=share, by=share.profile.owner)
    answers = [client.post("/s/", {"code": "7KQ3M9XT"}).status_code for _ in range(25)]
    assert answers[:20] == [422] * 20
    assert set(answers[20:]) == {429}
    assert client.post("/s/", {"code": code}).status_code == 429


def test_right_codes_are_not_counted(share, client):
    code = actions.speak(share=share, by=share.profile.owner)
    answers = {client.post("/s/", {"code": code}).status_code for _ in range(25)}
    assert answers == {302}
