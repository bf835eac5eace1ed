"""Whoever wants to write waits for their turn, and it comes.

On SQLite one writes at a time. Who finds another at it looks again after 1 ms, then 2, 5, 10 and so
on up to 100 (`sqliteDefaultBusyCallback` in its main.c): who has waited longest looks most rarely,
and others go before. While 50 people read, each look being written down, one in twenty waited more
than a second and some five. So in each process one alone looks, at every millisecond, and the
others stand behind it.
"""

import sqlite3
from collections import defaultdict
from threading import Lock
from time import monotonic, sleep
from typing import Any, Final

from django.db.backends.sqlite3 import base
from django.db.backends.utils import debug_transaction  # type: ignore[attr-defined]
from django.db.utils import OperationalError

LOOKS_AGAIN: Final = 0.001  # seconds
LOCKED: Final = "database is locked"  # as SQLite says it
TAKEN: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
PRIMARY: Final = 0xFF  # the bits of SQLite's codes that tell what it is; the rest tell where

_turns: defaultdict[str, Lock] = defaultdict(Lock)  # by database


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin in turn, within the `timeout` of its options."""

    def get_connection_params(self) -> dict[str, Any]:
        """As Django has them; and how long this connection waits."""
        found: dict[str, Any] = super().get_connection_params()
        self._begins = f"BEGIN {self.transaction_mode or ''}"  # type: ignore[attr-defined]
        self._patience = float(found.get("timeout", 5))  # seconds; 5 are what Python waits
        self.turn = _turns[str(found["database"])]
        return found

    def _start_transaction_under_autocommit(self) -> None:
        until = monotonic() + self._patience
        if not self.turn.acquire(timeout=self._patience):
            raise OperationalError(LOCKED)
        try:
            with debug_transaction(self, "BEGIN"), self.wrap_database_errors:
                self._begin(until)
        finally:
            self.turn.release()

    def _begin(self, until: float) -> None:
        """Begin as soon as nobody writes. OperationalError if that is not so by then."""
        self._wait_by_itself(0)
        try:
            while not self._has_begun():
                if monotonic() > until:
                    raise OperationalError(LOCKED)
                sleep(LOOKS_AGAIN)
        finally:
            self._wait_by_itself(self._patience)

    def _has_begun(self) -> bool:
        """Begin, unless another writes.

        Asked of Python's own connection: an error of Django's stays in memory for a while, with all
        that it names, and this may be one a millisecond.
        """
        try:
            self.connection.execute(self._begins)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY in TAKEN:
                return False
            raise
        return True

    def _wait_by_itself(self, seconds: float) -> None:
        """How long SQLite waits, in its own way, before it says that another writes."""
        self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}").close()
