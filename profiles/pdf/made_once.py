"""What was made of a sheet that has not changed is made once: its PDF, its picture and its fit.

It stands behind the door, in the memory of this process alone, and goes with it. Nobody can read it
there without the very sheet: one hash of the sheet tells both where something is kept, of which a
half is the place and a half the key that it is sealed with.
"""

import os
import pickle
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock
from typing import Any, Final, TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from profiles.sheet.sheet import Sheet

MOST_KEPT: Final = 100
NONCE: Final = 12  # bytes
HALF: Final = 32  # bytes

Made = TypeVar("Made")
First = Callable[[], object]


def nothing() -> None:
    """Where nothing is to be done first."""


class MadeOnce:
    """The last things that were made of sheets, sealed."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._salt = os.urandom(HALF)
        self._most = most
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()  # the last used is the last
        self._changing = Lock()

    def of(
        self,
        sheet: Sheet,
        make: Callable[[Sheet], Made],
        *,
        first: First = nothing,
    ) -> Made:
        """What this makes of this sheet: as it was made before, or made now; `first` this is done,
        where it is made now.

        What either raises is not kept: the next who asks has it tried again.
        """
        place, key = self._place_and_key(sheet, make)
        with self._changing:
            sealed = self._kept.get(place)
            if sealed is not None:
                self._kept.move_to_end(place)
        if sealed is not None:
            before: Made = _opened(sealed, key)
            return before
        first()
        made = make(sheet)
        with self._changing:
            self._kept[place] = _sealed(made, key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def forget(self) -> None:
        """Let go of all of it."""
        with self._changing:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)

    def _place_and_key(self, sheet: Sheet, make: Callable[[Sheet], object]) -> tuple[bytes, bytes]:
        said = f"{make.__qualname__} {sheet!r}".encode("utf-8", "surrogatepass")
        both = blake2b(said, key=self._salt, digest_size=2 * HALF).digest()
        return both[:HALF], both[HALF:]


def _sealed(made: object, key: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, pickle.dumps(made), None)


def _opened(sealed: bytes, key: bytes) -> Any:
    # What this process has pickled itself, and sealed with a key that it has told nobody.
    return pickle.loads(AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], None))  # noqa: S301
