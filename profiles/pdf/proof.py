"""Proves the promise of a page from the finished PDF: every word, none off the paper, no side more
than its size may take.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

import pypdfium2

from profiles.sheet.sheet import Entry, Sheet
from profiles.sheet.voices import ME, OWN_WORDS

SLACK_PT: Final = 1.0  # what a letter's box may reach past its ink
# Spaces; joiners; and hyphens, which PDFium takes away at the end of a line.
NO_INK: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zs", "Zl", "Zp", "Pd"})
# Letters that UTF-16 writes in two halves: PDFium turns the halves round where a line turns.
HALVED: Final = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
KEYCAP: Final = re.compile("[0-9#*]\ufe0f?\u20e3")  # drawn, as emoji are
WAYS: Final = {"R": "right to left", "AL": "right to left", "EN": "number", "AN": "number"}
BREAK: Final = "\u200b"  # parts words, with no ink
CHOSEN: Final = re.compile("(.)[\ufe00-\ufe0f]+")  # how a sign is drawn, where its font knows ways
MOST_LETTERS: Final = 10_000  # known at a time: there are a million that somebody could send
TAKEN: Final = "\ue000"  # stands where a line was found, so that it is not found twice


class KeptLetters(dict[int, int | None]):
    """For `str.translate`: which letters are kept. Each is asked about once."""

    def __init__(self, is_kept: Callable[[str], bool]) -> None:
        self._is_kept = is_kept

    def __missing__(self, code: int) -> int | None:
        if len(self) >= MOST_LETTERS:
            self.clear()
        self[code] = kept = code if self._is_kept(chr(code)) else None
        return kept


WITH_INK: Final = KeptLetters(lambda sign: unicodedata.category(sign) not in NO_INK)
SPELT: Final = KeptLetters(lambda sign: unicodedata.category(sign)[0] in "LNM" or sign == TAKEN)
NO_MARKS: Final = KeptLetters(lambda sign: unicodedata.category(sign)[0] != "M")


class BrokenPromise(Exception):
    """The page that was made is not the page that was promised, so nobody gets it."""


@dataclass(frozen=True, kw_only=True)
class Sides:
    """How many sides of paper there may be, and what stands above and below the words on them."""

    most: int = 1
    head_pt: float = 0.0  # how tall the margin is in which each says which of them it is
    foot_pt: float = 0.0  # how tall the foot at the end of the first one is, with its margin


def check(
    pdf: bytes,
    sheet: Sheet,
    unprintable: Iterable[str] = (),
    drawn: str = "",
    sides: Sides = Sides(),
) -> None:
    """Raise BrokenPromise unless every word of this sheet is on the paper, as its size has it."""
    check_lines(pdf, _lines(sheet), unprintable, drawn, sides)


def check_lines(
    pdf: bytes,
    lines: Iterable[str],
    unprintable: Iterable[str] = (),
    drawn: str = "",
    sides: Sides = Sides(),
) -> None:
    """Raise BrokenPromise unless each of these lines is whole, on no more sides than there may be.

    A line may go on overleaf. Emoji are drawn as pictures, which PDFium does not read back: the
    renderer says which it drew.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) > sides.most:
            raise BrokenPromise(f"{len(document)} pages")
        found = _text_of(document, sides)
    finally:
        document.close()
    missing = _lost(lines, found, unprintable, drawn)
    if missing:
        raise BrokenPromise(f"{len(missing)} lines are not whole")


def lost(sheet: Sheet, found: str, unprintable: Iterable[str] = (), drawn: str = "") -> list[str]:
    """The lines of a sheet whose letters are not all in this text, nor drawn as pictures."""
    return _lost(_lines(sheet), found, unprintable, drawn)


def _lost(wanted: Iterable[str], found: str, unprintable: Iterable[str], drawn: str) -> list[str]:
    emoji = (sign for sign in drawn if not sign.isascii())
    gone = dict.fromkeys(map(ord, "".join((*unprintable, *emoji))), BREAK)
    found, *lines = (KEYCAP.sub("", text).translate(gone) for text in (found, *wanted))
    signs = {BREAK, *found}
    found, *lines = (CHOSEN.sub(partial(_seen, signs), text) for text in (found, *lines))
    left, others = _take(_exact(found), lines, _exact)
    left, others = _take(_spelt(left), others, _spelt)
    if not others:
        return []
    missing = _lost_words(left, others)
    if all(map(_turns, others)) and not _lost_words(_exact(found), lines):
        return []  # a short line was found within a word of one that is told in another order
    missing.update(line for line in others if not _turns(line))
    return [line for line in others if line in missing]


def _lost_words(found: str, lines: Iterable[str]) -> set[str]:
    """The lines of which a word is not in this text, when each word that is found is taken."""
    of_lines = [(word, line) for line in lines for word in _words(HALVED.sub("", line))]
    left, missing = _bare(HALVED.sub("", _spelt(found))), set()
    # The longest of all lines first: a short word of one may stand within a long one of another.
    for word, line in sorted(of_lines, key=lambda each: len(each[0]), reverse=True):
        left, is_lost = _take(left, [word], str)
        if is_lost:
            missing.add(line)
    return missing


def _seen(signs: Collection[str], chosen: re.Match[str]) -> str:
    """A sign that is on the paper, whichever way it is drawn; any other as it was typed."""
    return chosen[1] if chosen[1] in signs else chosen[0]


def _take(text: str, lines: list[str], spell: Callable[[str], str]) -> tuple[str, list[str]]:
    """What is left of a text, and which lines were not in it, when each that is found is taken."""
    at, others = 0, []
    for line in lines:
        wanted = spell(line)
        place = text.find(wanted, at)
        place = text.find(wanted) if place < 0 else place
        if place < 0 or (line.strip() and not wanted and spell is not _exact):
            others.append(line)
        else:
            at = place + len(wanted)
            text = text[:place] + TAKEN * len(wanted) + text[at:]
    return text, others


def _turns(line: str) -> bool:
    """Is any of this line read from right to left?"""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in line)


def _lines(sheet: Sheet) -> Iterable[str]:
    """Everything somebody said, a line at a time, in reading order; and what its foot promises."""
    if sheet.called:
        yield from (*sheet.called.lines, _whose(sheet, sheet.called))
    yield sheet.full_name
    yield sheet.voice.sentence if sheet.voice else ""
    for entry in sheet.entries:
        if entry is not sheet.called:
            yield from (*entry.lines, _whose(sheet, entry))
    yield from sheet.helpers
    yield f"{sheet.checked_on.day} {sheet.checked_on:%B %Y}" if sheet.checked_on else ""
    yield from sheet.stamp.lines if sheet.stamp else ()


def _whose(sheet: Sheet, entry: Entry) -> str:
    said_by = sheet.said_here(entry)
    return OWN_WORDS if said_by == ME else said_by


def _exact(text: str) -> str:
    """Everything that was typed, without spaces and marks that have no ink."""
    return unicodedata.normalize("NFKC", text).translate(WITH_INK)


def _spelt(text: str) -> str:
    """Letters with their accents, and digits: signs may be told in another way."""
    return unicodedata.normalize("NFKC", text).translate(SPELT)


def _words(line: str) -> list[str]:
    """The words of a line that is read from both sides: PDFium may tell them in another order.

    It also parts a word where digits meet letters, or letters of the other direction: "0A" is
    "A0" to it. They are without vowel signs: beside Latin words, the text layer has none.
    A line that turns nowhere is one word.
    """
    runs = groupby(_bare(line), _way)
    words = ["".join(run) for way, run in runs if way]
    return words if _turns(line) else ["".join(words)]


def _way(sign: str) -> str:
    """Which way a letter or a digit is read: those of one way stay in order; "" for other signs."""
    if unicodedata.category(sign)[0] not in "LN":
        return ""
    return WAYS.get(unicodedata.bidirectional(sign), "left to right")


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKD", text).translate(NO_MARKS)


def _text_of(document: pypdfium2.PdfDocument, sides: Sides) -> str:
    """What PDFium reads on the paper: the words of all its sides, and then the foot.

    So nothing comes between the rows of a line that goes on overleaf.
    """
    words, foot = [], ""
    for side in document:
        text, (width, height) = side.get_textpage(), side.get_size()
        _nothing_off_the_paper(text, width, height)
        if not (sides.head_pt or sides.foot_pt):
            words.append(text.get_text_range())
            continue
        bottom = 0.0 if words else sides.foot_pt
        kept = {"words": "", "foot": "", "head": ""}
        for place, piece in _by_place(text, bottom, height - sides.head_pt):
            kept[place] += piece
        words.append(kept["words"])
        foot += kept["foot"]
    return "".join((*words, foot))


def _by_place(text: pypdfium2.PdfTextPage, bottom: float, top: float) -> Iterator[tuple[str, str]]:
    """The words of one side in order, piece by piece, and where each stands on it."""
    place, begun, count = "words", 0, text.count_chars()
    for at in range(count):
        left, low, right, high = text.get_charbox(at, loose=True)
        if left == right:
            continue  # PDFium made it up, between two words
        middle = (low + high) / 2
        here = "head" if middle > top else "foot" if middle < bottom else "words"
        if here != place:
            yield place, text.get_text_range(begun, at - begun) if at > begun else ""
            place, begun = here, at
    yield place, text.get_text_range(begun, count - begun) if count > begun else ""


def _nothing_off_the_paper(text: pypdfium2.PdfTextPage, width: float, height: float) -> None:
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        inside = left > -SLACK_PT and bottom > -SLACK_PT
        if not (inside and right < width + SLACK_PT and top < height + SLACK_PT):
            raise BrokenPromise("words off the paper")
