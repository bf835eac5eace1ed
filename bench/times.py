"""Times every engine in one run, page by page, each in its turn."""

from time import perf_counter

from bench import pages
from bench.checks import check
from bench.engines import CHROME, OURS, PLAIN, SEARCHED, TYPST, Engine
from bench.rows import Row, ratio

WORDS = (200, 450, 700)
FITS = 450  # words that one page has room for; beyond it, saying so is the right answer
WARM_UPS = 3
# At that many words with a photo: the goal, and what would be better still.
GOALS = {
    PLAIN: (0.14, 0.11),
    SEARCHED: (0.035, 0.028),
    CHROME: (0.55, 0.40),
    TYPST: (6.0, 4.5),
}

Times = dict[str, list[float]]


def run(engines: list[Engine], words: int, rounds: int, first: int = 0) -> Times:
    """Each engine's times, in milliseconds; no engine meets the same page twice."""
    times: Times = {engine.name: [] for engine in engines}
    for number in range(WARM_UPS + rounds):
        page = pages.make(words, first + number)
        turn = number % len(engines)
        for engine in engines[turn:] + engines[:turn]:
            started = perf_counter()
            pdf = engine.make(page)
            taken = (perf_counter() - started) * 1000
            check(engine, page, pdf, may_refuse=words > FITS)
            if number >= WARM_UPS:
                times[engine.name].append(taken)
    return times


def rows(times: Times, words: int) -> list[Row]:
    """Our times over each other engine's."""
    found = []
    for name in times:
        if name != OURS:
            goal, stretch = GOALS.get(name, (None, None)) if words == FITS else (None, None)
            row = ratio(
                f"{words} words ÷ {name}", times[OURS], times[name], goal=goal, stretch=stretch
            )
            found.append(row)
    return found
