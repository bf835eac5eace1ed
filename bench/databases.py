"""Databases to measure on, which nobody else asks and which are gone afterwards.

They are of the kind that DATABASE_URL names: files of SQLite's, or others in the same PostgreSQL.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from django.core.management import call_command
from django.db import connection
from django.test import override_settings

EMPTY = "template1"  # what PostgreSQL makes a new database from


@contextmanager
def database_of_its_own() -> Iterator[str]:
    """A database with nothing in it but its tables, asked for a while, so that nobody's own is
    written to. It has an endings journal of its own: into another's, none of its own is written.
    """
    before = connection.settings_dict["NAME"]
    with _made() as database, journal_of_its_own():
        try:
            use(database)
            call_command("migrate", verbosity=0)
            yield database
        finally:
            use(before)


@contextmanager
def journal_of_its_own() -> Iterator[None]:
    """An endings journal with nothing in it, for a while."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "endings"))
        with override_settings(ENDINGS_JOURNAL=file, ENDINGS_DATABASE={}):
            yield


@contextmanager
def copied(database: str) -> Iterator[str]:
    """Another, for a while, with everything in it that this one holds."""
    with _made(database) as copy:
        yield copy


@contextmanager
def place_for_a_copy() -> Iterator[str]:
    """A place with nothing in it, not even tables, asked for a while."""
    before = connection.settings_dict["NAME"]
    with _made() as place:
        try:
            use(place)
            yield place
        finally:
            use(before)


def use(database: str) -> None:
    """Ask this database from now on."""
    if connection.settings_dict["NAME"] != database:
        connection.close()
        connection.settings_dict["NAME"] = database


def settle() -> None:
    """Let the database that is asked do now what it would do later, while something is timed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
            cursor.execute("CHECKPOINT")


@contextmanager
def _made(model: str = "") -> Iterator[str]:
    connection.close()  # SQLite then has all of it in its file; PostgreSQL copies only what is left
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            file = str(Path(folder, "bench.sqlite3"))
            if model:
                shutil.copyfile(model, file)
            yield file
            connection.close()
        return
    name = f"bench_{token_hex(8)}"
    _beside(f'CREATE DATABASE "{name}" TEMPLATE "{model or EMPTY}"')
    try:
        yield name
    finally:
        connection.close()
        _beside(f'DROP DATABASE "{name}" WITH (FORCE)')


def _beside(command: str) -> None:
    """Tell PostgreSQL this from outside the databases that are measured."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(command)
