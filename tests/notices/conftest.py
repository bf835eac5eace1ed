"""Ana's page, of which she is told by email, and a share of it."""

import pytest

from profiles.pages.models import Profile
from tests.factories import make_share


@pytest.fixture
def told_page(anas_page) -> Profile:
    Profile.objects.update(tells_me=True)
    anas_page.refresh_from_db()
    return anas_page


@pytest.fixture
def share(told_page):
    return make_share(told_page)
