"""A worker's hello card: theirs to keep, shown to those whose page they look at, and sealed."""

import pytest
from django.core.cache import cache

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
