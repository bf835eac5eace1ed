"""What a renderer is given: what every page is made with, and one page to print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from profiles.sheet.sheet import Sheet


@dataclass(frozen=True, kw_only=True)
class Assets:
    """What every page is made with: the fonts, the pictures and the stylesheets."""

    fonts: Mapping[int, bytes]
    pictures: Mapping[str, bytes]
    paper: str
    stylesheets: Mapping[str, str]  # by layout
    sizes: Mapping[str, str]  # the stylesheets that some sizes have, by their names
    leaflet: str  # the stylesheet of what is no page about somebody
    card: str  # the stylesheet of a hello card
    standard: str  # by which every PDF is written


@dataclass(frozen=True, kw_only=True)
class RenderJob:
    """One page to print: the filled template, and the sheet it was filled from.

    Where it has no room for what it holds besides, `fewer` is printed.
    """

    html: str
    sheet: Sheet
    fewer: "RenderJob | None" = None

    def with_boxes(self, letters: Iterable[str], stand_in: str) -> "RenderJob":
        """This page with a stand-in for each of these letters."""
        table = str.maketrans(dict.fromkeys("".join(letters), stand_in))
        return replace(self, html=self.html.translate(table))


@dataclass(frozen=True, kw_only=True)
class AlbumJob:
    """Pages to draw side by side in one picture, each so many dots wide."""

    pages: tuple[RenderJob, ...]
    width: int


@dataclass(frozen=True, kw_only=True)
class CardJob:
    """A hello card to print: the filled template, its words line by line, and its photo."""

    html: str
    lines: tuple[str, ...]
    photo: bytes = b""
    name: str = ""  # no word of which is to be broken

    def with_boxes(self, letters: Iterable[str], stand_in: str) -> "CardJob":
        """This card with a stand-in for each of these letters."""
        table = str.maketrans(dict.fromkeys("".join(letters), stand_in))
        return replace(self, html=self.html.translate(table))


@dataclass(frozen=True, kw_only=True)
class LeafletJob:
    """Something to print that is no page about somebody: it may run over more than one paper."""

    html: str
