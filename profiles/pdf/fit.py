"""How much room a page has, in plain words, and what stops a page from being made."""

from collections.abc import Mapping
from dataclasses import dataclass

Box = tuple[int, int, int, int]  # left, top, width and height, in thousandths of the sheet
BLOCKS = 10
HOW_FULL = (
    "Your page is nearly empty.",
    "Your page has just been begun.",
    "Your page is about a fifth full.",
    "Your page is about a third full.",
    "Your page is nearly half full.",
    "Your page is half full.",
    "Your page is just over half full.",
    "Your page is about two thirds full.",
    "Your page is more than three quarters full.",
    "Your page is nearly full.",
    "Your page is full.",
)


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How full a page is, in printed lines at the smallest print it may use."""

    lines_left: int
    lines_over: int
    filled: int  # of ten blocks
    print_pt: float
    longest: tuple[tuple[str, int], ...] = ()  # topic keys and printed lines, longest first
    keep_off: tuple[str, ...] = ()  # topics without which the rest has room, if it is too long
    height_pt: float = 0.0  # of everything on it, at that print
    sides: int = 1
    runs_over: bool = False  # it takes as many sides as it needs

    @property
    def fits(self) -> bool:
        """Is there room for every word?"""
        return self.lines_over == 0

    @property
    def blocks(self) -> tuple[bool, ...]:
        """The fullness row: ten blocks, filled or not."""
        return tuple(block < self.filled for block in range(BLOCKS))

    @property
    def sentence(self) -> str:
        """The fullness row in words. It says how much room there is, and judges nothing."""
        if self.runs_over:
            return f"Your page takes {_sides(self.sides)} of paper. There is room for every word."
        if self.lines_over:
            return f"Your page is {_lines(self.lines_over)} too long. Choose what to shorten."
        if not self.lines_left:
            return "Your page is full. There is no room for another line."
        more = "1 more line" if self.lines_left == 1 else f"{self.lines_left} more lines"
        return f"{HOW_FULL[self.filled]} There is room for about {more}."

    @property
    def of_theirs(self) -> str:
        """The same, to whoever keeps the page for somebody."""
        return self.sentence.replace("Your page", "Their page", 1)


def _sides(count: int) -> str:
    return "1 side" if count == 1 else f"{count} sides"


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


@dataclass(frozen=True, kw_only=True)
class MadePage:
    """A page that keeps the one-page promise."""

    pdf: bytes
    pages: int
    print_pt: float
    fit: Fit
    layouts: int  # how many times it was laid out
    unprintable: tuple[str, ...] = ()  # letters that no font here can print


@dataclass(frozen=True, kw_only=True)
class DrawnPage:
    """The first side of a page as a picture, and where on it each answer stands."""

    png: bytes
    boxes: Mapping[str, Box]  # by topic
    is_whole: bool  # or it goes on, on another side or because it is too long


class DoesNotFit(Exception):
    """Not every word fits on the page, so no page is made; it carries the fit."""

    def __init__(self, fit: Fit) -> None:
        super().__init__(fit)
        self.fit = fit

    def __str__(self) -> str:
        return self.fit.sentence


class Busy(Exception):
    """Too many pages are being made at once."""

    def __init__(self) -> None:
        super().__init__("Lots of pages are being made. Wait a minute, then try again.")


class TooHard(Exception):
    """This page could not be made; it says why, in a plain sentence."""


class NotMade(TooHard):
    """This page could not be made just now: something broke, and it is not the words."""

    def __init__(self) -> None:
        super().__init__("We could not make this PDF. Your words are safe. Please try again.")
