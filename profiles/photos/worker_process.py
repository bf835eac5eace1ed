"""Takes in a photo in a process of its own, so that a hostile file can hurt nothing else.

A photo is chosen once in a long while, so no process is kept warm for it: one starts in a tenth of
a second, and takes what it saw with it.
"""

import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from threading import BoundedSemaphore
from typing import Final

from profiles.core.busy import PLACES, NoPlace
from profiles.core.clean_process import CleanProcess, Ended, limit, python
from profiles.photos import images
from profiles.photos.images import Kept, PhotoRefused

LONGEST = 15.0  # seconds
MOST_MEMORY: Final = 768 * 1024 * 1024
AT_ONCE: Final = 2
LONGEST_WAIT = 5.0
LESS_URGENT: Final = 10  # than answering: a processor that both want goes to the pages first
REFUSED: Final = 3  # the worker process's exit status when it answers with a sentence
PROGRAM = python("profiles.photos.worker_process")
BESIDE: Final = "beside"  # told to the worker process: the photo is for an answer

BUSY: Final = "A lot of people are choosing photos just now. Wait a minute, then try again"
SENTENCES: Final = {images.TOO_BIG, images.NOT_A_PHOTO, images.TOO_DETAILED, images.PART_MISSING}
JPEG_START: Final = b"\xff\xd8\xff"

logger = logging.getLogger(__name__)
_turn = BoundedSemaphore(AT_ONCE)


def take_in(data: bytes) -> bytes:
    """images.take_in, elsewhere: with limits on time and memory. Raises PhotoRefused as it does."""
    return _with_a_place(data, PROGRAM, images.PORTRAIT)


def take_in_beside(data: bytes) -> bytes:
    """The same for a photo that is to stand beside an answer: it is kept smaller."""
    return _with_a_place(data, [*PROGRAM, BESIDE], images.BESIDE)


def _with_a_place(data: bytes, program: Sequence[str], kept: Kept) -> bytes:
    if len(data) > images.MOST_BYTES:
        raise PhotoRefused(images.TOO_BIG)
    try:
        with PLACES.for_a_photo():  # waiting for a turn holds a thread, too
            return _in_turn(data, program, kept)
    except NoPlace:
        raise PhotoRefused(BUSY) from None


def _in_turn(data: bytes, program: Sequence[str], kept: Kept) -> bytes:
    if not _turn.acquire(timeout=LONGEST_WAIT):
        raise PhotoRefused(BUSY)
    try:
        return _checked(*_asked(data, program, kept), kept)
    except TimeoutError:
        logger.warning("A photo took longer than %s seconds to take in.", LONGEST)
        raise PhotoRefused(images.NOT_A_PHOTO) from None
    finally:
        _turn.release()


def _asked(data: bytes, program: Sequence[str], kept: Kept) -> tuple[int, bytes]:
    """How the worker process ended, and what it said."""
    process = CleanProcess(program)
    try:
        process.wire.within(LONGEST)
        with suppress(Ended):  # it may end without reading all of a file
            process.wire.say(data)
        process.wire.say_no_more()
        said = process.wire.hear(kept.most_bytes + 1)
        return process.status(), said
    finally:
        process.end()


def _checked(status: int, said: bytes, kept: Kept) -> bytes:
    """What the worker process made; nothing it says is believed without a look."""
    if status == REFUSED and (sentence := said.decode(errors="replace")) in SENTENCES:
        raise PhotoRefused(sentence)
    if status != 0 or not said.startswith(JPEG_START) or len(said) > kept.most_bytes:
        logger.warning("A photo's worker process ended with status %s.", status)
        raise PhotoRefused(images.NOT_A_PHOTO)
    return said


def main() -> int:  # pragma: no cover  # runs in the worker process, where nothing measures
    """The worker process: a file comes in, and a photo or the sentence that refuses it goes out."""
    # It writes to its line, and never to the disk.
    limit(memory=MOST_MEMORY, seconds=int(LONGEST) + 1, file_bytes=0)
    os.nice(LESS_URGENT)
    try:
        kept = images.BESIDE if BESIDE in sys.argv[1:] else images.PORTRAIT
        sys.stdout.buffer.write(images.take_in(sys.stdin.buffer.read(), kept))
    except PhotoRefused as refused:
        sys.stdout.buffer.write(str(refused).encode())
        return REFUSED
    return 0


if __name__ == "__main__":  # pragma: no cover
    sys.exit(main())
