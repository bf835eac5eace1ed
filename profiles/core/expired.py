"""Let go of what the cache holds that is over: Django itself does so only when the table is full.
So it does of what a clock wrote that ran ahead: it would be counted for as long as that was.

What is counted there is counted by internet addresses, which are kept for no longer than needed.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection

from profiles.core.cached import IN_DATABASE
from profiles.core.clock import APART

LONGEST: Final = timedelta(days=1)  # that anything is counted: see LIMITS in accounts/tries.py
FOR_EVER: Final = datetime(9999, 1, 1, tzinfo=UTC)  # and later, what is kept without an end


def forget_expired(at: datetime) -> int:
    """Delete the rows of the cache that are over by this moment, or last longer than any; how many.
    A cache that is not in the database has none.
    """
    cache = settings.CACHES["default"]
    if cache["BACKEND"] != IN_DATABASE:
        return 0
    quoted = connection.ops.quote_name
    # The cache keeps whole seconds, and holds a row to be there until its own is over.
    second, adapt = at.replace(microsecond=0), connection.ops.adapt_datetimefield_value
    over, too_late = adapt(second), adapt(second + LONGEST + APART)
    for_ever = adapt(FOR_EVER)
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {quoted(str(cache['LOCATION']))} WHERE {quoted('expires')} < %s"  # noqa: S608
            f" OR {quoted('expires')} > %s AND {quoted('expires')} < %s",
            [over, too_late, for_ever],
        )
        deleted: int = cursor.rowcount
        return deleted
