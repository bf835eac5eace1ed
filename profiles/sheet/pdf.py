"""Makes a sheet's PDF: Django fills the template here, and a warm child prints it."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from profiles.sheet.layouts import LAYOUTS
from profiles.sheet.paper import for_paper
from profiles.sheet.press import Job, Kit, Press
from profiles.sheet.room import Busy, DoesNotFit, MadePage, Room, TooHard
from profiles.sheet.sheet import Sheet

__all__ = ["Busy", "DoesNotFit", "MadePage", "Room", "TooHard", "make_pdf_here"]

WEIGHTS = (400, 700, 800)


def make_pdf_here(sheet: Sheet) -> MadePage:
    """The sheet as a one-page PDF, made in this process: for commands and tests."""
    return press_here().print(job_for(sheet))


def job_for(sheet: Sheet) -> Job:
    """The sheet's paper copy, and the template filled with it."""
    copy = for_paper(sheet)
    return Job(html=fill(copy), sheet=copy)


def fill(copy: Sheet) -> str:
    """The layout's template, filled. Every word is escaped; nobody's words are markup."""
    return render_to_string(copy.layout.template, {"sheet": copy, "for_print": True})


@cache
def press_here() -> Press:
    """This process's own press."""
    return Press(kit())


@cache
def kit() -> Kit:
    """The fonts, pictures and stylesheets that every page is made with."""
    pictures = Path(_static("pictures/color"))
    return Kit(
        fonts={
            weight: _read(f"fonts/atkinson-hyperlegible-next-{weight}.ttf") for weight in WEIGHTS
        },
        pictures={path.stem: path.read_bytes() for path in sorted(pictures.glob("*.svg"))},
        paper=_read("layouts/paper.css").decode(),
        stylesheets={key: _read(layout.stylesheet).decode() for key, layout in LAYOUTS.items()},
    )


def _static(name: str) -> Path:
    return Path(settings.BASE_DIR) / "static" / name


def _read(name: str) -> bytes:
    return _static(name).read_bytes()
