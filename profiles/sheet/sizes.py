"""The sizes a page is printed in: how large the paper is, and how much of it may be used."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

MM: Final = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True, kw_only=True)
class Size:
    """One size of paper, in millimetres, with its margins and the print it is read in."""

    key: str
    title: str
    width: float
    height: float
    top: float = 8
    side: float = 11
    bottom: float = 7
    largest_pt: float = 20
    smallest_pt: float = 12

    @property
    def column_pt(self) -> float:
        """How wide the words may be, in points."""
        return (self.width - 2 * self.side) * MM

    @property
    def height_pt(self) -> float:
        """How tall everything on one side may be, in points."""
        return (self.height - self.top - self.bottom) * MM

    @property
    def css(self) -> str:
        """The paper, as a stylesheet says it."""
        margins = f"{self.top}mm {self.side}mm {self.bottom}mm"
        return f"@page {{ margin: {margins}; size: {self.width}mm {self.height}mm }}"


A4: Final = Size(key="a4", title="A4 paper", width=210, height=297)
LETTER: Final = Size(key="letter", title="US letter paper", width=215.9, height=279.4)
SIZES: Final[Mapping[str, Size]] = MappingProxyType({size.key: size for size in (A4, LETTER)})
