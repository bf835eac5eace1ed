"""A database that shows what it holds, and takes nothing more, for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_only() -> Iterator[None]:
    """The database of the tests refuses to write meanwhile."""
    refuse, take = "SET LOCAL transaction_read_only = on", ""  # until our savepoint goes
    if connection.vendor == "sqlite":
        refuse, take = "PRAGMA query_only = ON", "PRAGMA query_only = OFF"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(refuse)
        try:
            yield
        finally:
            if take:
                with connection.cursor() as cursor:
                    cursor.execute(take)
            transaction.set_rollback(True)
