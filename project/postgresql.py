"""How PostgreSQL is asked what it cannot be asked as usual: values beside words, and by a plan."""

from typing import Any, Final

from django.db.backends.postgresql.base import ServerBindingCursor  # type: ignore[attr-defined]
from psycopg import ClientCursor
from psycopg.errors import FeatureNotSupported

MOST_VALUES: Final = 65_535  # that one question may have beside its words


class Cursor(ServerBindingCursor):
    """Sends values beside the words of a question; and within them, where there are too many.

    Django does not: whoever had more looks at their page than that could not delete it.
    """

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
