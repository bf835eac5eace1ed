"""The sizes a page is printed in: its paper, its print, and how much of the page it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from profiles.sheet.beside import Pictures

MM: Final = 72 / 25.4  # points in a millimetre
MOST_SIDES: Final = 12  # of a page that takes as many as it needs


@dataclass(frozen=True, kw_only=True)
class Size:
    """One size of paper, in millimetres, with its margins and the print it is read in."""

    key: str
    title: str
    lead: str = ""  # whom it is for
    width: float = 210
    height: float = 297
    top: float = 8
    side: float = 11
    bottom: float = 7
    largest_pt: float = 20
    smallest_pt: float = 12
    foot_pt: float = 10  # of its small print
    sides: int = 1  # how many it may take
    runs_over: bool = False  # it takes as many of them as it needs
    in_one_column: bool = False  # nothing stands beside anything else, but a picture
    pictures: Pictures | None = None  # as its person chose
    # What it holds of the page: topics, and how many lines of each at most. Empty: all of it.
    holds: tuple[tuple[str, int], ...] = ()
    besides: tuple[tuple[str, int], ...] = ()  # and these, where they leave print this large
    besides_pt: float = 0
    folded: bool = False  # a card with two faces, on a larger sheet

    @property
    def is_small(self) -> bool:
        """Does it leave some of the page out by its nature?"""
        return bool(self.holds)

    @property
    def has_photo(self) -> bool:
        """Has it a place for a photo?"""
        return not self.folded

    def topics_of(self, topics: Iterable[str]) -> list[str]:
        """Those of these topics that it holds."""
        held = dict(self.holds + self.besides)
        return [topic for topic in topics if not held or topic in held]

    @property
    def stylesheet(self) -> str:
        """What is its own beside what all have; "" for nothing."""
        if self.folded:
            return "layouts/card.css"
        return "layouts/more-sides.css" if self.may_take_more else ""

    @property
    def may_take_more(self) -> bool:
        """May it be more than one side of paper?"""
        return self.sides > 1

    @property
    def column_pt(self) -> float:
        """How wide the words may be, in points."""
        return (self.width - 2 * self.side) * MM

    @property
    def height_pt(self) -> float:
        """How tall everything on one side may be, in points."""
        return (self.height - self.top - self.bottom) * MM

    @property
    def room_pt(self) -> float:
        """How tall everything on all its sides may be, in points."""
        return self.sides * self.height_pt

    @property
    def css(self) -> str:
        """The paper, as a stylesheet says it. What each of several sides says of itself is as large
        as the line that asks whether the paper is the newest.
        """
        margins = f"{self.top}mm {self.side}mm {self.bottom}mm"
        foot = f".page-foot {{ font-size: {self.foot_pt}pt }}"
        head = f"@top-right {{ font-size: {round(1.1 * self.foot_pt, 1)}pt }}"
        size = f"size: {self.width}mm {self.height}mm"
        return f"@page {{ margin: {margins}; {size}; {head if self.may_take_more else ''} }} {foot}"


A4: Final = Size(key="a4", title="A4 paper", lead="The usual paper. Everything on one side.")
LETTER: Final = Size(
    key="letter",
    title="US letter paper",
    lead="The paper of North America. Everything on one side.",
    width=215.9,
    height=279.4,
)
TWO_SIDES: Final = Size(
    key="two-sides",
    title="Both sides of A4 paper",
    lead="For a longer page. What is urgent stands on the first side.",
    top=14,
    sides=2,
)
LARGE_PRINT: Final = Size(
    key="large-print",
    title="Large print",
    lead="For tired eyes. It takes as many sides as it needs.",
    top=18,
    side=15,
    bottom=12,
    largest_pt=18,
    smallest_pt=16,
    foot_pt=16,
    sides=MOST_SIDES,
    runs_over=True,
    in_one_column=True,
)
EASY_READ: Final = replace(
    LARGE_PRINT,
    key="easy-read",
    title="Easy to read",
    lead="Large pictures, with the words beside them. It takes as many sides as it needs.",
    pictures="large",
)
BEDSIDE: Final = Size(
    key="bedside",
    title="A small page for the bedside",
    lead="Half the usual paper (A5), to read in ten seconds.",
    width=148,
    height=210,
    side=9,
    foot_pt=8,
    holds=(("call_me", 2), ("must_know", 3), ("yes_no", 2), ("ring_first", 2), ("important", 1)),
    besides=(("do_not", 2),),
    besides_pt=12,
)
CARD: Final = Size(
    key="card",
    title="A card for a wallet",
    lead="To cut out and fold. It is as large as a bank card.",
    largest_pt=12,
    smallest_pt=7,
    foot_pt=6.5,
    holds=(("call_me", 1), ("must_know", 3), ("ring_first", 2)),
    besides=(("do_not", 2),),
    besides_pt=9,
    pictures="none",
    folded=True,
)
SIZES: Final[Mapping[str, Size]] = MappingProxyType(
    {size.key: size for size in (A4, LETTER, TWO_SIDES, LARGE_PRINT, EASY_READ, BEDSIDE, CARD)}
)
