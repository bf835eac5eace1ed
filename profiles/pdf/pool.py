"""A few warm children that print pages: bounded in number, in time, in memory and in waiting."""

import atexit
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from threading import BoundedSemaphore, Lock, Thread
from typing import TYPE_CHECKING, Final, TypeVar

from pebble import ProcessExpired, ProcessPool

from profiles.pdf.clean_process import CleanContext
from profiles.pdf.fit import Busy, Fit, TooHard
from profiles.pdf.render_job import Assets, RenderJob
from profiles.pdf.worker_process import Work, answer, warm_up

if TYPE_CHECKING:
    from profiles.pdf.renderer import Renderer

LONGEST_PRINT: Final = 4.0  # seconds for one page, with all its fitting; then its child is ended
LONGEST_WAIT: Final = 30.0  # seconds in the queue and at the renderer together
PAGES_A_CHILD: Final = 200
MAY_WAIT: Final = 8  # pages that may wait while every child is printing

SLOW: Final = "This page took too long to make. Shorter answers may help. Your words are safe."
FAULT: Final = "We could not make this PDF. Your words are safe. Please try again."


class PoolBroke(Exception):
    """The pool is of no more use: somebody ended a child of it that was not at work."""


log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class Pool:
    """Warm children of this process. The first page starts them."""

    def __init__(self, children: int, assets: Assets, sample: RenderJob) -> None:
        self._folder = tempfile.mkdtemp(prefix="tell-it-once-")
        self._room = BoundedSemaphore(children + MAY_WAIT)
        self._pool = ProcessPool(
            max_workers=children,
            max_tasks=PAGES_A_CHILD,
            initializer=warm_up,
            initargs=(assets, sample, self._folder),
            context=CleanContext(),
        )
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)

    def run(self, task: Callable[["Renderer", Work], Answer], job: Work) -> Answer | Fit:
        """What a child's renderer answers, or the room there is if the page does not fit.

        Busy if too many pages wait already; TooHard if it fails or takes too long; PoolBroke if
        nothing can be asked of these children any more.
        """
        if not self._room.acquire(blocking=False):
            raise Busy
        try:
            said = self._wait(task, job)
        finally:
            self._room.release()
        if isinstance(said, str):
            log.error("A page could not be made: %s", said)
            raise TooHard(FAULT)
        return said

    def stop(self) -> None:
        """End the children."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait(self, task: Callable[["Renderer", Work], Answer], job: Work) -> Answer | Fit | str:
        try:
            future = self._pool.schedule(answer, args=[task, job], timeout=LONGEST_PRINT)
        except RuntimeError as error:  # Pebble's word for a pool that broke while nobody asked
            raise PoolBroke from error
        try:
            return future.result(timeout=LONGEST_WAIT)
        except (BrokenProcessPool, CancelledError) as error:
            raise PoolBroke from error
        except TookTooLong:
            future.cancel()  # type: ignore[no-untyped-call]
            log.error("A page took too long to make.")
            raise TooHard(SLOW) from None
        except ProcessExpired:
            log.error("A child ended while it made a page.")
            raise TooHard(FAULT) from None


_pools: dict[int, Pool] = {}  # by process: a forked worker must not use its parent's children
_starting = Lock()


def pool(make: Callable[[], Pool]) -> Pool:
    """This process's pool, made when it is first needed."""
    with _starting:
        here = os.getpid()
        if here not in _pools:
            _pools[here] = make()
        return _pools[here]


def ask(
    make: Callable[[], Pool], task: Callable[["Renderer", Work], Answer], job: Work
) -> Answer | Fit:
    """What a child of this process's pool answers. A pool that broke is replaced, once."""
    mine = pool(make)
    try:
        return mine.run(task, job)
    except PoolBroke:
        log.error("The children that make pages broke, and are started again.")
        _forget(mine)
    try:
        return pool(make).run(task, job)
    except PoolBroke:
        raise TooHard(FAULT) from None


def _forget(broken: Pool) -> None:
    """Let the next page start fresh children, and end what is left of these."""
    with _starting:
        if _pools.get(os.getpid()) is broken:
            del _pools[os.getpid()]
            Thread(target=broken.stop, name="end a broken pool", daemon=True).start()
