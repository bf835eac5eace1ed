"""Let go of what the cache holds that is over: Django itself does so only when the table is full.

What is counted there is counted by internet addresses, which are kept for no longer than needed.
"""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection

IN_DATABASE: Final = "django.core.cache.backends.db.DatabaseCache"


def forget_expired(at: datetime) -> int:
    """Delete the rows of the cache that are over by this moment; how many. A cache that is not in
    the database has none.
    """
    cache = settings.CACHES["default"]
    if cache["BACKEND"] != IN_DATABASE:
        return 0
    quoted = connection.ops.quote_name
    # The cache keeps whole seconds, and holds a row to be there until its own is over.
    over = connection.ops.adapt_datetimefield_value(at.replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {quoted(str(cache['LOCATION']))} WHERE {quoted('expires')} < %s",  # noqa: S608
            [over],
        )
        deleted: int = cursor.rowcount
        return deleted
