"""Sessions that a stolen database does not open.

A browser's cookie carries the session's key. The database has the key's digest, which finds the
row, and what the session knows, sealed under the key. So whoever reads the rows can neither sign in
with one nor see what is in it: the code that was sent, an address, the pages a visitor began.
"""

import base64
import logging
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from profiles.core import codes, crypto
from profiles.core.clock import APART
from profiles.core.journal import Kind, note
from profiles.core.prepared import prepared

if TYPE_CHECKING:  # Django's store is generic only to the stubs
    from profiles.accounts.models import Session

    InDatabase = db.SessionStore[Session]
else:
    InDatabase = db.SessionStore

BROWSER: Final = "browser"  # where a session remembers what kind of browser it is in
SIGNED_IN: Final = "signed_in"  # where one remembers when its account came in, as seconds
# Where allauth keeps what waits for a code that was emailed, and since when, as seconds.
WAITING: Final = (("account_login", "initiated_at"), ("account_email_verification_code", "at"))
LONGEST: Final = timedelta(days=90)  # that one signing-in lasts, however often somebody comes
RENEWED: Final = timedelta(hours=1)  # so often, use puts off the end; sooner would only cost writes

logger = logging.getLogger(__name__)


def kept_as(key: str | None) -> str:
    """What the database has instead of a session's key. It names the row, and opens nothing."""
    return codes.digest(key or "", about="session")


def row_of(session: SessionBase) -> str:
    """The name of the row that holds this session."""
    return kept_as(session.session_key)


class SessionStore(InDatabase):
    """Django's sessions in the database, but for what a row holds and how it is found."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._as_loaded: dict[str, Any] | None = None

    @classmethod
    def get_model_class(cls) -> "type[Session]":
        """Our own table. Imported late: Django asks for this before it has read the tables."""
        from profiles.accounts.models import Session

        return Session

    def load(self) -> dict[str, Any]:
        """What this session knows. One that is not there, or is over, knows nothing."""
        now = timezone.now()
        row = _still_open.first(row_of(self), now)
        if row is None:
            self._session_key = None  # a key that somebody else chose is never taken up
            return {}
        known = self.decode(row.session_data)
        ahead = (now + APART).timestamp()
        if known.get(SIGNED_IN, 0) > ahead:  # it would last as much too long
            self._session_key = None
            return {}
        if row.used_at < now - RENEWED:
            self.modified = True  # the row and the cookie last so much longer from now
        self._as_loaded = deepcopy(known)
        for waits, since in WAITING:
            if waits in known and known[waits].get(since, 0) > ahead:  # and so would the code
                del known[waits]
                self.modified = True
        return known

    def exists(self, session_key: str) -> bool:
        """Is there a session with this key?"""
        return super().exists(kept_as(session_key))

    def save(self, must_create: bool = False) -> None:
        """Write what the session knows; if it learnt nothing new, only put off its end.

        Then nothing is written over what another request of this browser wrote meanwhile, and a
        session that was ended meanwhile stays ended, without a fault.
        """
        if not must_create and self.session_key and dict(self.items()) == self._as_loaded:
            self.model.objects.filter(pk=row_of(self)).update(
                expire_date=self.get_expiry_date(), used_at=timezone.now()
            )
            return
        self._as_loaded = None
        super().save(must_create)

    def get_expiry_date(self, **how: Any) -> datetime:
        """When it ends if it is not used again; in any case so long after somebody signed in."""
        unused = super().get_expiry_date(**how)
        came = self.get(SIGNED_IN)
        return unused if came is None else min(unused, datetime.fromtimestamp(came, UTC) + LONGEST)

    def create_model_instance(self, data: dict[str, Any]) -> "Session":
        """The row for what the session knows now."""
        if SESSION_KEY in data:
            data.setdefault(SIGNED_IN, timezone.now().timestamp())
        return self.model(
            session_key=row_of(self),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            account_id=data.get(SESSION_KEY),
            browser=data.get(BROWSER, ""),
        )

    def delete(self, session_key: str | None = None) -> None:
        """End the session with this key, or this one."""
        if key := session_key or self.session_key:
            with transaction.atomic():
                if self.model.objects.filter(pk=kept_as(key), account__isnull=False).exists():
                    note(Kind.SESSION, kept_as(key))
                super().delete(kept_as(key))

    def encode(self, session_dict: dict[str, Any]) -> str:
        """What the session knows, sealed under its key."""
        known = self.serializer().dumps(session_dict)
        sealed = crypto.seal(known, key_name="session", key=self._sealing_key(), about=row_of(self))
        return base64.b64encode(sealed).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What was sealed under this session's key; nothing, where that cannot be opened."""
        keys = {"session": self._sealing_key()}
        try:
            known = crypto.unseal(base64.b64decode(session_data), keys=keys, about=row_of(self))
        except (crypto.CannotOpen, ValueError):
            logger.warning("A session cannot be opened: it was changed, or SECRET_KEY was.")
            return {}
        opened: dict[str, Any] = self.serializer().loads(known)
        return opened

    def _sealing_key(self) -> bytes:
        return salted_hmac(__name__, self.session_key or "", algorithm="sha256").digest()


@prepared
def _still_open(key_digest: str, now: datetime) -> "QuerySet[Session]":
    rows = SessionStore.get_model_class().objects
    return rows.filter(pk=key_digest, expire_date__gt=now)
