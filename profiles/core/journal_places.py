"""Where the endings journal stands: in a file of its own, or in a second database.

A place keeps numbered lines, in order, and only adds to them. It knows nothing of what they say.
"""

import fcntl
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from django.conf import settings
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.utils import timezone

from profiles.core.ownership import give_as
from profiles.core.to_disk import folder_to_disk

TABLE: Final = "endings_journal"
_SELECT: Final = f"SELECT number, line FROM {TABLE}"  # noqa: S608
_INSERT: Final = f"INSERT INTO {TABLE} (number, line) VALUES (%s, %s)"  # noqa: S608
_CREATE: Final = f"CREATE TABLE IF NOT EXISTS {TABLE} (number bigint PRIMARY KEY, line text)"
_HEAD: Final = re.compile(rb"(\d{1,18}) (\d{1,6}) ")
_HEAD_BEGUN: Final = re.compile(rb"\d{0,18}( \d{0,6})?")
LONGEST_LINE: Final = 100_000  # bytes; they are a few hundred

log = logging.getLogger(__name__)


class CannotReach(Exception):
    """The journal cannot be read or written now. It may be there again in a moment."""


class Broken(Exception):
    """The journal is not as it was written: a line was changed, moved, or is gone."""


class SealedLine(NamedTuple):
    """One line: its number, and what it says, sealed."""

    number: int
    sealed: str


Next = Callable[
    [SealedLine | None], Iterable[SealedLine]
]  # what to add, by the line that stands last


class JournalPlace(Protocol):
    """What a place can do. Each raises CannotReach, and those that read raise Broken."""

    def first(self) -> SealedLine | None:
        """The first line; none, if there is no journal."""

    def last(self) -> SealedLine | None:
        """The last line; none, if there is no journal."""

    def lines(self) -> Iterator[SealedLine]:
        """All of them, in order, one after the other."""

    def add(self, following: Next) -> None:
        """Add lines, so that they outlive a power cut. Nobody else adds any meanwhile."""

    def write_anew(self, lines: Iterable[SealedLine]) -> None:
        """Put these in place of all there are: sealed anew, they say the same."""

    def set_aside(self) -> None:
        """Let a journal that cannot be read make room, and keep it for whoever looks into it."""


def place() -> JournalPlace:
    """Where the journal stands, by the settings."""
    if settings.ENDINGS_DATABASE:
        return InDatabase(settings.ENDINGS_DATABASE)
    return InFile(Path(settings.ENDINGS_JOURNAL))


class InFile:
    """A file, in which each line is its number, how long it is, and what it says.

    Whoever adds holds the file, adds at its end, and waits until the disk has it. A line that was
    torn off by a crash, which nobody was told was written, is taken off by whoever adds next. It is
    known by being shorter than it says: so a byte that was changed is not taken for that.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def first(self) -> SealedLine | None:
        return next(self.lines(), None)

    def last(self) -> SealedLine | None:
        with _reached(), self._read() as file:
            return _last(file) if file is not None else None

    def lines(self) -> Iterator[SealedLine]:
        with _reached(), self._read() as file:
            for number, text in enumerate(file or ()):
                if _is_torn(text):
                    return
                line = _line(text)
                if line.number != number:
                    raise Broken
                yield line

    def add(self, following: Next) -> None:
        with _reached(), self._held() as (file, fd):
            last = _last(file)
            os.ftruncate(fd, file.tell())
            self._write(fd, following(last), at=file.tell())

    def write_anew(self, lines: Iterable[SealedLine]) -> None:
        with _reached(), self._held():
            half = self._path.with_name(f"{self._path.name}.half")
            fd = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                self._write(fd, lines, at=0)
            finally:
                os.close(fd)
            give_as(half, like=self._path)
            half.replace(self._path)
            folder_to_disk(self._path.parent)

    def set_aside(self) -> None:
        with _reached(), self._held():
            aside = f"{self._path.name}.broken-{timezone.now():%Y%m%d%H%M%S%f}"
            self._path.replace(self._path.with_name(aside))

    def _write(self, fd: int, lines: Iterable[SealedLine], *, at: int) -> None:
        text = b"".join(
            b"%d %d %s\n" % (line.number, len(line.sealed), line.sealed.encode()) for line in lines
        )
        try:
            while text:
                text = text[os.write(fd, text) :]
            os.fsync(fd)
        except OSError:
            os.ftruncate(fd, at)  # half of it is as good as none
            raise

    @contextmanager
    def _read(self) -> Iterator[Any]:
        """The file as it is now; none if there is none. A folder that is not there is no answer."""
        if not self._path.parent.is_dir():
            raise CannotReach
        if not self._path.exists() or not self._path.stat().st_size:
            yield None
            return
        with self._path.open("rb") as file:
            yield file

    @contextmanager
    def _held(self) -> Iterator[tuple[Any, int]]:
        while True:
            is_new = not self._path.exists()
            fd = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(fd, "rb", closefd=True) as file:
                fcntl.flock(fd, fcntl.LOCK_EX)
                if not self._path.exists() or os.fstat(fd).st_ino != self._path.stat().st_ino:
                    continue  # it was written anew, or set aside, while we waited
                if is_new:
                    give_as(self._path, like=self._path.parent)
                    folder_to_disk(self._path.parent)
                yield file, fd
                return


class InDatabase:
    """A table of another database, for more than one machine. There is one line of a number."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    def first(self) -> SealedLine | None:
        return next(iter(self._ask("ORDER BY number LIMIT 1")), None)

    def last(self) -> SealedLine | None:
        return next(iter(self._ask("ORDER BY number DESC LIMIT 1")), None)

    def lines(self) -> Iterator[SealedLine]:
        number = 0
        while found := self._ask(f"WHERE number >= {number} ORDER BY number LIMIT 1000"):
            for line in found:
                if line.number != number:
                    raise Broken
                number += 1
                yield line

    def add(self, following: Next) -> None:
        with self._opened() as connection, connection.cursor() as cursor:
            cursor.execute(_CREATE)
            cursor.execute(f"{_SELECT} ORDER BY number DESC LIMIT 1")
            last = next((SealedLine(*row) for row in cursor.fetchall()), None)
            cursor.executemany(_INSERT, [tuple(line) for line in following(last)])

    def write_anew(self, lines: Iterable[SealedLine]) -> None:
        with self._opened() as connection, connection.cursor() as cursor:
            update = f"UPDATE {TABLE} SET line = %s WHERE number = %s"  # noqa: S608
            cursor.executemany(update, [(line.sealed, line.number) for line in lines])

    def set_aside(self) -> None:
        with self._opened() as connection, connection.cursor() as cursor:
            aside = f"{TABLE}_broken_{timezone.now():%Y%m%d%H%M%S%f}"
            cursor.execute(f"ALTER TABLE {TABLE} RENAME TO {aside}")

    def _ask(self, which: str) -> list[SealedLine]:
        with self._opened() as connection:
            if TABLE not in connection.introspection.table_names():
                return []
            with connection.cursor() as cursor:
                cursor.execute(f"{_SELECT} {which}")
                return [SealedLine(*row) for row in cursor.fetchall()]

    @contextmanager
    def _opened(self) -> Iterator[BaseDatabaseWrapper]:
        """A connection of its own: what is written here is no part of what is done elsewhere."""
        connection = ConnectionHandler({"default": self._config})["default"]
        try:
            yield connection
        except (DatabaseError, OSError) as error:
            raise CannotReach from error
        finally:
            connection.close()


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotReach from error


def _last(file: Any) -> SealedLine | None:
    """The last whole line; the file then stands at its end, before what was torn off."""
    end = file.seek(0, os.SEEK_END)
    begin = file.seek(max(0, end - LONGEST_LINE))
    tail = file.read(end - begin)
    whole = tail[: tail.rfind(b"\n") + 1]
    if not _is_torn(tail[len(whole) :]):
        raise Broken
    file.seek(begin + len(whole))
    return _line(whole.splitlines(keepends=True)[-1]) if whole else None


def _is_torn(text: bytes) -> bool:
    """Did a crash leave this, which nobody was told was written? It is the beginning of a line."""
    if text.endswith(b"\n"):
        return False
    head = _HEAD.match(text)
    if head is None:
        is_torn = _HEAD_BEGUN.fullmatch(text) is not None
    else:
        is_torn = len(text) <= head.end() + int(head[2])
    if is_torn and text:
        log.warning("The last line of the endings journal was torn off.")
    return is_torn


def _line(text: bytes) -> SealedLine:
    head = _HEAD.match(text)
    if head is None or text[head.end() + int(head[2]) :] != b"\n":
        raise Broken
    try:
        return SealedLine(int(head[1]), text[head.end() : -1].decode("ascii"))
    except ValueError as error:
        raise Broken from error
