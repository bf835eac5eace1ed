"""A process that serves says that it is here, and which FIELD_KEYS it knows, until it goes."""

import logging
from threading import Event, Thread
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models.functions import Now

from profiles.core.models import BEAT, KeyHolder

log = logging.getLogger(__name__)


class Heartbeat:
    """Says so at once and every while, in a thread of its own."""

    def __init__(self, every: float = BEAT) -> None:
        self._id = uuid4()
        self._every = every
        self._over = Event()
        self._thread = Thread(target=self._beat, name="say which keys we know", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Take leave. A process that is killed cannot, and is missed after a while."""
        self._over.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        while not self._over.is_set():
            self._say(is_here=True)
            self._over.wait(self._every)
        self._say(is_here=False)

    def _say(self, *, is_here: bool) -> None:
        try:
            if is_here:
                said = {"keys": ",".join(settings.FIELD_KEYS), "seen_at": Now()}
                KeyHolder.objects.update_or_create(pk=self._id, defaults=said)
                KeyHolder.objects.long_gone().delete()
            else:
                KeyHolder.objects.filter(pk=self._id).delete()
        except DatabaseError as fault:  # it is away: said again the next time
            log.error("Which keys are known here was not said: %s", type(fault).__name__)
        finally:
            connection.close()  # it is held for nobody in between
