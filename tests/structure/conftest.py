"""Everybody, for the tests that ask every address."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.structure.everybody import Hall, hall


@pytest.fixture(scope="module")
def gathered(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Hall]:
    """Everybody, gathered once: whatever comes of asking is undone each time."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield hall()
        transaction.set_rollback(True)


@pytest.fixture
def everybody(gathered: Hall, db: None) -> Hall:
    return gathered
