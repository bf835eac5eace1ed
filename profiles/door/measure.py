"""How full a page is, for the screens: they go on when the engine cannot say."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from profiles.door.stamp import with_room_for_its_foot
from profiles.pdf import printing
from profiles.pdf.fit import Fit
from profiles.pdf.guess import Measured
from profiles.sheet.sheet import Sheet

MOST_PAGES: Final = 1_000


class Before:
    """What was last measured of the pages that people write here: numbers alone."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Measured] = OrderedDict()
        self._changing = Lock()

    def of(self, page: str, sheet: Sheet) -> Measured | None:
        """What was measured of it, in this layout and size."""
        with self._changing:
            return self._pages.get(_key(page, sheet))

    def keep(self, page: str, sheet: Sheet, fit: Fit) -> None:
        """Remember what was measured, beside what would have been guessed."""
        if not (guess := printing.guess(sheet)):
            return
        key = _key(page, sheet)
        with self._changing:
            self._pages[key] = Measured(fit.height_pt, guess.height_pt)
            self._pages.move_to_end(key)
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


def _key(page: str, sheet: Sheet) -> str:
    return f"{page} {sheet.layout.key} {sheet.size.key} {sheet.pictures}"


before: Final = Before()


def fit_of(sheet: Sheet, page: str = "") -> Fit | None:
    """The fit of this sheet, measured by the engine that prints it, with room for its foot.

    None when the engine is busy or cannot lay these words out: nobody's writing waits for it. What
    is measured of a page, told by its key, makes later guesses of it better.
    """
    sheet = with_room_for_its_foot(sheet)
    try:
        fit = printing.measure(sheet)
        if page:
            before.keep(page, sheet, fit)
    except (printing.Busy, printing.TooHard):
        return None
    return fit


def guessed_fit_of(sheet: Sheet, page: str) -> Fit | None:
    """The fit of a page while its words are typed: a guess where that is sure enough, and else as
    the engine measures it.
    """
    spacious = with_room_for_its_foot(sheet)
    if measured := before.of(page, spacious):
        try:
            guess = printing.guess(spacious)
        except printing.TooHard:
            return None
        if guess and (fit := guess.fit(measured)):
            return fit
    return fit_of(sheet, page)
