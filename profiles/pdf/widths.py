"""How wide letters are, read from the fonts, for guessing where lines will break."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import Final

from fontTools.ttLib import TTFont

# Roughly, in parts of the print size, for scripts that come from the system's fonts.
ROUGHLY: Final = (
    (0x0300, 0x036F, 0.0), (0x0590, 0x05FF, 0.56), (0x0600, 0x08FF, 0.50), (0x0900, 0x0DFF, 0.66),
    (0x0E00, 0x0EFF, 0.60), (0x0F00, 0x0FFF, 0.62), (0x1000, 0x109F, 0.80), (0x1780, 0x17FF, 0.75),
    (0x200B, 0x200F, 0.0), (0x2E80, 0x9FFF, 1.0), (0xAC00, 0xD7FF, 0.92), (0xF900, 0xFAFF, 1.0),
    (0xFB50, 0xFDFF, 0.50), (0xFE00, 0xFE0F, 0.0), (0xFE70, 0xFEFF, 0.50), (0xFF00, 0xFFEF, 1.0),
    (0x1F3FB, 0x1F3FF, 0.0), (0x1F000, 0x1FAFF, 1.2), (0x20000, 0x3FFFF, 1.0),
    (0xE0000, 0xE0FFF, 0.0),
)  # fmt: skip
OTHERWISE: Final = 0.6


class Widths:
    """The width of text in one weight of our font, in parts of the print size."""

    def __init__(self, font: bytes) -> None:
        with TTFont(BytesIO(font), lazy=True) as opened:
            em = opened["head"].unitsPerEm
            advances = opened["hmtx"].metrics
            self._letters = Letters(
                (chr(code), advances[glyph][0] / em) for code, glyph in opened.getBestCmap().items()
            )
        self.space = self._letters[" "]

    def of(self, text: str) -> float:
        """How wide this text is."""
        return sum(map(self._letters.__getitem__, text))

    def each(self, words: Iterable[str]) -> list[float]:
        """How wide each of these words is."""
        letter = self._letters.__getitem__
        return [sum(map(letter, word)) for word in words]


class Letters(dict[str, float]):
    """The width of each letter of a font, and about the width of every other."""

    def __missing__(self, letter: str) -> float:
        return roughly(letter)


@lru_cache(maxsize=4096)
def roughly(letter: str) -> float:
    """About how wide a letter is that our font does not have."""
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    code = ord(letter)
    return next((width for first, last, width in ROUGHLY if first <= code <= last), OTHERWISE)
