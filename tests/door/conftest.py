"""A page that is kept for somebody."""

import pytest

from profiles.accounts.models import User
from profiles.pages.models import Profile
from tests.factories import make_page


@pytest.fixture
def kept_page(dee: User) -> Profile:
    """A page that dee keeps for its person."""
    page = make_page(call_me="Mo", important="Tea first.")
    Profile.objects.filter(pk=page.pk).update(kept_by=dee, for_someone=True)
    page.refresh_from_db()
    return page
