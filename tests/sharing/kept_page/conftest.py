"""A page kept for somebody, shared by its keeper: named as such, and never as its person's yes."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import signed_in


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


@pytest.fixture
def rosas_browser(rosa, kept) -> Client:
    return signed_in(rosa)
