"""Whoever signs in while accounts are let go that nobody entered keeps theirs, and their page."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from profiles.accounts import actions
from profiles.accounts.models import User
from profiles.pages.actions import adopt
from tests.factories import make_card, make_kept_page, make_page, make_user, texts

pytestmark = pytest.mark.django_db(transaction=True)
SOMEBODY_WAITS = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)"


def test_who_signs_in_at_that_moment_keeps_account_and_page() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite nobody writes at the same moment.")
    user, page, gone = make_user(), make_page(important="Tea first."), []
    make_user("nobody@example.org")

    def tidy() -> None:
        gone.append(actions.forget_unentered(before=timezone.now() + timedelta(days=1)))
        connection.close()

    tidying = threading.Thread(target=tidy)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(last_login=timezone.now())
        adopt(profile=page, by=user)
        tidying.start()
        with connection.cursor() as cursor:
            while cursor.execute(SOMEBODY_WAITS).fetchone() == (False,):
                assert tidying.is_alive(), "it has to wait for whoever signs in"
    tidying.join(30)
    assert gone == [1]
    assert [*User.objects.all()] == [user]
    assert texts(page, "important") == ["Tea first."]


def test_many_are_let_go_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    for number in range(5):
        make_user(f"nobody{number}@example.org")
    assert actions.forget_unentered(before=timezone.now() + timedelta(days=1)) == 5
    assert not User.objects.exists()


def test_who_keeps_a_page_or_a_card_goes_only_by_their_own_word() -> None:
    """Whatever a row says of when they were here: a restore, or a clock, may have made it so."""
    for make in (make_page, make_kept_page, make_card):
        make(make_user(f"{make.__name__}@example.org"))
    make_user("nobody@example.org")
    assert actions.forget_unentered(before=timezone.now() + timedelta(days=1)) == 1
    assert not User.objects.filter(email="nobody@example.org").exists()
    assert User.objects.count() == 3
