"""What runs in a warm child: a renderer, within limits, that knows no settings and no database."""

import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from profiles.pdf.fit import DoesNotFit, Fit, MadePage
from profiles.pdf.render_job import Assets, CardJob, LeafletJob, RenderJob

if TYPE_CHECKING:
    from profiles.pdf.renderer import Renderer

MOST_MEMORY: Final = 512 * 1024 * 1024
Answer = TypeVar("Answer")
Work = TypeVar("Work", RenderJob, CardJob, LeafletJob)

_renderers: list["Renderer"] = []  # one, once it is warm


def warm_up(assets: Assets, sample: RenderJob, folder: str) -> None:
    """Set the limits, read the fonts, and print a page that nobody sees."""
    # Pebble waits for a child that handles SIGTERM; the default ends it at once, in any loop.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS does not keep to this limit, and may refuse it
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    tempfile.tempdir = folder  # the parent clears it up, even after a child was killed
    # Here and not above: the parent starts in half the time without WeasyPrint.
    from profiles.pdf.renderer import Renderer

    renderer = Renderer(assets)
    with suppress(DoesNotFit):
        renderer.print(sample)
    _renderers.append(renderer)


def print_page(renderer: "Renderer", job: RenderJob) -> MadePage:
    """The page as a PDF."""
    return renderer.print(job)


def measure_page(renderer: "Renderer", job: RenderJob) -> Fit:
    """How much room the page has."""
    return renderer.measure(job)


def print_card(renderer: "Renderer", card: CardJob) -> bytes:
    """The hello card as a PDF."""
    return renderer.print_card(card)


def print_leaflet(renderer: "Renderer", leaflet: LeafletJob) -> bytes:
    """The leaflet as a PDF."""
    return renderer.print_leaflet(leaflet)


def answer(task: Callable[["Renderer", Work], Answer], job: Work) -> Answer | Fit | str:
    """What the renderer says; the room there is, if it does not fit; or the kind of fault."""
    try:
        return task(_renderers[-1], job)
    except DoesNotFit as too_long:
        return too_long.fit
    except MemoryError:
        os._exit(1)  # a fresh child is safer than one that has run out
    except BaseException as error:  # noqa: BLE001  # whatever it is, the parent gets a reason
        return type(error).__name__  # not its text: it may hold somebody's words
