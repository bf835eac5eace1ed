"""The layouts a page can take: which topics, in what order, with what look."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

SIZES: Final = frozenset({"a4"})


@dataclass(frozen=True, kw_only=True)
class Group:
    """One part of a layout, and the topics in it, in the order they are printed."""

    key: str
    topics: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One way to set out a page. Print is never larger or smaller than it allows."""

    key: str
    title: str
    template: str
    stylesheet: str
    strip: tuple[str, ...]
    sections: tuple[Group, ...]
    largest_pt: float = 14
    smallest_pt: float = 12
    size: str = "a4"

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic this layout prints, in reading order."""
        grouped = (key for group in self.sections for key in group.topics)
        return ("call_me", *self.strip, *grouped)


ONE_PAGE: Final = Layout(
    key="one-page",
    title="One page about me",
    template="layouts/one-page.html",
    stylesheet="layouts/one-page.css",
    strip=("must_know", "yes_no", "ring_first"),
    sections=(
        Group(key="safe", topics=("not_contact", "health")),
        Group(key="like", topics=("appreciate",)),
        Group(
            key="matters",
            topics=("important", "people", "culture", "goals", "story", "interests"),
        ),
        Group(
            key="help",
            topics=(
                "communicate", "access", "senses", "pain", "good_day", "bad_day", "calm",
                "do", "do_not", "washing", "eating", "moving", "sleep", "medicines",
            ),
        ),
    ),
)  # fmt: skip

LAYOUTS: Final[Mapping[str, Layout]] = MappingProxyType({ONE_PAGE.key: ONE_PAGE})
