"""Copies of the database: made while it serves, checked, and put into an empty place.

SQLite is copied by its own backup, PostgreSQL by pg_dump and pg_restore. What the cache counts, by
internet addresses, stays out. No key is in a copy: words are sealed there as in the database.
"""

import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, Any, Final, Protocol

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from profiles.core.ownership import give_as
from profiles.core.to_disk import folder_to_disk

MEGA: Final = 1_000_000
AT_ONCE: Final = 4 * MEGA  # bytes
PAGES: Final = 2_000  # of SQLite's, in one step
EVERY: Final = 2.0  # seconds, between two lines that say how far it is
LEFT_FREE: Final = 200 * MEGA  # bytes, on the disk of those who write meanwhile
LEFT_FOR: Final = 3_600  # seconds without a byte more: then whoever wrote it was killed
A_REHEARSAL: Final = re.compile(r"rehearsal[-_][0-9a-f]{8}")
A_HALF: Final = re.compile(r"\..+\.[0-9a-f]{8}\.half")


class NoGoodCopy(Exception):
    """The copy is not whole, or is not one of ours. Its message is a sentence."""


class NotEmpty(Exception):
    """Something is where a copy was to be put. Its message is a sentence."""


class Progress:
    """How far it is, told on stderr, and how fast it was."""

    def __init__(self, what: str) -> None:
        self.bytes, self._what = 0, what
        self._began = self._told = self._ended = time.monotonic()

    def at(self, done: int, whole: int = 0) -> None:
        """So many bytes are done, of so many if that is known."""
        self.bytes, self._ended = done, time.monotonic()
        if time.monotonic() - self._told < EVERY:
            return
        self._told = time.monotonic()
        of = f"{100 * done // whole:3d} % of {whole / MEGA:.1f} MB" if whole else ""
        sys.stderr.write(f"{self._what}: {of or f'{done / MEGA:.1f} MB'}\n")

    def said(self) -> str:
        """How much it was, how long it took, and how fast that is."""
        took = max(self._ended - self._began, 0.001)
        size = self.bytes / MEGA
        return f"{size:.1f} MB in {took:.1f} s, {size / took:.1f} MB/s"


Counts = Mapping[str, int]  # rows, by table


class Kind(Protocol):
    """What each database can do."""

    def copy(self, to: Path, progress: Progress) -> Counts:
        """Write a copy; how many rows were in each table at that moment."""

    def put_back(self, file: Path, place: str, progress: Progress) -> None:
        """Make the copy the database of this name."""

    def is_empty(self) -> bool:
        """Is nothing there, where a copy would be put?"""

    def place_for_a_while(self, size: int) -> Any:
        """The name of a place for so many bytes that is gone afterwards (a context manager).

        Those of whoever was killed are gone before. Raises NoGoodCopy if there is no room.
        """


def kind() -> "Kind":
    """What our database can do."""
    return OfPostgresql() if connection.vendor == "postgresql" else OfSqlite()


@contextmanager
def opened(place: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection to another database of our kind. Nothing of it is changed by opening it."""
    config = settings.DATABASES["default"] | {"NAME": place, "TEST": {}}
    if connection.vendor == "sqlite":
        config["OPTIONS"] = {}
    there = ConnectionHandler({"default": config})["default"]
    try:
        yield there
    finally:
        there.close()


def tables(there: BaseDatabaseWrapper) -> list[str]:
    """Every table there, but for the cache's."""
    found = there.introspection.table_names()
    return sorted(name for name in found if name not in _left_out())


def count(there: BaseDatabaseWrapper) -> dict[str, int]:
    """How many rows there are in each table."""
    counts = {}
    with there.cursor() as cursor:
        for table in tables(there):
            cursor.execute(f"SELECT COUNT(*) FROM {there.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def _left_out() -> list[str]:
    return [str(cache["LOCATION"]) for cache in settings.CACHES.values() if "LOCATION" in cache]


_OUR_TABLES: Final = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
)


class OfSqlite:
    """A SQLite file."""

    def copy(self, to: Path, progress: Progress) -> Counts:
        try:
            return self._copy(to, progress)
        except sqlite3.Error as fault:  # such as a disk that is full
            raise NoGoodCopy(f"SQLite stopped: {fault}.") from fault

    def _copy(self, to: Path, progress: Progress) -> Counts:
        page = 0

        def tell(status: int, left: int, pages: int) -> None:
            progress.at((pages - left) * page, pages * page)

        with closing(self._open(_name())) as source, closing(self._open(str(to))) as copy:
            [(page,)] = source.execute("PRAGMA page_size")
            source.execute("BEGIN")  # so that all of it is of one moment
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
            counts = {
                name: source.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for (name,) in source.execute(_OUR_TABLES).fetchall()
                if name not in _left_out()
            }
            source.backup(copy, pages=PAGES, progress=tell, sleep=0)
            source.execute("ROLLBACK")
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
            copy.execute("PRAGMA secure_delete=ON")
            for name in _left_out():
                copy.execute(f'DELETE FROM "{name}"')  # noqa: S608
        progress.at(to.stat().st_size)
        return counts

    def put_back(self, file: Path, place: str, progress: Progress) -> None:
        half = Path(f"{place}.half")
        with _held(half) as target:
            if target is None:
                raise NotEmpty("Somebody is putting a backup back there just now.")
            try:
                target.truncate()
                give_as(half, like=half.parent)
                with file.open("rb") as source:
                    _pour(source, target, progress, file.stat().st_size)
                _to_disk(target)
                if _is_there(place):  # somebody else was faster
                    raise NotEmpty("There is a database by now, and it stays as it is.")
                half.replace(place)
            finally:
                half.unlink(missing_ok=True)
        folder_to_disk(Path(place).parent)

    def is_empty(self) -> bool:
        return not any(_is_there(f"{_name()}{end}") for end in ("", "-wal", "-journal", "-shm"))

    @contextmanager
    def place_for_a_while(self, size: int) -> Iterator[str]:
        here = Path(_name()).parent
        _forget_killed(here, A_REHEARSAL)
        if shutil.disk_usage(here).free < size + LEFT_FREE:
            raise NoGoodCopy("There is not room enough to try it beside what people use.")
        folder = here / f"rehearsal-{token_hex(4)}"
        folder.mkdir(mode=0o700)
        try:
            with _locked(folder):
                yield str(folder / "db.sqlite3")
        finally:
            shutil.rmtree(folder)

    def _open(self, name: str) -> sqlite3.Connection:
        return sqlite3.connect(name, timeout=20, isolation_level=None)


class OfPostgresql:
    """A database of PostgreSQL's, by its own programs."""

    def copy(self, to: Path, progress: Progress) -> Counts:
        with opened(_name()) as there:
            there.set_autocommit(False)
            with there.cursor() as cursor:  # what is counted, and what is written, is of one moment
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SET LOCAL statement_timeout = 0")
                cursor.execute("SELECT pg_export_snapshot()")
                [snapshot] = cursor.fetchone()
                counts = count(there)
                out = [f"--exclude-table-data={name}" for name in _left_out()]
                command = [
                    _tool("pg_dump"),
                    "-Fc",
                    "-Z1",
                    f"--snapshot={snapshot}",
                    "--no-owner",
                    *out,
                ]
                with to.open("wb") as target, _running(command, stdout=subprocess.PIPE) as dump:
                    _pour(dump.stdout, target, progress)
            there.rollback()
        return counts

    def put_back(self, file: Path, place: str, progress: Progress) -> None:
        command = [_tool("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error",
                   "--single-transaction", "-d", place]  # fmt: skip
        with file.open("rb") as source, _running(command, stdin=subprocess.PIPE) as put:
            try:
                _pour(source, put.stdin, progress, file.stat().st_size)
                put.stdin.close()
            except BrokenPipeError:  # it has stopped, and says why
                pass

    def is_empty(self) -> bool:
        return not connection.introspection.table_names()

    @contextmanager
    def place_for_a_while(self, size: int) -> Iterator[str]:
        name = f"rehearsal_{token_hex(4)}"
        with connection._nodb_cursor() as cursor:  # it stays open, and so holds the name
            self._forget_killed(cursor)
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
            cursor.execute(f'CREATE DATABASE "{name}"')
            try:
                yield name
            finally:
                cursor.execute(f'DROP DATABASE "{name}"')

    def _forget_killed(self, cursor: Any) -> None:
        """Drop the places of those who were killed: nobody holds their names any more."""
        cursor.execute("SELECT datname FROM pg_database WHERE pg_has_role(datdba, 'USAGE')")
        for name in filter(A_REHEARSAL.fullmatch, [name for (name,) in cursor.fetchall()]):
            cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
            if cursor.fetchone() == (True,):
                with suppress(DatabaseError):  # what the killed one began may still be at work
                    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])

    def lines(self, file: Path) -> Iterator[tuple[str, list[str], list[str]]]:
        """Every row of a copy, as pg_restore reads it: its table, its columns and its values."""
        command = [_tool("pg_restore"), "--data-only", "-f", "-", str(file)]
        with _running(command, stdout=subprocess.PIPE) as read:
            table, columns = "", []
            for raw in read.stdout:
                line = raw.decode().rstrip("\n")
                if not table and line.startswith("COPY "):
                    named, _, rest = line.removeprefix("COPY ").partition(" (")
                    table = named.rpartition(".")[2].strip('"')
                    columns = rest.partition(")")[0].split(", ")
                elif line == "\\.":
                    table = ""
                elif table:
                    yield table, columns, line.split("\t")


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A file that has its name only when it is whole, and on the disk. Only we can read it.

    What somebody left there who was killed is gone before: it has all that people said till then.
    """
    _forget_killed(path.parent, A_HALF)
    half = path.with_name(f".{path.name}.{token_hex(4)}.half")
    half.touch(mode=0o600)
    try:
        with _locked(half):
            yield half
            with half.open("rb") as file:
                os.fsync(file.fileno())
            half.replace(path)
        folder_to_disk(path.parent)
    finally:
        half.unlink(missing_ok=True)


@contextmanager
def _held(path: Path) -> Iterator[IO[bytes] | None]:
    """A file that nobody else writes meanwhile; None if somebody does."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield file


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """A file or a folder that is in use: whoever is killed lets go of it."""
    fd = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some disks of other machines know no locks
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(fd)


def _forget_killed(folder: Path, named: re.Pattern[str]) -> None:
    """Delete what is in a folder under such a name, and in nobody's use any more.

    A disk of another machine may not tell us what is in use there: so it is to be old, too.
    """
    for left in filter(lambda path: named.fullmatch(path.name), folder.iterdir()):
        with suppress(OSError):  # it is in use, or of another account
            fd = os.open(left, os.O_RDONLY)
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if time.time() - os.fstat(fd).st_mtime > LEFT_FOR:
                    shutil.rmtree(left) if left.is_dir() else left.unlink()
            finally:
                os.close(fd)


def _is_there(place: str) -> bool:
    return Path(place).exists() and Path(place).stat().st_size > 0


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _pour(source: Any, target: Any, progress: Progress, whole: int = 0) -> None:
    done = 0
    while piece := source.read(AT_ONCE):
        target.write(piece)
        done += len(piece)
        progress.at(done, whole)


def _to_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _tool(name: str) -> str:
    """One of PostgreSQL's own programs: the newest, which reads what older ones wrote."""
    ours = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3])
    )
    found = str(ours[-1]) if ours else shutil.which(name)
    if found is None:
        raise NoGoodCopy(f"The program {name} is not here: install PostgreSQL's own programs.")
    return found


@contextmanager
def _running(command: list[str], **pipes: Any) -> Iterator[Any]:
    """One of these programs at work. Raises NoGoodCopy, with what it says, if it fails."""
    said = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    names |= {"dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    env = {**os.environ, **{names[k]: str(v) for k, v in said.items() if k in names and v}}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, **pipes) as running:  # noqa: S603
        yield running
        fault = running.stderr.read().decode("utf-8", "replace").strip() if running.stderr else ""
    if running.returncode:
        first = fault.splitlines()[0] if fault else f"it ended with {running.returncode}"
        raise NoGoodCopy(f"{Path(command[0]).name} failed: {first}")
