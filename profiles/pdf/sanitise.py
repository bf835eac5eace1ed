"""The paper's own copy of the words: the same words, without what would hurt the renderer."""

import re
import unicodedata
from dataclasses import replace
from typing import Final

from profiles.pdf.fit import TooHard
from profiles.sheet.sheet import Entry, Section, Sheet, SheetPhoto, Stamp

MOST_CHARACTERS: Final = 20_000
MOST_ON_A_SIDE: Final = 6_000
MOST_EMOJI: Final = 300
MOST_MARKS: Final = 4  # more of them on the name would climb off the paper
MOST_HIGH: Final = 3
LONGEST_RUN: Final = 60
SHORT_PIECE: Final = 8  # so that a row is nearly filled before a long word is broken
BREAK: Final = "\u200b"  # a place where a line may break, with no width

TABS: Final = re.compile(r"[\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
# Control characters, overrides of direction, soft hyphens, halves of letters, and code points
# that are no letters: none is ink, and each can hide or garble the text of a PDF.
NO_INK: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufeff"
    r"\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U000e0001"
    # Fillers, blanks and signs that only steer others, as fonts and Unicode call them.
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2060-\u2065\u2800\u3164\uffa0\ufff0-\ufff8"
    r"\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U00013430-\U0001343f]"
)
# What joins, parts or varies other signs, and is nothing by itself.
NOTHING_ALONE: Final = re.compile(
    r"[\s\u200b-\u200f\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]*"
)
# Half a keycap: a font of emoji would draw such a digit, and has nothing to draw.
HALF_A_KEYCAP: Final = re.compile("(?<=[0-9#*])[\ufe00-\ufe0f]+(?!\u20e3)")
MARK: Final = "[{}]".format(
    "".join(
        rf"\U{code:08x}"
        for code in range(0x300, 0x1F000)
        if unicodedata.category(chr(code)) in {"Mn", "Me"}
    )
)
# Arabic, Thai and Lao fonts stack whatever they are given; words there have three at the most.
HIGH: Final = (
    r"[\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece]"
)
HIGH_STACK: Final = re.compile(rf"({HIGH}{{{MOST_HIGH}}}){HIGH}+")
STACK: Final = re.compile(rf"({MARK}{{{MOST_MARKS}}}){MARK}+")
JOINED: Final = rf"(?:{MARK}|[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f])"
# Break between two letters, never before a mark or inside a joined picture.
NO_SPACES: Final = r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
RUN: Final = re.compile(rf"[^ \u200b]{{{LONGEST_RUN},}}")
PIECE: Final = re.compile(rf"([^{NO_SPACES}]{{{SHORT_PIECE}}})(?!{JOINED})(?<!\u200d)(?=.)")
LONG_PIECE: Final = re.compile(rf"([^\u200b]{{{LONGEST_RUN}}})(?!{JOINED})(?<!\u200d)(?=.)")
EMOJI: Final = re.compile(
    r"[\u2600-\u27bf\u2b00-\u2bff\u231a\u231b\u23e9-\u23fa\U0001f000-\U0001faff]"
)
SKIN_TONE: Final = re.compile(r"[\U0001f3fb-\U0001f3ff]")


def sanitised(sheet: Sheet) -> Sheet:
    """This sheet as it goes to the renderer; TooHard if it holds too many emoji to draw."""
    copy = replace(
        sheet,
        name=clean(sheet.name),
        full_name=clean(sheet.full_name),
        called=_entry(sheet.called) if sheet.called else None,
        strip=_entries(sheet.strip),
        sections=tuple(_section(section) for section in sheet.sections),
        helped_by=tuple(clean(name) for name in sheet.helped_by),
        photo=_photo(sheet.photo),
        stamp=_stamp(sheet.stamp) if sheet.stamp else None,
    )
    rare = " ".join(word for word in copy.words() if not word.isascii())
    emoji = EMOJI.findall(SKIN_TONE.sub("", rare))
    if len(emoji) > MOST_EMOJI:
        raise TooHard(
            "There are more emoji on this page than we can print. Take some out, then try again."
        )
    return copy


def characters(sheet: Sheet) -> int:
    """How long the words are, all together."""
    return sum(map(len, sheet.words()))


def beginning(sheet: Sheet) -> Sheet:
    """More of it than one side could hold, where all of it is too much to be laid out."""
    if characters(sheet) <= MOST_CHARACTERS:
        return sheet
    more, taken = set(), 0
    for entry in sheet.entries:
        if taken >= MOST_ON_A_SIDE:
            more.add(entry.topic)
        taken += sum(map(len, entry.lines))
    return sheet.without(more)


def clean(text: str) -> str:
    """The same words, with nothing in them that has no ink, and places to break long runs."""
    if not (text.isascii() and text.isprintable()):  # there, every sign has ink
        text = with_ink(text)
    return RUN.sub(_broken, text).strip()


def with_ink(text: str) -> str:
    """The same words, with nothing in them that has no ink, and no more marks than there may be."""
    text = HALF_A_KEYCAP.sub("", NO_INK.sub("", TABS.sub(" ", text)))
    text = STACK.sub(r"\1", HIGH_STACK.sub(r"\1", text))
    return "" if NOTHING_ALONE.fullmatch(text) else text


def _broken(run: re.Match[str]) -> str:
    """A very long run of letters, with places to break it: fewer in scripts that have no spaces."""
    return LONG_PIECE.sub(rf"\1{BREAK}", PIECE.sub(rf"\1{BREAK}", run[0]))


def _stamp(stamp: Stamp) -> Stamp:
    return replace(stamp, made_for=clean(stamp.made_for))


def _entry(entry: Entry) -> Entry | None:
    lines = tuple(line for line in map(clean, entry.lines) if line)
    if not lines:
        return None
    return replace(entry, lines=lines, said_by=clean(entry.said_by), photo=_photo(entry.photo))


def _photo(photo: SheetPhoto | None) -> SheetPhoto | None:
    """A photo as it is printed: it goes to the renderer no larger than that."""
    return replace(photo, alt=clean(photo.alt), whole=b"") if photo else None


def _entries(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(cleaned for entry in entries if (cleaned := _entry(entry)))


def _section(section: Section) -> Section:
    return replace(section, entries=_entries(section.entries))
