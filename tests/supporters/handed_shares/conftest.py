"""What a keeper shared, when the page is taken over: paused, shown first, and kept or stopped."""

import pytest
from django.core.cache import cache
from django.test import Client

from profiles.accounts.models import User
from profiles.pages.models import Profile
from profiles.sharing.models import Share
from tests.factories import (
    make_share,
    make_user,
    signed_in,
    take_over,
)


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


@pytest.fixture
def jo(db) -> User:
    return make_user("jo@example.org")


@pytest.fixture
def share(kept) -> Share:
    return make_share(kept, reader_name="Oak School")


@pytest.fixture
def jos(share, kept, jo) -> Profile:
    """The page, which Jo has taken over."""
    return take_over(kept, jo)


@pytest.fixture
def jos_browser(jo, jos) -> Client:
    return signed_in(jo)


@pytest.fixture
def rosas_browser(rosa, jos) -> Client:
    return signed_in(rosa)
