"""Times every engine in one run, page by page, each in its turn."""

from time import perf_counter

from bench import pages
from bench.checks import check
from bench.engines import CHROME, OURS, PLAIN, SEARCHED, TYPST, Engine
from bench.rows import Row, ratio
from profiles.sheet.catalogue import ONE_PAGE, layouts
from profiles.sheet.sizes import A4, SIZES, Size

WORDS = (200, 450, 700, 1000)
FITS = 450  # words that one page has room for; beyond it, saying so is the right answer
WARM_UPS = 3
# At that many words with a photo: the goal, and what would be better still.
GOALS = {
    PLAIN: (0.14, 0.11),
    SEARCHED: (0.035, 0.028),
    CHROME: (0.55, 0.40),
    TYPST: (6.0, 4.5),
}

IN_EACH_SIZE = 300  # words: every layout has room for them on one side
EACH_SIZE = 300_000  # pages with these numbers and above are for it

Times = dict[str, list[float]]
On = tuple[str, Size]  # a layout, and what it is printed on


def run(
    engines: list[Engine], words: int, rounds: int, first: int = 0, *, on: On = (ONE_PAGE, A4)
) -> Times:
    """Each engine's times, in milliseconds; no engine meets the same page twice."""
    layout, size = on
    times: Times = {engine.name: [] for engine in engines}
    for number in range(WARM_UPS + rounds):
        page = pages.make(words, first + number, layout=layout, size=size)
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


def on_one_side() -> list[On]:
    """Each size of each layout that takes one side of paper."""
    offered = [(key, SIZES[size]) for key, each in layouts().items() for size in each.sizes]
    return [(layout, size) for layout, size in offered if not size.may_take_more]


def each_size(
    engines: list[Engine], rounds: int, first: int = 0, words: int = IN_EACH_SIZE
) -> list[Row]:
    """Our times in each size of each layout that is one side, over what takes the same words in
    print that fits nothing, on one ordinary page.
    """
    raced = [engine for engine in engines if engine.name in (OURS, PLAIN, CHROME)]
    found = []
    for at, (layout, size) in enumerate(on_one_side()):
        number = EACH_SIZE + 1000 * at + first
        times = run(raced, words, rounds, number, on=(layout, size))
        for name in (engine.name for engine in raced if engine.name != OURS):
            goal, stretch = GOALS[name]
            title = f"{layout}, {size.key} ÷ {name}, the same words on A4"
            found.append(ratio(title, times[OURS], times[name], goal=goal, stretch=stretch))
    return found
