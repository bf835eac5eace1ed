"""A database that was migrated once, of which every worker and every later run takes a copy.

It goes by the hash of whatever makes the tables, and so is never an old one: after a change there
is none of that name, and the next worker migrates. Django asks each copy for its migrations too.
"""

import ast
import fcntl
import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = "profiles."


class Migrated:
    """The kept database: copied where it is there, and kept where it is not."""

    def __init__(self, folder: Path) -> None:
        self.name = f"migrated_{_what_makes_the_tables()}"
        self._folder = folder
        # Whoever comes second waits here, and then has something to copy.
        self._lock = (folder / "lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def offer(self) -> None:
        """Let Django make its own database out of this one."""
        if connection.vendor == "postgresql":
            if self._is_in_postgresql():
                connection.settings_dict["TEST"]["TEMPLATE"] = self.name
        elif self._file.exists():
            creation: Any = connection.creation
            begin = creation._create_test_db

            def copied(*how: Any, **more: Any) -> str:
                name: str = begin(*how, **more)
                shutil.copyfile(self._file, name)
                return name

            creation._create_test_db = copied

    def keep(self) -> None:
        """Keep what Django has made, if there is none yet, and let the next worker in."""
        if connection.vendor == "postgresql":
            if not self._is_in_postgresql():
                self._keep_in_postgresql()
        elif not self._file.exists():
            self._keep_as_file()
        self._lock.close()

    def put(self, place: str) -> bool:
        """Put a copy of it into this file of SQLite's; False where there is none to copy."""
        kept = connection.vendor == "sqlite" and self._file.exists()
        if kept:
            shutil.copyfile(self._file, place)
        return kept

    @property
    def _file(self) -> Path:
        return self._folder / f"{self.name}.sqlite3"

    def _keep_as_file(self) -> None:
        connection.close()  # SQLite then folds whatever lies beside the file into it
        for older in self._folder.glob("migrated_*"):
            older.unlink()
        half = self._folder / "half"  # so that one who is stopped here leaves nothing to copy
        shutil.copyfile(connection.settings_dict["NAME"], half)
        half.replace(self._file)

    def _is_in_postgresql(self) -> bool:
        with _beside() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return cursor.fetchone() is not None

    def _keep_in_postgresql(self) -> None:
        made = connection.settings_dict["NAME"]
        connection.close()  # PostgreSQL copies only what nobody is in
        with _beside() as cursor:
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{made}"')


@contextmanager
def _beside() -> Iterator[Any]:
    """Ask PostgreSQL from outside the database that the tests use."""
    with connection._nodb_cursor() as cursor:
        yield cursor


def _what_makes_the_tables() -> str:
    """A hash over every migration, and over every module of ours that one of them leans on."""
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    wanted = [migration.__module__ for migration in migrations]
    found: dict[str, bytes] = {}
    while wanted:
        name = wanted.pop()
        if name in found or name not in sys.modules:
            continue
        found[name] = _source(sys.modules[name])
        if name.startswith(OURS):
            wanted += [each for each in _imported(found[name]) if each.startswith(OURS)]
    made = hashlib.sha256(repr((django.VERSION, sys.version_info)).encode())
    for name in sorted(found):
        made.update(name.encode() + found[name])
    return made.hexdigest()[:16]


def _source(module: ModuleType) -> bytes:
    return Path(module.__file__).read_bytes() if module.__file__ else b""


def _imported(source: bytes) -> set[str]:
    """Whatever may be a module among the names that this one imports."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
