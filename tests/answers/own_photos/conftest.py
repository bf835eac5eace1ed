"""A photo of their own beside an answer goes wherever that answer goes, and nowhere else."""

import pytest

from profiles.pages.models import Profile
from tests.factories import (
    make_page,
    make_user,
)


@pytest.fixture
def anas() -> Profile:
    return make_page(make_user("ana@example.org"), call_me="Ana", important="Tea first.")
