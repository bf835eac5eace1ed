"""Makes a sheet's PDF: Django fills the template here, and a warm worker process prints it."""

import atexit
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.template.loader import render_to_string

from profiles.core import static_files
from profiles.core.busy import PLACES, NoPlace
from profiles.pdf.fit import Busy, DoesNotFit, DrawnPage, Fit, MadePage, TooHard
from profiles.pdf.pool import FAULT, Pool, ask, pool
from profiles.pdf.render_job import AlbumJob, Assets, CardJob, LeafletJob, RenderJob
from profiles.pdf.sanitise import beginning, sanitised
from profiles.pdf.worker_process import (
    Result,
    Work,
    measure_page,
    print_card,
    print_leaflet,
    print_page,
)
from profiles.pdf.worker_process import draw_album as draw_all
from profiles.pdf.worker_process import draw_page as draw_one
from profiles.sheet.build import build
from profiles.sheet.catalogue import ONE_PAGE, layout, layouts
from profiles.sheet.sheet import Sheet, SheetAnswer
from profiles.sheet.sizes import SIZES
from profiles.topics.load import load
from profiles.topics.pictures import pictures

if TYPE_CHECKING:
    from profiles.pdf.renderer import Renderer

__all__ = [
    "Busy",
    "DoesNotFit",
    "DrawnPage",
    "Fit",
    "MadePage",
    "TooHard",
    "draw_album",
    "draw_page",
    "make_card",
    "make_leaflet",
    "make_pdf",
    "make_pdf_here",
    "measure",
]

LARGEST_PDF: Final = 10_000_000
WEIGHTS: Final = (400, 700, 800)
SPACES: Final = re.compile(r"[ \t\n]+")
SHARED: Final = ("layouts/sheet.css", "layouts/printed-sheet.css")  # by all layouts


def make_pdf(sheet: Sheet) -> MadePage:
    """The sheet as a one-page PDF, made by a worker process. DoesNotFit rather than lose a word."""
    made = ask(new_pool, print_page, render_job_for(sheet))
    if isinstance(made, Fit):
        raise DoesNotFit(made)
    if not made.pdf.startswith(b"%PDF-") or len(made.pdf) > LARGEST_PDF:
        raise TooHard(FAULT)
    return made


def make_leaflet(html: str) -> bytes:
    """Something to print that is no page about somebody, made by a warm worker process."""
    made = ask(new_pool, print_leaflet, LeafletJob(html=html + ""))
    if isinstance(made, Fit) or not made.startswith(b"%PDF-") or len(made) > LARGEST_PDF:
        raise TooHard(FAULT)
    return made


def make_card(card: CardJob) -> bytes:
    """A hello card as a PDF of one small page. DoesNotFit rather than lose a word."""
    made = ask(new_pool, print_card, card)
    if isinstance(made, Fit):
        raise DoesNotFit(made)
    if not made.startswith(b"%PDF-") or len(made) > LARGEST_PDF:
        raise TooHard(FAULT)
    return made


def draw_album(sheets: Sequence[Sheet], width: int) -> bytes:
    """These pages as one picture (WebP), side by side, each so many dots wide."""
    jobs = tuple(render_job_for(sheet) for sheet in sheets)
    return _webp(_draw(draw_all, AlbumJob(pages=jobs, width=width)))


def draw_page(sheet: Sheet) -> DrawnPage:
    """The first side of the page as a picture, and where on it each answer stands.

    A page that is too long is drawn as well, and says that it goes on.
    """
    drawn = _draw(draw_one, render_job_for(beginning(sheet)))
    _webp(drawn.webp)
    return drawn


def measure(sheet: Sheet) -> Fit:
    """How much room the page has, by the same engine; a page too long is told, not raised."""
    return ask(new_pool, measure_page, render_job_for(sheet))


def make_pdf_here(sheet: Sheet, standard: str = "") -> MadePage:
    """The sheet as a one-page PDF, made in this process: for commands and tests."""
    is_usual = standard in ("", assets().standard)
    renderer = renderer_here() if is_usual else renderer_here(standard)  # one of each, not two
    return renderer.print(render_job_for(sheet))


def measure_here(sheet: Sheet) -> Fit:
    """How much room the page has, measured in this process."""
    return renderer_here().measure(render_job_for(sheet))


def warm() -> None:
    """Start the worker processes now, so that nobody's first page waits for them."""
    pool(new_pool)


def _draw(task: Callable[["Renderer", Work], Result], job: Work) -> Result:
    """What a worker process draws. Busy where that would leave no place to print."""
    try:
        with PLACES.to_draw():
            drawn = ask(new_pool, task, job)
    except NoPlace:
        raise Busy from None
    if isinstance(drawn, Fit):
        raise TooHard(FAULT)
    return drawn


def _webp(drawn: bytes) -> bytes:
    """These bytes, if they are a picture of ours."""
    if not drawn.startswith(b"RIFF") or len(drawn) > LARGEST_PDF:
        raise TooHard(FAULT)
    return drawn


def render_job_for(sheet: Sheet) -> RenderJob:
    """The sheet's paper copy, and the template filled with it."""
    copy = sanitised(sheet)
    return RenderJob(html=fill(copy), sheet=copy)


def fill(copy: Sheet) -> str:
    """The layout's template, filled. Every word is escaped; nobody's words are markup."""
    filled = render_to_string("layouts/sheet.html", {"sheet": copy, "for_print": True})
    # WeasyPrint breaks the lines of a foot where its template does: a footnote keeps its spaces.
    return SPACES.sub(" ", filled).replace("<p> ", "<p>").replace(" </p>", "</p>")


@cache
def renderer_here(standard: str = "") -> "Renderer":
    """This process's own renderer, which writes by this standard or by this site's."""
    # With it comes WeasyPrint, which the web does without.
    from profiles.pdf.renderer import Renderer

    atexit.register(renderer_here.cache_clear)  # WeasyPrint then clears up its copies of the fonts
    return Renderer(replace(assets(), standard=standard) if standard else assets())


def new_pool() -> Pool:
    """Warm worker processes, one for each core up to the most we may have."""
    processes = min(getattr(settings, "PDF_PROCESSES", 2), os.cpu_count() or 1)
    return Pool(processes, assets(), sample())


def sample() -> RenderJob:
    """A short page for a worker process to warm up on."""
    said = SheetAnswer(topic="important", text="Tea first.")
    topics = load("en")
    return render_job_for(
        build(answers=[said], layout=layout(ONE_PAGE), topics=topics, made_on=date(2000, 1, 1))
    )


@cache
def assets() -> Assets:
    """The fonts, pictures and stylesheets that every page is made with."""
    return Assets(
        fonts={
            weight: static_files.read(f"fonts/atkinson-hyperlegible-next-{weight}.ttf")
            for weight in WEIGHTS
        },
        pictures={code: each.path.read_bytes() for code, each in pictures().items()},
        paper=static_files.read("layouts/paper.css").decode(),
        stylesheets={
            key: "\n".join(static_files.read(name).decode() for name in (*SHARED, each.stylesheet))
            for key, each in layouts().items()
        },
        sizes={
            size.stylesheet: static_files.read(size.stylesheet).decode()
            for size in SIZES.values()
            if size.stylesheet
        },
        leaflet=static_files.read("layouts/leaflet.css").decode(),
        card=static_files.read("layouts/hello-card.css").decode(),
        standard=settings.PDF_STANDARD,
    )
