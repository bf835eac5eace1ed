"""Draws the race as a picture: python -m bench.picture run.json race.svg

The run is what `bin/bench --json` printed. The picture is light or dark, as its reader's screen is.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

from bench.engines import OURS
from bench.times import FITS

WIDTH: Final = 720
LABELS: Final = 300  # of the column of names
ROW: Final = 34
BAR: Final = 20
TOP: Final = 64
FOOT: Final = 40
NUMBER: Final = 76  # room for a number after the longest bar
COLOURS: Final = """
text { font: 15px system-ui, sans-serif; fill: #1d2b2a }
.soft { fill: #465552; font-size: 13px } .title { font-size: 18px; font-weight: 700 }
.ground { fill: #fff } .bar { fill: #6f7f7b } .ours { fill: #0b5a5e }
@media (prefers-color-scheme: dark) {
  text { fill: #f2f5f3 } .soft { fill: #c3cdc9 }
  .ground { fill: #16201f } .bar { fill: #8a9994 } .ours { fill: #7fd0cc }
}
"""


@dataclass(frozen=True)
class Bar:
    """One way of making a page, and how long it takes."""

    name: str
    ms: float
    is_ours: bool = False


def main(run: str, picture: str) -> None:
    """Draw this run as this picture."""
    measured = json.loads(Path(run).read_text(encoding="utf-8"))
    Path(picture).write_text(drawn(bars(measured), measured["environment"]), encoding="utf-8")


def bars(measured: dict[str, Any], words: int = FITS) -> list[Bar]:
    """The times of one page of this many words, shortest first. ValueError if there was no race."""
    start = f"{words} words ÷ "
    raced = [row for row in measured["rows"] if row["name"].startswith(start)]
    if not raced:
        raise ValueError(f"No race of {words} words is in this run.")
    # In the picture none stands above it that it could be the same as.
    names = [row["name"].removeprefix(start).replace("the same", "WeasyPrint") for row in raced]
    found = [Bar(name, row["other_ms"]) for name, row in zip(names, raced, strict=True)]
    return sorted([*found, Bar(OURS, raced[0]["ours_ms"], is_ours=True)], key=lambda bar: bar.ms)


def drawn(found: Sequence[Bar], environment: dict[str, str]) -> str:
    """The bars as an SVG with a title that is read aloud."""
    height = TOP + ROW * len(found) + FOOT
    said = "; ".join(f"{bar.name}: {bar.ms:.0f} milliseconds" for bar in found)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            f"<title>{escape(f'A page of {FITS} words with a photo. {said}')}</title>",
            f"<style>{COLOURS}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
            f'<text class="title" x="20" y="32">A page of {FITS} words with a photo</text>',
            '<text class="soft" x="20" y="52">milliseconds, median; shorter is better</text>',
            *_rows(found),
            f'<text class="soft" x="20" y="{height - 16}">{escape(environment["machine"])}</text>',
            "</svg>\n",
        ]
    )


def _rows(found: Sequence[Bar]) -> Iterator[str]:
    longest = max(bar.ms for bar in found)
    for at, bar in enumerate(found):
        top = TOP + ROW * at
        wide = max(2.0, bar.ms / longest * (WIDTH - LABELS - NUMBER - 20))
        kind = "bar ours" if bar.is_ours else "bar"
        yield f'<text x="20" y="{top + 16}">{escape(bar.name)}</text>'
        yield (
            f'<rect class="{kind}" x="{LABELS + 20}" y="{top}" rx="3" '
            f'width="{wide:.1f}" height="{BAR}"/>'
        )
        yield f'<text x="{LABELS + 28 + wide:.1f}" y="{top + 16}">{bar.ms:.0f}</text>'


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
