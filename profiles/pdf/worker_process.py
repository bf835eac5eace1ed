"""What runs in a warm child: a press, within limits, that knows no settings and no database."""

import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from profiles.pdf.fit import DoesNotFit, MadePage, Room
from profiles.pdf.render_job import Card, Job, Kit, Leaflet

if TYPE_CHECKING:
    from profiles.pdf.renderer import Press

MOST_MEMORY: Final = 512 * 1024 * 1024
Answer = TypeVar("Answer")
Work = TypeVar("Work", Job, Card, Leaflet)

_presses: list["Press"] = []  # one, once it is warm


def warm_up(kit: Kit, sample: Job, folder: str) -> None:
    """Set the limits, read the fonts, and print a page that nobody sees."""
    # Pebble waits for a child that handles SIGTERM; the default ends it at once, in any loop.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS does not keep to this limit, and may refuse it
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    tempfile.tempdir = folder  # the parent clears it up, even after a child was killed
    # Here and not above: the parent starts in half the time without WeasyPrint.
    from profiles.pdf.renderer import Press

    press = Press(kit)
    with suppress(DoesNotFit):
        press.print(sample)
    _presses.append(press)


def print_page(press: "Press", job: Job) -> MadePage:
    """The page as a PDF."""
    return press.print(job)


def measure_page(press: "Press", job: Job) -> Room:
    """How much room the page has."""
    return press.measure(job)


def print_card(press: "Press", card: Card) -> bytes:
    """The hello card as a PDF."""
    return press.print_card(card)


def print_leaflet(press: "Press", leaflet: Leaflet) -> bytes:
    """The leaflet as a PDF."""
    return press.print_leaflet(leaflet)


def answer(task: Callable[["Press", Work], Answer], job: Work) -> Answer | Room | str:
    """What the press says; the room there is, if it does not fit; or the kind of fault."""
    try:
        return task(_presses[-1], job)
    except DoesNotFit as too_long:
        return too_long.room
    except MemoryError:
        os._exit(1)  # a fresh child is safer than one that has run out
    except BaseException as error:  # noqa: BLE001  # whatever it is, the parent gets a reason
        return type(error).__name__  # not its text: it may hold somebody's words
