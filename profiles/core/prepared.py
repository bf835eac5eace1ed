"""Questions to the database whose SQL is built once, and that are asked again with other values.

To build the SQL of a question costs Django more than to ask a database that is near. What is asked
whenever a page is read is therefore built once for each thread and connection.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, Generic, ParamSpec, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import CharField, DateTimeField, Expression, IntegerField, QuerySet
from django.db.transaction import TransactionManagementError

P = ParamSpec("P")
Row = TypeVar("Row")

# What may be asked with, and how a database takes it. None becomes part of the question: IS NULL.
FIELDS: Final[dict[type, Any]] = {
    int: IntegerField(),
    str: CharField(),
    datetime: DateTimeField(),
}
_forgotten = 0  # grows with every forget(): what was built before does not count


def forget() -> None:
    """Build every question anew when it is asked next, in every thread.

    For tests that put a fault into the methods by which the questions are built.
    """
    global _forgotten  # noqa: PLW0603
    _forgotten += 1


class Prepared(Generic[P, Row]):
    """A question, built by a function that takes what it is asked with: whole numbers, text,
    moments or None, by position. The function may do nothing but build a QuerySet with them.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        self._build: Callable[..., QuerySet[Any, Row]] = build
        self._kept: _Kept[Row] = _Kept()
        self.__doc__ = build.__doc__

    def __call__(self, *values: P.args, **named: P.kwargs) -> list[Row]:
        """The rows, as the QuerySet would give them."""
        shape = (_forgotten, *map(type, values))
        built = self._kept.by_shape.get(shape)
        if built is None or not built.is_for(connections[built.using]):
            built = _Built(self._build(*map(_slot, range(len(values)), values)))
            self._kept.by_shape[shape] = built
        return built.ask(values)

    def first(self, *values: P.args, **named: P.kwargs) -> Row | None:
        """The first row, or None. Ask it of questions that have one row at most."""
        return next(iter(self(*values, **named)), None)


class _Kept(threading.local, Generic[Row]):
    """What one thread has built of one question, by which of its values are None."""

    def __init__(self) -> None:
        self.by_shape: dict[tuple[object, ...], _Built[Row]] = {}


class _Slot(Expression):
    """The place of a value in a question."""

    def __init__(self, at: int, kind: type) -> None:
        self.at = at
        super().__init__(output_field=FIELDS[kind])

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


def _slot(at: int, value: object) -> _Slot | None:
    return None if value is None else _Slot(at, type(value))


class _Built(Generic[Row]):
    """The SQL of a question for one connection, which one thread uses at a time."""

    def __init__(self, question: QuerySet[Any, Row]) -> None:
        self.using = question.db
        self._question, self._connection = question, connections[self.using]
        compiler = question.query.get_compiler(self.using)
        self._sql, self._parameters = compiler.as_sql()
        self._found: list[Any] = []
        self._cursor: CursorWrapper | None = None
        self._cursor_of: object = None
        # Django makes the rows, as of any QuerySet; only its SQL is there already.
        converters = compiler.get_converters([each[0] for each in compiler.select])
        if compiler.has_extra_select:
            raise ValueError("A row here would hold more than was asked for.")
        compiler.execute_sql = lambda *_, **__: [self._found]
        compiler.get_converters = lambda _: converters
        question.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        self._rows: Iterable[Row] = question._iterable_class(question)  # type: ignore[assignment, arg-type]

    def is_for(self, connection: BaseDatabaseWrapper) -> bool:
        """Was it built for this connection?"""
        return self._connection is connection

    def ask(self, values: tuple[Any, ...]) -> list[Row]:
        """The rows for these values."""
        if self._question.query.select_for_update and self._connection.get_autocommit():
            raise TransactionManagementError("A row can be held only inside a transaction.")
        now = [
            each.output_field.get_db_prep_value(values[each.at], self._connection)
            if isinstance(each, _Slot)
            else each
            for each in self._parameters
        ]
        cursor = self._cursor_now()
        cursor.execute(self._sql, now)
        self._found = cursor.fetchall()
        try:
            return list(self._rows)
        finally:
            self._found = []

    def _cursor_now(self) -> CursorWrapper:
        """What asks: one and the same while the connection stays open. To make it each time, and
        all that it learns of the columns, takes a third of what it takes to ask.

        PostgreSQL's remembers what it found last, as sealed as it is there. Nobody reads it again.
        """
        connection = self._connection
        if connection.queries_logged:
            return connection.cursor()
        connection.close_if_health_check_failed()  # these two, as connection.cursor() does
        connection.ensure_connection()
        if self._cursor is None or self._cursor_of is not connection.connection:
            self._cursor, self._cursor_of = connection.cursor(), connection.connection
        return self._cursor


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Prepared[P, Row]:
    """Make a question of a function that builds a QuerySet: see Prepared."""
    return Prepared(build)
