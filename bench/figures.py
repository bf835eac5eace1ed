"""The figures that are not a race: layouts, the estimate's error, sizes, memory, throughput."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from statistics import mean, median
from time import perf_counter, process_time
from unittest.mock import patch

from bench import pages
from bench.rows import Row, ratio
from bench.times import FITS
from profiles.answers.models import LONGEST_ANSWER
from profiles.core.busy import MANY, Places
from profiles.language.hints import hints
from profiles.language.markdown import hints_in
from profiles.pdf import drawing
from profiles.pdf import pool as pools
from profiles.pdf.estimate import Estimate
from profiles.pdf.pool import Pool
from profiles.pdf.printing import (
    assets,
    make_pdf_here,
    render_job_for,
    renderer_here,
    samples,
    widths,
)
from profiles.pdf.render_job import RenderJob
from profiles.pdf.shortcuts import shortcuts
from profiles.pdf.worker_process import print_page
from profiles.sheet.catalogue import layouts
from profiles.sheet.sizes import SIZES

AFRESH = 500_000  # pages with these numbers and above belong to this module
UNIQUE_PAGES = 500
LENGTHS = range(200, 1001, 20)  # of pages, in words
# Files of nothing but one of these are the hardest to look through for words that hurt.
DENSE = ["a ", "a@", "|", "client ", "the service user ", "client\n\n", "wheel *client* "]
NONE = "no shortcut has this name"
SETTLED = 50  # pages after which a process has grown to its working size


def layouts_and_estimate() -> list[Row]:
    """How often a page is laid out, and how far the estimate is from the real page."""
    widths()  # the fonts are read before the first guess counts
    layouts, errors, times = [], [], []
    for number, words in enumerate(LENGTHS):
        job = render_job_for(pages.make(words, AFRESH + number).sheet)
        fitted = renderer_here().set(job).fit()
        layouts.append(fitted.layouts)
        if fitted.chosen:
            started = perf_counter()
            guessed = Estimate(job.sheet, widths()).height(fitted.chosen.step)
            times.append((perf_counter() - started) * 1000)
            errors.append(100 * abs(guessed - fitted.chosen.height_pt) / job.sheet.size.height_pt)
    return [
        Row(name="layouts a page, 200 to 1,000 words", value=mean(layouts), goal=1.3, stretch=1.15),
        Row(name="estimate, median error", value=median(errors), unit="%", goal=0.5, stretch=0.2),
        Row(name="estimate, worst error", value=max(errors), unit="%", goal=4, stretch=3),
        Row(name="estimate, time", value=median(times), unit="ms", goal=1, stretch=1),
    ]


def kind_words(count: int = 50) -> list[Row]:
    """How long it takes to find words that hurt: in the longest answer, and in 1 MB of Markdown."""
    times = []
    for number in range(count + 1):
        sentences = [line for _, lines in pages.make(700, AFRESH + number).blocks for line in lines]
        text = " ".join(["The service user likes activities."] * 10 + sentences)[:LONGEST_ANSWER]
        started = perf_counter()
        hints(text)
        times.append((perf_counter() - started) * 1000)
    name = f"hints about words in {LONGEST_ANSWER:,} letters"
    return [
        Row(name=name, value=median(times[1:]), unit="ms", goal=5, stretch=1),
        Row(
            name="hints about 1 MB of Markdown, the slowest of the densest",
            value=max(map(_dense, DENSE)),
            unit="s",
            goal=2,
            stretch=1,
        ),
    ]


def _dense(piece: str) -> float:
    """How many seconds a megabyte takes that repeats this."""
    text = piece * (1_000_000 // len(piece))
    started = perf_counter()
    hints_in(text)
    return perf_counter() - started


def each_shortcut(rounds: int = 20) -> list[Row]:
    """What each shortcut through WeasyPrint saves: processor time with all of them over the time
    with all the others, by turns, when each page has been made before; and with all over none.
    """
    here, names = renderer_here(), shortcuts.names
    ways = {each: tuple(other for other in names if other != each) for each in names}
    ways |= {"all together": (NONE,), "all": ()}
    times: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(rounds):
        job = render_job_for(pages.make(FITS, AFRESH + number).sheet)
        here.print(job)
        for way in [*ways][number % len(ways) :] + [*ways][: number % len(ways)]:
            with shortcuts.left():
                shortcuts.take(*ways[way])
                started = process_time()
                here.print(job)
                times[way].append((process_time() - started) * 1000)
                shortcuts.leave()
    quick = times.pop("all")
    return [
        ratio(f"shortcut: {way}", quick, without, goal=None, stretch=None)
        for way, without in times.items()
    ]


def sizes() -> list[Row]:
    """How big the file is, at 450 words."""
    size = {
        photo: median(
            len(make_pdf_here(pages.make(450, AFRESH + n, with_photo=photo).sheet).pdf) / 1000
            for n in range(5)
        )
        for photo in (True, False)
    }
    return [
        Row(name="the PDF with a photo", value=size[True], unit="kB", goal=60, stretch=45),
        Row(name="the PDF without a photo", value=size[False], unit="kB", goal=40, stretch=28),
    ]


def pictures(count: int = 20) -> list[Row]:
    """What the picture of a nearly full page with a photo costs after its fit, and its size."""
    fits, drawings, sizes = [], [], []
    for number in range(count):
        composed = renderer_here().set(render_job_for(pages.make(FITS, AFRESH + number).sheet))
        started = perf_counter()
        laid_out = composed.fit().chosen
        fits.append((perf_counter() - started) * 1000)
        if laid_out:
            started = perf_counter()
            png = drawing.alone(composed.first_side(laid_out))
            drawings.append((perf_counter() - started) * 1000)
            sizes.append(len(png) / 1000)
    return [
        Row(
            name="the picture of a page ÷ its fit",
            value=median(drawings) / median(fits),
            ours_ms=median(drawings),
            other_ms=median(fits),
            goal=0.6,
            stretch=0.4,
        ),
        Row(name="the picture of a page", value=median(sizes), unit="kB", goal=70, stretch=60),
    ]


def more_sides(words: int = 300) -> list[Row]:
    """How long one page takes in each size that may be more than one side, of each layout."""
    offered = [(layout, SIZES[key]) for layout in layouts().values() for key in layout.sizes]
    more = [(layout, size) for layout, size in offered if size.may_take_more]
    rows = []
    for at, (layout, size) in enumerate(more):
        sheet = pages.make(words, AFRESH + at, layout=layout.key, size=size).sheet
        started = perf_counter()
        made = make_pdf_here(sheet)
        took = (perf_counter() - started) * 1000
        sides = f"{made.pages} side" + "s" * (made.pages > 1)
        rows.append(Row(name=f"{layout.key}, {size.key}: {sides}", value=took, unit="ms"))
    return rows


def throughput(count: int = 60) -> list[Row]:
    """A worker process's first page, and pages a second with two worker processes over one.

    As many print at once as there are processes: a site on two cores would leave one to readers.
    """
    rates, first = {}, 0.0
    for processes in (1, 2):
        jobs = [
            render_job_for(pages.make(300, AFRESH + processes * 1000 + n).sheet)
            for n in range(count)
        ]
        started = perf_counter()
        pool = Pool(processes, assets(), *samples())
        try:
            pool.run(print_page, jobs[0])
            first = perf_counter() - started
            with patch.object(pools, "PLACES", Places(MANY, at_once=processes)):
                _print_all(pool, jobs, processes)  # until every worker process is warm
                started = perf_counter()
                _print_all(pool, jobs, processes)
            rates[processes] = count / (perf_counter() - started)
        finally:
            pool.stop()
    return [
        Row(name="cold: new worker processes and their first page", value=first * 1000, unit="ms"),
        Row(name="pages a second, one worker process", value=rates[1]),
        Row(
            name="pages a second, two worker processes ÷ one",
            value=rates[2] / rates[1],
            goal=1.9,
            stretch=1.95,
            larger_is_better=True,
        ),
    ]


def _print_all(pool: Pool, jobs: list[RenderJob], askers: int) -> None:
    with ThreadPoolExecutor(askers + 1) as asking:
        list(asking.map(partial(pool.run, print_page), jobs))


def memory() -> list[Row]:
    """How big a process that makes pages becomes, and whether it goes on growing."""
    ours, plain = _process("ours", UNIQUE_PAGES), _process("plain", SETTLED)
    growth = ours["after_mb"] - ours["settled_mb"]
    return [
        Row(name="peak memory of a process, ours", value=ours["peak_mb"], unit="MB"),
        Row(name="peak memory of a process, plain WeasyPrint", value=plain["peak_mb"], unit="MB"),
        Row(
            name=f"growth over {UNIQUE_PAGES} pages, ours",
            value=growth,
            unit="MB",
            goal=10,
            stretch=5,
        ),
    ]


def _process(engine: str, count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.memory", engine, str(count), str(SETTLED)]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout  # noqa: S603
    found: dict[str, float] = json.loads(said)
    return found
