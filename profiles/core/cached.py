"""The cache in Redis or Valkey: what may be kept there, and what it raises when it is away.

Tries are counted in the cache. So a cache that is away is never passed over: whoever wanted to
count gets its fault, and whatever was to be tried is not tried.
"""

import json
from contextlib import suppress
from typing import Any, Final

from django.conf import settings

IN_REDIS: Final = "django.core.cache.backends.redis.RedisCache"


class Plain:
    """Keeps plain values, as JSON. Django's own way would run what somebody else put there."""

    def dumps(self, value: Any) -> bytes:
        """A value as it is kept. TypeError for what is not plain."""
        return json.dumps(value).encode()

    def loads(self, kept: bytes) -> Any:
        """The value again."""
        return json.loads(kept)


def faults() -> tuple[type[Exception], ...]:
    """What a cache outside the database raises; one inside it raises what a database does."""
    if not _is_in_redis():
        return ()
    from redis.exceptions import RedisError  # it is there only where it is used

    return (RedisError,)


def keeps_to_the_end() -> bool:
    """Does the cache keep every count until its time is over, rather than make room for others?"""
    if not _is_in_redis():
        return True
    from redis import Redis

    cache = settings.CACHES["default"]
    limits = {name: value for name, value in cache["OPTIONS"].items() if "timeout" in name}
    with suppress(*faults()), Redis.from_url(cache["LOCATION"], **limits) as asked:
        memory: dict[str, Any] = asked.info("memory")
        return not memory["maxmemory"] or memory["maxmemory_policy"] == "noeviction"
    return True  # it is away, or tells us nothing: that it is away is said elsewhere


def _is_in_redis() -> bool:
    return bool(settings.CACHES["default"]["BACKEND"] == IN_REDIS)
