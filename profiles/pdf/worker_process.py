"""What runs in a worker process: a renderer, within limits, with no settings and no database."""

import gc
import os
import pickle
import shutil
import sys
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from profiles.core.clean_process import Ended, Wire, limit
from profiles.pdf.fit import DoesNotFit, DrawnPage, Fit, MadePage
from profiles.pdf.libraries import found_by_the_loader
from profiles.pdf.render_job import AlbumJob, Assets, CardJob, LeafletJob, RenderJob

if TYPE_CHECKING:
    from profiles.pdf.renderer import Renderer

MOST_MEMORY: Final = 512 * 1024 * 1024
LONGEST_LIFE: Final = 900  # seconds of work: more than all its pages may take together
RARELY: Final = (200_000, 20, 20)  # when the collector looks by itself: few pages make half as much
TAKEN: Final = b""  # said before a job is begun, so that one that ended earlier is told from it
YOUNG: Final = 1  # what was there before the last page stays
Result = TypeVar("Result")
Work = TypeVar("Work", RenderJob, AlbumJob, CardJob, LeafletJob)


def main() -> None:  # pragma: no cover  # runs in the worker process, where nothing measures
    """The worker process: the assets come in and are taken up, and then one job after another."""
    tempfile.tempdir = folder = sys.argv[1]
    try:
        wire = Wire.to_parent()
        limit(memory=MOST_MEMORY, seconds=LONGEST_LIFE)
        renderer = _warm(*_next(wire))
        wire.send(pickle.dumps(renderer if isinstance(renderer, str) else renderer.is_quick))
        while not isinstance(renderer, str):
            task, job = _next(wire)
            wire.send(TAKEN)
            wire.send(pickle.dumps(answer(renderer, task, job)))
            del job
            gc.collect(YOUNG)  # now, when nobody waits: what a page leaves refers to itself
    except Ended:
        pass  # the parent let go of the wire, or is no more
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # a parent that was killed cannot


def _next(wire: Wire) -> tuple[Any, ...]:  # pragma: no cover  # runs in the worker process
    """What the parent sends; it is ours, so it may be any object."""
    message: tuple[Any, ...] = pickle.loads(wire.receive(sys.maxsize))  # noqa: S301
    return message


def _warm(
    assets: Assets, *samples: RenderJob
) -> "Renderer | str":  # pragma: no cover  # runs in the worker process
    """A renderer that has printed pages that nobody sees, or the kind of fault."""
    try:
        # Here and not above: the parent starts in half the time without WeasyPrint.
        with found_by_the_loader():
            from profiles.pdf.renderer import warmed

        renderer = warmed(assets, *samples)
        # What is there now stays: looking for it again and again takes time.
        gc.freeze()
        gc.set_threshold(*RARELY)
    except Exception as error:  # noqa: BLE001  # whatever it is, the parent gets a reason
        return f"{type(error).__name__}: {error}"  # nobody's words are here yet
    return renderer


def print_page(renderer: "Renderer", job: RenderJob) -> MadePage:
    """The page as a PDF."""
    return renderer.print(job)


def measure_page(renderer: "Renderer", job: RenderJob) -> Fit:
    """How much room the page has."""
    return renderer.measure(job)


def draw_page(renderer: "Renderer", job: RenderJob) -> DrawnPage:
    """The first side of the page as a picture, and where its answers stand."""
    return renderer.draw(job)


def draw_album(renderer: "Renderer", album: AlbumJob) -> bytes:
    """The pages side by side, as one picture."""
    from profiles.pdf import drawing  # here and not above: the parent has no use for it

    return drawing.album([renderer.sketch(page) for page in album.pages], album.width)


def print_card(renderer: "Renderer", card: CardJob) -> bytes:
    """The hello card as a PDF."""
    return renderer.print_card(card)


def print_leaflet(renderer: "Renderer", leaflet: LeafletJob) -> bytes:
    """The leaflet as a PDF."""
    return renderer.print_leaflet(leaflet)


def answer(
    renderer: "Renderer", task: Callable[["Renderer", Work], Result], job: Work
) -> Result | Fit | str:
    """What the renderer says; the fit, if it is too long; or the kind of fault."""
    try:
        return task(renderer, job)
    except DoesNotFit as too_long:
        return too_long.fit
    except MemoryError:
        os._exit(1)  # a fresh worker process is safer than one that has run out
    except BaseException as error:  # noqa: BLE001  # whatever it is, the parent gets a reason
        return type(error).__name__  # not its text: it may hold somebody's words


if __name__ == "__main__":  # pragma: no cover
    main()
