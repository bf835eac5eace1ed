"""A few warm worker processes that print pages: bounded in number, time, memory and waiting."""

import atexit
import io
import logging
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar

from profiles.core.busy import PLACES, NoPlace
from profiles.core.clean_process import CleanProcess, Ended, python
from profiles.core.metrics import MADE, TOO_BUSY
from profiles.pdf import folders
from profiles.pdf.fit import Busy, DrawnPage, Fit, MadePage, NotMade, TooHard
from profiles.pdf.render_job import AlbumJob, Assets, RenderJob
from profiles.pdf.worker_process import Work

if TYPE_CHECKING:
    from profiles.pdf.renderer import Renderer

LONGEST_START: Final = 60.0  # seconds for a worker process to read the fonts
LONGEST_PRINT: Final = 4.0  # seconds for one page, with all its fitting; then its process is ended
LONGEST_WAIT: Final = 30.0  # seconds in the queue and in the process together
PAGES_A_PROCESS: Final = 200
LONGEST_ANSWER: Final = 11_000_000  # bytes: the largest PDF, and what is said about it

SLOW: Final = "This page took too long to make. Shorter answers may help. Your words are safe."

# What fontconfig and the loader of Pango need to find their files, on Linux and on macOS.
KEPT: Final = ("HOME", "DYLD_FALLBACK_LIBRARY_PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE")
FIXED: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class NeverBegan(Exception):
    """The worker process had ended before it took the job, so another can be asked."""


class Answers(pickle.Unpickler):
    """Reads what a worker process answers: a page, its picture or its fit, and plain things."""

    def find_class(self, module: str, name: str) -> type:
        """One of these three. Hostile words may speak through it: all else could run here."""
        for answer in (MadePage, DrawnPage, Fit):
            if (module, name) == (answer.__module__, answer.__name__):
                return answer
        raise pickle.UnpicklingError(name)


class WorkerProcess:
    """One worker process, warm or not yet, and the folder that its fonts are in."""

    def __init__(self) -> None:
        folders.take_away_left()
        self._folder = folders.Folder()
        self._pages = 0
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        try:
            self._process = CleanProcess(
                [*python("profiles.pdf.worker_process"), self._folder.path], FIXED | kept
            )
        except BaseException:
            self._folder.take_away()
            raise
        self.pid = self._process.pid
        self.is_spent = True

    def warm_up(self, assets: Assets, *samples: RenderJob) -> None:
        """Hand it what every page is made with, and wait until it is ready."""
        self._process.wire.within(LONGEST_START)
        self._process.wire.send(pickle.dumps((assets, *samples)))
        said = self._hear()
        if isinstance(said, str):
            log.error("A worker process that makes pages could not start: %s", said)
            raise Ended
        if not said:
            log.warning("A worker process goes without its shortcuts: pages take twice as long.")
        self.is_spent = False

    def ask(
        self, task: Callable[["Renderer", Work], Result], job: Work, until: float
    ) -> Result | Fit | str:
        """What its renderer says. Once it failed to, it can be asked nothing else."""
        self.is_spent = True
        wire = self._process.wire
        pages = len(job.pages) if isinstance(job, AlbumJob) else 1
        wire.within(min(pages * LONGEST_PRINT, until - monotonic()))
        try:
            wire.send(pickle.dumps((task, job)))
            wire.receive(0)
        except Ended:
            raise NeverBegan from None
        said: Result | Fit | str = self._hear()
        self._pages += 1
        self.is_spent = self._pages >= PAGES_A_PROCESS
        return said

    def end(self) -> None:
        """End it, and take its folder away."""
        self._process.end()
        self._folder.take_away()

    def _hear(self) -> Any:
        message = self._process.wire.receive(LONGEST_ANSWER)
        try:
            return Answers(io.BytesIO(message)).load()
        except Exception:  # noqa: BLE001  # hostile bytes make it raise anything at all
            raise Ended from None


@contextmanager
def place() -> Iterator[None]:
    """Hold one place for all that is printed in here, and for writing down that it was.

    Busy where none is free. Whoever asks waits for their turn: they may not hold the database.
    """
    try:
        with PLACES.to_print():
            yield
    except NoPlace:
        TOO_BUSY.inc()
        raise Busy from None


class Pool:
    """Warm worker processes of this process, which start at once.

    One that is not at work takes over where another has to end.
    """

    def __init__(self, processes: int, assets: Assets, *samples: RenderJob) -> None:
        self._assets, self._samples = assets, samples
        # None stands for one that could not start.
        self._ready: SimpleQueue[WorkerProcess | None] = SimpleQueue()
        self._processes: set[WorkerProcess] = set()
        self._changing = Lock()
        self._is_stopped = False
        self._tries = processes + 1  # each may have been ended while it waited
        self._first = [self._start_another() for _ in range(processes)]

    def wait_until_warm(self) -> None:
        """Wait until each of the first worker processes has printed its samples, or cannot."""
        for thread in self._first:
            thread.join()

    def run(self, task: Callable[["Renderer", Work], Result], job: Work) -> Result | Fit:
        """What a worker process's renderer answers, or the fit if the page is too long.

        Busy if too many pages wait already, or this one waited too long; TooHard if it takes too
        long to make, and NotMade if that failed.
        """
        with place():
            said = self._answer(task, job)
        if isinstance(said, str):
            log.error("A page could not be made: %s", said)
            raise NotMade()
        MADE.labels(task.__name__).inc()
        return said

    def stop(self) -> None:
        """End the worker processes."""
        with self._changing:
            self._is_stopped = True
            processes = list(self._processes)
        for process in processes:
            self._end(process)

    @property
    def pids(self) -> list[int]:
        """The numbers of the worker processes."""
        with self._changing:
            return [process.pid for process in self._processes]

    def _answer(self, task: Callable[["Renderer", Work], Result], job: Work) -> Result | Fit | str:
        """What a worker process says, or the next one if it was ended while it waited."""
        until = monotonic() + LONGEST_WAIT
        for _ in range(self._tries):
            process = self._next(until)
            if process is None:
                self._start_another()
                continue
            try:
                return process.ask(task, job, until)
            except NeverBegan:
                log.error("A worker process that waited for pages was ended, and is started again.")
            except TimeoutError:
                log.error("A page took too long to make.")
                raise TooHard(SLOW) from None
            except Ended:
                log.error("A worker process ended while it made a page.")
                raise NotMade() from None
            finally:
                self._put_back(process)
        raise NotMade()

    def _next(self, until: float) -> WorkerProcess | None:
        try:
            return self._ready.get(timeout=max(0, until - monotonic()))
        except Empty:
            log.error("A page waited too long for a worker process.")
            raise Busy from None

    def _put_back(self, process: WorkerProcess) -> None:
        if process.is_spent:
            self._end(process)
            self._start_another()
        else:
            self._ready.put(process)

    def _end(self, process: WorkerProcess) -> None:
        process.end()
        with self._changing:
            self._processes.discard(process)

    def _start_another(self) -> Thread:
        name = "start a worker process that prints"
        thread = Thread(target=self._start, name=name, daemon=True)
        thread.start()
        return thread

    def _start(self) -> None:
        """Start one and wait until it is warm: in a thread, so that nobody's page waits."""
        started = None
        try:
            with self._changing:
                if self._is_stopped:
                    return
                started = WorkerProcess()
                self._processes.add(started)
            started.warm_up(self._assets, *self._samples)
        except (Ended, OSError):
            if started:
                self._end(started)
            if not self._is_stopped:
                log.error("A worker process that makes pages did not start.")
            self._ready.put(None)
        else:
            self._ready.put(started)


_pools: dict[int, Pool] = {}  # by process: a forked one must not use what its parent started
_starting = Lock()


def _begin_anew() -> None:
    """A forked process has no thread that would open this again, whoever was starting a pool."""
    global _starting  # noqa: PLW0603
    _starting = Lock()


os.register_at_fork(after_in_child=_begin_anew)


def pool(make: Callable[[], Pool]) -> Pool:
    """This process's pool, made when it is first needed."""
    with _starting:
        here = os.getpid()
        if here not in _pools:
            _pools[here] = make()
        return _pools[here]


def ask(
    make: Callable[[], Pool], task: Callable[["Renderer", Work], Result], job: Work
) -> Result | Fit:
    """What a worker process of this process's pool answers."""
    return pool(make).run(task, job)


@atexit.register
def stop() -> None:
    """End this process's worker processes, if it has any."""
    if mine := _pools.pop(os.getpid(), None):
        mine.stop()
