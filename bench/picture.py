"""Draws runs as pictures: python -m bench.picture run.json postgresql.json docs/pictures

A run is what `bin/bench --json` printed. One picture is of a full page, one of every length that
was raced, and one of what a thousand times as many rows cost. What no run has is not drawn. Each
is light or dark, as its reader's screen is.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from pathlib import Path
from typing import Any, Final

from bench.engines import CHROME, OURS, PLAIN, TYPST
from bench.times import FITS

WIDTH: Final = 720
LEFT: Final = 20
TOP: Final = 64
FOOT: Final = 40
COLOURS: Final = """
text { font: 15px system-ui, sans-serif; fill: #1d2b2a }
.soft { fill: #465552; font-size: 13px } .title { font-size: 18px; font-weight: 700 }
.ground { fill: #fff } .bar { fill: #6f7f7b } .ours { fill: #0b5a5e }
.grid { stroke: #d5dcd9 } .line { fill: none; stroke: #6f7f7b; stroke-width: 2 }
.line.ours { fill: none; stroke: #0b5a5e; stroke-width: 3 }
.told { fill: #fff; stroke: #0b5a5e; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  text { fill: #f2f5f3 } .soft { fill: #c3cdc9 }
  .ground { fill: #16201f } .bar { fill: #8a9994 } .ours { fill: #7fd0cc }
  .grid { stroke: #35423f } .line { stroke: #8a9994 } .line.ours { stroke: #7fd0cc }
  .told { fill: #16201f; stroke: #7fd0cc }
}
"""

# Of the bars.
LABELS: Final = 300  # of the column of names
ROW: Final = 34
BAR: Final = 20
NUMBER: Final = 76  # room for a number after the longest bar
ROOM: Final = WIDTH - LABELS - NUMBER - LEFT  # for the longest bar

# Of the lines, by their dashes: nobody needs to tell them apart by colour.
LINES: Final = {PLAIN: "8 5", CHROME: "2 4", OURS: "none", TYPST: "12 4 2 4"}
TALL: Final = 300  # of the field that they are drawn in
MARGIN: Final = 60  # for the numbers beside the field
NAMES: Final = 190  # for the names after their ends
RACED: Final = re.compile(r"(\d+) words ÷ (.+)")
GROWN: Final = re.compile(
    r"(?P<page>.+), (?P<large>[\d,]+) rows ÷ (?P<small>[\d,]+), (?P<database>\w+)"
)
MOST_GROWN: Final = 1.3  # times as long: what we promise


@dataclass(frozen=True)
class Bar:
    """A figure: how long one way of making a page takes, or how many times as long."""

    name: str
    value: float
    is_ours: bool = False


def main(*runs: str, folder: str) -> None:
    """Draw the pictures of these runs, which were on one machine, into this folder."""
    read = [json.loads(Path(run).read_text(encoding="utf-8")) for run in runs]
    measured = read[0] | {"rows": [row for each in read for row in each["rows"]]}
    machine = measured["environment"]["machine"]
    made = {}
    if _raced(measured):
        made["race.svg"] = drawn(bars(measured), machine)
        made["words.svg"] = drawn_by_words(lines(measured), machine)
    if found := grown(measured):
        made["grown.svg"] = drawn_grown(found, machine)
    for name, picture in made.items():
        Path(folder, name).write_text(picture, encoding="utf-8")


def bars(measured: dict[str, Any], words: int = FITS) -> list[Bar]:
    """The times of one page of this many words, shortest first. ValueError if there was no race."""
    raced = _raced(measured).get(words)
    if not raced:
        raise ValueError(f"No race of {words} words is in this run.")
    # In the picture none stands above it that it could be the same as.
    found = [Bar(name.replace("the same", "WeasyPrint"), ms) for name, ms in raced.items()]
    own = [Bar(bar.name, bar.value, is_ours=bar.name == OURS) for bar in found]
    return sorted(own, key=lambda bar: bar.value)


def lines(measured: dict[str, Any]) -> dict[str, dict[int, float]]:
    """The times of each way by the number of words. ValueError if only one number was raced."""
    raced = _raced(measured)
    if len(raced) < 2:
        raise ValueError("This run has no race of two lengths.")
    return {
        name: {words: times[name] for words, times in sorted(raced.items())}
        for name in LINES
        if all(name in times for times in raced.values())
    }


def grown(measured: dict[str, Any]) -> list[Bar]:
    """How many times as long each page takes on the large database, on each kind of database."""
    rows = [(GROWN.fullmatch(row["name"]), row) for row in measured["rows"]]
    found = [(match, row["ratio"]) for match, row in rows if match]
    return [Bar(f"{match['page']}, {match['database']}", ratio) for match, ratio in found]


def _raced(measured: dict[str, Any]) -> dict[int, dict[str, float]]:
    """The milliseconds of each way, by the number of words."""
    found: dict[int, dict[str, float]] = {}
    for row in measured["rows"]:
        if raced := RACED.fullmatch(row["name"]):
            times = found.setdefault(int(raced[1]), {OURS: row["ours_ms"]})
            times[raced[2]] = row["other_ms"]
    return found


def drawn_grown(found: Sequence[Bar], machine: str) -> str:
    """The ratios as bars beside the line of what we promise, with a title that is read aloud."""
    said = "; ".join(f"{bar.name}: {bar.value:.2f} times as long" for bar in found)
    title = "A thousand times as many rows of other people: how many times as long"
    note = f"median of each ÷ median of the other, in turns; the line is {MOST_GROWN:g} times"
    return _picture(title, note, said, machine, tall=ROW * len(found), inside=_grown(found))


def _grown(found: Sequence[Bar]) -> Iterator[str]:
    yield from _rows(found, "{:.2f}", longest=max(MOST_GROWN, *(bar.value for bar in found)))
    across = LABELS + LEFT + MOST_GROWN / max(MOST_GROWN, *(bar.value for bar in found)) * ROOM
    yield f'<path class="line" d="M{across:.1f} {TOP - 6}V{TOP + ROW * len(found)}"/>'


def drawn(found: Sequence[Bar], machine: str) -> str:
    """The bars as an SVG with a title that is read aloud."""
    said = "; ".join(f"{bar.name}: {bar.value:.0f} milliseconds" for bar in found)
    title = f"A page of {FITS} words with a photo"
    note = "milliseconds, median; shorter is better"
    longest = max(bar.value for bar in found)
    return _picture(
        title,
        note,
        said,
        machine,
        tall=ROW * len(found),
        inside=_rows(found, "{:.0f}", longest=longest),
    )


def _rows(found: Sequence[Bar], said: str, *, longest: float) -> Iterator[str]:
    for at, bar in enumerate(found):
        top = TOP + ROW * at
        wide = max(2.0, bar.value / longest * ROOM)
        kind = "bar ours" if bar.is_ours else "bar"
        yield f'<text x="{LEFT}" y="{top + 16}">{escape(bar.name)}</text>'
        yield (
            f'<rect class="{kind}" x="{LABELS + LEFT}" y="{top}" rx="3" '
            f'width="{wide:.1f}" height="{BAR}"/>'
        )
        number = said.format(bar.value)
        yield f'<text x="{LABELS + LEFT + 8 + wide:.1f}" y="{top + 16}">{number}</text>'


def drawn_by_words(found: Mapping[str, Mapping[int, float]], machine: str) -> str:
    """The times by the number of words, as lines, with a title that is read aloud."""
    said = "; ".join(
        f"{name}: "
        + ", ".join(f"{ms:.0f} milliseconds at {words} words" for words, ms in own.items())
        for name, own in found.items()
    )
    title = "A page with a photo, by the number of its words"
    note = "milliseconds, median; each grey line is ten times the one below it"
    return _picture(title, note, said, machine, tall=TALL + 50, inside=_field(found))


def _field(found: Mapping[str, Mapping[int, float]]) -> Iterator[str]:
    place = _Places(found)
    for power in range(ceil(place.lowest), floor(place.highest) + 1):
        y = place.down(10**power)
        yield f'<path class="grid" d="M{MARGIN} {y:.1f}H{WIDTH - NAMES}"/>'
        yield _number(MARGIN - 8, y + 5, f"{10**power:,}", "end")
    for at, words in enumerate(place.lengths):
        said = f"{words:,}" if at else f"{words} words"
        yield _number(place.across(words), TOP + TALL + 20, said)
    for name, own in found.items():
        yield from _line(name, [(place.across(words), place.down(own[words])) for words in own])
        for words, ms in own.items():
            x, y, is_ours = place.across(words), place.down(ms), name == OURS
            kind = "told" if is_ours and words > FITS else "bar ours" if is_ours else "bar"
            yield f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
            yield _number(x, y + (20 if is_ours else -10), f"{ms:,.0f}")
    if place.lengths[-1] > FITS:
        told = "A hollow dot: too many words for one side. It says so, and makes no page."
        yield f'<text class="soft" x="{LEFT}" y="{TOP + TALL + 48}">{told}</text>'


class _Places:
    """Where in the field a time stands, and a number of words."""

    def __init__(self, found: Mapping[str, Mapping[int, float]]) -> None:
        times = [ms for own in found.values() for ms in own.values()]
        self.lengths = sorted({words for own in found.values() for words in own})
        # A little more than there is, so that numbers stand in it too.
        self.lowest, self.highest = log10(min(times)) - 0.2, log10(max(times)) + 0.2

    def across(self, words: int) -> float:
        """How far from the left."""
        first, last = self.lengths[0], self.lengths[-1]
        return MARGIN + 30 + (words - first) / (last - first) * (WIDTH - NAMES - MARGIN - 50)

    def down(self, ms: float) -> float:
        """How far from the top."""
        return TOP + TALL * (self.highest - log10(ms)) / (self.highest - self.lowest)


def _line(name: str, places: Sequence[tuple[float, float]]) -> Iterator[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    kind = "line ours" if name == OURS else "line"
    yield f'<path class="{kind}" stroke-dasharray="{LINES[name]}" d="M{path}"/>'
    short = name.partition(":")[0].partition(", page")[0]
    yield f'<text x="{WIDTH - NAMES + 6}" y="{places[-1][1] + 5:.1f}">{escape(short)}</text>'


def _number(x: float, y: float, said: str, anchor: str = "middle") -> str:
    return f'<text class="soft" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{said}</text>'


def _picture(
    title: str, note: str, said: str, machine: str, *, tall: int, inside: Iterator[str]
) -> str:
    height = TOP + tall + FOOT
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            f"<title>{escape(f'{title}. {said}')}</title>",
            f"<style>{COLOURS}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
            f'<text class="title" x="{LEFT}" y="32">{escape(title)}</text>',
            f'<text class="soft" x="{LEFT}" y="52">{note}</text>',
            *inside,
            f'<text class="soft" x="{LEFT}" y="{height - 16}">{escape(machine)}</text>',
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:-1], folder=sys.argv[-1])
