"""A page on a card for a wallet: two faces side by side, in the largest print both have room for.

Pure, as the renderer is that sets it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import ceil
from typing import Any, Final

from weasyprint.formatting_structure.boxes import LineBox

from profiles.pdf.boxes import classes_of
from profiles.pdf.composed import PX_TO_PT, ComposedPage
from profiles.pdf.fit import BLOCKS, Fit
from profiles.pdf.fitting import LONGEST, Fitted, LaidOut
from profiles.pdf.print_steps import CLOSE, Step
from profiles.sheet.sizes import MM, Size

FACE_PT: Final = 54 * MM  # how tall a card is that is as large as a bank card
LINE: Final = 1.2  # how tall a line is, in parts of the print size


@cache
def card_steps(size: Size) -> tuple[Step, ...]:
    """Every print a card can have, largest first, by half points."""
    halves = range(round(2 * size.largest_pt), round(2 * size.smallest_pt) - 1, -1)
    return tuple(replace(CLOSE, print_pt=half / 2) for half in halves)


@dataclass(frozen=True, kw_only=True)
class ComposedCard(ComposedPage):
    """One page's words, set on a card."""

    def fit(self) -> Fitted:
        """The largest print in which both faces have room for their words."""
        smallest = self.lay_out(self.steps[-1])
        chosen = smallest if _has_room(smallest) else None
        layouts, first, last = 1, 0, len(self.steps) - 1
        while chosen and first < last:  # the smaller the print, the more room
            tried = min(max(first, self._guessed_from(chosen)), last - 1)
            laid_out = self.lay_out(self.steps[tried])
            layouts += 1
            if _has_room(laid_out):
                chosen, last = laid_out, tried
            else:
                first = tried + 1
        return Fitted(chosen, _fit(smallest), layouts)

    def _guessed_from(self, fits: LaidOut) -> int:
        """The step in which its words would fill a face, if that grew taller as the print does.

        Over 400 cards of all kinds it was the nearest guess: 2.7 layouts, and 4.3 by halves.
        """
        print_pt = fits.step.print_pt * FACE_PT / fits.height_pt
        steps = enumerate(self.steps)
        return next((at for at, step in steps if step.print_pt <= print_pt), len(self.steps) - 1)

    def lay_out(self, step: Step, tall: bool = False, *, name: Any = None) -> LaidOut:
        """The card in this print, as tall as its taller face would be with no paper around it."""
        document = self.html.render(
            self.font_config,
            stylesheets=[*self.styles, self.css(f"html {{ font-size: {step.print_pt}pt }}")],
            cache=self.images,
        )
        faces = [box for page in document.pages for box in _of_class(page._page_box, "face")]
        height = max(_height_pt(face) for face in faces if face.children)
        if (pages := len(document.pages)) > 1:  # far too long: what is overleaf counts as well
            height += (pages - 1) * self.sheet.size.height_pt
        return LaidOut(document, step, pages, height)

    def guessed_step(self) -> Step:
        """The print in which it is drawn: the one that has room."""
        chosen = self.fit().chosen
        return chosen.step if chosen else self.steps[-1]

    def fill_paper(self, laid_out: LaidOut) -> None:
        """It is cut out of its paper, which stays white."""


def _has_room(laid_out: LaidOut) -> bool:
    return laid_out.height_pt <= FACE_PT


def _fit(smallest: LaidOut) -> Fit:
    """How much room the taller face has, in lines of the smallest print."""
    line_pt = LINE * smallest.step.print_pt
    spare = FACE_PT - smallest.height_pt
    over = max(0, ceil(-spare / line_pt))
    left = 0 if over else int(spare / line_pt)
    filled = round(BLOCKS * smallest.height_pt / FACE_PT)
    return Fit(
        lines_left=left,
        lines_over=over,
        filled=max(1, min(filled, BLOCKS - 1)) if left else BLOCKS,
        print_pt=smallest.step.print_pt,
        longest=tuple(_printed_lines(smallest.document).items())[:LONGEST],
    )


def _height_pt(face: Any) -> float:
    """How tall a face is with what stands on it: as a cell of a table it may be stretched."""
    paddings = face.padding_top + face.padding_bottom
    ends = [child.position_y + child.margin_height() for child in face.children]
    stretched: float = max(ends) - face.children[0].position_y + paddings
    return stretched * PX_TO_PT


def _printed_lines(document: Any) -> dict[str, int]:
    """How many printed lines each answer on it takes, longest first."""
    counted: dict[str, int] = {}
    for page in document.pages:
        for box in _of_class(page._page_box, "entry"):
            named = (name for name in classes_of(box) if name.startswith("entry-"))
            topic = next(named).removeprefix("entry-")
            counted[topic] = counted.get(topic, 0) + sum(1 for _ in _lines(box))
    return dict(sorted(counted.items(), key=lambda item: -item[1]))


def _of_class(box: Any, name: str) -> Iterator[Any]:
    """The boxes of the elements that have this class."""
    if name in classes_of(box):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _of_class(child, name)


def _lines(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            yield child
        else:
            yield from _lines(child)
