"""What pages of all kinds cost that one worker process prints, as the pages of a site are."""

import random
from dataclasses import replace
from time import perf_counter

from bench import pages
from bench.memory import most_mb
from bench.rows import Row, ratio
from profiles.pdf.pool import PAGES_A_PROCESS, Pool
from profiles.pdf.printing import assets, render_job_for, sample, samples
from profiles.pdf.render_job import RenderJob
from profiles.pdf.worker_process import print_page
from profiles.sheet.catalogue import layouts
from profiles.sheet.themes import THEMES

FEWEST, MOST = 40, 420  # words
KINDS = PAGES_A_PROCESS // 2 - 1  # each is printed twice, and none by another process


def rows() -> list[Row]:
    """Each page over the same at once again, and how big the process has become by the end."""
    once: list[float] = []
    again: list[float] = []
    pool = Pool(1, assets(), *samples())
    try:
        pool.wait_until_warm()
        for number in range(KINDS):
            job = of_any_kind(number)
            for took in (once, again):
                began = perf_counter()
                pool.run(print_page, job)
                took.append((perf_counter() - began) * 1000)
        [process] = pool.pids
        size = most_mb(process)
    finally:
        pool.stop()
    name = "a page of any kind ÷ the same, once more"
    found = [ratio(name, once, again, goal=None, stretch=None)]
    if size:
        name = f"peak memory after {2 * KINDS} pages of all kinds"
        found.append(Row(name=name, value=size, unit="MB"))
    return found


def of_any_kind(number: int) -> RenderJob:
    """The page of this number, which is unlike others in all that somebody may choose."""
    chance = random.Random(number)  # noqa: S311  # not for secrets
    sheet = pages.make(
        chance.randint(FEWEST, MOST),
        number,
        with_photo=chance.random() < 0.5,
        layout=chance.choice([*layouts()]),
    ).sheet
    stamp = sample().sheet.stamp if chance.random() < 0.5 else None
    return render_job_for(replace(sheet, theme=chance.choice([*THEMES.values()]), stamp=stamp))
