"""The steps a page's print can take, from the roomiest to the smallest, and their styles.

The estimate in fit.py and the stylesheet below read the same numbers, so they cannot disagree.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

LETTERS: Final = 1.3  # from the top to the bottom of our font, in parts of the print size


@dataclass(frozen=True, kw_only=True)
class Step:
    """One print size, and the space that goes with it, in parts of the print size."""

    print_pt: float
    leading: float  # line height
    gap: float  # above and below each answer
    between: float  # between the lines of one answer
    picture: float
    tab: float  # a part's heading
    padding: float  # inside a part's box, above and below
    parts: float  # below each part
    photo: float
    titles_above: bool  # each title on a line of its own, rather than beside its first line

    @property
    def indent(self) -> float:
        """How far words stand from the side when there are pictures."""
        return self.picture + 0.65

    @property
    def line_pt(self) -> float:
        """What one more line of an answer takes, in points."""
        return (self.leading + self.between) * self.print_pt

    @property
    def css(self) -> str:
        """This step, as a stylesheet."""
        above = round(self.gap - (self.picture - self.leading) / 2, 3)
        name = round((self.photo - 4.4) / 2 / 2.1, 3)
        edge = round((self.tab - LETTERS) / 2 + 0.04, 3)
        photo, beside, indent = self.photo - 0.4, self.photo + 1.4, self.indent
        ltr, rtl = ".page.has-pictures .entry[dir=ltr]", ".page.has-pictures .entry[dir=rtl]"
        return f"""
html {{ --up: -{self.leading}em; font-size: {self.print_pt}pt }}
.page, .page .entry h3 {{ line-height: {self.leading} }}
.page .has-photo h1 {{ padding-top: {name}em }}
.page .page-head.has-photo {{ min-height: {self.photo}em; padding-left: {beside}em }}
.page .page-photo {{ height: {photo}em; margin-left: -{beside}em; width: {photo}em }}
.page .page-head {{ margin-bottom: {self.parts}em }}
.page h2 {{ line-height: {self.tab} }}
.page .tab {{ padding: {edge}em 1em }}
.page .part {{ margin-bottom: {self.parts}em }}
.page .box {{ padding: {self.padding}em 1em }}
.page .entry {{ padding-bottom: {self.gap}em; padding-top: {self.gap}em }}
.page .entry li + li, .page .said-by {{ margin-top: {self.between}em }}
.page.has-pictures .entry {{ background-repeat: no-repeat; background-size: {self.picture}em }}
{ltr} {{ background-position: left {above}em; padding-left: {indent}em }}
{rtl} {{ background-position: right {above}em; padding-right: {indent}em }}
"""


ROOMY: Final = Step(
    print_pt=14, leading=1.4, gap=0.45, between=0.25, picture=2.2, tab=1.9, padding=0.55,
    parts=1.1, photo=8.2, titles_above=True,
)  # fmt: skip
EASY: Final = Step(
    print_pt=14, leading=1.35, gap=0.28, between=0.16, picture=1.85, tab=1.9, padding=0.4,
    parts=0.9, photo=7.4, titles_above=False,
)  # fmt: skip
SNUG: Final = Step(
    print_pt=14, leading=1.35, gap=0.12, between=0.08, picture=1.6, tab=1.9, padding=0.28,
    parts=0.65, photo=6.2, titles_above=False,
)  # fmt: skip
CLOSE: Final = Step(
    print_pt=12, leading=1.25, gap=0.05, between=0.03, picture=1.35, tab=1.7, padding=0.18,
    parts=0.4, photo=5.0, titles_above=False,
)  # fmt: skip


SPACES: Final = ("leading", "gap", "between", "picture", "tab", "padding", "parts", "photo")


@cache
def steps(largest_pt: float, smallest_pt: float) -> tuple[Step, ...]:
    """Every step of a layout, roomiest first: two roomy ones, then by quarter points."""
    quarters = round((largest_pt - smallest_pt) * 4)
    shrinking = (_between(SNUG, CLOSE, at / quarters) for at in range(quarters + 1))
    sizes = (largest_pt - at / 4 for at in range(quarters + 1))
    return (
        replace(ROOMY, print_pt=largest_pt),
        replace(EASY, print_pt=largest_pt),
        *(replace(step, print_pt=size) for step, size in zip(shrinking, sizes, strict=True)),
    )


def _between(first: Step, last: Step, part: float) -> Step:
    """The step this part of the way from the first to the last."""
    ends = ((name, getattr(first, name), getattr(last, name)) for name in SPACES)
    return replace(first, **{name: round(a + (b - a) * part, 3) for name, a, b in ends})
