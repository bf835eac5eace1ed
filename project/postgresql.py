"""How PostgreSQL is asked what it cannot be asked as usual: values beside words, and by a plan.

And for how long whoever asks waits for it.
"""

import re
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from django.db.backends.postgresql.base import (  # type: ignore[attr-defined]
    TIMESTAMPTZ_OID,
    ServerBindingCursor,
)
from psycopg import ClientCursor, Connection, OperationalError
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import Loader
from psycopg.errors import FeatureNotSupported
from psycopg.pq import Format, TransactionStatus

MOST_VALUES: Final = 65_535  # that one question may have beside its words
ITS_OWN_LIMIT: Final = re.compile(r"statement_timeout=(\d+)s\b")
LONGER: Final = 5  # seconds that whoever asks waits after that


class Moment(Loader):
    """Reads a moment as Python does, in a twelfth of the time that Django's way takes.

    A shared page has about sixty, in the rows of which it is made.
    """

    timezone = UTC  # Django puts its own way back wherever this is not the database's

    def load(self, data: Buffer) -> datetime:
        """The moment. Raises ValueError for one that Python cannot tell, such as infinity."""
        return datetime.fromisoformat(str(data, "ascii")).astimezone(UTC)


def answer_of(
    connection: Connection[Any], within: int | None, asked: PQGen[Any], **how: Any
) -> Any:
    """What it answers. OperationalError where it hangs, and no more is asked of that session.

    It gives up by itself on what takes too long, by a limit of its own that we ask it to keep. But
    one that hangs, as on a disk that does, keeps none, while its machine goes on to take what is
    sent: without this, whoever asked would wait until it goes on, and soon every thread would.
    """
    try:
        return Connection.wait(connection, asked, **{"timeout": within} | how)
    except OperationalError:
        if connection.info.transaction_status == TransactionStatus.ACTIVE:
            connection.pgconn.finish()  # an answer that came now would be taken for the next one
        raise


class Cursor(ServerBindingCursor):
    """Sends values beside the words of a question; and within them, where there are too many.

    Django does not: whoever had more looks at their page than that could not delete it.
    """

    def __init__(self, connection: Any, **how: Any) -> None:
        if "wait" not in vars(connection):
            limit = ITS_OWN_LIMIT.search(connection.info.options)
            within = int(limit[1]) + LONGER if limit else None
            connection.wait = partial(answer_of, connection, within)
        if connection.adapters.get_loader(TIMESTAMPTZ_OID, Format.TEXT) is not Moment:
            connection.adapters.register_loader(TIMESTAMPTZ_OID, Moment)
        super().__init__(connection, **how)

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """Ask it."""
        if params is not None and len(params) > MOST_VALUES:
            query, params = ClientCursor(self.connection).mogrify(query, params), None
        try:
            return super().execute(query, params, **how)
        except FeatureNotSupported:
            # A column is of another kind than when this was planned, and would be so in every
            # question here for a minute to come: from now on, this session plans anew each time.
            self.connection.prepare_threshold = None
            raise
