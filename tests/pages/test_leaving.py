"""The last page takes its account along; and nothing that came meanwhile."""

from typing import Any

import pytest

from profiles.accounts.models import User
from profiles.pages import actions
from profiles.pages.models import Profile
from tests.factories import say, texts

pytestmark = pytest.mark.django_db


def test_a_page_begun_in_another_window_meanwhile_stays_with_its_account(
    ana: User, anas_page: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, begun = actions.hold_account, []

    def after_the_other_window(*, user: User) -> User:
        if not begun:
            begun.append(None)
            begun[0] = actions.start_page(for_someone=False, language="en", user=user)
            say(begun[0], "important", "Tea first.")
        return hold(user=user)

    monkeypatch.setattr(actions, "hold_account", after_the_other_window)
    assert not actions.leave(profile=anas_page, account=ana)
    assert User.objects.filter(pk=ana.pk).exists()
    assert texts(begun[0], "important") == ["Tea first."]


def test_an_account_that_another_window_deleted_meanwhile_is_gone(ana: User) -> None:
    leave: Any = lambda: actions.leave(profile=None, account=ana)  # noqa: E731
    assert leave() and leave()
