"""How full a page is, for the screens: they go on when the engine cannot say."""

from profiles.door.stamp import with_room_for_its_foot
from profiles.pdf import printing
from profiles.pdf.fit import Fit
from profiles.sheet.sheet import Sheet


def fit_of(sheet: Sheet) -> Fit | None:
    """The fit of this page, measured by the engine that prints it, with room for its foot.

    None when the engine is busy or cannot lay these words out: nobody's writing waits for it.
    """
    try:
        return printing.measure(with_room_for_its_foot(sheet))
    except (printing.Busy, printing.TooHard):
        return None
