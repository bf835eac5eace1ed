"""The layouts a page can take: which topics, in what order, with what look."""

from dataclasses import dataclass
from typing import Final

ONE_PAGE: Final = "one-page"  # the layout of whoever has chosen none


@dataclass(frozen=True, kw_only=True)
class Group:
    """One part of a layout: its colour, and the topics in it, in the order they are printed."""

    key: str
    colour: str
    title: str = ""  # "": the title of the part of this name where we ask
    topics: tuple[str, ...] = ()
    urgent: tuple[str, ...] = ()  # in larger, bold print, at its top
    ring: tuple[str, ...] = ()  # in a cell of its own beside what is urgent
    pair: tuple[str, ...] = ()  # in two boxes of their own, side by side

    @property
    def strip(self) -> tuple[str, ...]:
        """What is to be read in ten seconds."""
        return (*self.urgent, *self.ring)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One way to set out a page, read from a file of its own (see `catalogue`)."""

    key: str
    title: str
    lead: str  # whom it is for
    read_first: str  # under the name
    helped_by: str  # before the names of who helped to write it
    updated_on: str  # before the day on which its words last changed
    stylesheet: str  # what is its own, beside what all share
    parts: tuple[Group, ...]
    sizes: tuple[str, ...]
    labels: str = "beside"  # or "above" their words

    @property
    def strip(self) -> tuple[str, ...]:
        """The topics that are to be read in ten seconds."""
        return tuple(key for part in self.parts for key in part.strip)

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic this layout prints, in reading order."""
        grouped = (key for part in self.parts for key in (*part.topics, *part.pair))
        return ("call_me", *self.strip, *grouped)
