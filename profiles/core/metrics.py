"""Numbers that whoever runs the site may watch, of which none is about a person.

prometheus-client keeps them: of all processes of one machine in one folder (gunicorn.conf.py), and
in memory where there is only one. They are told by profiles/house/watching.py.
"""

from typing import Final

from prometheus_client import Counter, Histogram

SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS: Final = Histogram(
    "tell_it_once_request_seconds",
    "How long it took to answer, by page and status.",
    ["page", "status"],
    buckets=SECONDS,
)
MADE: Final = Counter("tell_it_once_made", "What worker processes made, by its kind.", ["kind"])
TOO_BUSY: Final = Counter("tell_it_once_too_busy", "What was not made, since too much was.")
