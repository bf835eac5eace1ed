"""The same thing done many times at once is done once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from profiles.access.models import Happened, Look
from profiles.accounts.models import DataKey, User
from profiles.sharing.models import Share
from profiles.workers import promise_actions
from profiles.workers.models import HelloCard, Promise
from tests.at_once import at_once
from tests.factories import make_card, make_page, make_promise, make_share, make_user

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture
def share() -> Share:
    cache.clear()
    page = make_page(make_user("ana@example.org"), call_me="Ana", important="Tea first.")
    return make_share(page, email="priya@example.org")


@pytest.fixture
def priya() -> User:
    return make_user("priya@example.org")


def test_a_button_pressed_many_times_makes_one_promise(share, priya):
    made = at_once([lambda: make_promise(share, worker=priya)] * MANY)
    assert {promise.pk for promise in made} == {Promise.objects.get().pk}
    assert Look.objects.filter(happened=Happened.PROMISED).count() == 1


def test_many_runs_of_tidy_remind_once(share, priya):
    make_promise(share, worker=priya, days=1)
    day = timezone.localdate() + timedelta(days=1)
    reminded = at_once([lambda: promise_actions.remind(worker=priya, day=day)] * MANY)
    assert sorted(reminded) == [False] * (MANY - 1) + [True]
    assert len(mail.outbox) == 1


def test_a_card_made_in_many_windows_is_one_with_one_key(priya):
    at_once([lambda: make_card(priya)] * MANY)
    assert HelloCard.objects.get().name == "Priya"
    assert DataKey.objects.count() == 1
