"""The Sheet: a frozen page that holds only what its reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from profiles.sheet.script import Direction, direction_of, first_strong, language_of

if TYPE_CHECKING:
    from profiles.sheet.layouts import Group, Layout
    from profiles.topics.load import Topics

LONG_NAME: Final = 24


@dataclass(frozen=True, kw_only=True)
class SheetAnswer:
    """What was said under one topic, before it is arranged on a page."""

    topic: str
    text: str
    picture: str | None = None  # None: the topic's own picture; "": no picture
    said_by: str = ""
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an answer, with the direction and language it is read in."""

    text: str
    direction: Direction
    language: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One answer on the page: its short title, its picture and its lines."""

    topic: str
    title: str
    lines: tuple[str, ...]
    picture: str = ""  # an OpenMoji code, or ""
    said_by: str = ""  # "" means the person themself
    language: str = "en"

    @property
    def direction(self) -> Direction:
        """The way this answer's language is read."""
        return direction_of(self.language)

    @property
    def reads(self) -> Direction:
        """The way its first line is read: its picture stands where that line begins."""
        return self.marked_lines[0].direction

    @property
    def marked_lines(self) -> tuple[Line, ...]:
        """The lines, each with its own direction and language, whatever the answer's is."""
        return tuple(
            Line(
                text=line,
                direction=first_strong(line) or self.direction,
                language=language_of(line, self.language),
            )
            for line in self.lines
        )


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the page that has something in it."""

    key: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class SheetPhoto:
    """The person's photo at print size, and the words that stand for it."""

    data: bytes
    alt: str


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a printed page says about itself, so that nobody trusts it for too long."""

    made_for: str  # "": for whoever its person gives it to
    check_by: date
    address: str  # where it is checked, as it is typed
    qr: bytes  # the same address as a QR code, SVG

    @property
    def lines(self) -> tuple[str, ...]:
        """The words that have to be on the paper."""
        return tuple(filter(None, [self.made_for, self.address]))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page, filled and filtered. Every format is made from one of these alone."""

    name: str
    called: Entry | None
    strip: tuple[Entry, ...]
    sections: tuple[Section, ...]
    photo: SheetPhoto | None
    edition: int | None
    made_on: date
    layout: Layout
    strip_title: str = ""
    full_name: str = ""
    updated_on: date | None = None
    language: str = "en"
    helped_by: tuple[str, ...] = ()
    checked_on: date | None = None  # when somebody last went through all of it
    checked_by_person: bool = True  # or by whoever keeps it for them
    stamp: Stamp | None = None

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in reading order."""
        called = (self.called,) if self.called else ()
        return (*called, *self.strip, *(e for section in self.sections for e in section.entries))

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of which something stands on it."""
        return tuple(entry.topic for entry in self.entries)

    @property
    def is_empty(self) -> bool:
        """Is there nothing on it yet?"""
        return not self.entries

    @property
    def name_is_long(self) -> bool:
        """Is the name too long to stand in the largest letters?"""
        return len(self.name or self.full_name) > LONG_NAME

    @property
    def checked_with(self) -> str:
        """With whom the page was checked: the person, by a short name; "" for somebody else."""
        if not self.checked_by_person:
            return ""
        return self.name if self.name and not self.name_is_long else "me"

    @property
    def has_pictures(self) -> bool:
        """Does any answer have a picture? Then all stand clear of them, in one line."""
        return any(entry.picture for part in self.parts for entry in part.entries)

    @cached_property
    def parts(self) -> tuple[Section, ...]:
        """The parts as they are printed: the ten-second strip opens the first, "Keep me safe"."""
        if not self.strip:
            return self.sections
        safe = next((section for section in self.sections if section.key == "safe"), None)
        rest = tuple(section for section in self.sections if section is not safe)
        entries = (*self.strip, *(safe.entries if safe else ()))
        return (Section(key="safe", title=self.strip_title, entries=entries), *rest)

    @property
    def page_language(self) -> str:
        """The language of the page's own words, which are English until there are others."""
        return "en-GB"

    def words(self) -> Iterator[str]:
        """Every word somebody said, in reading order: each must be on the paper."""
        for entry in self.entries:
            for line in entry.lines:
                yield from line.split()
            yield from entry.said_by.split()
        yield from self.full_name.split()


def build(
    *,
    answers: Iterable[SheetAnswer],
    layout: Layout,
    topics: Topics,
    made_on: date,
    photo: SheetPhoto | None = None,
    edition: int | None = None,
    full_name: str = "",
    updated_on: date | None = None,
    language: str = "en",
    helped_by: Sequence[str] = (),
    checked_on: date | None = None,
    checked_by_person: bool = True,
) -> Sheet:
    """Arrange what was said into a page. The only place a Sheet is made."""
    entries = {said.topic: entry for said in answers if (entry := _entry(said, topics))}
    called = entries.get("call_me")
    return Sheet(
        name=called.lines[0] if called else "",
        called=called,
        full_name=" ".join(full_name.split()),
        strip=tuple(entries[key] for key in layout.strip if key in entries),
        strip_title=topics.part("safe").title,
        sections=tuple(_sections(entries, layout.sections, topics)),
        photo=photo,
        edition=edition,
        made_on=made_on,
        updated_on=updated_on,
        language=language,
        helped_by=tuple(helped_by),
        checked_on=checked_on,
        checked_by_person=checked_by_person,
        layout=layout,
    )


def _entry(said: SheetAnswer, topics: Topics) -> Entry | None:
    """One answer as it stands on the page; None when nothing is said in it."""
    lines = tuple(line.strip() for line in said.text.splitlines() if line.strip())
    if not lines:
        return None
    topic = topics.topic(said.topic)
    return Entry(
        topic=said.topic,
        title=topic.title,
        lines=lines,
        picture=topic.picture if said.picture is None else said.picture,
        said_by="" if said.said_by == "me" else said.said_by,
        language=said.language or "en",
    )


def _sections(
    entries: dict[str, Entry], groups: Iterable[Group], topics: Topics
) -> Iterator[Section]:
    for group in groups:
        found = tuple(entries[key] for key in group.topics if key in entries)
        if found:
            yield Section(key=group.key, title=topics.part(group.key).title, entries=found)
