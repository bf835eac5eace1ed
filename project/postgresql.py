"""How PostgreSQL is asked what has more values than may go beside the words of a question."""

from typing import Any, Final

from django.db.backends.postgresql.base import ServerBindingCursor  # type: ignore[attr-defined]
from psycopg import ClientCursor

MOST_VALUES: Final = 65_535  # that one question may have beside its words


class Cursor(ServerBindingCursor):
    """Sends values beside the words of a question; and within them, where there are too many.

    Django does not: whoever had more looks at their page than that could not delete it.
    """

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """Ask it."""
        if params is not None and len(params) > MOST_VALUES:
            query, params = ClientCursor(self.connection).mogrify(query, params), None
        return super().execute(query, params, **how)
