"""The cache lives in the database: what is counted there must hold for every process."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db


def test_migrate_alone_makes_its_table() -> None:
    # The tests' own database was made by `migrate`, and by nothing else.
    assert "cache" in connection.introspection.table_names()
    cache.set("a", 1)
    assert cache.get("a") == 1


def test_a_table_made_by_hand_before_is_left_as_it_is() -> None:
    cache.set("a", 1)
    call_command("createcachetable", verbosity=0)
    assert cache.get("a") == 1
