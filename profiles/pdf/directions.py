"""What a page sets apart, told to the renderer: WeasyPrint 70 knows no element for it."""

import re
from typing import Final

from profiles.core.as_typed import CLOSE, ELEMENT, OPEN

BY_ITSELF: Final = "\u2068"  # what follows is read the way its own first letter is
LEFT_TO_RIGHT: Final = "\u200e"  # a letter with no ink
TYPED: Final = re.compile(rf"{ELEMENT}(.*?)</bdi>", re.DOTALL)
SPACE: Final = re.compile(r"\s+")


def as_characters(html: str) -> str:
    """The same page, with characters that have no ink where it sets words apart by an element.

    A row that is broken off has lost the character that opened it: so each space has its own.
    """
    html = TYPED.sub(lambda typed: _held(typed[1]), html)
    return html.replace("<bdi>", BY_ITSELF).replace("</bdi>", CLOSE)


def _held(typed: str) -> str:
    spaced = SPACE.sub(rf"{LEFT_TO_RIGHT}\g<0>{LEFT_TO_RIGHT}", typed)
    return f"{OPEN}{LEFT_TO_RIGHT}{spaced}{LEFT_TO_RIGHT}{CLOSE}"
