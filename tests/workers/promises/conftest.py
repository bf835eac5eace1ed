"""Promises with a day: made by a reader, answered by the person, and sorry for when missed."""

import pytest
from django.core.cache import cache

from profiles.sharing import actions as sharing
from profiles.sharing.models import Share
from tests.factories import make_share
from tests.readers import ReaderWithLink


@pytest.fixture
def share(anas_page, priya) -> Share:
    cache.clear()
    return make_share(anas_page, email=priya.email, reader_name="Priya from Sunrise")


@pytest.fixture
def worker(priyas_browser) -> ReaderWithLink:
    return ReaderWithLink(name="Priya", role="support worker", browser=priyas_browser)


@pytest.fixture
def her_share(share, priya) -> Share:
    """The share, once Priya has come in by it."""
    sharing.claim(share=share, by=priya)
    return share
