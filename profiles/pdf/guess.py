"""How full a page is, guessed in a thousandth of a second: for whoever is typing.

A guess is off by some lines. It is corrected by what the engine said of the page a moment ago, and
not trusted where so many lines, or a part of what was written since, could make it wrong.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from profiles.pdf.estimate import Estimate
from profiles.pdf.fit import Fit
from profiles.pdf.fitting import fit_for
from profiles.pdf.print_steps import Step

FEW_LINES: Final = 3
OFF_BY: Final = 0.25  # of what is new on the page: in most scripts far less


@dataclass(frozen=True)
class Measured:
    """What the engine said of a page, beside what was guessed of it."""

    height_pt: float
    guessed_pt: float


@dataclass(frozen=True)
class GuessedPage:
    """A page that is measured by the widths of its words alone, in its smallest print."""

    estimate: Estimate
    floor: Step
    room_pt: float

    @cached_property
    def height_pt(self) -> float:
        """About how tall everything on it is."""
        return self.estimate.height(self.floor)

    def fit(self, before: Measured) -> Fit | None:
        """The fit, by what was measured of this page before; None where only the engine can say."""
        guessed = self.height_pt
        height = guessed * before.height_pt / before.guessed_pt
        if self.room_pt - height < self.off_by(before):
            return None
        return fit_for(self.estimate, self.floor, height, self.room_pt)

    def off_by(self, before: Measured) -> float:
        """By how many points it may be wrong."""
        return FEW_LINES * self.floor.line_pt + OFF_BY * abs(self.height_pt - before.guessed_pt)
