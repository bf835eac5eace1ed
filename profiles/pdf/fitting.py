"""Chooses the roomiest step at which every word is on one page: guess, lay out, correct."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Final

from profiles.pdf.advice import keep_off, to_shorten
from profiles.pdf.estimate import Estimate
from profiles.pdf.fit import BLOCKS, Fit
from profiles.pdf.print_steps import Step
from profiles.sheet.sizes import Size

LONGEST: Final = 5  # how many of the longest answers are named
KERNED: Final = 1.012
CLEARLY_OVER: Final = 1.06  # above this, the guess is trusted: measure it on a tall page


@dataclass(frozen=True)
class LaidOut:
    """One layout by the real engine."""

    document: Any
    step: Step
    pages: int  # how many sides
    height_pt: float  # of everything on it, without the margins


LayOut = Callable[[Step, bool], LaidOut]  # a step, and whether on a tall page


@dataclass(frozen=True)
class Fitted:
    """The layout that was chosen, or None if no step has room; and the fit."""

    chosen: LaidOut | None
    fit: Fit
    layouts: int


class Fitter:
    """Fits one page, and counts how often it had to be laid out."""

    def __init__(
        self, estimate: Estimate, steps: Sequence[Step], lay_out: LayOut, *, size: Size
    ) -> None:
        self.estimate = estimate
        self.steps = steps
        self.floor = len(steps) - 1
        self.roomiest = self._roomiest()
        self.layouts = 0
        self._size = size
        self._room_pt = size.room_pt  # how tall everything on the page may be
        self._heights: dict[int, float] = {}
        self._correction = 1.0  # real height over guessed height, as the last layout showed
        self._lay_out = lay_out

    def fit(self) -> Fitted:
        """Lay the page out at the roomiest step that has room for it."""
        if self.guessed(self.floor) > CLEARLY_OVER * self._room_pt:
            tall = self._try(self.floor, tall=True)
            if tall.height_pt > self._room_pt:
                return Fitted(None, self._fit(tall.height_pt), self.layouts)
        found: tuple[int, LaidOut] | None = None
        too_big = self.roomiest - 1  # this step and all roomier ones have no room
        at = self._guess(self.roomiest, self.floor)
        while True:
            laid_out = self._try(at)
            if laid_out.pages <= self._size.sides:
                found = (at, laid_out)
            elif at == self.floor:
                tall = self._try(self.floor, tall=True)
                return Fitted(None, self._fit(max(tall.height_pt, self._room_pt + 1)), self.layouts)
            else:
                too_big = at
            at = self._next(too_big, found[0] if found else None)
            if found and at == found[0]:
                return self._found(*found)

    def fit_on_fewest_sides(self) -> Fitted:
        """Lay out a page that runs over: on as few sides as its smallest print, in the largest."""
        chosen = self._try(self.floor)
        fewest, first, last = chosen.pages, self.roomiest, self.floor
        while first < last:
            middle = (first + last) // 2
            laid_out = self._try(middle)
            if laid_out.pages <= fewest:
                chosen, last = laid_out, middle
            else:
                first = middle + 1
        if fewest > self._size.sides:
            return Fitted(None, self._fit(chosen.height_pt), self.layouts)
        return Fitted(chosen, self._runs_over(chosen), self.layouts)

    def _roomiest(self) -> int:
        """The largest print at which a number to ring stands in one row, and each word of the name:
        one who rings reads it at a glance. Where even the smallest breaks the name, it does not
        count, and where it breaks the number, print may be as large as it likes.
        """
        first: int | None = None
        for at, step in enumerate(self.steps):
            columns = self.estimate.columns(step)
            if columns.number >= 1:
                if columns.name_is_whole:
                    return at
                first = at if first is None else first
        return first or 0

    def _runs_over(self, chosen: LaidOut) -> Fit:
        """The fit of a page that takes as many sides as it needs: there is always room."""
        last = chosen.height_pt - (chosen.pages - 1) * self._size.height_pt
        fit = fit_for(self.estimate, self.steps[self.floor], last, self._size.height_pt)
        return replace(fit, lines_over=0, sides=chosen.pages, runs_over=True)

    def _found(self, at: int, chosen: LaidOut) -> Fitted:
        # By the page that was chosen: of one tried later that runs over, a part of a side is empty.
        height = chosen.height_pt * self.guessed(self.floor) / self.guessed(at)
        return Fitted(chosen, self._fit(min(height, self._room_pt)), self.layouts)

    def _next(self, too_big: int, fits: int | None) -> int:
        """The step to try between one too big and one that fits; that one when it is found."""
        if fits is None:
            return self._guess(too_big + 1, self.floor)
        guess = self._guess(too_big + 1, fits)
        if guess == fits and fits - 1 > too_big and self._may_fit(fits - 1):
            return fits - 1
        return guess

    def _may_fit(self, at: int) -> bool:
        """Is it so near that only a layout can tell? Kerning draws a line in by a hundredth."""
        return self.estimate.height(self.steps[at], KERNED) * self._correction <= self._room_pt

    def _guess(self, first: int, last: int) -> int:
        """The roomiest of these steps that should have room, or the last of them."""
        while first < last:  # the less roomy, the less tall: half of them are left each time
            middle = (first + last) // 2
            if self._height(middle) <= self._room_pt:
                last = middle
            else:
                first = middle + 1
        return last

    def guessed(self, at: int) -> float:
        """How tall the page is at this step, by the estimate."""
        if at not in self._heights:
            self._heights[at] = self.estimate.height(self.steps[at])
        return self._heights[at]

    def _height(self, at: int) -> float:
        return self.guessed(at) * self._correction

    def _try(self, at: int, *, tall: bool = False) -> LaidOut:
        self.layouts += 1
        laid_out = self._lay_out(self.steps[at], tall)
        self._correction = laid_out.height_pt / self.guessed(at)
        return laid_out

    def _fit(self, height_pt: float) -> Fit:
        """The fit when the page is this tall at its smallest print."""
        floor = self.steps[self.floor]
        fit = fit_for(self.estimate, floor, height_pt, self._room_pt)
        if fit.fits:
            return fit
        real, room = height_pt / self.guessed(self.floor), self._room_pt
        return replace(fit, keep_off=keep_off(self.estimate, floor, room_pt=room, real=real))


def fit_for(estimate: Estimate, floor: Step, height_pt: float, room_pt: float) -> Fit:
    """The fit of a page that is this tall at its smallest print, where it may be `room_pt`."""
    spare = room_pt - height_pt
    bare = estimate.bare_height(floor)
    lines_left = max(0, int(spare / floor.line_pt))
    filled = round(BLOCKS * (height_pt - bare) / (room_pt - bare))
    longest = to_shorten(estimate, floor)
    return Fit(
        lines_left=lines_left,
        lines_over=max(0, ceil(-spare / floor.line_pt)),
        filled=max(bool(longest), min(filled, BLOCKS - 1)) if lines_left else BLOCKS,
        print_pt=floor.print_pt,
        height_pt=height_pt,
        longest=tuple(longest.items())[:LONGEST],
    )
