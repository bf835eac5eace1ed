"""The cache in Redis: it counts as the one in the database does, and is never quietly absent."""

import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from redis import Redis
from redis.exceptions import RedisError

from profiles.core import cached
from profiles.core.rate_limits import count
from profiles.house import readiness
from profiles.reading import actions
from project import env
from tests.accounts import test_tries as tries
from tests.at_once import at_once
from tests.core import test_rate_limits as limits
from tests.factories import make_share
from tests.readers import address
from tests.servers import RedisServer

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OURS = {"Sec-Fetch-Site": "same-origin"}
AWAY = "The cache does not keep what it is given."
# What is shown of the counts in the database holds of those in Redis.
COUNTED: list[Callable[..., None]] = [
    limits.test_another_address_has_its_own,
    limits.test_what_is_taken_back_is_not_counted,
    tries.test_ten_wrong_codes_are_compared_in_a_day,
    tries.test_then_the_right_one_opens_nothing_until_the_next_day,
    tries.test_three_emails_go_to_an_address_in_a_quarter_of_an_hour,
]


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory() as folder:  # a socket's whole name must be short
        running = RedisServer(Path(folder))
        running.start()
        yield running
        running.kill()


@pytest.fixture(autouse=True)
def redis(server: RedisServer, settings, monkeypatch) -> RedisServer:
    """The cache is here, as CACHE_URL says it."""
    monkeypatch.setenv("CACHE_URL", server.address)
    settings.CACHES = {"default": env.cache("CACHE_URL")}
    cache.clear()
    return server


@pytest.fixture
def away(redis: RedisServer) -> Iterator[None]:
    """It was there a moment ago."""
    cache.set("asked", 1)
    redis.kill()
    yield
    redis.start()


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case.__name__)
def test_tries_are_counted_as_in_the_database(case, request, redis):
    given = case.__code__.co_varnames[: case.__code__.co_argcount]
    case(**{name: request.getfixturevalue(name) for name in given})
    with Redis.from_url(redis.address) as asked:
        assert asked.dbsize()  # they were counted here


def test_of_many_at_once_no_more_are_let_through_than_may():
    asked = limits.asked()
    let_in = at_once([lambda: count(asked, "try", {"try": "5/h/ip"}) is not None] * 20)
    while count(asked, "try", {"try": "5/h/ip"}):  # who could not count in time was sent away
        let_in.append(True)
    assert let_in.count(True) == 5


def test_what_is_kept_is_plain_and_runs_nothing():
    cache.set("a", [1.5, "b", True, None])
    assert cache.get("a") == [1.5, "b", True, None]
    assert cache.get_or_set("c", lambda: "code", 60) == cache.get("c") == "code"
    assert cache.add("c", "other") is False
    cache.set("n", 1)
    assert cache.incr("n", 2) == cache.get("n") == 3
    with pytest.raises(TypeError):
        cache.set("a", object())


def test_a_cache_that_makes_room_by_letting_counts_go_is_told(redis, monkeypatch):
    monkeypatch.setattr(readiness.printing, "can_print", lambda: True)
    with Redis.from_url(redis.address) as asked:
        asked.config_set("maxmemory-policy", "allkeys-lru")
        assert cached.keeps_to_the_end()  # it may take all the memory there is
        asked.config_set("maxmemory", "100mb")
        try:
            assert [fault for fault in readiness.faults() if "noeviction" in fault]
            asked.config_set("maxmemory-policy", "noeviction")
            assert cached.keeps_to_the_end()
        finally:
            asked.config_set("maxmemory", 0)


def test_a_cache_that_is_full_takes_no_new_count_rather_than_forget_one(redis):
    with Redis.from_url(redis.address) as asked:
        count(limits.asked(), "try", {"try": "1/h/ip"})
        asked.config_set("maxmemory", 1)
        try:
            with pytest.raises(RedisError):
                count(limits.asked("192.0.2.9"), "try", {"try": "1/h/ip"})
        finally:
            asked.config_set("maxmemory", 0)
        assert count(limits.asked(), "try", {"try": "1/h/ip"}) is None


@pytest.mark.usefixtures("away")
def test_while_it_is_away_that_is_said_in_one_sentence(monkeypatch):
    monkeypatch.setattr(readiness.printing, "can_print", lambda: True)
    assert [fault for fault in readiness.faults() if "cache" in fault] == [AWAY]


@pytest.mark.usefixtures("away")
def test_while_it_is_away_no_passcode_is_compared(anas_page, cal, monkeypatch):
    share = make_share(anas_page, with_passcode=True)
    compared = []
    monkeypatch.setattr(actions, "try_passcode", lambda **said: compared.append(said))
    cal.browser.raise_request_exception = False
    for passcode in ("000000", share.passcode):
        answer = cal.come_in(share, passcode=passcode)
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
    assert compared == []
    assert not share.introductions.exists()


@pytest.mark.usefixtures("away")
def test_while_it_is_away_no_code_is_sent_and_none_is_tried(ana, mailoutbox):
    browser = Client(raise_request_exception=False)
    answer = browser.post(tries.ASK, {"email": ana.email}, headers=OURS)
    assert answer.status_code == 503
    assert mailoutbox == []


def test_a_code_that_was_sent_before_is_not_tried_while_it_is_away(ana, redis):
    browser = Client(raise_request_exception=False)
    browser.post(tries.ASK, {"email": ana.email})
    sent = tries.code_from_email()
    redis.kill()
    try:
        answer = browser.post(tries.CONFIRM, {"code": sent}, headers=OURS)
        assert answer.status_code == 503
        assert not tries.is_in(browser)
    finally:
        redis.start()
    browser.post(tries.CONFIRM, {"code": sent})
    assert tries.is_in(browser)


def test_whoever_is_in_reads_on_while_it_is_away_and_what_they_say_is_kept(anas_page, cal, redis):
    share = make_share(anas_page)
    cal.come_in(share)
    redis.kill()
    try:
        assert cal.ask(share).status_code == 200
        told = cal.browser.post(address("reading:tell", share.key), {"words": "CNRY moved"})
        assert told.status_code == 302
        assert cal.browser.get(told.url).status_code == 200
    finally:
        redis.start()
    assert share.looks.count() == 2


def test_one_that_hangs_is_given_up_soon(redis, settings):
    cached_here = env.cache("CACHE_URL")
    assert cached_here and cached_here["OPTIONS"]["socket_timeout"] == 2
    cached_here["OPTIONS"]["socket_timeout"] = 0.1
    settings.CACHES = {"default": cached_here}
    redis.tell(signal.SIGSTOP)
    try:
        with pytest.raises(RedisError):
            count(limits.asked(), "try", {"try": "1/h/ip"})
    finally:
        redis.tell(signal.SIGCONT)
