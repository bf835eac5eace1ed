"""Makes a sheet's PDF: Django fills the template here, and a warm worker process prints it."""

import atexit
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.template.loader import render_to_string

from profiles.core import static_files
from profiles.core.busy import PLACES, NoPlace
from profiles.core.qr import qr_code
from profiles.pdf.estimate import Estimate
from profiles.pdf.fit import Busy, DoesNotFit, DrawnPage, Fit, MadePage, NotMade, TooHard
from profiles.pdf.guess import GuessedPage
from profiles.pdf.libraries import found_by_the_loader
from profiles.pdf.made_once import First, MadeOnce, nothing
from profiles.pdf.pool import Pool, ask, place, pool
from profiles.pdf.print_steps import steps_for
from profiles.pdf.render_job import AlbumJob, Assets, CardJob, LeafletJob, RenderJob
from profiles.pdf.sanitise import beginning, sanitised
from profiles.pdf.widths import Widths
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
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto, Stamp
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
    "NotMade",
    "TooHard",
    "can_print",
    "draw_album",
    "draw_page",
    "guess",
    "make_card",
    "make_leaflet",
    "make_own_pdf",
    "make_pdf",
    "make_pdf_here",
    "measure",
    "place",
]

LARGEST: Final = 10_000_000  # bytes of a file that a worker process may answer with
PDF: Final = b"%PDF-"  # how a file of each kind begins
PNG: Final = b"\x89PNG"
WEBP: Final = b"RIFF"
WEIGHTS: Final = (400, 700, 800)
SPACES: Final = re.compile(r"[ \t\n]+")
DAY: Final = date(2000, 1, 1)
SAMPLE: Final[tuple[Mapping[str, Any], ...]] = (
    {"topic": "call_me", "text": "Jo"},
    {"topic": "must_know", "text": "I cannot swallow dry food."},
    {"topic": "ring_first", "text": "Dee, my sister: 07700 900123"},
    {"topic": "important", "text": "Tea first.\nThen a walk with Ŵyn, 10 minutes there and back."},
    {"topic": "eating", "text": "الشاي أولا، 2 ملاعق سكر", "language": "ar"},
    {"topic": "calm", "text": "Music, and somebody who sits with me.", "said_by": "my sister Dee"},
    {"topic": "do", "text": "Knock."},
    {"topic": "do_not", "text": "Shout."},
)
FEW: Final = (SAMPLE[0], {"topic": "important", "text": "Tea first.\nThen a walk."})
SHARED: Final = ("layouts/sheet.css", "layouts/printed-sheet.css")  # by all layouts


made_once: Final = MadeOnce()


def make_pdf(sheet: Sheet) -> MadePage:
    """The sheet as a one-page PDF, made by a worker process. DoesNotFit rather than lose a word."""
    made = ask(new_pool, print_page, render_job_for(sheet))
    if isinstance(made, Fit):
        raise DoesNotFit(made)
    _file(made.pdf, PDF)
    return made


def make_own_pdf(sheet: Sheet, first: First = nothing) -> MadePage:
    """The same, for those who write it: once, as long as every word on it stays the same. `first`
    this is done, when it is made.

    A reader's paper is always made: it has a code that no other has.
    """
    return made_once.of(sheet, make_pdf, first=first)


def make_leaflet(html: str) -> bytes:
    """Something to print that is no page about somebody, made by a warm worker process."""
    plain = html + ""  # no SafeString, as templates give: a worker process knows no Django
    made = ask(new_pool, print_leaflet, LeafletJob(html=plain))
    if isinstance(made, Fit):
        raise NotMade()
    return _file(made, PDF)


def make_card(card: CardJob) -> bytes:
    """A hello card as a PDF of one small page. DoesNotFit rather than lose a word."""
    made = ask(new_pool, print_card, card)
    if isinstance(made, Fit):
        raise DoesNotFit(made)
    return _file(made, PDF)


def draw_album(sheets: Sequence[Sheet], width: int) -> bytes:
    """These pages as one picture (WebP), side by side, each so many dots wide."""
    jobs = tuple(render_job_for(sheet) for sheet in sheets)
    return _file(_draw(draw_all, AlbumJob(pages=jobs, width=width)), WEBP)


def draw_page(sheet: Sheet, first: First = nothing) -> DrawnPage:
    """The first side of the page as a picture, and where on it each answer stands.

    A page that is too long is drawn as well, and says that it goes on. It is drawn once, as long as
    it stays the same; `first` this is done, when it is.
    """
    return made_once.of(sheet, _draw_page, first=first)


def _draw_page(sheet: Sheet) -> DrawnPage:
    drawn = _draw(draw_one, render_job_for(beginning(sheet)))
    _file(drawn.png, PNG)
    return drawn


def measure(sheet: Sheet) -> Fit:
    """How much room the page has, by the same engine; a page too long is told, not raised.

    It is measured once, as long as it stays the same.
    """
    return made_once.of(sheet, _measure)


def _measure(sheet: Sheet) -> Fit:
    return ask(new_pool, measure_page, render_job_for(sheet))


def guess(sheet: Sheet) -> GuessedPage | None:
    """What the page would measure by the widths of its words alone; None where only the engine can
    say, since it takes more than one side or is folded. TooHard if it holds too many emoji.
    """
    if sheet.size.may_take_more or sheet.size.folded:
        return None
    copy = sanitised(sheet)
    floor = steps_for(copy)[-1]
    return GuessedPage(Estimate(copy, widths()), floor, copy.size.room_pt)


@cache
def widths() -> Mapping[int, Widths]:
    """How wide the letters of our fonts are."""
    return {weight: Widths(ttf) for weight, ttf in assets().fonts.items()}


def make_pdf_here(sheet: Sheet, standard: str = "") -> MadePage:
    """The sheet as a one-page PDF, made in this process: for commands and tests."""
    is_usual = standard in ("", assets().standard)
    renderer = renderer_here() if is_usual else renderer_here(standard)  # one of each, not two
    return renderer.print(render_job_for(sheet))


def measure_here(sheet: Sheet) -> Fit:
    """How much room the page has, measured in this process."""
    return renderer_here().measure(render_job_for(sheet))


def warm() -> None:
    """Start the worker processes now, so that nobody's first page waits for them.

    When this is over, each has printed a page that nobody sees, or could not start.
    """
    pool(new_pool).wait_until_warm()


def can_print() -> bool:
    """Is there a worker process? The first time this waits until they have started."""
    mine = pool(new_pool)
    mine.wait_until_warm()
    return bool(mine.pids)


def _draw(task: Callable[["Renderer", Work], Result], job: Work) -> Result:
    """What a worker process draws. Busy where that would leave no place to print."""
    try:
        with PLACES.to_draw():
            drawn = ask(new_pool, task, job)
    except NoPlace:
        raise Busy from None
    if isinstance(drawn, Fit):
        raise NotMade()
    return drawn


def _file(made: bytes, begins: bytes) -> bytes:
    """These bytes, if they are a file of this kind: hostile words may answer in its place."""
    if not made.startswith(begins) or len(made) > LARGEST:
        raise NotMade()
    return made


def render_job_for(sheet: Sheet) -> RenderJob:
    """The sheet's paper copy, and the template filled with it; TooHard if it can not be printed."""
    fewer = render_job_for(sheet.without_besides()) if sheet.besides else None
    try:
        copy = sanitised(sheet)
    except TooHard:
        if fewer:
            return fewer
        raise
    return RenderJob(html=fill(copy), sheet=copy, fewer=fewer)


def fill(copy: Sheet) -> str:
    """The layout's template, filled. Every word is escaped; nobody's words are markup."""
    context = {"sheet": copy, "for_print": True, "in_pdf": True}
    filled = render_to_string("layouts/sheet.html", context)
    # WeasyPrint breaks the lines of a foot where its template does: a footnote keeps its spaces.
    return SPACES.sub(" ", filled).replace("<p> ", "<p>").replace(" </p>", "</p>")


@cache
def renderer_here(standard: str = "") -> "Renderer":
    """This process's own renderer, which writes by this standard or by this site's."""
    # With it comes WeasyPrint, which the web does without.
    with found_by_the_loader():
        from profiles.pdf.renderer import warmed

    atexit.register(renderer_here.cache_clear)  # WeasyPrint then clears up its copies of the fonts
    return warmed(replace(assets(), standard=standard) if standard else assets(), *samples())


def new_pool() -> Pool:
    """Warm worker processes, one for each core up to the most we may have."""
    processes = min(settings.PDF_PROCESSES, os.cpu_count() or 1)
    return Pool(processes, assets(), *samples())


def samples() -> tuple[RenderJob, RenderJob]:
    """What a renderer warms up on: a page with all that pages have, and one as most begin, with few
    words, whose letters are the largest.
    """
    return sample(), sample(FEW)


def sample(said: Sequence[Mapping[str, Any]] = SAMPLE) -> RenderJob:
    """A page that nobody sees, with something of all that pages have on them, or with less."""
    photo = SheetPhoto(data=static_files.read("example/jo.jpg"), alt="A face that is drawn")
    sheet = build(
        answers=[
            SheetAnswer(**each, photo=photo if each["topic"] == "calm" else None) for each in said
        ],
        layout=layout(ONE_PAGE),
        topics=load("en"),
        made_on=DAY,
        edition=1,
        photo=photo,
    )
    stamp = Stamp(
        made_for="Sam",
        check_by=DAY,
        code="00000-00000",
        where="localhost/check",
        address="localhost/check/00000-00000",
        qr=qr_code("http://localhost/check/00000-00000"),
    )
    return render_job_for(replace(sheet, stamp=stamp))


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
