"""The Sheet: a frozen page that holds only what its reader may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Final

from profiles.core.as_typed import numbers_to_ring
from profiles.core.names import CALL_ME
from profiles.sheet.beside import Pictures
from profiles.sheet.script import Direction, direction_of, first_strong, language_of
from profiles.sheet.sizes import A4, Size
from profiles.sheet.themes import NOTEBOOK, Theme
from profiles.sheet.voices import ME, Voice, voice_of_most

if TYPE_CHECKING:
    from profiles.sheet.layouts import Group, Layout

LONG_NAME: Final = 24
FEW_ANSWERS: Final = 7  # with the name
A_LINE: Final = 36  # letters, on a telephone
FEW_LINES: Final = 2


@dataclass(frozen=True, kw_only=True)
class SheetPhoto:
    """A photo at print size, and the words that stand for it."""

    data: bytes
    alt: str
    whole: bytes = b""  # as it is kept: for files that its person takes along, and for nobody else


@dataclass(frozen=True, kw_only=True)
class SheetAnswer:
    """What was said under one topic, before it is arranged on a page."""

    topic: str
    text: str
    picture: str | None = None  # None: the topic's own picture; "": no picture
    photo: SheetPhoto | None = None  # of the person's own, in place of a picture
    said_by: str = ""
    language: str = "en"
    only_me: bool = False  # its person keeps it: told to their own files alone


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an answer, with the direction and language it is read in."""

    text: str
    direction: Direction
    language: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One answer on the page: its title, its short label, its picture and its lines."""

    topic: str
    title: str
    label: str
    lines: tuple[str, ...]
    picture: str = ""  # its code, or ""
    picture_from: str = ""  # the credit of the pack it is from
    photo: SheetPhoto | None = None  # of the person's own: then there is no picture
    said_by: str = ""  # "" means the person themself
    language: str = "en"
    only_me: bool = False  # as in SheetAnswer

    @property
    def direction(self) -> Direction:
        """The way this answer's language is read."""
        return direction_of(self.language)

    @property
    def reads(self) -> Direction:
        """The way its first line is read."""
        return first_strong(self.lines[0]) or self.direction

    @property
    def is_beside(self) -> bool:
        """May its words stand beside its label? Programs that read PDFs mix up two directions that
        share a line, so there a label stands above.
        """
        return self.reads == (first_strong(self.label) or "ltr")

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
class PrintedPart:
    """A part as it is printed: what is urgent, whom to ring, its answers, and a pair of boxes."""

    key: str
    title: str
    colour: str
    urgent: tuple[Entry, ...] = ()
    ring: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = ()
    pair: tuple[Entry, ...] = ()  # such as "please do" and "please do not"

    @property
    def has_box(self) -> bool:
        """Does anything stand under its title? A pair stands by itself."""
        return bool(self.urgent or self.ring or self.entries)

    @property
    def numbers(self) -> list[str]:
        """The telephone numbers of those to ring."""
        lines = (line for entry in self.ring for line in entry.lines)
        return [number for line in lines for number in numbers_to_ring(line)]

    @property
    def every_entry(self) -> tuple[Entry, ...]:
        """All of it, in reading order."""
        return (*self.urgent, *self.ring, *self.entries, *self.pair)


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a printed page says about itself, so that nobody trusts it for too long."""

    made_for: str  # "": for whoever its person gives it to
    check_by: date
    code: str  # by which it is checked
    where: str  # the address at which the code is typed
    address: str  # the address that its QR code holds: both in one
    qr: bytes  # SVG

    @property
    def lines(self) -> tuple[str, ...]:
        """The words that have to be on the paper."""
        return tuple(filter(None, [self.made_for, self.code, self.where]))


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
    size: Size = A4
    theme: Theme = NOTEBOOK
    part_titles: tuple[str, ...] = ()  # of each part of the layout
    full_name: str = ""
    updated_on: date | None = None
    language: str = "en"
    helped_by: tuple[str, ...] = ()
    checked_on: date | None = None  # when somebody last went through all of it
    checked_by_person: bool = True  # or by whoever keeps it for them
    stamp: Stamp | None = None
    ask_me: bool = False  # its person asked for lines to fill in by hand
    chosen_pictures: Pictures = "usual"  # by its person: a size may ask for others
    left_out: tuple[str, ...] = ()  # titles of what a small size has no place for

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in reading order."""
        called = (self.called,) if self.called else ()
        return (*called, *self.strip, *(e for section in self.sections for e in section.entries))

    @property
    def has_lines(self) -> bool:
        """Are there lines to fill in by hand? Not where much is said already."""
        return self.ask_me and len(self.entries) <= FEW_ANSWERS

    @property
    def pictures(self) -> Pictures:
        """The pictures that it is printed with."""
        return self.size.pictures or self.chosen_pictures

    @property
    def shows_pictures(self) -> bool:
        """May its answers have pictures? Photos of the person's own they have in any case."""
        return self.pictures != "none"

    @cached_property
    def photos(self) -> dict[str, SheetPhoto]:
        """The photos beside its answers, by topic."""
        return {entry.topic: entry.photo for entry in self.entries if entry.photo}

    @property
    def foot_on_first_side(self) -> bool:
        """Does the foot stand on the first of two sides, where it is seen at once?"""
        return self.size.sides == 2

    @property
    def labels_beside(self) -> bool:
        """Do labels stand beside their words? Where pictures are large, words have that room."""
        return self.layout.labels == "beside" and self.pictures != "large"

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of which something stands on it."""
        return tuple(entry.topic for entry in self.entries)

    @property
    def besides(self) -> tuple[Entry, ...]:
        """What a small size has on it only where there is room."""
        if_room = dict(self.size.besides)
        return tuple(entry for entry in self.entries if entry.topic in if_room)

    @property
    def smallest_pt(self) -> float:
        """The smallest print it may have: what is there besides never makes the rest too small."""
        return self.size.besides_pt if self.besides else self.size.smallest_pt

    @property
    def is_empty(self) -> bool:
        """Is there nothing on it yet?"""
        return not self.entries

    @property
    def name_is_long(self) -> bool:
        """Is the name too long to stand in the largest letters?"""
        return len(self.name or self.full_name) > LONG_NAME

    @property
    def is_called_shortly(self) -> bool:
        """Is how to say the name short enough to stand above what keeps somebody safe?"""
        more = self.called.lines[1:] if self.called else ()
        return sum(ceil(len(line) / A_LINE) for line in more) <= FEW_LINES

    @property
    def begins_with_what_is_urgent(self) -> bool:
        """Does the first part say what must be known, or whom to ring?"""
        return bool(self.parts and (self.parts[0].urgent or self.parts[0].ring))

    @property
    def checked_with(self) -> str:
        """With whom the page was checked: the person, by a short name; "" for somebody else."""
        if not self.checked_by_person:
            return ""
        return self.name if self.name and not self.name_is_long else "me"

    @cached_property
    def voice(self) -> Voice | None:
        """Who said most of what stands here, told once in its head; None if it is the person, or
        nobody. What this reader does not see is not counted, so nothing is learned of it.
        """
        return voice_of_most(
            [entry.said_by for entry in self.entries if not self._is_name_alone(entry)]
        )

    def said_here(self, entry: Entry) -> str:
        """Whose words these are, as told where they stand: "me", a name, or "" for nothing.

        Where the head tells who said most, only the other voices are told; the person's own too.
        """
        if not self.voice:
            return entry.said_by
        if not entry.said_by:
            return "" if self._is_name_alone(entry) else ME
        return "" if entry.said_by == self.voice.whose else entry.said_by

    def _is_name_alone(self, entry: Entry) -> bool:
        """Is this a name with nothing more said? It is the title of a page, not words on it."""
        return entry.topic == CALL_ME and len(entry.lines) == 1

    @property
    def helpers(self) -> tuple[str, ...]:
        """Who helped to write it, but for who said most of it, as its head tells already."""
        told = self.voice.name if self.voice else ""
        return tuple(name for name in self.helped_by if name != told)

    @cached_property
    def has_pictures(self) -> bool:
        """Does any answer have a picture? Then all stand clear of them, in one line."""
        entries = [entry for part in self.parts for entry in part.every_entry]
        return any(entry.photo or (entry.picture and self.shows_pictures) for entry in entries)

    @property
    def picture_credit(self) -> str:
        """Who drew the pictures that may be seen on it, and on what terms: each pack once."""
        if not self.shows_pictures:
            return ""
        seen = [entry for part in self.parts for entry in (*part.urgent, *part.entries)]
        # Whom to ring has a picture where it stands below what is urgent, as in large print. That
        # it stands beside it, where there is no room for one, is known only when it is laid out.
        large = self.pictures == "large"
        seen += [entry for part in self.parts if part.urgent or large for entry in part.ring]
        return "; ".join(dict.fromkeys(entry.picture_from for entry in seen if entry.picture))

    @cached_property
    def parts(self) -> tuple[PrintedPart, ...]:
        """The parts as they are printed, each with something in it."""
        titled = zip(self.layout.parts, self.part_titles, strict=True)
        return tuple(part for each in titled if (part := self._printed(*each)).every_entry)

    def _printed(self, group: Group, title: str) -> PrintedPart:
        section = next((each for each in self.sections if each.key == group.key), None)
        below = section.entries if section else ()
        return PrintedPart(
            key=group.key,
            title=title,
            colour=group.colour,
            urgent=tuple(e for e in self.strip if e.topic in group.urgent),
            ring=tuple(e for e in self.strip if e.topic in group.ring),
            entries=tuple(e for e in below if e.topic not in group.pair),
            pair=tuple(e for e in below if e.topic in group.pair),
        )

    @cached_property
    def reads(self) -> Direction:
        """The way the page is set out: as most of its answers are read."""
        turned = sum(1 if entry.reads == "rtl" else -1 for entry in self.entries)
        return "rtl" if turned > 0 else "ltr"

    @property
    def page_language(self) -> str:
        """The language of the page's own words, which are English until there are others."""
        return "en-GB"

    def on(self, size: Size) -> Sheet:
        """This page in another size. A small one holds a part of it, and tells what it has not."""
        if not size.is_small:
            return replace(self, size=size)
        most = dict(size.holds + size.besides)
        kept = {
            entry.topic: _first(entry, most.get(entry.topic, 0), with_photo=size.has_photo)
            for entry in self.entries
        }
        sections = (replace(each, entries=_kept(each.entries, kept)) for each in self.sections)
        return replace(
            self,
            size=size,
            called=kept.get(CALL_ME),
            strip=_kept(self.strip, kept),
            sections=tuple(each for each in sections if each.entries),
            photo=self.photo if size.has_photo else None,
            full_name="" if self.called else self.full_name,
            helped_by=(),
            updated_on=None,
            checked_on=None,
            ask_me=False,
            left_out=tuple(
                entry.title
                for entry in self.entries
                if (now := kept[entry.topic]) is None or now.lines != entry.lines
            ),
        )

    def without(self, topics: Collection[str]) -> Sheet:
        """This page, if nothing were said under these topics. The name stays."""
        sections = (
            replace(each, entries=tuple(e for e in each.entries if e.topic not in topics))
            for each in self.sections
        )
        return replace(
            self,
            strip=tuple(entry for entry in self.strip if entry.topic not in topics),
            sections=tuple(each for each in sections if each.entries),
        )

    def without_besides(self) -> Sheet:
        """This page where there is no room for more than its size has to hold."""
        return self.without([entry.topic for entry in self.besides])

    def words(self) -> Iterator[str]:
        """Every word somebody said, in reading order: each must be on the paper."""
        for entry in self.entries:
            for line in entry.lines:
                yield from line.split()
            if (whose := self.said_here(entry)) != ME:
                yield from whose.split()
        yield from self.full_name.split()
        yield from self.voice.whose.split() if self.voice else ()


def _first(entry: Entry, most: int, *, with_photo: bool) -> Entry | None:
    """The first lines of an answer, at most so many; None if none may stand."""
    photo = entry.photo if with_photo else None
    return replace(entry, lines=entry.lines[:most], photo=photo) if most else None


def _kept(entries: Iterable[Entry], kept: dict[str, Entry | None]) -> tuple[Entry, ...]:
    return tuple(now for entry in entries if (now := kept[entry.topic]))
