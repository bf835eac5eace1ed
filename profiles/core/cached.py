"""The cache, in our database or in Redis or Valkey: what it raises when it is away.

Tries are counted in the cache. So a cache that is away is never passed over: whoever wanted to
count gets its fault, and whatever was to be tried is not tried.
"""

import json
from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, IntegrityError, OperationalError, connections, router

IN_REDIS: Final = "django.core.cache.backends.redis.RedisCache"
IN_DATABASE: Final = "profiles.core.cached.InDatabase"


class NotKept(OperationalError):
    """The cache in the database could not keep what it was given. Nobody else was faster."""


class InDatabase(DatabaseCache):
    """Django's own, which also tells when the database refuses to write, or gives up.

    Django's answers as if somebody else had been faster. Whoever could not be counted then was told
    that they had tried too often; and what was to be counted was forgotten.
    """

    def _base_set(  # which add, set and touch all call
        self, mode: str, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT
    ) -> bool:
        """Keep a value, or say that one of this name is there. Raises NotKept."""
        is_there = False

        def watch(execute: Any, *asked: Any) -> Any:
            nonlocal is_there
            try:
                return execute(*asked)
            except IntegrityError:
                is_there = True
                raise

        database = connections[router.db_for_write(self.cache_model_class)]
        with database.execute_wrapper(watch):
            kept: bool = super()._base_set(mode, key, value, timeout)  # type: ignore[misc]
        if not (kept or is_there or mode == "touch"):
            raise NotKept
        return kept


class Plain:
    """Keeps plain values, as JSON. Django's own way would run what somebody else put there."""

    def dumps(self, value: Any) -> bytes:
        """A value as it is kept. TypeError for what is not plain."""
        return json.dumps(value).encode()

    def loads(self, kept: bytes) -> Any:
        """The value again."""
        return json.loads(kept)


def faults() -> tuple[type[Exception], ...]:
    """What the cache raises when it is away."""
    if not _is_in_redis():
        return (DatabaseError,)
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
