"""What we need of the library that counts for us, shown against the version that is installed."""

import time
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache, caches
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory

from profiles.accounts.models import User
from profiles.core import rate_limits
from profiles.core.rate_limits import count

LIMITS = {"try": "2/h/ip", "ask": "2/d/user", "send": "3/h/user,1/h/key"}


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


def asked(
    address: str = "192.0.2.1", user: User | None = None, method: str = "POST"
) -> HttpRequest:
    request = RequestFactory().generic(method, "/", REMOTE_ADDR=address)
    request.user = user or AnonymousUser()
    return request


@pytest.mark.parametrize("method", ["POST", "GET", "HEAD"])
def test_the_third_of_two_is_one_too_many(method: str) -> None:
    assert count(asked(method=method), "try", LIMITS)
    assert count(asked(method=method), "try", LIMITS)
    assert count(asked(method=method), "try", LIMITS) is None


def test_another_address_has_its_own() -> None:
    for _ in range(2):
        count(asked(), "try", LIMITS)
    assert count(asked("192.0.2.2"), "try", LIMITS)


def test_an_account_is_counted_wherever_it_is(ana: User, dee: User) -> None:
    assert count(asked("192.0.2.1", ana), "ask", LIMITS)
    assert count(asked("192.0.2.2", ana), "ask", LIMITS)
    assert count(asked("192.0.2.3", ana), "ask", LIMITS) is None
    assert count(asked("192.0.2.3", dee), "ask", LIMITS)


def test_of_two_limits_each_holds(ana: User) -> None:
    assert count(asked(user=ana), "send", LIMITS, key="a@example.org")
    assert count(asked(user=ana), "send", LIMITS, key="a@example.org") is None
    assert count(asked(user=ana), "send", LIMITS, key="b@example.org")


def test_what_is_taken_back_is_not_counted() -> None:
    for _ in range(5):
        tried = count(asked(), "try", LIMITS)
        assert tried
        tried.take_back()


def test_what_is_tried_is_not_kept_as_it_was_typed(ana: User) -> None:
    count(asked(user=ana), "send", LIMITS, key="a@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert not [key for (key,) in cursor.fetchall() if "example.org" in key]


def test_what_is_drawn_is_counted_for_a_while_and_asks_no_database(
    ana: User, dee: User, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setitem(rate_limits.EVERYBODY, "draw", 2)
    with django_assert_num_queries(0):
        assert [rate_limits.may_draw(asked(user=ana)) for _ in range(3)] == [True, True, False]
        assert rate_limits.may_draw(asked(user=dee))
    later = time.time() + rate_limits.A_WHILE + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert rate_limits.may_draw(asked(user=ana))


def test_whoever_comes_just_when_the_while_ends_is_the_first_of_the_next(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = caches["here"]
    assert rate_limits.may_draw(asked(user=ana))

    def ended(key: str) -> int:
        here.clear()
        raise ValueError

    monkeypatch.setattr(here, "incr", ended)
    assert rate_limits.may_draw(asked(user=ana))
