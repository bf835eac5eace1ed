"""One press of a button sends one email, however close another comes."""

import pytest
from django.core.cache import cache

from profiles.core.one_press import OnePress
from tests.at_once import at_once

ROUNDS = 5


@pytest.fixture(autouse=True)
def nobody_has_pressed(db: None) -> None:
    cache.clear()


def test_whoever_begins_as_another_ends_finds_that_it_went():
    first, second = OnePress("link", "a"), OnePress("link", "a")
    assert first.begins() and not second.begins()
    first.ends("Ana", went=True)
    assert second.begins() and second.has_sent("Ana") and not second.has_sent("Sam")


def test_what_did_not_go_is_sent_by_the_next():
    first, second = OnePress("link", "a"), OnePress("link", "a")
    assert first.begins()
    first.ends("Ana", went=False)
    assert second.begins() and not second.has_sent("Ana")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_begins_also_after_another_email_went():
    for number in range(ROUNDS):
        press = OnePress("link", str(number))
        assert press.begins()
        press.ends("Sam", went=True)
        assert sorted(at_once([OnePress("link", str(number)).begins] * 2)) == [False, True]
