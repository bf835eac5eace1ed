"""The steps a page's print can take, from the roomiest to the smallest, and their styles.

The estimate and the stylesheet below read the same numbers, so they cannot disagree.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from profiles.sheet.sheet import Sheet
from profiles.sheet.sizes import MM, Size

LABEL: Final = 9.2  # the column of the labels, in parts of the print size
LABEL_WIDTH: Final = 8.7
BESIDE_PHOTO: Final = 1.1
PHOTO_RING_PT: Final = MM
RULE_MM: Final = 0.5  # between what must be known and whom to ring
AFTER_PICTURE: Final = 0.5
LARGE_PICTURE_PT: Final = 24 * MM
OWN_PHOTO_PT: Final = 13 * MM  # smaller, nobody would see what a photo shows
URGENT: Final = 1.14  # what must be known is larger than the rest
URGENT_LEADING: Final = 1.28


@dataclass(frozen=True, kw_only=True)
class Step:
    """One print size, and the space that goes with it, in parts of the print size."""

    print_pt: float
    leading: float  # line height
    gap: float  # above and below each answer
    between: float  # between the lines of one answer
    picture: float
    bar: float  # the head of a part
    padding: float  # inside a part's box, above and below
    inside: float  # between a part's sides and what stands in it
    parts: float  # below each part
    photo: float
    large_picture: float = 0.0  # what a picture takes where it may be taller than its words
    own_photo: float = 0.0  # the side of a photo beside an answer, where a page has any

    @property
    def indent(self) -> float:
        """How far labels stand from the side when there are pictures."""
        return max(self.picture, self.own_photo) + AFTER_PICTURE

    @property
    def line_pt(self) -> float:
        """What one more line of an answer takes, in points."""
        return (self.leading + self.between) * self.print_pt

    def css(self, side: str, *, with_pictures: bool) -> str:
        """This step as a stylesheet, for a page that is read from this side."""
        beside_row = (self.picture - self.leading) / 2  # a picture stands in the middle of its row
        above = round(self.gap - (0 if self.large_picture else beside_row), 3)
        photo, beside = round(self.photo - 0.5, 3), round(self.photo + BESIDE_PHOTO, 3)
        tall = round(photo * self.print_pt + 2 * PHOTO_RING_PT, 3)
        indent = self.indent if with_pictures else 0.0
        return f"""
html {{ font-size: {self.print_pt}pt }}
.page {{ line-height: {self.leading} }}
.page .page-head {{ margin-bottom: {self.parts}em }}
.page .page-head.has-photo {{ min-height: {self.photo}em; padding-{side}: {beside}em }}
.page .page-photo {{
  height: {photo}em; margin-bottom: -{tall}pt; margin-{side}: -{beside}em; width: {photo}em
}}
.page .part, .page .pair, .page .ask {{ margin-bottom: {self.parts}em }}
.page .part > h2 {{ line-height: {self.bar}; padding: 0 {self.inside}em }}
.page .rows, .page .strip, .page .strip-of-two > div, .page .half, .page .ask {{
  padding: {self.padding}em {self.inside}em
}}
.page .strip-of-two {{ padding: 0 }}
.page .entry {{
  background-position: {side} {above}em; background-size: {self.picture}em;
  padding-bottom: {self.gap}em; padding-top: {self.gap}em
}}
.page .entry.has-picture {{ min-height: {self.large_picture}em }}
.page .entry.has-own-photo {{ min-height: {self.own_photo}em }}
.page .own-photo {{
  height: {self.own_photo}em; margin-bottom: -{self.own_photo}em; width: {self.own_photo}em
}}
.page .entry h3 {{ padding-{side}: {indent}em }}
.page .rows h3 {{ margin-bottom: -{self.leading}em; white-space: nowrap; width: {LABEL_WIDTH}em }}
.page .rows p, .page .rows ul {{ padding-{side}: {round(indent + LABEL, 3)}em }}
.page .rows .entry-over h3 {{ margin-bottom: 0; width: auto }}
.page .rows .entry-over p, .page .rows .entry-over ul {{ padding-{side}: {indent}em }}
.page:not(.has-large-pictures) .ring h3 {{ padding-{side}: 0 }}
.page.has-large-pictures .ring p, .page.has-large-pictures .ring ul {{ padding-{side}: {indent}em }}
.page .urgent > .entry > p, .page .urgent ul {{ padding-{side}: {round(indent / URGENT, 3)}em }}
.page .urgent > .entry > .said-by {{ padding-{side}: {indent}em }}
.page li + li, .page .said-by {{ margin-top: {self.between}em }}
"""


AIRY: Final = Step(
    print_pt=20, leading=1.5, gap=1.5, between=0.6, picture=2.1, bar=2.3, padding=0.9, inside=1.0,
    parts=1.5, photo=7.8,
)  # fmt: skip
ROOMY: Final = Step(
    print_pt=20, leading=1.45, gap=0.45, between=0.3, picture=2.1, bar=2.1, padding=0.6, inside=1.0,
    parts=1.2, photo=7.8,
)  # fmt: skip
SNUG: Final = Step(
    print_pt=14, leading=1.34, gap=0.2, between=0.1, picture=1.6, bar=1.85, padding=0.32,
    inside=0.9, parts=0.7, photo=6.9,
)  # fmt: skip
CLOSE: Final = Step(
    print_pt=12, leading=1.23, gap=0.04, between=0.02, picture=1.3, bar=1.5, padding=0.16,
    inside=0.7, parts=0.34, photo=6.15,
)  # fmt: skip
AIR_STEPS: Final = 6

SPACES: Final = (
    "leading",
    "gap",
    "between",
    "picture",
    "bar",
    "padding",
    "inside",
    "parts",
    "photo",
)


def steps_for(sheet: Sheet) -> tuple[Step, ...]:
    """Every step of this page, roomiest first, where it is no card."""
    large = sheet.pictures == "large"
    return steps(sheet.size, large_pictures=large, own_photos=bool(sheet.photos))


@cache
def steps(size: Size, *, large_pictures: bool, own_photos: bool = False) -> tuple[Step, ...]:
    """Every step of a page of this size, roomiest first."""
    largest, smallest = size.largest_pt, size.smallest_pt
    found = _at_ease(largest, smallest) if size.runs_over else _steps(largest, smallest)
    if large_pictures:
        found = tuple(map(_with_large_pictures, found))
    return tuple(map(_with_own_photos, found)) if own_photos else found


def _with_large_pictures(step: Step) -> Step:
    tall = round(LARGE_PICTURE_PT / step.print_pt, 3)
    return replace(step, picture=tall, large_picture=tall)


def _with_own_photos(step: Step) -> Step:
    return replace(step, own_photo=max(step.picture, round(OWN_PHOTO_PT / step.print_pt, 3)))


def _at_ease(largest_pt: float, smallest_pt: float) -> tuple[Step, ...]:
    """For a page that takes as many sides as it needs: its lines need not stand close."""
    spread = largest_pt - smallest_pt
    return tuple(
        replace(_between(SNUG, ROOMY, (size - smallest_pt) / spread), print_pt=size)
        for size in _sizes(largest_pt, smallest_pt)
    )


def _steps(largest_pt: float, smallest_pt: float) -> tuple[Step, ...]:
    """What is left for air, then smaller and smaller.

    From the largest print down by half points, and below 14 points by quarters.
    """
    airy = (_between(AIRY, ROOMY, at / AIR_STEPS) for at in range(AIR_STEPS))
    return (
        *(replace(step, print_pt=largest_pt) for step in airy),
        *(_at(size, largest_pt, smallest_pt) for size in _sizes(largest_pt, smallest_pt)),
    )


def _sizes(largest_pt: float, smallest_pt: float) -> list[float]:
    sizes = [largest_pt]
    while sizes[-1] > smallest_pt:
        sizes.append(max(smallest_pt, sizes[-1] - (0.5 if sizes[-1] > 14 else 0.25)))
    return sizes


def _at(size: float, largest_pt: float, smallest_pt: float) -> Step:
    """The step of this print: as roomy as it is large, within what the layout allows."""
    middle = smallest_pt + (largest_pt - smallest_pt) * 0.25
    if size >= middle:
        step = _between(SNUG, ROOMY, (size - middle) / (largest_pt - middle))
    else:
        step = _between(CLOSE, SNUG, (size - smallest_pt) / (middle - smallest_pt))
    return replace(step, print_pt=size)


def _between(first: Step, last: Step, part: float) -> Step:
    """The step this part of the way from the first to the last."""
    ends = ((name, getattr(first, name), getattr(last, name)) for name in SPACES)
    return replace(first, **{name: round(a + (b - a) * part, 3) for name, a, b in ends})
